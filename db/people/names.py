"""One name compared with another: spelling, degrees, initials, shortened names."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

LONG: Final = 5
"""Letters from which on one wrong letter may be a slip of the pen."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")

Tokens = tuple[str, ...]


class Likeness(NamedTuple):
    """`score` 0 to 1 without regard to who the people are; `why` in Indonesian."""

    score: float
    why: str


UNLIKE: Final = Likeness(0.0, "")
SAME: Final = Likeness(1.0, "nama sama")
SPELT: Final = Likeness(1.0, "ejaan atau gelar berbeda")
SHORTER: Final = Likeness(0.7, "nama lebih pendek")
INITIAL: Final = Likeness(0.65, "sebagian disingkat")
SLIP: Final = Likeness(0.65, "beda satu huruf")
SINGLE: Final = Likeness(0.6, "hanya satu nama")


@cache
def settings() -> dict[str, Any]:
    path = Path(__file__).with_name("name_spellings.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fold(name: str) -> str:
    """The name without accents, punctuation and case: how one name is compared with another."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NOT_LETTERS.sub(" ", plain.lower()).strip()


@cache
def tokens(name: str) -> Tokens:
    """The words of a name in their usual spelling, without titles before and degrees behind."""
    words = fold(name.partition(",")[0]).split()
    while len(words) > 1 and words[0] in settings()["gelar"]:
        words.pop(0)
    return tuple(_usual(word) for word in words)


def likeness(one: str, other: str) -> Likeness:
    """How alike two names are: of the shorter one, every word is found in the longer in order."""
    a, b = tokens(one), tokens(other)
    if a == b:
        return SAME if fold(one) == fold(other) else SPELT
    short, long = sorted((a, b), key=len)
    kinds = _kinds(short, long)
    if not kinds or not (_alike(short[0], long[0]) or _alike(short[-1], long[-1])):
        return UNLIKE
    if len(short) == 1:
        return SINGLE if kinds == ["same"] else UNLIKE
    if "same" not in kinds:
        return UNLIKE
    if "initial" in kinds:
        return INITIAL
    return SLIP if "slip" in kinds else SHORTER


def conflicts(one: str, other: str) -> bool:
    """Whether two names share a word and yet cannot be one: Ahmad Noor, Ahmad Rahman."""
    a, b = tokens(one), tokens(other)
    short, long = sorted((a, b), key=len)
    return not _kinds(short, long) and not set(a).isdisjoint(b)


def _usual(word: str) -> str:
    usual = _usual_forms().get(word, word)
    if len(usual) >= LONG:
        for old, new in settings()["huruf"].items():
            usual = usual.replace(old, new)
    return _usual_forms().get(usual, usual)


@cache
def _usual_forms() -> dict[str, str]:
    return {form: usual for usual, forms in settings()["ejaan"].items() for form in forms}


def _kinds(short: Sequence[str], long: Sequence[str]) -> list[str]:
    """How each word of the shorter name is found in the longer one, in order; or nothing."""
    found, at = [], 0
    for word in short:
        kind = ""
        while at < len(long) and not kind:
            kind = _alike(word, long[at])
            at += 1
        if not kind:
            return []
        found.append(kind)
    return found


def _alike(one: str, other: str) -> str:
    if one == other:
        return "same"
    if 1 in (len(one), len(other)):
        return "initial" if one[0] == other[0] else ""
    if min(len(one), len(other)) < LONG or one[0] != other[0]:
        return ""
    return "slip" if DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1 else ""
