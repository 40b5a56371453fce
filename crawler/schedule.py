"""When a known address is asked for again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from db.announced import Entry

FUTURE_TOLERANCE = timedelta(minutes=10)
"""A change dated later than this is a careless clock, not a change."""

PATIENT_ATTEMPTS = 2
"""After so many failures the waits begin: 1, 2, 4, ... hours."""

MAX_ATTEMPTS = 9
"""After so many failures (five days of waits) an address is given up until its list says more."""


@dataclass(frozen=True)
class Schedule:
    """`revisits`: ages at which a page is read again; `recheck`: every page, whatever its age."""

    now: datetime
    revisits: tuple[timedelta, ...] = ()
    recheck: bool = False

    def is_due(self, entry: Entry) -> bool:
        """Whether `entry` is to be requested now."""
        if entry.attempts and not self._may_retry(entry):
            return False
        if entry.answered_at is None:
            return True
        if entry.updated_at and self._is_news(entry.updated_at, entry.answered_at):
            return True
        if entry.kind == "sitemap":
            return entry.updated_at is None  # asked conditionally: it does not tell its changes
        if entry.kind != "page" or entry.page_of:
            return False
        return self.recheck or self._is_revisit(entry)

    def _may_retry(self, entry: Entry) -> bool:
        if self.recheck or entry.attempts < PATIENT_ATTEMPTS or entry.failed_at is None:
            return True
        wait = timedelta(hours=2 ** (entry.attempts - PATIENT_ATTEMPTS))
        return entry.attempts < MAX_ATTEMPTS and moment(entry.failed_at) + wait <= self.now

    def _is_news(self, updated_at: str, answered_at: str) -> bool:
        return updated_at > answered_at and moment(updated_at) <= self.now + FUTURE_TOLERANCE

    def _is_revisit(self, entry: Entry) -> bool:
        """Whether an age of `revisits` was reached since the newest answer."""
        born = moment(entry.first_fetched_at or entry.first_seen_at)
        last = moment(entry.answered_at or entry.first_seen_at)
        return any(last < born + age <= self.now for age in self.revisits)


def moment(text: str) -> datetime:
    """Read a time as the base writes it."""
    return datetime.fromisoformat(text)


def stamp(when: datetime) -> str:
    """Write a time as the base keeps it: UTC with milliseconds, so that times compare as text."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds")


def now() -> str:
    return stamp(datetime.now(UTC))
