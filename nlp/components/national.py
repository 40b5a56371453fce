"""Whether "Ketua Bawaslu" without a region is the one of the whole country."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.components.gazetteer import province_of
from nlp.reading import Reading

NATIONAL: Final = {
    "Bawaslu": r"Bawaslu|Badan Pengawas Pemilu(?:\s|han Umum)",
    "KPU": r"KPU|Komisi Pemilihan Umum",
}
"""Bodies that stand at every level, with the forms of their names."""

MANY: Final = 3
"""From this many provinces on, a story is the country's."""


@cache
def _of_the_country(body: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{NATIONAL[body]})\s*(?:\(\w+\)\s*)?(?:RI\b|Republik Indonesia|Pusat\b)"
    )


@cache
def _before_a_region(body: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{NATIONAL[body]})\b[^.,;\n]{{0,24}}$")


def _has_local(reading: Reading, body: str) -> bool:
    """Whether the text names the body of some region: "Bawaslu Berau", "KPU Kota Bima"."""
    before = _before_a_region(body)
    return any(
        place.cue in ("body", "level")
        and before.search(reading.text[max(0, place.start - 60) : place.start])
        for place in reading.places
    )


def is_national(reading: Reading, body: str) -> bool:
    if body not in NATIONAL or _has_local(reading, body):
        return False
    regional = any(place.cue in ("level", "body", "district") for place in reading.places)
    provinces = {province_of(place.code) for place in reading.places}
    named = _of_the_country(body).search(reading.text) is not None
    return named or not regional or len(provinces) >= MANY
