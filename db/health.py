"""The health of every source, against its own weekday norm, with the reason when it is unwell.

A day is the 24 hours up to the newest answer of any source, so that a crawler that goes round once
a day is not blamed for the hours since. "Not modified" is an answer like any other.
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, Final

from db.fetches import GOOD

RULES: Final = Path(__file__).with_name("health.toml")
STATES: Final = ("terbaca", "gagal", "diam")
FAULTS: Final = (
    *("tidak_dicoba", "gagal", "daftar_rusak", "tanpa_isi", "tanpa_berita", "sepi"),
    *("tanpa_tanggal", "memendek"),
)
"""Why a source is unwell: never asked, no answer, lists that are none, pages without an article,
lists without news, far fewer than usual, no publish time, texts half as long as usual."""

_WEEK: Final = 7 * 86_400
_DAY: Final = 86_400

_OUTLETS: Final = f"""
    SELECT o.id, o.name, o.network, o.kind, r.short_name AS province, o.province_code,
        (SELECT max(fetched_at) FROM fetches f
          WHERE f.outlet_id = o.id AND f.kind <> 'import') AS tried_at,
        (SELECT max(fetched_at) FROM fetches f
          WHERE f.outlet_id = o.id AND f.kind <> 'import' AND {GOOD}) AS read_at,
        (SELECT coalesce(error, 'HTTP ' || status) FROM fetches f
          WHERE f.outlet_id = o.id AND f.kind <> 'import' ORDER BY fetched_at DESC, id DESC LIMIT 1
        ) AS answer,
        (SELECT count(*) FROM article_facets a WHERE a.outlet_id = o.id) AS articles,
        (SELECT count(*) FROM article_facets a WHERE a.outlet_id = o.id AND a.seen > :week) AS week,
        (SELECT min(seen) FROM article_facets a WHERE a.outlet_id = o.id) AS first_seen,
        (SELECT max(published_at) FROM articles a WHERE a.outlet_id = o.id) AS newest_at
    FROM outlets o LEFT JOIN regions r ON r.code = o.province_code ORDER BY o.name
"""  # noqa: S608 - own text
_VISITS: Final = f"""
    SELECT o.id,
        (SELECT max(fetched_at) FROM fetches f
          WHERE f.outlet_id = o.id AND f.kind <> 'import') AS tried_at,
        (SELECT max(fetched_at) FROM fetches f
          WHERE f.outlet_id = o.id AND f.kind <> 'import' AND {GOOD}) AS read_at
    FROM outlets o
"""  # noqa: S608 - own text
_FAILURES: Final = f"""
    SELECT o.id, coalesce(f.error, 'HTTP ' || f.status, 'tidak ada jawaban') AS reason,
        count(*) AS number
    FROM outlets o CROSS JOIN fetches f ON f.outlet_id = o.id AND f.fetched_at >= :since
    WHERE f.kind <> 'import' AND NOT coalesce({GOOD}, 0)
    GROUP BY o.id, reason ORDER BY number DESC
"""  # noqa: S608 - own text
_ANSWERS: Final = """
    SELECT o.id, sum(f.kind = 'page') AS pages,
        sum(f.kind = 'page' AND f.extract_error IS NOT NULL) AS bodiless,
        sum(f.kind IN ('feed', 'sitemap', 'listing')) AS lists,
        sum(f.kind IN ('feed', 'sitemap', 'listing') AND f.extract_error IS NOT NULL) AS unreadable
    FROM outlets o CROSS JOIN fetches f ON f.outlet_id = o.id AND f.fetched_at >= :since
    WHERE f.status IN (200, 304) AND f.error IS NULL GROUP BY o.id
"""
_DAYS: Final = """
    SELECT o.id, w.value AS weeks, count(*) AS number, avg(f.length) AS length,
        sum(f.published IS NULL) AS undated
    FROM outlets o CROSS JOIN json_each(:weeks) w CROSS JOIN article_facets f
        ON f.outlet_id = o.id AND f.seen > :end - w.value * 604800 - 86400
        AND f.seen <= :end - w.value * 604800
    GROUP BY o.id, weeks
