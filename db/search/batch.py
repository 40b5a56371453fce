"""Many names at once: which of them occur, how often, and where last."""

from __future__ import annotations

import csv
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any, Final

from db.search.filters import region_codes
from db.search.query import QueryError
from db.search.search import search
from nlp.annotation import CONCRETE

MOST: Final = 500
"""Names of one list."""

_HEADS: Final = ("nama", "name")


@dataclass(frozen=True)
class Found:
    """What a base holds of one name; `query` finds the articles again, `problem` says why not."""

    name: str
    query: str
    articles: int = 0
    concrete: int = 0
    newest: str | None = None
    title: str | None = None
    key: str | None = None
    problem: str | None = None


def names(text: str) -> list[str]:
    """The names of a list: one per line, or the column `nama` of a CSV (else its first).

    Comma, semicolon and tab divide columns. Doubles are dropped. Raises `QueryError`.
    """
    lines = [line for line in text.replace("\ufeff", "").splitlines() if line.strip()]
    rows = [row for row in csv.reader(lines, delimiter=_delimiter(lines)) if row]
    if not rows:
        raise QueryError("Daftar ini tidak berisi nama.")
    head = [cell.strip().lower() for cell in rows[0]]
    column = next((head.index(name) for name in _HEADS if name in head), None)
    cells = [row[column or 0] for row in rows[column is not None :] if len(row) > (column or 0)]
    found = list(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell.strip()))
    if len(found) > MOST:
        raise QueryError(f"Paling banyak {MOST} nama sekaligus; daftar ini berisi {len(found)}.")
    return found


def look_up(connection: sqlite3.Connection, wanted: list[str], region: str = "") -> list[Found]:
    """Each name as a phrase, in the order given; `region` narrows all. Raises `QueryError`."""
    if region and not region_codes(region):
        raise QueryError(f"Wilayah tidak dikenal: {region}.")
    return [_look_up(connection, name, region) for name in wanted]


def records(found: list[Found]) -> list[dict[str, Any]]:
    """Rows for a file, with Indonesian heads."""
    return [
        {_COLUMNS[name]: value for name, value in asdict(one).items() if name in _COLUMNS}
        for one in found
    ]


_COLUMNS: Final = {
    "name": "nama",
    "articles": "artikel",
    "concrete": "kasus_konkret",
    "newest": "terbit_terakhir",
    "title": "judul_terakhir",
    "key": "kunci",
    "problem": "catatan",
}


def _delimiter(lines: list[str]) -> str:
    return max(";\t,", key=lambda mark: lines[0].count(mark)) if lines else ","


def _look_up(connection: sqlite3.Connection, name: str, region: str) -> Found:
    phrase = name.replace('"', " ")
    query = f'"{phrase}"' + (f' wilayah:"{region}"' if region else "")
    try:
        result = search(connection, query, limit=1, sort="date")
    except QueryError as error:
        return Found(name, query, problem=str(error))
    concrete = sum(result.facets["status"].get(status, 0) for status in CONCRETE)
    if not result.hits:
        return Found(name, query)
    newest = result.hits[0]
    return Found(name, query, result.total, concrete, newest.published_at, newest.title, newest.key)
