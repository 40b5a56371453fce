"""The frontier: every address that a list named, what became of it, and so what is still to do.

A list that answers "not modified" says nothing, so what it once said is kept here. All times are
ISO 8601 in UTC with milliseconds and compare as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from db.fetches import ANSWERS, Fetch


@dataclass(frozen=True)
class Announcement:
    """One address as a list names it; `hints` is what the list says of it besides."""

    key: str
    url: str
    outlet_id: str
    kind: str = "page"
    page_of: str | None = None
    updated_at: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One row of `announced`."""

    key: str
    url: str
    outlet_id: str
    kind: str
    page_of: str | None
    hints: str | None
    updated_at: str | None
    first_seen_at: str
    first_fetched_at: str | None
    answered_at: str | None
    failed_at: str | None
    attempts: int


def announce(db: Database, found: Iterable[Announcement], at: str) -> int:
    """Keep what a list named at `at`; return how many addresses were unknown.

    A newer change than known so far clears the count of failures.
    """
    items = {item.key: item for item in found}
    unknown = len(items) - _count_known(db, items)
    for item in items.values():
        db.execute(
            """
            INSERT INTO announced (key, url, outlet_id, kind, page_of, hints, updated_at,
                                   first_seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET
                attempts = iif(coalesce(updated_at, '') < coalesce(excluded.updated_at, ''),
                               0, attempts),
                updated_at = nullif(max(coalesce(updated_at, ''),
                                        coalesce(excluded.updated_at, '')), ''),
                hints = coalesce(excluded.hints, hints)
            """,
            [
                *(item.key, item.url, item.outlet_id, item.kind, item.page_of),
                *(_json(item.hints), item.updated_at, at),
            ],
        )
    return unknown


def _count_known(db: Database, keys: Iterable[str]) -> int:
    statement = "SELECT count(*) FROM announced WHERE key IN (SELECT value FROM json_each(?))"
    return int(db.execute(statement, [json.dumps(list(keys))]).fetchone()[0])


def _json(hints: Mapping[str, str]) -> str | None:
    return json.dumps(hints, ensure_ascii=False, sort_keys=True) if hints else None


def entries(db: Database, outlet_id: str, keys: Iterable[str] | None = None) -> list[Entry]:
    """What is known of an outlet, in order of announcement; with `keys`, of those alone."""
    rows = db.query(
        """
        SELECT * FROM announced WHERE outlet_id = :outlet
           AND (:keys IS NULL OR key IN (SELECT value FROM json_each(:keys)))
        ORDER BY first_seen_at, rowid
        """,
        {"outlet": outlet_id, "keys": None if keys is None else json.dumps(list(keys))},
    )
    return [Entry(**row) for row in rows]


def answered(db: Database, key: str, status: int, at: str) -> None:
    """Note a definite answer: 200, 304, 404 or 410."""
    db.execute(
        """
        UPDATE announced SET answered_at = max(coalesce(answered_at, ''), :at), attempts = 0,
               first_fetched_at = iif(:status = 200, min(coalesce(first_fetched_at, :at), :at),
                                      first_fetched_at)
        WHERE key = :key
        """,
        {"key": key, "status": status, "at": at},
    )


def failed(db: Database, key: str, at: str) -> None:
    """Note that there was no usable answer."""
    db.execute(
        "UPDATE announced SET failed_at = ?, attempts = attempts + 1 WHERE key = ?", [at, key]
    )


def restore(db: Database, fetch: Fetch, key: str) -> None:
    """Put back what an archived answer to a page proves, for a base that was lost."""
    found = Announcement(key, fetch.url, fetch.outlet_id, fetch.kind, fetch.page_of)
    announce(db, [found], fetch.fetched_at)
    if fetch.status in ANSWERS:
        answered(db, key, fetch.status, fetch.fetched_at)
