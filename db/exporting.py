"""What a base gives away as JSON lines: articles that another Pantau can import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlite_utils import Database

from db.search.search import matching_ids

_BATCH: Final = 500
_ROWS: Final = """
    SELECT a.key AS id, a.url, a.title, a.text, a.author, a.published_at, o.name AS outlet,
        n.status, n.topic, n.region_code AS region, f.fetched_at, f.sha256
    FROM articles a JOIN outlets o ON o.id = a.outlet_id JOIN fetches f ON f.id = a.fetch_id
    LEFT JOIN annotations n ON n.article_id = a.id
    WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id
"""


def articles(db: Database, query: str = "") -> Iterator[dict[str, Any]]:
    """The articles that answer a query, or all. Raises `QueryError`."""
    ids = matching_ids(db, query) if query.strip() else _all(db)
    for start in range(0, len(ids), _BATCH):
        yield from db.query(_ROWS, [str(ids[start : start + _BATCH])])


def _all(db: Database) -> list[int]:
    return [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id")]
