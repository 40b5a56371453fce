"""Outlets that an admin added by form: rows of `added_outlets`, read beside the installed list."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from db import audit

COLUMNS: Final = (
    *("domain", "name", "kind", "network", "province_code", "base_url"),
    *("feeds", "sitemaps", "listings"),
)
"""As in `outlets.csv`; lists are addresses with blanks between them."""


class AddedError(ValueError):
    """An outlet that cannot be added; the message is in Indonesian."""


def save(meja: sqlite3.Connection, row: Mapping[str, str], username: str) -> None:
    """Add one inside the caller's transaction, also one that was removed. Raises `AddedError`."""
    standing = "SELECT 1 FROM added_outlets WHERE domain = ? AND removed_at IS NULL"
    if meja.execute(standing, (row["domain"],)).fetchone():
        raise AddedError(f"{row['domain']} sudah ditambah sebelumnya.")
    values = [row.get(column) or None for column in COLUMNS]
    marks = ", ".join("?" * (len(COLUMNS) + 2))
    meja.execute(
        f"INSERT OR REPLACE INTO added_outlets ({', '.join(COLUMNS)}, added_by, added_at) "  # noqa: S608 - own names
        f"VALUES ({marks})",
        [*values, username, audit.now()],
    )
    audit.record(meja, username, "sumber_ditambah", row["domain"], row["name"])


def remove(meja: sqlite3.Connection, domain: str, username: str) -> bool:
    """Read it no longer; what it brought stays. False when it was not there."""
    sql = "UPDATE added_outlets SET removed_at = ? WHERE domain = ? AND removed_at IS NULL"
    removed = meja.execute(sql, (audit.now(), domain)).rowcount > 0
    if removed:
        audit.record(meja, username, "sumber_dilepas", domain)
    return removed


def standing(meja: sqlite3.Connection) -> list[dict[str, Any]]:
    """Those that are read, by name; every cell a text, empty where there is none."""
    cursor = meja.execute(
        f"SELECT {', '.join(COLUMNS)} FROM added_outlets WHERE removed_at IS NULL ORDER BY name"  # noqa: S608 - own names
    )
    return [{name: value or "" for name, value in zip(COLUMNS, row, strict=True)} for row in cursor]


def removed(meja: sqlite3.Connection) -> frozenset[str]:
    """The domains that are read no longer: their silence is wanted."""
    sql = "SELECT domain FROM added_outlets WHERE removed_at IS NOT NULL"
    return frozenset(domain for (domain,) in meja.execute(sql))
