"""The editions of mailings: which there have to be, and what became of each."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlite_utils import Database

from db.base import writing
from db.delivery.patience import after, wait
from db.mailings import notices
from db.reports.place import find
from db.reports.window import Window

Row = Mapping[str, Any]
MISSED_DAYS: Final = 3
"""A machine that was off makes up for so many mornings; older ones are old news."""

_MAILINGS: Final = """
    SELECT m.* FROM mailings m JOIN accounts a ON a.username = m.username AND a.active
    WHERE m.active ORDER BY m.id
"""
_DUE: Final = """
    SELECT e.*, m.kind, m.target, m.region_code, m.form, m.hour FROM mailing_editions e
    JOIN mailings m ON m.id = e.mailing_id AND m.active
    JOIN accounts a ON a.username = m.username AND a.active
    WHERE e.state = 'menunggu' AND e.due_at <= ? ORDER BY e.id
"""


def enqueue(meja: Database, now: datetime) -> int:
    """Make the editions that there have to be by now; how many were new."""
    wanted = [
        (row["id"], edition)
        for row in list(meja.query(_MAILINGS))
        for edition in _of(meja, row, now)
    ]
    at = now.isoformat(timespec="seconds")
    with writing(meja):
        made = meja.conn.executemany(
            "INSERT OR IGNORE INTO mailing_editions (mailing_id, edition, message_id, state, "
            "due_at) VALUES (?, ?, ?, 'menunggu', ?)",
            [(mailing, edition, secrets.token_hex(12), at) for mailing, edition in wanted],
        )
    return max(made.rowcount, 0)


def _of(meja: Database, mailing: Row, now: datetime) -> Iterator[str]:
    if mailing["kind"] == "kliping":
        yield from _mornings(mailing, now)
    elif open_now := notices.open_notices(meja, last_told(meja, mailing["id"])):
        yield str(open_now[-1]["id"])


def _mornings(mailing: Row, now: datetime) -> Iterator[str]:
    """Days whose hour has come since the mailing was made, on the clock of its region."""
    clock = find(mailing["region_code"]).clock
    made = datetime.fromisoformat(mailing["created_at"])
    today = now.astimezone(clock).date()
    for back in range(MISSED_DAYS, -1, -1):
        day = today - timedelta(days=back)
        if made <= _hour(mailing, day) <= now:
            yield day.isoformat()


def window(edition: Row) -> Window:
    """The 24 hours up to the hour of a kliping."""
    until = _hour(edition, date.fromisoformat(edition["edition"]))
    return Window(until - timedelta(days=1), until)


def _hour(mailing: Row, day: date) -> datetime:
    return datetime.combine(day, time(mailing["hour"]), find(mailing["region_code"]).clock)


def last_told(meja: Database, mailing_id: int, before: int | None = None) -> int:
    """The newest notice of the editions made so far, or of those before one; 0 for none."""
    sql = (
        "SELECT coalesce(max(CAST(edition AS INTEGER)), 0) FROM mailing_editions "
        "WHERE mailing_id = ? AND id < coalesce(?, 9e18)"
    )
    return int(meja.execute(sql, [mailing_id, before]).fetchone()[0])


def due(meja: Database, now: datetime) -> list[dict[str, Any]]:
    return list(meja.query(_DUE, [now.isoformat(timespec="seconds")]))


def settle(
    meja: Database, edition: Row, error: str | None, waits: Sequence[int], patience_hours: int
) -> None:
    """Record an attempt and what follows from it."""
    now, attempts = datetime.now(UTC), edition["attempts"] + 1
    state = "terkirim" if error is None else after(attempts, waits, patience_hours)
    later = now + timedelta(minutes=wait(attempts, waits))
    sent_at = now.isoformat(timespec="seconds") if error is None else None
    with writing(meja):
        meja.execute(
            "UPDATE mailing_editions SET state = ?, attempts = ?, error = ?, due_at = ?, "
            "sent_at = ? WHERE id = ?",
            [state, attempts, error, later.isoformat(timespec="seconds"), sent_at, edition["id"]],
        )
