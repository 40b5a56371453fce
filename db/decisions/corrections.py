"""What people restated about an article, put over what the machine says, after every run.

A correction names what it replaces: `old` is the value that was there, `new` what holds instead.
For a list (officials, figures, ...) both are one item of it as JSON; no `old` adds an item, no
`new` takes it away.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, Final

from sqlite_utils import Database

from db.base import writing
from db.decisions.restating import LISTS, restate
from db.reference import put_setting, setting
from nlp.annotation import CONCRETE, STATUSES
from nlp.lexicon.judgement import stages

Correction = tuple[str, str | None, str | None]
"""Field, old value, new value."""
_SEEN: Final = "corrections_seen"


class CorrectionError(ValueError):
    """A correction that cannot hold; the message is in Indonesian."""


def apply(db: Database, article_id: int, corrections: Iterable[Correction]) -> None:
    """Put corrections over the derived rows, in the order they were decided.

    Raises `CorrectionError` for an unknown field or value.
    """
    for name, old, new in corrections:
        try:
            if name in FIELDS:
                FIELDS[name](db, article_id, new)
            elif name in MEMBERS:
                MEMBERS[name](db, article_id, old, new)
            elif name in LISTS:
                restate(db, article_id, LISTS[name], _item(old), _item(new))
            else:
                raise CorrectionError(f"bidang koreksi tidak dikenal: {name}")
        except sqlite3.IntegrityError:
            raise CorrectionError(f"nilai koreksi {name} tidak dikenal: {new}") from None


def of_article(meja: Database, article_key: str) -> list[Correction]:
    """Those that were not taken back, oldest first."""
    return meja.execute(f"{_VALID} AND article_key = ? ORDER BY id", [article_key]).fetchall()


_VALID: Final = (
    "SELECT field, old_value, new_value FROM corrections "
    "WHERE id NOT IN (SELECT correction_id FROM correction_withdrawals)"
)


def pending(db: Database, meja: Database) -> tuple[list[str], str]:
    """Articles whose corrections changed since `remember`, and what to remember then."""
    last, withdrawn = json.loads(setting(db, _SEEN) or "[0, 0]")
    keys = meja.execute(
        "SELECT DISTINCT c.article_key FROM corrections c "
        "LEFT JOIN correction_withdrawals w ON w.correction_id = c.id "
        "WHERE c.id > ? OR w.id > ? ORDER BY 1",
        [last, withdrawn],
    ).fetchall()
    now = meja.execute(
        "SELECT json_array((SELECT coalesce(max(id), 0) FROM corrections), "
        "(SELECT coalesce(max(id), 0) FROM correction_withdrawals))"
    ).fetchone()[0]
    return [key for (key,) in keys], now


def remember(db: Database, now: str) -> None:
    """Note that the articles named by `pending` were judged again."""
    with writing(db):
        put_setting(db, _SEEN, now)


def _item(value: str | None) -> dict[str, Any] | None:
    try:
        read = json.loads(value) if value is not None else None
    except ValueError:
        read = value
    if not isinstance(read, dict | None):
        raise CorrectionError(f"butir koreksi tidak terbaca: {value}")
    return read


def _status(db: Database, article_id: int, value: str | None) -> None:
    """The cases told under the old status go along; where no case is left, none is told."""
    if value not in STATUSES:
        raise CorrectionError(f"status tidak dikenal: {value}")
    if value in (*CONCRETE, "tidak_terbukti"):
        db.execute(
            "UPDATE violations SET status = ?1 WHERE article_id = ?2 AND status = "
            "(SELECT status FROM annotations WHERE article_id = ?2)",
            [value, article_id],
        )
    else:
        db.execute("DELETE FROM violations WHERE article_id = ?", [article_id])
        db.execute("UPDATE annotations SET stage = NULL WHERE article_id = ?", [article_id])
    db.execute(
        "UPDATE annotations SET status = ?, alert = ?, election = ? WHERE article_id = ?",
        [value, int(value in CONCRETE), int(value != "bukan_pemilu"), article_id],
    )
    db.execute("UPDATE article_facets SET status = ? WHERE id = ?", [value, article_id])


def _alert(db: Database, article_id: int, value: str | None) -> None:
    if value not in ("0", "1"):
        raise CorrectionError(f"nilai peringatan harus 0 atau 1, bukan {value}")
    db.execute("UPDATE annotations SET alert = ? WHERE article_id = ?", [int(value), article_id])


def _stage(db: Database, article_id: int, value: str | None) -> None:
    if value is not None and value not in stages():
        raise CorrectionError(f"tahap tidak dikenal: {value}")
    db.execute("UPDATE annotations SET stage = ? WHERE article_id = ?", [value, article_id])


def _topic(db: Database, article_id: int, value: str | None) -> None:
    """The stated topic becomes the main one; None takes all topics away."""
    theme = _theme(db, value) if value is not None else None
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


def _theme(db: Database, topic: str) -> str:
    row = db.execute("SELECT theme FROM topics WHERE id = ?", [topic]).fetchone()
    if row is None:
        raise CorrectionError(f"topik tidak dikenal: {topic}")
    return str(row[0])


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


def _topics(db: Database, article_id: int, old: str | None, new: str | None) -> None:
    """Add a topic last, or take one away; the next one is the main one then."""
    if new is not None:
        db.execute(
            "INSERT OR IGNORE INTO article_topics (article_id, rank, topic, theme, score, evidence)"
            " SELECT ?1, coalesce(max(rank), 0) + 1, ?2, ?3, 1.0, '[]' "
            "FROM article_topics WHERE article_id = ?1",
            [article_id, new, _theme(db, new)],
        )
    if old is not None:
        db.execute(
            "DELETE FROM article_topics WHERE article_id = ? AND topic = ?", [article_id, old]
        )
    first = db.execute(
        "SELECT topic FROM article_topics WHERE article_id = ? ORDER BY rank", [article_id]
    ).fetchone()
    _topic(db, article_id, first[0] if first else None)


def _regions(db: Database, article_id: int, old: str | None, new: str | None) -> None:
    """Add a region, or take one away; a main region taken away leaves none."""
    if new is not None:
        db.execute(
            "INSERT OR IGNORE INTO article_regions (article_id, region_code, is_main, spans) "
            "VALUES (?, ?, 0, '[]')",
            [article_id, new],
        )
    if old is not None:
        db.execute(
            "DELETE FROM article_regions WHERE article_id = ? AND region_code = ?",
            [article_id, old],
        )
        main = "SELECT 1 FROM annotations WHERE article_id = ? AND region_code = ?"
        if db.execute(main, [article_id, old]).fetchone():
            _region(db, article_id, None)


FIELDS: Final[dict[str, Callable[[Database, int, str | None], None]]] = {
    "status": _status,
    "alert": _alert,
    "stage": _stage,
    "topic": _topic,
    "region": _region,
}
"""Single values a person may restate, and how."""

MEMBERS: Final[dict[str, Callable[[Database, int, str | None, str | None], None]]] = {
    "topics": _topics,
    "regions": _regions,
}
"""Sets of codes to which one may be added or from which one may be taken."""
