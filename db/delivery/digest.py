"""When alerts go out: at once, or together at an hour of the reader's clock; and how many in one
message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

LARGEST: Final = 50
"""Alerts in one message; more go into the next one."""

Row = Mapping[str, Any]


def due(channel: Row, now: datetime) -> str:
    """When an alert queued now goes out, ISO 8601 in UTC."""
    if channel["mode"] == "langsung":
        return now.isoformat(timespec="seconds")
    here = now.astimezone(ZoneInfo(channel["zone"]))
    hour = here.replace(hour=channel["digest_hour"], minute=0, second=0, microsecond=0)
    if hour <= here:
        hour += timedelta(days=1)  # wall clock: the same hour, also across a change of offset
    return hour.astimezone(UTC).isoformat(timespec="seconds")


def messages(channel: Row, waiting: Sequence[Row], together_above: int) -> Iterator[list[Row]]:
    """The waiting rows as messages: those already named by a `message_id` as they were."""
    named = [row for row in waiting if row["message_id"]]
    fresh = [row for row in waiting if not row["message_id"]]
    for _, rows in groupby(named, key=lambda row: row["message_id"]):
        yield list(rows)
    size = 1 if channel["mode"] == "langsung" and len(fresh) <= together_above else LARGEST
    for start in range(0, len(fresh), size):
        yield fresh[start : start + size]