"""


@dataclass(frozen=True)
class Day:
    """What one source brought in 24 hours; `length` is the mean of its texts in characters."""

    number: int = 0
    length: float | None = None
    undated: int = 0


@dataclass(frozen=True)
class Failure:
    reason: str
    number: int


@dataclass(frozen=True)
class Answers:
    """Good answers of a day; `bodiless` pages gave no article, `unreadable` lists no news."""

    pages: int = 0
    bodiless: int = 0
    lists: int = 0
    unreadable: int = 0


@dataclass(frozen=True)
class Source:
    """An outlet and how it fares; `state` is one of `STATES`, `fault` one of `FAULTS` or None.

    `week` are the articles of seven days, `norm` what a day like this one usually brings (None:
    not known for long enough), `weeks` the days that the norm was taken from, the newest first.
    """

    id: str
    name: str
    network: str
    kind: str
    province: str | None
    province_code: str | None
    tried_at: str | None
    read_at: str | None
    answer: str | None
    articles: int
    week: int
    newest_at: str | None
    state: str
    today: Day
    weeks: tuple[Day, ...]
    answers: Answers
    failures: tuple[Failure, ...]

    @property
    def norm(self) -> float | None:
        known = len(self.weeks) >= rules()["pekan_terkecil"]
        return median(day.number for day in self.weeks) if known else None

    @property
    def usual_length(self) -> float | None:
        lengths = [day.length for day in self.weeks if day.length]
        return median(lengths) if lengths else None

    @property
    def fault(self) -> str | None:
        if self.state != "terbaca":
            return "gagal" if self.state == "gagal" else "tidak_dicoba"
        if self.answers.lists and self.answers.unreadable == self.answers.lists:
            return "daftar_rusak"
        return self._fault_of_number() or self._fault_of_text()

    def _fault_of_number(self) -> str | None:
        number, bodiless = self.today.number, self.answers.bodiless
        if not number and bodiless:
            return "tanpa_isi"
        if self.norm is None or number >= self.norm * rules()["bagian_sepi"]:
            return None
        as_quiet = sum(day.number <= number for day in self.weeks)
        if as_quiet > len(self.weeks) * rules()["bagian_sesepi_ini"]:
            return None
        if bodiless > number:
            return "tanpa_isi"
        return "sepi" if number else "tanpa_berita"

    def _fault_of_text(self) -> str | None:
        today, rule = self.today, rules()
        if today.number < rule["artikel_terkecil"]:
            return None
        if today.undated >= today.number * rule["bagian_tanpa_tanggal"]:
            return "tanpa_tanggal"
        usual = self.usual_length if self.norm is not None else None
        shorter = usual and today.length and today.length < usual * rule["bagian_panjang"]
        return "memendek" if shorter else None


@cache
def rules() -> Mapping[str, Any]:
    return tomllib.loads(RULES.read_text(encoding="utf-8"))


def sources(db: sqlite3.Connection, now: datetime | None = None) -> list[Source]:
    """Every outlet by name; `now` is for looking back."""
    at = now or datetime.now(UTC)
    since = _since(at)
    values = {"since": since, "week": int(at.timestamp()) - _WEEK}
    rows = _rows(db, _OUTLETS, values)
    failures: defaultdict[str, list[Failure]] = defaultdict(list)
    for row in _rows(db, _FAILURES, values):
        failures[row["id"]].append(Failure(row["reason"], row["number"]))
    answers = {row.pop("id"): Answers(**row) for row in _rows(db, _ANSWERS, values)}
    end = _end(rows)
    days = _days(db, end)
    awake = {week for weeks in days.values() for week in weeks}  # else nobody crawled
    found = []
    for row in rows:
        known = _weeks(row.pop("first_seen"), end)
        found.append(
            Source(
                **row,
                state=_state(row, since),
                today=days[row["id"]].get(0, Day()),
                weeks=tuple(
                    days[row["id"]].get(week, Day())
                    for week in range(1, known + 1)
                    if week in awake
                ),
                answers=answers.get(row["id"], Answers()),
                failures=tuple(failures[row["id"]]),
            )
        )
    return found


@dataclass(frozen=True)
class Visit:
    """An outlet, when it was last asked, and what came of it; `state` is one of `STATES`."""

    id: str
    tried_at: str | None
    state: str


def visits(db: sqlite3.Connection, now: datetime | None = None) -> list[Visit]:
    """What `sources` knows, but only that: for pages that have no time for more."""
    since = _since(now or datetime.now(UTC))
    rows = _rows(db, _VISITS, {})
    return [Visit(row["id"], row["tried_at"], _state(row, since)) for row in rows]


def _since(at: datetime) -> str:
    return (at - timedelta(days=rules()["hari_diam"])).isoformat(timespec="seconds")


def _end(rows: Sequence[Mapping[str, Any]]) -> int:
    """The newest good answer of any source, in seconds since 1970 UTC."""
    newest = max((row["read_at"] for row in rows if row["read_at"]), default=None)
    return int(datetime.fromisoformat(newest).timestamp()) if newest else 0


def _weeks(first_seen: int | None, end: int) -> int:
    """How many days of the same weekday are wholly known, before that which ends at `end`."""
    if first_seen is None:
        return 0
    most: int = rules()["pekan"]
    return max(0, min(most, (end - _DAY - first_seen) // _WEEK))


def _days(db: sqlite3.Connection, end: int) -> defaultdict[str, dict[int, Day]]:
    """By outlet and weeks back; 0 is the last day."""
    found: defaultdict[str, dict[int, Day]] = defaultdict(dict)
    weeks = str(list(range(rules()["pekan"] + 1)))
    for row in _rows(db, _DAYS, {"weeks": weeks, "end": end}):
        found[row["id"]][row["weeks"]] = Day(row["number"], row["length"], row["undated"])
    return found


def _state(row: Mapping[str, Any], since: str) -> str:
    if (row["read_at"] or "") >= since:
        return "terbaca"
    return "gagal" if (row["tried_at"] or "") >= since else "diam"


def _rows(db: sqlite3.Connection, sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
