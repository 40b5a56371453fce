"""The span of time a page looks at, and the buckets its chart counts in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from db.site import bases
from db.site.charts import Period
from db.words import day, short_day
from nlp.annotation import CONCRETE

RANGES: Final = {"14": "14 hari", "90": "90 hari", "semua": "Semua"}
_ENOUGH: Final = 10

_BOUNDS = """
    SELECT (SELECT min(published_at) FROM articles) AS first,
        (SELECT max(published_at) FROM articles WHERE published_at < ?) AS last
"""
_COUNT = (
    "SELECT count(*) AS n FROM articles WHERE published_at >= :since AND published_at < :before"
)

_CASES: Final = ", ".join(f"'{status}'" for status in CONCRETE)
MEASURES: Final = f"count(*) AS total, sum(f.status IN ({_CASES})) AS marked"
"""Election articles, and concrete cases among them; `f` is a row of `article_facets`."""

_ALL = "article_facets f WHERE f.status <> 'bukan_pemilu'"
_SOME = """articles a JOIN article_facets f ON f.id = a.id
    WHERE f.status <> 'bukan_pemilu' AND a.published_at >= :since AND a.published_at < :before"""


@dataclass(frozen=True)
class Window:
    """Publish dates from `first` to `last`, both counted in."""

    name: str
    first: date
    last: date

    @property
    def bounds(self) -> dict[str, str]:
        before = self.last + timedelta(days=1)
        return {"since": self.first.isoformat(), "before": before.isoformat()}

    @property
    def source(self) -> str:
        """FROM and WHERE of the election articles in the window; its parameters are `bounds`."""
        return _ALL if self.name == "semua" and not _size(self) else _SOME

    @property
    def search(self) -> dict[str, str]:
        """The parameters of `/cari` that find what is counted here."""
        dates = {"sejak": self.first.isoformat(), "hingga": self.last.isoformat()}
        return {"status": "-bukan_pemilu", **({} if self.name == "semua" else dates)}


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
    buckets = list(_buckets(shown))
    counted = await _counted(datasette, shown)
    return [
        Period(
            label=_short(start, end),
            title=_long(start, end),
            total=sum(counted[day]["total"] for day in _days(start, end) if day in counted),
            marked=sum(counted[day]["marked"] for day in _days(start, end) if day in counted),
            href=urlencode(
                {"status": "-bukan_pemilu", "sejak": start.isoformat(), "hingga": end.isoformat()}
            ),
        )
        for start, end in buckets
    ]


async def _counted(datasette: Any, shown: Window) -> dict[str, dict[str, Any]]:
    """By day; by the first of the month where the chart counts in months, which is quicker."""
    clock = "substr(a.published_at, 1, 10)" if _size(shown) else "f.month || '-01'"
    sql = f"SELECT {clock} AS day, {MEASURES} FROM {shown.source} GROUP BY day"  # noqa: S608 - own text
    return {row["day"]: row for row in await bases.rows(datasette, sql, shown.bounds)}


def _window(name: str, first: date, last: date) -> Window:
    if name == "semua":
        return Window(name, first, last)
    return Window(name, last - timedelta(days=int(name) - 1), last)


def _buckets(shown: Window) -> Iterator[tuple[date, date]]:
    size = _size(shown)
    start = shown.first if size else shown.first.replace(day=1)
    while start <= shown.last:
        end = start + timedelta(days=size - 1) if size else _month_end(start)
        yield start, min(end, shown.last)
        start = end + timedelta(days=1)


def _size(shown: Window) -> int:
    """Days in a bucket; 0 for months."""
    length = (shown.last - shown.first).days + 1
    return 1 if length <= 31 else 7 if length <= 200 else 0


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
