"""Counting articles by region, and finding exactly those that a number counted.

A region counts every article that names it or a place in it, so that one article can count in
several; those are "shared". Near-copies of one text can be counted once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from nlp.annotation import CONCRETE

NONE: Final = "tanpa"
"""The theme, topic or region of articles that have none."""

_CASE: Final = f"f.status IN ({', '.join(repr(status) for status in CONCRETE)})"
_WITHIN: Final = "(y.region_code = :region OR y.region_code > :below AND y.region_code < :beyond)"
_SOURCE: Final = "articles a JOIN article_facets f ON f.id = a.id"
_COPIES: Final = "LEFT JOIN story_articles sa ON sa.article_id = a.id"
_TEXT: Final = "coalesce(sa.copy_of, a.id)"
_PROVINCES_OF: Final = """
    (SELECT count(DISTINCT substr(y.region_code, 1, 2)) FROM article_regions y
      WHERE y.article_id = a.id)
"""
_DIVISIONS_OF: Final = """
    (SELECT count(*) FROM article_regions y WHERE y.article_id = a.id AND length(y.region_code) = 5)
"""


@dataclass(frozen=True)
class Scope:
    """Which election articles; what is empty does not narrow.

    `since` and `until` are ISO dates, both counted in, on the clock of the outlet. `region` is a
    code or `NONE`; `own`: the province itself, none of its kabupaten or kota is named.
    `shared`: several provinces or kabupaten are named, whichever `region` is. `once`: of
    near-copies only the first.
    """

    since: str = ""
    until: str = ""
    theme: str = ""
    topic: str = ""
    region: str = ""
    own: bool = False
    shared: bool = False
    cases: bool = False
    once: bool = False

    @property
    def values(self) -> dict[str, str]:
        return {
            "since": self.since,
            "before": f"{self.until}~",  # after every time of that day
            "theme": self.theme,
            "topic": self.topic,
            "region": self.region,
            "below": f"{self.region}.",
            "beyond": f"{self.region}/",
            "none": NONE,
        }

    @property
    def where(self) -> str:
        return " AND ".join(self._conditions())

    def _conditions(self) -> Iterator[str]:
        yield "f.status <> 'bukan_pemilu'"
        if self.since:
            yield "a.published_at >= :since"
        if self.until:
            yield "a.published_at < :before"
        if self.theme:
            yield "f.theme IS nullif(:theme, :none)"
        if self.topic:
            topic = "(SELECT n.topic FROM annotations n WHERE n.article_id = a.id)"
            yield f"{topic} IS nullif(:topic, :none)"
        if self.cases:
            yield _CASE
        yield from self._places()

    def _places(self) -> Iterator[str]:
        named = "SELECT 1 FROM article_regions y WHERE y.article_id = a.id"
        if self.region == NONE:
            yield f"NOT EXISTS ({named})"
        elif self.region:
            yield f"a.id IN (SELECT y.article_id FROM article_regions y WHERE {_WITHIN})"  # noqa: S608 - own text
        if self.own:
            yield f"NOT EXISTS ({named} AND y.region_code > :below AND y.region_code < :beyond)"
        if self.shared:
            yield f"{_DIVISIONS_OF if '.' in self.region else _PROVINCES_OF} > 1"


@dataclass(frozen=True)
class Count:
    """What is said of one region; `shared` articles are counted elsewhere too."""

    articles: int = 0
    cases: int = 0
    shared: int = 0


def provinces(db: sqlite3.Connection, scope: Scope) -> dict[str, Count]:
    """By the code of each province that is named at all."""
    named = "CROSS JOIN article_regions x ON x.article_id = a.id"  # the days narrow more
    return _counted(db, scope, "substr(x.region_code, 1, 2)", _PROVINCES_OF, named)


def divisions(db: sqlite3.Connection, scope: Scope) -> dict[str, Count]:
    """By the code of each kabupaten and kota in the province `scope.region`."""
    named = (
        "JOIN article_regions x ON x.article_id = a.id "
        "AND x.region_code > :below AND x.region_code < :beyond"
    )
    return _counted(db, scope, "x.region_code", _DIVISIONS_OF, named)


def total(db: sqlite3.Connection, scope: Scope) -> Count:
    """All that the scope holds; `shared` stays 0."""
    counted = f"count(*), coalesce(sum({_CASE}), 0) FROM {_SOURCE}"
    if scope.once:
        cases = f"count(DISTINCT CASE WHEN {_CASE} THEN {_TEXT} END)"
        counted = f"count(DISTINCT {_TEXT}), {cases} FROM {_SOURCE} {_COPIES}"
    sql = f"SELECT {counted} WHERE {scope.where}"
    return Count(*db.execute(sql, scope.values).fetchone())


def _counted(
    db: sqlite3.Connection, scope: Scope, code: str, places: str, named: str
) -> dict[str, Count]:
    anywhere = replace(scope, region="")  # the join says where
    sql = f"""
        SELECT code, count(*), sum(is_case), sum(is_shared) FROM (
            SELECT DISTINCT a.id, {code} AS code, {_CASE} AS is_case, {places} > 1 AS is_shared
            FROM {_SOURCE} {named} WHERE {anywhere.where}) GROUP BY code
    """  # noqa: S608 - own text
    return {row[0]: Count(*row[1:]) for row in db.execute(sql, scope.values)}


_ARTICLES: Final = """
    SELECT a.key, a.title, a.url, a.published_at, a.gone_at, o.name AS outlet, f.status,
        t.name AS topic_name, r.name AS region, s.key AS story_key,
        (SELECT group_concat(g.name, ', ') FROM article_regions y
          JOIN regions g ON g.code = y.region_code WHERE y.article_id = a.id) AS regions,
        {divisions} AS divisions, count(*) AS copies, min(a.published_at) AS first_published_at
    FROM {source} {joined} JOIN outlets o ON o.id = a.outlet_id
    LEFT JOIN annotations n ON n.article_id = a.id LEFT JOIN topics t ON t.id = n.topic
    LEFT JOIN regions r ON r.code = n.region_code LEFT JOIN stories s ON s.id = sa.story_id
    WHERE {where} GROUP BY {text} ORDER BY a.published_at DESC, a.id DESC
    LIMIT :limit OFFSET :offset
"""


def articles(
    db: sqlite3.Connection, scope: Scope, limit: int = 500, offset: int = 0
) -> list[Mapping[str, Any]]:
    """The articles behind a number, the newest first; of `copies` the first one stands here."""
    sql = _ARTICLES.format(
        source=_SOURCE,
        joined=_COPIES,
        where=scope.where,
        text=_TEXT if scope.once else "a.id",
        divisions=_DIVISIONS_OF,
    )
    cursor = db.execute(sql, {**scope.values, "limit": limit, "offset": offset})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
