"""Who did what: one row for every write a person makes, and for every copy that leaves."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def record(
    meja: sqlite3.Connection, actor: str, action: str, noun: str, detail: str | None = None
) -> None:
    """Add one row inside the caller's transaction."""
    meja.execute(
        "INSERT INTO audit (at, actor, action, object, detail) VALUES (?, ?, ?, ?, ?)",
        (now(), actor, action, noun, detail),
    )
