"""Names of institutions, whose parts name neither a region nor a person."""

from __future__ import annotations

from functools import cache

from nlp.lexicon import table
from nlp.reading import Reading

LONGEST_NAME = 6
"""Words of an institution's name that may stand before a place in it."""
NAME_GAPS = frozenset([" ", ". ", " (", ") ", ".", "  "])


@cache
def _openers() -> frozenset[str]:
    return frozenset(table("place_cues")["bukan"]["pembuka"])


def in_institution(reading: Reading, index: int) -> bool:
    """`Universitas Negeri Padang`, `UIN Antasari (UIN) Banjarmasin`: a part of its name."""
    for at in range(index, max(index - LONGEST_NAME, 0), -1):
        gap, before = reading.gap(at), reading.words[at - 1]
        if gap not in NAME_GAPS or not before.text[0].isupper():
            return False
        if before.lower in _openers():
            return True
    return False
