"""Kecamatan, desa and the like by their names, each tied to the kabupaten or kota it lies in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from nlp.annotation import Locality
from nlp.components.gazetteer import district_names
from nlp.components.offices import heads
from nlp.components.other_names import is_numbered
from nlp.components.places import Place
from nlp.lexicon import table
from nlp.reading import Reading

LONGEST_GAP: Final = 30
"""Characters between a place and the larger one it lies in."""
LONGEST: Final = 4
"""Words that the name of a locality may have."""


class Spot(NamedTuple):
    """A locality in the text: words `first` to `last` (exclusive) are its name, `kind` its level;
    None where only a number says that a place is named."""

    first: int
    last: int
    kind: str | None


@cache
def _kinds() -> dict[str, str]:
    """kec -> Kecamatan, desa -> Desa."""
    kinds = table("place_cues")["setempat"]["jenis"]
    return {form: kind for kind, forms in kinds.items() for form in forms}


@cache
def _between() -> re.Pattern[str]:
    """What parts a locality from the larger one that it lies in."""
    levels = "|".join([*_kinds(), "kabupaten", "kab", "kota"])
    return re.compile(rf"[\s,()]*(?:(?:{levels})\.?\s+)?", re.IGNORECASE)


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(table("place_cues")[section][key])


@lru_cache(maxsize=4)  # a text and its title; long ones should not be held
def spots(reading: Reading) -> tuple[Spot, ...]:
    """Every locality that a word for its level announces, in order."""
    return tuple(_read_spots(reading))


def _read_spots(reading: Reading) -> Iterator[Spot]:
    words, index = reading.words, 1
    while index < len(words):
        kind = _kinds().get(words[index - 1].lower)
        announced = kind is not None or is_numbered(reading, index)
        last = _name_end(reading, index, kind) if announced else index
        if last > index and not (kind and _heads_office(reading, index - 1)):
            yield Spot(index, last, kind)
        index = max(last, index) + 1


def _heads_office(reading: Reading, index: int) -> bool:
    """`Kepala Desa Sukamaju Rudi`: where the village ends is for the reader of offices to say."""
    before = reading.words[index - 1].lower if index else ""
    if reading.gap(index) not in (" ", "/"):
        return False
    return before in _words("setempat", "jabatan") or bool(heads().before(reading, index, 3))


def _name_end(reading: Reading, first: int, kind: str | None) -> int:
    """Behind the last word of the name; `first` where no name stands."""
    short = reading.words[first - 1].lower in ("kec", "kel")
    if reading.gap(first) != " " and not (short and reading.gap(first) == ". "):
        return first
    known = district_names().longest(reading, first) if kind == "Kecamatan" else None
    last = known[0] if known and reading.words[first].text[0].isupper() else first
    while last < len(reading.words) and last - first < LONGEST and _goes_on(reading, last, first):
        if (
            known
            and last >= known[0]
            and reading.words[last].lower not in _words("kecamatan", "arah")
        ):
            break
        last += 1
    return last


def _goes_on(reading: Reading, index: int, first: int) -> bool:
    word = reading.words[index]
    if index > first and reading.gap(index) not in (" ", "-"):
        return False
    if word.lower in _kinds() or word.lower in _words("setempat", "akhir"):
        return False
    return word.text[0].isupper() and word.text.isalpha()


def blocked(reading: Reading) -> set[int]:
    """The words of all localities, none of which names anybody."""
    return {index for spot in spots(reading) for index in range(spot.first, spot.last)}


def localities(
    reading: Reading, places: list[Place], main: str | None
) -> dict[str, list[Locality]]:
    """By the code of the region they lie in: the one named with them, else the main one."""
    found: dict[str, list[Locality]] = {}
    known = {place.first: place.code for place in places if place.cue == "district"}
    starts, owner, following = [place.start for place in places], main, len(reading.text)
    for spot in reversed([spot for spot in spots(reading) if spot.kind]):
        start, end = reading.words[spot.first].start, reading.words[spot.last - 1].end
        chained = owner if _leads_to(reading, end, following) else main
        at = bisect_left(starts, end)
        behind = _behind(reading, end, places[at : at + 1])
        owner, following = known.get(spot.first) or behind or chained, start
        if owner is not None and len(owner) > 2:
            name = f"{spot.kind} {' '.join(reading.text[start:end].split())}"
            found.setdefault(owner, []).append(Locality(name=name, span=[start, end]))
    return {code: inside[::-1] for code, inside in found.items()}


def _behind(reading: Reading, end: int, places: list[Place]) -> str | None:
    """The kabupaten named right behind: `Kecamatan Woha, Kabupaten Bima`."""
    close = [place.code for place in places if _leads_to(reading, end, place.start)]
    return close[0] if close and len(close[0]) > 2 else None


def _leads_to(reading: Reading, end: int, start: int) -> bool:
    """Whether nothing but a comma and a level parts two places: `Desa Sukamaju, Kecamatan`."""
    near = 0 <= start - end <= LONGEST_GAP
    return near and _between().fullmatch(reading.text[end:start]) is not None
