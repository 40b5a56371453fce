"""Letters that stand for a part of a longer name: `AM Kamal`, `Rudi HB Tamara`."""

from __future__ import annotations

from nlp.lexicon import person_names, table
from nlp.reading import Reading

OPENING = 2
"""Letters at most before a name."""
INNER = 3
"""Letters at most inside a name."""


def ends_with(reading: Reading, at: int) -> bool:
    """Whether the two capitals of word `at` close a name of one part: `Muhammad AH`."""
    word, names = reading.words[at], table("names")
    if len(word.text) != OPENING or reading.words[at - 1].lower not in person_names():
        return False
    others = {*names["bukan_inisial"], *names["bukan_nama"], *names["korps"]}
    return word.text not in names["gelar_belakang"] and word.lower not in others


def opens_with(reading: Reading, at: int, *, inner: bool, blocked: frozenset[int]) -> bool:
    """Whether the capitals of word `at` lead to a part of a name that news knows.

    `inner` when another part of the name stands before; `blocked` are words of no name.
    """
    word, names = reading.words[at], table("names")
    if len(word.text) > (INNER if inner else OPENING) or word.lower in names["bukan_inisial"]:
        return False
    if inner and (word.text in names["gelar_belakang"] or word.lower in names["korps"]):
        return False
    if at + 1 >= len(reading.words) or reading.gap(at + 1) != " " or at + 1 in blocked:
        return False
    following = reading.words[at + 1]
    return following.text.istitle() and following.lower in person_names()
