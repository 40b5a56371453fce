"""What people decide about stories and human beings: merges and splits, and taking them back.

One deed may be several pairs of keys; `stories` and `identifying` read the pairs that count.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from db import audit
from db.words import short_moment

Noun = Literal["story", "person"]
Pair = tuple[str, str, str]
"""`merge` or `split`, and two keys; see `db.stories.grouping` and `db.people.people`."""


class DecisionError(ValueError):
    """A decision that cannot be stored; the message is in Indonesian."""


def newest(meja: sqlite3.Connection, noun: Noun, keys: Iterable[str]) -> int:
    """Number of the newest pair that names one of these keys, undone or not; 0 for none."""
    row = meja.execute(
        "WITH known AS (SELECT value FROM json_each(?2)) "
        "SELECT coalesce(max(id), 0) FROM groupings WHERE noun = ?1 "
        "AND (key_a IN known OR key_b IN known)",
        (noun, json.dumps(sorted(keys))),
    ).fetchone()
    return int(row[0])


@dataclass(frozen=True)
class Deed:
    """`keys` are what the person looked at, `seen` what `newest` said of them then."""

    noun: Noun
    pairs: Sequence[Pair]
    keys: Sequence[str]
    seen: int
    reason: str = ""


def decide(meja: sqlite3.Connection, actor: str, deed: Deed) -> int:
    """Store a deed with its audit row; its number.

    Raises `DecisionError` when somebody was faster. Call it inside a transaction.
    """
    last = newest(meja, deed.noun, deed.keys)
    if last > deed.seen:
        raise DecisionError(_overtaken(meja, last))
    number = 0
    for pair in deed.pairs:
        cursor = meja.execute(
            "INSERT INTO groupings (noun, action, key_a, key_b, actor, at, deed, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (deed.noun, *pair, actor, audit.now(), number or None, deed.reason or None),
        )
        number = number or int(cursor.lastrowid or 0)
    meja.execute("UPDATE groupings SET deed = id WHERE id = ?", (number,))
    action, key_a, key_b = deed.pairs[0]
    audit.record(meja, actor, f"{action}_{deed.noun}", key_a, key_b)
    return number


def undo(meja: sqlite3.Connection, actor: str, noun: Noun, deed: int) -> bool:
    """Take a deed back; False when there is none of that number or it is undone already."""
    cursor = meja.execute(
        "UPDATE groupings SET undone_by = ?, undone_at = ? "
        "WHERE noun = ? AND coalesce(deed, id) = ? AND undone_at IS NULL",
        (actor, audit.now(), noun, deed),
    )
    if cursor.rowcount > 0:
        audit.record(meja, actor, f"undo_{noun}", str(deed))
    return cursor.rowcount > 0


def _overtaken(meja: sqlite3.Connection, last: int) -> str:
    name, at = meja.execute(
        "SELECT coalesce(a.name, g.actor), g.at FROM groupings g "
        "LEFT JOIN accounts a ON a.username = g.actor WHERE g.id = ?",
        (last,),
    ).fetchone()
    return (
        f"Belum tersimpan: {name} lebih dahulu menggabung atau memisah di sini "
        f"({short_moment(at)}). Lihat hasilnya, lalu ulangi bila masih perlu."
    )
