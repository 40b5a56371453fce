"""The span of time a page looks at, and the buckets its chart counts in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from db.site import bases
from db.site.charts import Period
from db.site.words import day, short_day

RANGES: Final = {"14": "14 hari", "90": "90 hari", "semua": "Semua"}
_ENOUGH: Final = 10

_BOUNDS = """
    SELECT (SELECT min(published_at) FROM articles) AS first,
        (SELECT max(published_at) FROM articles WHERE published_at < ?) AS last
"""
_COUNT = "SELECT count(*) AS n FROM articles WHERE published_at >= ? AND published_at < ?"
_DAYS = """
    SELECT substr(a.published_at, 1, 10) AS day, count(*) AS total, sum(n.alert) AS marked
    FROM articles a JOIN annotations n ON n.article_id = a.id
    WHERE n.election AND a.published_at >= ? AND a.published_at < ? GROUP BY day
"""


@dataclass(frozen=True)
class Window:
    """Publish dates from `first` to `last`, both counted in."""

    name: str
    first: date
    last: date

    @property
    def bounds(self) -> tuple[str, str]:
        """For `published_at >= ? AND published_at < ?`."""
        return self.first.isoformat(), (self.last + timedelta(days=1)).isoformat()


async def window(datasette: Any, wanted: str | None) -> Window | None:
    """The asked range, else the shortest that holds some articles; it ends at the newest one."""
    in_the_east = datetime.now(UTC) + timedelta(hours=9)  # where the day begins first
    tomorrow = (in_the_east + timedelta(days=1)).date().isoformat()
    bounds = await bases.row(datasette, _BOUNDS, [tomorrow])
    if not bounds or not bounds["last"]:
        return None
    first, last = _date(bounds["first"]), _date(bounds["last"])
    if wanted in RANGES:
        return _window(wanted, first, last)
    for name in RANGES:
        found = _window(name, first, last)
        count = await bases.row(datasette, _COUNT, found.bounds)
        if count and count["n"] >= _ENOUGH:
            break
    return found


async def history(datasette: Any, shown: Window) -> list[Period]:
    """Election articles and concrete cases per day, week or month of the window."""
    counted = {row["day"]: row for row in await bases.rows(datasette, _DAYS, shown.bounds)}
    return [
        Period(
            label=_short(start, end),
            title=_long(start, end),
            total=sum(counted[d]["total"] for d in _days(start, end) if d in counted),
            marked=sum(counted[d]["marked"] for d in _days(start, end) if d in counted),
            href=f"sejak={start.isoformat()}&hingga={end.isoformat()}",
        )
        for start, end in _buckets(shown)
    ]


def _window(name: str, first: date, last: date) -> Window:
    if name == "semua":
        return Window(name, first, last)
    return Window(name, last - timedelta(days=int(name) - 1), last)


def _buckets(shown: Window) -> Iterator[tuple[date, date]]:
    length = (shown.last - shown.first).days + 1
    size = 1 if length <= 31 else 7 if length <= 200 else 0
    start = shown.first
    while start <= shown.last:
        end = start + timedelta(days=size - 1) if size else _month_end(start)
        yield start, min(end, shown.last)
        start = end + timedelta(days=1)


def _month_end(start: date) -> date:
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _days(start: date, end: date) -> Iterator[str]:
    for number in range((end - start).days + 1):
        yield (start + timedelta(days=number)).isoformat()


def _short(start: date, end: date) -> str:
    text = short_day(start.isoformat())
    return text.rsplit(" ", 1)[0] if (end - start).days < 27 else text.split(" ", 1)[1]


def _long(start: date, end: date) -> str:
    if start == end:
        return day(start.isoformat())
    return f"{short_day(start.isoformat())} sampai {short_day(end.isoformat())}"


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return datetime.now(UTC).date()
