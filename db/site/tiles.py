"""The provinces as tiles, each about where it lies: a map that needs no map server.

`tiles.csv` says row and column of every province; the tiles are links in the order of the codes,
so that a keyboard and a screen reader walk them like a list.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from db.counting import Count
from nlp import lexicon

PLACES: Final = Path(__file__).with_name("tiles.csv")
HEATS: Final = 5
"""Shades of the tiles, besides that of no case."""


@dataclass(frozen=True)
class Tile:
    """`row` and `column` are 0 where the tile just follows the one before it."""

    code: str
    short: str
    name: str
    row: int
    column: int
    count: Count
    heat: int


def provinces(counts: Mapping[str, Count]) -> list[Tile]:
    """All provinces; one that nobody speaks of counts nothing."""
    highest = _highest(counts)
    return [
        Tile(
            code,
            place["singkatan"],
            lexicon.regions()[code].short_name,
            int(place["baris"]),
            int(place["kolom"]),
            counts.get(code, Count()),
            _heat(counts.get(code, Count()), highest),
        )
        for code, place in _places().items()
    ]


def divisions(province: str, counts: Mapping[str, Count]) -> list[Tile]:
    """All kabupaten, then all kota of a province; "Kab." and "Kota" tell namesakes apart."""
    highest = _highest(counts)
    found = [
        region for region in lexicon.regions().values() if region.code.startswith(f"{province}.")
    ]
    return [
        Tile(
            region.code,
            f"{'Kota' if region.level == 'kota' else 'Kab.'} {region.short_name}",
            region.full_name,
            0,
            0,
            counts.get(region.code, Count()),
            _heat(counts.get(region.code, Count()), highest),
        )
        for region in found
    ]


@cache
def _places() -> dict[str, dict[str, str]]:
    with PLACES.open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row for row in csv.DictReader(file)}


def _highest(counts: Mapping[str, Count]) -> int:
    return max((count.cases for count in counts.values()), default=0)


def _heat(count: Count, highest: int) -> int:
    """0 without a case, then by its share of the highest number."""
    if not count.cases:
        return 0
    return min(HEATS, 1 + (count.cases - 1) * HEATS // highest)
