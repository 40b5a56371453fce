"""What a number counts: the noun behind it, or the one before it when none is."""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import table
from nlp.numerals import DIGITS, words_pattern

CLAUSE_END = re.compile(r"[,;:!?\n]|\.\s")
VERB = re.compile(r"(?:di|me[mnlry]|ter)[a-z]{5,}(?:kan|i|si|an|ng|at)?")
NOUNS = (
    "terdakwa",
    "tersangka",
    "terlapor",
    "terpidana",
    "terminal",
    "terduga",
    "direktur",
    "dinas",
)
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
    beside = table("numbers")["kiri"]
    joint = rf"[\s,:)]*(?:\([A-Z]+\)\s*)?(?:(?:{_any(beside['hubung'])})\s+)?"
    return re.compile(rf"\b(?P<name>{_any(list(beside['langsung']))})\b{joint}$", re.I)


@cache
def _money() -> re.Pattern[str]:
    limit = _any([word for words in table("numbers")["batas"].values() for word in words])
    joint = rf"(?:{limit}|{_any(table('numbers')['kiri']['hubung'])}|sebesar|senilai)"
    return re.compile(rf"\b(?:{_any(table('numbers')['satuan']['uang'])})(?:\s+{joint})*\s*$", re.I)


def is_money(text: str, start: int) -> bool:
    """`denda paling banyak 12 juta`: money, though no Rp stands before it."""
    return _money().search(text[max(0, start - BEFORE) : start]) is not None


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


@cache
def number_words(section: str, key: str) -> frozenset[str]:
    """A list of words of `lexicon/numbers.toml`."""
    return frozenset(table("numbers")[section][key])


@cache
def persons_counted() -> re.Pattern[str]:
    """`enam oknum ASN` are six ASN."""
    skipped = "|".join(table("numbers")["satuan"]["lewati"])
    return re.compile(rf"[ -]*(?:{skipped})\b(?=\s+\w)", re.IGNORECASE)


def bare(noun: str) -> str:
    """`dua pejabatnya`: without the owner."""
    bare = noun.removesuffix("nya")
    return bare if bare.lower() in number_words("satuan", "tunggal") else noun


def is_noun(word: str) -> bool:
    """Not a small word, not a verb: `54 diregistrasi`, `916.000 memberikan`."""
    if word in number_words("satuan", "tunggal"):
        return True
    if word in table("numbers")["angka"]:
        return False
    return word not in number_words("bukan", "kata") and not is_verb(word)


def is_verb(word: str) -> bool:
    return VERB.fullmatch(word) is not None and not word.startswith(NOUNS)


def written(unit: str) -> str:
    """Lower case, but TPS and PPD stay as they are."""
    return " ".join(w if w.isupper() else w.lower() for w in unit.split(" "))
