"""What the list of officials shows of a human being: newest office, articles, cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlite_utils import Database

from db.people.identity import Name
from db.people.names import fold

_OFFICE: Final = """
    SELECT f.position, f.institution, f.acting, f.region_code FROM officials f
    JOIN articles a ON a.id = f.article_id WHERE f.person_id IN (SELECT value FROM json_each(?))
    ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, f.id LIMIT 1
"""
_SEEN: Final = """
    SELECT count(*), min(a.published_at), max(a.published_at) FROM articles a WHERE a.id IN (
        SELECT article_id FROM article_people WHERE person_id IN (SELECT value FROM json_each(?1))
        UNION SELECT article_id FROM officials WHERE person_id IN (SELECT value FROM json_each(?1))
        UNION SELECT article_id FROM quotes WHERE person_id IN (SELECT value FROM json_each(?1)))
"""
_CASES: Final = """
    SELECT count(DISTINCT v.article_id) FROM accused c JOIN violations v ON v.id = c.violation_id
    WHERE c.person_id IN (SELECT value FROM json_each(?))
"""


def write(db: Database, human: int, names: Sequence[Name]) -> None:
    """Renew the profile of a human being who is known by `names`."""
    rows = db.execute(
        "SELECT id, name FROM people WHERE key IN (SELECT value FROM json_each(?))",
        [json.dumps([name.key for name in names])],
    ).fetchall()
    ids = [row for row, _ in rows]
    wanted = json.dumps(ids)
    db.execute("DELETE FROM profiles WHERE person_id IN (SELECT value FROM json_each(?))", [wanted])
    articles, first, last = db.execute(_SEEN, [wanted]).fetchone()
    if not articles:
        return
    office = db.execute(_OFFICE, [wanted]).fetchone() or (None, None, None, None)
    region = office[3] or _region(db, human)
    cases = db.execute(_CASES, [wanted]).fetchone()[0]
    name = next(name for row, name in rows if row == human)
    known = (human, name, _searchable(name for _, name in rows), *office[:3], region)
    _insert(db, [*known, articles, cases, first, last])


def _region(db: Database, human: int) -> str | None:
    row = db.execute("SELECT region_code FROM people WHERE id = ?", [human]).fetchone()
    return row[0] if row else None


def _searchable(names: Iterable[str]) -> str:
    return " | ".join(sorted({fold(name) for name in names}))


def _insert(db: Database, values: Sequence[Any]) -> None:
    db.execute(
        "INSERT INTO profiles (person_id, name, names, position, institution, acting, region_code, "
        "articles, cases, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        list(values),
    )
