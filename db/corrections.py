"""What people restated about an article, put over what the machine says, after every run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Final

from sqlite_utils import Database

from nlp.annotation import CONCRETE, STATUSES


class CorrectionError(ValueError):
    """A correction that cannot hold; the message is in Indonesian."""


def apply(db: Database, article_id: int, corrections: Iterable[tuple[str, str | None]]) -> None:
    """Put `(field, new value)` over the derived rows, in the order they were decided.

    Raises `CorrectionError` for an unknown field or value.
    """
    for name, value in corrections:
        if name not in FIELDS:
            raise CorrectionError(f"bidang koreksi tidak dikenal: {name}")
        try:
            FIELDS[name](db, article_id, value)
        except sqlite3.IntegrityError:
            raise CorrectionError(f"nilai koreksi {name} tidak dikenal: {value}") from None


def of_article(meja: Database, article_key: str) -> list[tuple[str, str | None]]:
    return meja.execute(
        "SELECT field, new_value FROM corrections WHERE article_key = ? ORDER BY id", [article_key]
    ).fetchall()


def _status(db: Database, article_id: int, value: str | None) -> None:
    if value not in STATUSES:
        raise CorrectionError(f"status tidak dikenal: {value}")
    db.execute(
        "UPDATE annotations SET status = ?, alert = ?, election = ? WHERE article_id = ?",
        [value, int(value in CONCRETE), int(value != "bukan_pemilu"), article_id],
    )
    db.execute("UPDATE article_facets SET status = ? WHERE id = ?", [value, article_id])


def _alert(db: Database, article_id: int, value: str | None) -> None:
    if value not in ("0", "1"):
        raise CorrectionError(f"nilai peringatan harus 0 atau 1, bukan {value}")
    db.execute("UPDATE annotations SET alert = ? WHERE article_id = ?", [int(value), article_id])


def _topic(db: Database, article_id: int, value: str | None) -> None:
    """The stated topic becomes the main one; None takes all topics away."""
    row = db.execute("SELECT theme FROM topics WHERE id = ?", [value]).fetchone()
    if value is not None and row is None:
        raise CorrectionError(f"topik tidak dikenal: {value}")
    theme = row[0] if row else None
    db.execute("UPDATE annotations SET topic = ? WHERE article_id = ?", [value, article_id])
    db.execute("UPDATE article_facets SET theme = ? WHERE id = ?", [theme, article_id])
    if value is None:
        db.execute("DELETE FROM article_topics WHERE article_id = ?", [article_id])
        return
    db.execute(
        "UPDATE article_topics SET rank = rank + 1 WHERE article_id = ? AND rank < "
        "coalesce((SELECT rank FROM article_topics WHERE article_id = ? AND topic = ?), 99)",
        [article_id, article_id, value],
    )
    db.execute(
        "INSERT INTO article_topics (article_id, rank, topic, theme, score, evidence) "
        "VALUES (?, 1, ?, ?, 1.0, '[]') ON CONFLICT (article_id, topic) DO UPDATE SET rank = 1",
        [article_id, value, theme],
    )


def _region(db: Database, article_id: int, value: str | None) -> None:
    db.execute("UPDATE annotations SET region_code = ? WHERE article_id = ?", [value, article_id])
    db.execute(
        "UPDATE article_facets SET province_code = substr(?, 1, 2) WHERE id = ?",
        [value, article_id],
    )
    db.execute("UPDATE article_regions SET is_main = 0 WHERE article_id = ?", [article_id])
    if value is not None:
        db.execute(
            "INSERT INTO article_regions (article_id, region_code, is_main, spans) "
            "VALUES (?, ?, 1, '[]') ON CONFLICT (article_id, region_code) "
            "DO UPDATE SET is_main = 1",
            [article_id, value],
        )


FIELDS: Final[dict[str, Callable[[Database, int, str | None], None]]] = {
    "status": _status,
    "alert": _alert,
    "topic": _topic,
    "region": _region,
}
"""Fields a person may restate, and how."""
