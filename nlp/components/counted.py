"""What a bare number counts when the noun is not right behind it."""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import table
from nlp.numerals import DIGITS, words_pattern

CLAUSE_END = re.compile(r"[,;:!?\n]|\.\s")
BEFORE = 80
"""How far before the number its noun is looked for, in characters."""


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def compounds() -> re.Pattern[str]:
    """Two words or more that are one unit: "alat peraga kampanye"."""
    return re.compile(rf"(?:{_any(table('numbers')['satuan']['dua_kata'])})\b(?!-)", re.IGNORECASE)


@cache
def _closing_compound() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(table('numbers')['satuan']['dua_kata'])})$", re.IGNORECASE)


@cache
def _left() -> re.Pattern[str]:
    """`TPS berjumlah`, `surat keterangan sebanyak`, before the number."""
    units, beside = table("numbers")["satuan"], table("numbers")["kiri"]
    noun = _any([*units["dua_kata"], *units["tunggal"]])
    limit = _any([word for words in table("numbers")["batas"].values() for word in words])
    return re.compile(
        rf".*\b(?P<noun>{noun})(?:\s+\([^()]*\))?(?:\s+[a-z]+){{0,4}}?\s+(?:{_any(beside['hubung'])})"
        rf"(?:\s+(?:{limit}))?\s*$",
        re.IGNORECASE,
    )


@cache
def _named_left() -> re.Pattern[str]:
    """`daftar pemilih tetap (DPT)`, `suara sah,`: what always counts the same."""
    named = table("numbers")["kiri"]["langsung"]
    return re.compile(rf"\b(?P<name>{_any(list(named))})\b[\s,:)]*(?:\([A-Z]+\)\s*)?$", re.I)


@cache
def _whole() -> re.Pattern[str]:
    """`dari total 11` behind `delapan`."""
    number = rf"(?:{DIGITS}|{words_pattern()})"
    share = _any(table("numbers")["kiri"]["bagian"])
    return re.compile(rf"\s+(?:dari|di antara)\s+(?:(?:{share})\s+)?{number}\s+", re.IGNORECASE)


def unit_before(text: str, start: int) -> str | None:
    """The noun before a bare number, in lower case unless it is an abbreviation."""
    head = text[max(0, start - BEFORE) : start]
    named = _named_left().search(head)
    if named:
        return str(table("numbers")["kiri"]["langsung"][named["name"].lower()])
    clause = CLAUSE_END.split(head)[-1]
    left = _left().match(clause)
    if left is None:
        return None
    compound = _closing_compound().search(clause, 0, left.end("noun"))
    return compound.group() if compound else left["noun"]


@cache
def _alike() -> re.Pattern[str]:
    beside = table("numbers")["kiri"]
    return re.compile(
        rf"\b(?:{_any(beside['sama'])})(?:\s+(?:{_any(beside['hubung'])}))?\s*$", re.I
    )


def counts_alike(text: str, start: int) -> bool:
    """`laki-laki berjumlah 558`: a part of what the figure before counted."""
    return _alike().search(text[max(0, start - BEFORE) : start]) is not None


def whole_behind(text: str, end: int) -> int:
    """Where the noun stands in `delapan dari total 11 kontainer`, else 0; `end` ends delapan."""
    whole = _whole().match(text, end)
    return whole.end() if whole else 0
