"""Searching the articles: by root, as written, filtered, ranked, counted, with the words marked.

Nothing typed can raise an SQL error: it is a query, or a `QueryError` in Indonesian.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlite_utils import Database

from db.search import filters
from db.search.fulltext import Condition, source
from db.search.meaning import Fused, Meaning, fused, unwanted
from db.search.query import Node, QueryError, clean, parse, says_something
from db.search.snippets import marked, snippet
from db.search.spelling import suggest

FACETS: Final = {
    "tema": "theme",
    "status": "status",
    "provinsi": "province_code",
    "media": "outlet_id",
    "bulan": "month",
}
"""Name of a facet and its column of `article_facets`."""

SORTS: Final = {
    "relevance": "score DESC, f.published DESC, f.id DESC",
    "date": "f.published DESC, f.id DESC",
}


@dataclass(frozen=True)
class Hit:
    """`title_html` and `snippet_html` are escaped text with `<mark>` and nothing else.

    `by_meaning`: the words looked for are not all in it.
    """

    key: str
    url: str
    title: str
    outlet: str
    published_at: str | None
    theme: str | None
    status: str | None
    region_code: str | None
    title_html: str
    snippet_html: str
    score: float
    by_meaning: bool = False


@dataclass(frozen=True)
class SearchResult:
    """`facets`: name to value to number of articles, commonest first, over all `total` of them.

    `suggestion` is the query with what seems mistyped put right, when nothing was found.
    """

    query: str
    total: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    suggestion: str | None = None


def search(
    db: Database | sqlite3.Connection,
    query: str,
    *,
    limit: int = 20,
    offset: int = 0,
    sort: str = "relevance",
    by: Meaning | None = None,
) -> SearchResult:
    """Find articles; see `query` and `filters` for what may be typed. `db` is only read.

    With `by`, articles that lie near in meaning answer too. Raises `QueryError`.
    """
    connection = db.conn if isinstance(db, Database) else db
    node, where = _understood(query)
    answer = _answer(connection, node, where, by)
    total, facets = _count(connection, answer.found, where)
    order = SORTS.get(sort, SORTS["relevance"])
    page = (max(limit, 0), max(offset, 0))
    rows = _page(connection, answer.found, where, order, page) if total else []
    hits = [_hit(row, node, answer.near) for row in rows]
    suggestion = suggest(connection, query, node) if node and not total else None
    return SearchResult(query, total, hits, facets, suggestion)


def matching_ids(
    db: Database | sqlite3.Connection, query: str, by: Meaning | None = None
) -> list[int]:
    """Every article that answers, newest first: for exports and saved searches."""
    connection = db.conn if isinstance(db, Database) else db
    node, where = _understood(query)
    found = _select("f.id", _answer(connection, node, where, by).found, where)
    rows = connection.execute(f"{found.sql} ORDER BY {SORTS['date']}", found.parameters)
    return [row[0] for row in rows]


def _understood(query: str) -> tuple[Node | None, list[Condition]]:
    rest, where = filters.read(clean(query))
    node = parse(rest)
    if node is None and not where:
        raise QueryError("Tulis kata yang dicari.")
    return node, where


def _answer(
    connection: sqlite3.Connection,
    node: Node | None,
    where: Sequence[Condition],
    by: Meaning | None,
) -> Fused:
    if by is None or node is None or not says_something(node):
        return Fused(source(node), frozenset())
    bounds = unwanted(node)
    allowed = None
    if where or bounds:
        inside = _select("f.id", source(bounds), where)
        allowed = {row[0] for row in connection.execute(inside.sql, inside.parameters)}
    found = _select("h.id AS id, h.score AS score", source(node), where)
    return fused(connection, node, found, allowed, by)


def _select(columns: str, found: Condition, where: Sequence[Condition]) -> Condition:
    conditions = " AND ".join(condition.sql for condition in where) or "1"
    sql = (
        f"SELECT {columns} FROM ({found.sql}) h "  # noqa: S608 - own text, values are parameters
        "CROSS JOIN article_facets f ON f.id = h.id "
        f"{_joins(columns, where)}WHERE {conditions}"
    )
    values = [value for condition in where for value in condition.parameters]
    return Condition(sql, (*found.parameters, *values))


def _joins(columns: str, where: Sequence[Condition]) -> str:
    """Only the tables somebody asks of: the facets are counted from the narrow one alone."""
    used = " ".join([columns, *(condition.sql for condition in where)])
    joins = ""
    if "a." in used:
        joins += "JOIN articles a ON a.id = f.id "
    if "n." in used:
        joins += "LEFT JOIN annotations n ON n.article_id = f.id "
    return joins


def _count(
    connection: sqlite3.Connection, source: Condition, where: Sequence[Condition]
) -> tuple[int, dict[str, dict[str, int]]]:
    """How many answer, and all facets, from one scan (counting here beats GROUP BY threefold)."""
    found = _select(", ".join(f"f.{column}" for column in FACETS.values()), source, where)
    rows = connection.execute(found.sql, found.parameters).fetchall()
    columns = zip(*rows, strict=True) if rows else [()] * len(FACETS)
    counters = {name: Counter(values) for name, values in zip(FACETS, columns, strict=True)}
    for counter in counters.values():
        counter.pop(None, None)
    return len(rows), {name: dict(counter.most_common()) for name, counter in counters.items()}


def _page(
    connection: sqlite3.Connection,
    source: Condition,
    where: Sequence[Condition],
    order: str,
    page: tuple[int, int],
) -> list[dict[str, Any]]:
    """The narrow columns are ranked and cut first; only then is any text read."""
    found = _select("f.id AS id, h.score AS score", source, where)
    cursor = connection.execute(
        f"SELECT {_SHOWN} FROM ({found.sql} ORDER BY {order} LIMIT ? OFFSET ?) h "  # noqa: S608 - own text
        "JOIN article_facets f ON f.id = h.id JOIN articles a ON a.id = f.id "
        "JOIN outlets o ON o.id = f.outlet_id "
        f"LEFT JOIN annotations n ON n.article_id = f.id ORDER BY {order}",
        [*found.parameters, *page],
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


_SHOWN = (
    "a.id, a.key, a.url, a.title, a.text, o.name AS outlet, a.published_at, f.theme, f.status, "
    "n.region_code, h.score"
)


def _hit(row: Mapping[str, Any], node: Node | None, near: frozenset[int]) -> Hit:
    shown = {name: row[name] for name in row.keys() - {"id", "text"}}
    return Hit(
        **shown,
        by_meaning=row["id"] in near,
        title_html=marked(row["title"], node),
        snippet_html=snippet(row["text"], node),
    )
