"""Names that stand in a case without being accused in it: who judges, tells, suffers or gains."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from nlp.lexicon import table
from nlp.reading import Reading, Word

VIOLENCE: Final = "intimidasi_kekerasan"
RUNNING: Final = frozenset(["calon", "bakal_calon", "petahana"])
PAIR: Final = "paslon"
SENTENCE: Final = re.compile(r"[.!?;:“”\"\n]")
INITIAL: Final = 3
"""Letters up to which a word before a point is an initial or a degree and ends no sentence."""
NEAREST: Final = 8
"""Words behind a name up to what its owner does."""
FARTHEST: Final = 25
"""Words before a name that may belong to a list it stands in."""


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(table("actors")[section][key])


def stands_beside(reading: Reading, start: int, topic: str, *, bare: bool) -> bool:
    """Whether the words before the name at `start` say that its owner is not the accused.

    Looks back over other names and what joins them; a `bare` name, one without an office, may stand
    in a list with commas: `didampingi anggota Rudi, Sari dan Edi`.
    """
    telling = _words("di_samping", "sebelum")
    if topic == VIOLENCE:
        telling |= _words("di_samping", "sebelum_korban")
    index = reading.word_at(start)
    for at in range(index - 1, max(index - FARTHEST, 0) - 1, -1):
        word, gap = reading.words[at], reading.gap(at + 1)
        if SENTENCE.search(gap) and not (gap.startswith(".") and len(word.text) <= INITIAL):
            return False
        if "," in gap and not bare:
            return False
        if word.lower in telling:
            return True
        if not _may_join(word, "sela"):
            return False
    return False


def accuses(reading: Reading, end: int) -> bool:
    """Whether the words behind the name that ends at `end` say that its owner accuses others."""
    index = reading.word_at(end)
    for at in range(index, min(index + NEAREST, len(reading.words))):
        word = reading.words[at]
        if SENTENCE.search(reading.gap(at)):
            return False
        if word.text in _words("di_samping", "sesudah"):
            return True
        if not _may_join(word, "sela_sesudah"):
            return False
    return False


def _may_join(word: Word, joints: str) -> bool:
    """Whether the word may stand between a name and what tells of its owner."""
    joins = word.text in _words("di_samping", joints)
    return joins or word.text[0].isupper() or word.text.isdigit()


def investigates(official: dict[str, Any], topic: str) -> bool:
    """Whether the office looks into such cases: a Kapolres, but not in a case against police."""
    if topic in _words("penangan_juga", "kecuali_topik"):
        return False
    return official["position"].lower().partition(" ")[0] in _words("penangan_juga", "jabatan")


def has_another_part(person: dict[str, Any]) -> bool:
    """Whether the article calls somebody a victim, a witness, one who reported it."""
    return person.get("role") in _words("di_samping", "peran")


def runs(person: dict[str, Any]) -> bool:
    """Whether an official or another person is a candidate."""
    return person.get("acting") in RUNNING or person.get("role") == PAIR


def may_gain(person: dict[str, Any], topic: str) -> bool:
    """Whether a candidate gains by a case of others: where those accused are of one class."""
    return runs(person) and topic in table("actors")["kelas_terduga"]
