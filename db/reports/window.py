"""The span of publish times that a report covers, on the clock of its region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from db.reports.errors import ReportError
from db.words import moment

USUAL: Final = timedelta(hours=24)
_YEARS: Final = range(1990, 2200)  # news on the web, and no overflow at either end


@dataclass(frozen=True)
class Window:
    """From `since` on and before `until`, both on the clock of the region."""

    since: datetime
    until: datetime

    def __str__(self) -> str:
        return f"{moment(self.since.isoformat())} sampai {moment(self.until.isoformat())}"

    @property
    def seconds(self) -> tuple[int, int]:
        """Both ends in seconds since 1970 UTC, as `article_facets.published` counts."""
        return int(self.since.timestamp()), int(self.until.timestamp())


def of(since: str | None, until: str | None, clock: tzinfo) -> Window:
    """What was typed as a window; by default the 24 hours up to the last full hour.

    A date alone means its whole day, a time without zone the region's clock.
    Raises `ReportError`.
    """
    end = _end(until, clock) if until else None
    start = _read(since, clock) if since else None
    if end is None:
        end = datetime.now(clock).replace(minute=0, second=0, microsecond=0)
    if start is None:
        start = end - USUAL
    if start >= end:
        raise ReportError(f"Rentang waktu kosong: {Window(start, end)}.")
    return Window(start, end)


def _end(text: str, clock: tzinfo) -> datetime:
    moment = _read(text, clock)
    return moment + timedelta(days=1) if _is_date(text) else moment


def _read(text: str, clock: tzinfo) -> datetime:
    try:
        read = _instant(text.strip(), clock)
    except (ValueError, OverflowError):
        read = None
    if read is None or read.year not in _YEARS:
        raise ReportError(f"Waktu tidak dikenal: {text}. Contoh: 2024-11-24 atau 2024-11-24T08:00.")
    return read


def _instant(text: str, clock: tzinfo) -> datetime:
    if _is_date(text):
        return datetime.combine(date.fromisoformat(text), time(), tzinfo=clock)
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=clock)).astimezone(clock)


def _is_date(text: str) -> bool:
    return len(text.strip()) == 10
