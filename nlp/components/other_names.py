"""Names that hold the name of a region but mean no region: institutions and people."""

from __future__ import annotations

from functools import cache

from nlp.lexicon import person_names, table
from nlp.reading import Reading

LONGEST_NAME = 6
"""Words of an institution's name that may stand before a place in it."""
NUMBERED = frozenset(["tps", "rw", "rt"])
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


def is_numbered(reading: Reading, index: int) -> bool:
    """`TPS 18 Bukit Wolio Indah`: where a numbered polling station or neighbourhood is."""
    words = reading.words
    return index > 1 and words[index - 1].text.isdigit() and words[index - 2].lower in NUMBERED


def opens_name(reading: Reading, first: int, last: int) -> bool:
    """`Bima Th Wenyi`: a first name that is a region's too, with more of a name behind it."""
    if last - first > 1 or last >= len(reading.words) or reading.gap(last) != " ":
        return False
    following = reading.words[last]
    named = following.lower in person_names() or following.lower in table("names")["singkatan"]
    before = reading.words[first - 1].lower if first else ""
    cued = (
        before in table("place_cues")["bukan"]["orang"]
        or reading.words[first].lower in person_names()
    )
    return cued and named and following.text[0].isupper()
