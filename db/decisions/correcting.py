"""Stating, withdrawing and listing corrections: what people write into `meja.db`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from db import audit
from db.decisions.corrections import FIELDS, MEMBERS, CorrectionError
from db.decisions.restating import LISTS
from db.words import short_moment

LONGEST: Final = 2_000
"""Characters of a reason or a value."""


@dataclass(frozen=True)
class Statement:
    """What somebody says of one field of one article; see `db.decisions.corrections`."""

    article_key: str
    field: str
    old: str | None
    new: str | None
    reason: str


def state(meja: sqlite3.Connection, actor: str, said: Statement, seen: int) -> int:
    """Store a correction with its audit row; its number.

    `seen` is the newest correction the person had before their eyes. Raises `CorrectionError`
    when somebody was faster or when nothing is said. Call it inside a transaction.
    """
    _check(said)
    last = _last(meja, said.article_key)
    if last and last["id"] > seen:
        raise CorrectionError(
            f"Belum tersimpan: {last['name']} lebih dahulu mengoreksi artikel ini "
            f"({short_moment(last['at'])}). Lihat koreksinya, lalu simpan lagi bila masih perlu."
        )
    cursor = meja.execute(
        "INSERT INTO corrections (article_key, field, old_value, new_value, reason, actor, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (said.article_key, said.field, said.old, said.new, said.reason, actor, audit.now()),
    )
    audit.record(meja, actor, "koreksi", said.article_key, said.field)
    return int(cursor.lastrowid or 0)


def withdraw(meja: sqlite3.Connection, actor: str, article_key: str, number: int) -> bool:
    """Take a correction back; False when there is none of that number or it is withdrawn."""
    cursor = meja.execute(
        "INSERT OR IGNORE INTO correction_withdrawals (correction_id, actor, at) "
        "SELECT id, ?, ? FROM corrections WHERE id = ? AND article_key = ?",
        (actor, audit.now(), number, article_key),
    )
    if cursor.rowcount > 0:
        audit.record(meja, actor, "koreksi_dibatalkan", article_key, str(number))
    return cursor.rowcount > 0


def training(berita: Database, meja: Database) -> Iterator[dict[str, Any]]:
    """Every correction that counts, as a lesson for the machine; without names of analysts."""
    for row in meja.query(
        "SELECT * FROM corrections WHERE id NOT IN "
        "(SELECT correction_id FROM correction_withdrawals) ORDER BY id"
    ):
        found = berita.execute(
            "SELECT url, title FROM articles WHERE key = ?", [row["article_key"]]
        ).fetchone()
        url, title = found or (None, None)
        yield {
            "id": row["article_key"],
            "url": url,
            "title": title,
            "field": row["field"],
            "old": plain(row["field"], row["old_value"]),
            "new": plain(row["field"], row["new_value"]),
            "reason": row["reason"],
            "at": row["at"],
        }


def plain(field: str, value: str | None) -> Any:
    """An item of a list as an object, any other value as it is."""
    if field not in LISTS or value is None:
        return value
    read = json.loads(value)
    if field == "violations" and isinstance(read.get("actors"), str):
        read["actors"] = json.loads(read["actors"])
    return read


def _check(said: Statement) -> None:
    if said.field not in {*FIELDS, *MEMBERS, *LISTS}:
        raise CorrectionError(f"bidang koreksi tidak dikenal: {said.field}")
    if not said.reason.strip():
        raise CorrectionError("Tulis alasan koreksi: apa yang keliru menurut naskahnya.")
    if max(len(text or "") for text in (said.old, said.new, said.reason)) > 2 * LONGEST:
        raise CorrectionError(f"Isian terlalu panjang: paling banyak {LONGEST} huruf.")
    if said.old == said.new:
        raise CorrectionError("Nilai barunya sama dengan yang sekarang.")


def _last(meja: sqlite3.Connection, article_key: str) -> dict[str, Any] | None:
    row = meja.execute(
        "SELECT c.id, c.at, coalesce(a.name, c.actor) FROM corrections c "
        "LEFT JOIN accounts a ON a.username = c.actor "
        "WHERE c.article_key = ? ORDER BY c.id DESC LIMIT 1",
        (article_key,),
    ).fetchone()
    return None if row is None else dict(zip(("id", "at", "name"), row, strict=True))
