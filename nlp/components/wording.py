"""An article's words and pairs of words, as the trained verdict counts them.

Any change here makes the shipped weights wrong: train them anew (`nlp/training/verdicts.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from nlp.components.evidence import Sentence
from nlp.stems import stem

TITLE, BEGINNING = "judul: ", "awal: "
BEGINS: Final = 3
"""So many sentences below the title are its beginning, counted once more under that name."""
NUMBER: Final = "0"


def wording(listed: list[Sentence]) -> Counter[str]:
    """Roots and pairs of roots; those of title and beginning again with the zone before them."""
    counted: Counter[str] = Counter()
    below = 0
    for sentence in listed:
        terms = list(_terms(sentence))
        counted.update(terms)
        if sentence.passage.zone == "title":
            counted.update(TITLE + term for term in terms)
        else:
            counted.update(BEGINNING + term for term in terms if below < BEGINS)
            below += 1
    return counted


def bare(term: str) -> str:
    """The roots of a term without the zone before them."""
    return term.removeprefix(TITLE).removeprefix(BEGINNING)


def _terms(sentence: Sentence) -> Iterator[str]:
    roots = [NUMBER if w.text.isdigit() else stem(w.text) for w in sentence.passage.words]
    yield from roots
    yield from (f"{one} {other}" for one, other in pairwise(roots))
