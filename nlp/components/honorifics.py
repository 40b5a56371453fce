"""What stands before a personal name: titles, ranks, their corps, regnal numbers."""

from __future__ import annotations

from functools import cache

from nlp.lexicon import table
from nlp.phrases import Phrases
from nlp.reading import Reading


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("names")[key])


@cache
def _titles() -> Phrases[str]:
    return Phrases((title, title) for title in _words("gelar_depan"))


@cache
def _ranks() -> Phrases[str]:
    return Phrases((rank, rank) for rank in _words("pangkat"))


def rank_end(reading: Reading, index: int) -> int:
    """The word behind the rank that begins at word `index`, 0 where none does."""
    rank = _ranks().longest(reading, index)
    return rank[0] if rank else 0


def honorifics_end(reading: Reading, index: int) -> int:
    """The word behind `Drs. H.`, `AKBP`, `Letkol Inf`, `Brigjen TNI (Purn)`; `index` for none."""
    at = index
    while at < len(reading.words):
        further = _behind_rank(reading, at) or _behind_title(reading, at) or _number(reading, at)
        if further is None or further >= len(reading.words):
            return at
        if reading.gap(further).strip(" .,()") or "\n" in reading.gap(further):
            return at
        at = further
    return at


def _number(reading: Reading, at: int) -> int | None:
    word = reading.words[at]
    return at + 1 if word.text.isupper() and word.lower in _words("romawi") else None


def _behind_rank(reading: Reading, at: int) -> int | None:
    end = rank_end(reading, at)
    if not end or not reading.words[at].text[0].isupper():
        return None
    while end < len(reading.words) and reading.words[end].lower in _words("korps"):
        if reading.gap(end) not in (" ", " (", "("):
            break
        end += 1
    return end


def _behind_title(reading: Reading, at: int) -> int | None:
    title = _titles().longest(reading, at)
    if title is None:
        return None
    word = reading.words[at]
    if word.lower in _words("gelar_bertitik"):
        return title[0] if reading.text[word.end : word.end + 1] == "." else None
    if word.text[0].islower() and word.lower not in ("dr", "drg", "drh"):
        return None
    return title[0]
