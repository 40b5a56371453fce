"""One item of a list (an official, a figure, a quote, ...) restated, added or taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from db.base import insert

Item = Mapping[str, Any]


@dataclass(frozen=True)
class List:
    """`known_by` are the columns by which an item is found again after a rerun.

    `named` is the column that holds a name which other lists repeat; `place` holds its offsets,
    `many` says whether as a list of pairs.
    """

    table: str
    columns: tuple[str, ...]
    known_by: tuple[str, ...]
    place: str
    many: bool = False
    named: str | None = None


LISTS: Final = {
    "officials": List(
        "officials",
        ("name", "position", "institution", "region_code", "acting"),
        ("name", "position"),
        "spans",
        many=True,
        named="name",
    ),
    "people": List("article_people", ("name", "role"), ("name",), "spans", many=True, named="name"),
    "figures": List(
        "figures", ("value", "value_max", "unit", "about", "bound"), ("value", "unit"), "span"
    ),
    "dates": List("dates", ("date",), ("date",), "span"),
    "quotes": List("quotes", ("speaker", "text"), ("text",), "span"),
    "violations": List(
        "violations",
        ("topic", "status", "stage", "actors", "region_code", "date"),
        ("topic", "status"),
        "evidence",
    ),
}
"""By field: what may be restated in which table."""

_EMPTY: Final[dict[str, dict[str, Any]]] = {
    "violations": {"keywords": "[]", "norms": "[]"},
    "quotes": {"indirect": 0},
}
"""Columns that an added item must fill and nobody states."""


def restate(db: Database, article_id: int, of: List, old: Item | None, new: Item | None) -> None:
    """Put `new` where `old` was; an `old` that a newer rule no longer finds is no hindrance."""
    if new is None:
        _drop(db, article_id, of, old or {})
        return
    if not (old is not None and _change(db, article_id, of, old, new)):
        _add(db, article_id, of, new)
    if of.named and old is not None and old[of.named] != new[of.named]:
        _rename(db, article_id, str(old[of.named]), str(new[of.named]))


def value(of: List, row: Item) -> str:
    """An item as a correction holds it."""
    return json.dumps({name: row[name] for name in of.columns}, ensure_ascii=False)


def _where(of: List, item: Item) -> tuple[str, list[Any]]:
    condition = " AND ".join(f"{name} IS ?" for name in of.known_by)
    return f"article_id = ? AND {condition}", [item.get(name) for name in of.known_by]


def _change(db: Database, article_id: int, of: List, old: Item, new: Item) -> bool:
    where, known = _where(of, old)
    changes = ", ".join(f"{name} = ?" for name in of.columns)
    cursor = db.execute(
        f"UPDATE {of.table} SET {changes} WHERE {where}",  # noqa: S608 - own names
        [*(new.get(name) for name in of.columns), article_id, *known],
    )
    return cursor.rowcount > 0


def _add(db: Database, article_id: int, of: List, new: Item) -> None:
    where, known = _where(of, new)
    there = f"SELECT 1 FROM {of.table} WHERE {where}"  # noqa: S608 - own names
    if db.execute(there, [article_id, *known]).fetchone():
        return
    row = {name: new.get(name) for name in of.columns}
    place = {of.place: json.dumps(_place(db, article_id, of, new))}
    insert(db, of.table, {"article_id": article_id, **row, **place, **_EMPTY.get(of.table, {})})


def _place(db: Database, article_id: int, of: List, new: Item) -> list[Any]:
    """Where the text holds the name, or nowhere."""
    name = str(new.get(of.named) or "") if of.named else ""
    (text,) = db.execute("SELECT text FROM articles WHERE id = ?", [article_id]).fetchone()
    start = text.find(name) if name else -1
    if start < 0:
        return [] if of.many else [0, 0]
    span = [start, start + len(name)]
    return [span] if of.many else span


def _drop(db: Database, article_id: int, of: List, old: Item) -> None:
    where, known = _where(of, old)
    db.execute(f"DELETE FROM {of.table} WHERE {where}", [article_id, *known])  # noqa: S608 - own names
    if of.table == "article_people":
        _forget(db, article_id, str(old.get("name")))


def _forget(db: Database, article_id: int, name: str) -> None:
    """Who is no person holds no office, says nothing and is accused of nothing."""
    db.execute("DELETE FROM officials WHERE article_id = ? AND name = ?", [article_id, name])
    db.execute(
        "UPDATE quotes SET speaker = NULL WHERE article_id = ? AND speaker = ?",
        [article_id, name],
    )
    _replace_actor(db, article_id, name, None)


def _rename(db: Database, article_id: int, old: str, new: str) -> None:
    for table, column in _NAMES:
        db.execute(
            f"UPDATE {table} SET {column} = ? WHERE article_id = ? AND {column} = ?",  # noqa: S608 - own names
            [new, article_id, old],
        )
    _replace_actor(db, article_id, old, new)


_NAMES: Final = (("officials", "name"), ("article_people", "name"), ("quotes", "speaker"))


def _replace_actor(db: Database, article_id: int, old: str, new: str | None) -> None:
    rows = db.execute("SELECT id, actors FROM violations WHERE article_id = ?", [article_id])
    for row, stored in rows.fetchall():
        actors = json.loads(stored)
        if old in actors:
            kept = list(_replaced(actors, old, new))
            db.execute(
                "UPDATE violations SET actors = ? WHERE id = ?",
                [json.dumps(kept, ensure_ascii=False), row],
            )


def _replaced(actors: Iterable[str], old: str, new: str | None) -> Iterable[str]:
    for actor in actors:
        if actor != old:
            yield actor
        elif new is not None:
            yield new
