"""What extraction notes on the responses it has read: their article, and why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from db.base import writing
from db.fetches import ANSWERS, PAGES

Row = dict[str, Any]

_KINDS = ", ".join(f"'{kind}'" for kind in PAGES)
_READABLE = f"kind IN ({_KINDS}) AND error IS NULL AND status IN {ANSWERS}"


def ungrouped(db: Database) -> list[int]:
    """The row numbers of responses whose article is not known yet, first pages first."""
    rows = db.execute(
        "SELECT id FROM fetches WHERE extracted_at IS NULL AND article_group IS NULL "  # noqa: S608 - own constants
        f"AND {_READABLE} ORDER BY page_of IS NOT NULL, fetched_at, id"
    )
    return [int(row[0]) for row in rows.fetchall()]


def waiting(db: Database) -> list[str]:
    """The articles with a response that extraction has not seen, in order of arrival."""
    rows = db.execute(
        "SELECT article_group FROM fetches WHERE extracted_at IS NULL "
        "AND article_group IS NOT NULL GROUP BY article_group ORDER BY MIN(fetched_at), MIN(id)"
    )
    return [str(row[0]) for row in rows.fetchall()]


def responses(db: Database, ids: Iterable[int]) -> list[Row]:
    """The rows with these numbers, in this order."""
    return [
        row for number in ids for row in db.query("SELECT * FROM fetches WHERE id = ?", [number])
    ]


def group_of(db: Database, url: str) -> str | None:
    """The article that the newest grouped response of `url` belongs to."""
    row = db.execute(
        "SELECT article_group FROM fetches WHERE url = ? AND article_group IS NOT NULL "
        "ORDER BY fetched_at DESC, id DESC LIMIT 1",
        [url],
    ).fetchone()
    return row[0] if row else None


def assign(db: Database, groups: Mapping[int, str]) -> None:
    """Note to which article each response belongs."""
    with writing(db):
        db.conn.executemany(
            "UPDATE fetches SET article_group = ? WHERE id = ?",
            [(group, number) for number, group in groups.items()],
        )


def members(db: Database, group: str) -> list[Row]:
    """Every readable response of an article, in the order of their arrival."""
    return list(
        db.query(
            f"SELECT * FROM fetches WHERE article_group = ? AND {_READABLE} "  # noqa: S608 - own constants
            "ORDER BY fetched_at, warc_file, warc_offset",
            [group],
        )
    )


def addresses(db: Database, group: str) -> list[str]:
    """The URLs of the articles made from responses of `group`; more than one is a mistake."""
    rows = db.execute(
        "SELECT a.url FROM articles a JOIN fetches f ON f.id = a.fetch_id "
        "WHERE f.article_group = ?",
        [group],
    )
    return [str(row[0]) for row in rows.fetchall()]


def mark(db: Database, group: str, errors: Mapping[int, str], at: str) -> None:
    """Note that the responses of `group` are read; `errors` says why some gave no article."""
    db.execute(
        "UPDATE fetches SET extracted_at = ?, extract_error = NULL WHERE article_group = ?",
        [at, group],
    )
    db.conn.executemany(
        "UPDATE fetches SET extract_error = ? WHERE id = ?",
        [(error, number) for number, error in errors.items()],
    )


def forget(db: Database) -> None:
    """Let extraction see every response again."""
    with writing(db):
        db.execute(
            "UPDATE fetches SET extracted_at = NULL, extract_error = NULL, "  # noqa: S608 - own constants
            f"article_group = NULL WHERE {_READABLE}"
        )
