"""Regions, topics and norms in the base, as the lexicons have them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from db.base import writing
from nlp import lexicon
from nlp.lexicon import judgement

_DIGEST = "reference_digest"


def load(db: Database) -> bool:
    """Bring the reference tables in line with the lexicons; True when that changed anything."""
    tables = {
        "regions": list(_regions()),
        "topics": list(_topics()),
        "norms": list(_norms()),
    }
    digest = hashlib.sha256(repr(tables).encode()).hexdigest()[:16]
    if setting(db, _DIGEST) == digest:
        return False
    with writing(db):
        db.table("regions").upsert_all(tables["regions"], pk="code")
        db.table("topics").upsert_all(tables["topics"], pk="id")
        db.execute("DELETE FROM norms")
        db.table("norms").insert_all(tables["norms"], ignore=True)
        put_setting(db, _DIGEST, digest)
    return True


def setting(db: Database, key: str) -> str | None:
    row = db.execute("SELECT value FROM settings WHERE key = ?", [key]).fetchone()
    return None if row is None else str(row[0])


def put_setting(db: Database, key: str, value: str) -> None:
    db.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
    )


def _regions() -> Iterator[dict[str, Any]]:
    """Provinces first: the others point to them."""
    entries = lexicon.regions().values()
    for entry in sorted(entries, key=lambda entry: (entry.level != "provinsi", entry.code)):
        yield {
            "code": entry.code,
            "level": entry.level,
            "name": entry.full_name,
            "short_name": entry.short_name,
            "province_code": None if entry.level == "provinsi" else entry.province_code,
            "timezone": entry.timezone,
            "capital": entry.capital or None,
            "latitude": entry.latitude,
            "longitude": entry.longitude,
        }


def _topics() -> Iterator[dict[str, Any]]:
    for entry in judgement.topics().values():
        yield {
            "id": entry.id,
            "name": entry.name,
            "theme": entry.theme,
            "theme_name": judgement.themes()[entry.theme],
            "priority": entry.priority,
        }


def _norms() -> Iterator[dict[str, Any]]:
    for entry in judgement.topics().values():
        for norm in entry.norms:
            yield {
                "topic": entry.id,
                "regime": norm.regime,
                "citation": norm.text,
                "verified": int(norm.verified),
                "valid_from": norm.since.isoformat() if norm.since else None,
                "valid_until": norm.until.isoformat() if norm.until else None,
            }
