"""What the names of places mean: regions by all their names and kecamatan by theirs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nlp.lexicon import RegionEntry, districts, regions, table
from nlp.phrases import Phrases

OLD_PROVINCE = {"93": "91", "94": "91", "95": "91", "96": "92"}
"""Provinces cut out of Papua and Papua Barat in 2022; older news names the old ones."""


class Meaning(NamedTuple):
    """`kind` is name, alias, weak (needs a cue), town or weak_town."""

    code: str
    kind: str


@cache
def place_words(section: str, key: str) -> frozenset[str]:
    """A list of words of `lexicon/place_cues.toml`."""
    return frozenset(table("place_cues")[section][key])


def _names(region: RegionEntry) -> Iterator[tuple[str, Meaning]]:
    weak = {name.lower() for name in region.weak}
    for kind, names in (("name", [region.short_name]), ("alias", region.aliases)):
        for name in names:
            yield name, Meaning(region.code, "weak" if name.lower() in weak else kind)
    for name in region.weak:
        yield name, Meaning(region.code, "weak")
    if region.level != "provinsi":
        for town in (region.capital, *region.towns):
            kind = "weak_town" if town.lower() in place_words("bukan", "ibu_kota_lemah") else "town"
            if town != region.short_name:
                yield town, Meaning(region.code, kind)


@cache
def gazetteer() -> Phrases[Meaning]:
    return Phrases(pair for region in regions().values() for pair in _names(region))


@cache
def district_names() -> Phrases[str]:
    """Kecamatan names -> codes of the kabupaten that have one of that name."""
    return Phrases((name, code) for code, names in districts().items() for name in names)


@cache
def district_cues() -> Phrases[bool]:
    return Phrases((word, True) for word in place_words("kecamatan", "sebelum"))


def province_of(code: str) -> str:
    return code[:2]


def same_province(code: str, province: str) -> bool:
    own = province_of(code)
    return own == province or OLD_PROVINCE.get(own) == province
