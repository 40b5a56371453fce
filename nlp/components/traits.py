"""An article in numbers, as the trained verdict reads it: what the rules found, and what it means.

Any change here makes the shipped weights wrong: train them anew (`nlp/training/verdicts.py`).
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from spacy.tokens import Doc

from nlp.annotation import CONCRETE, STATUSES
from nlp.components.election import needed, score
from nlp.components.evidence import CASE, GROUPS, Sentence, gather, sums
from nlp.components.genres import FACT_CHECK, OTHER_CASE, ROUTINE, genre
from nlp.components.passages import passages
from nlp.components.topics import rank
from nlp.lexicon.judgement import themes, topics
from nlp.models import Embedder

SAYS: Final = (*CONCRETE, "tidak_terbukti", "rekap", "pencegahan", "latar")
GENRES: Final = (FACT_CHECK, OTHER_CASE, ROUTINE)
FEW: Final = 5
LEAD, BODY = 2, 12
"""Sentences below the title that are read as the lead, and how far the body is read."""
RULES_SHARE, SENSE_SHARE = 0.7, 2.0
"""Rule figures run to about 4, vectors have length 1: this brings them level."""


def traits(doc: Doc, listed: list[Sentence], ruled: str, embedder: Embedder) -> np.ndarray:
    """One row of floats; `ruled` is the status by the rules."""
    figures = [
        *_said(listed),
        *(float(ruled == status) for status in STATUSES),
        float(ruled in CONCRETE),
        float(len(listed) < FEW),
        *_genres(doc),
        *_cues(listed),
        *_themes(doc),
        *_election(doc),
    ]
    return np.concatenate([RULES_SHARE * np.array(figures), SENSE_SHARE * _sense(listed, embedder)])


def _said(listed: list[Sentence]) -> list[float]:
    """Sums over the article, over title and lead, over the rest, in the title, in one sentence."""
    evidence = gather(listed)
    groups = sums(evidence)
    title = next((s.says for s in listed if s.passage.zone == "title"), {})
    inside = [s.says for s in listed if s.passage.zone != "title"]
    return [
        *(np.log1p(groups[group]) for group in (CASE, *GROUPS)),
        *(np.log1p(evidence.head.get(says, 0.0)) for says in SAYS),
        *(np.log1p(evidence.body.get(says, 0.0)) for says in SAYS),
        *(title.get(says, 0.0) / 3 for says in SAYS),
        *(max((s.get(says, 0.0) for s in inside), default=0.0) / 3 for says in SAYS),
    ]


def _genres(doc: Doc) -> list[float]:
    kind = genre(passages(doc))
    return [float(kind is not None), *(float(kind == name) for name in GENRES)]


def _cues(listed: list[Sentence]) -> list[float]:
    """Cues per sentence."""
    found = [finding.says for sentence in listed for finding in sentence.found]
    inside = max(1, sum(s.passage.zone != "title" for s in listed))
    return [found.count(says) / inside for says in SAYS[:-1]]


def _themes(doc: Doc) -> list[float]:
    strengths = dict.fromkeys(themes(), 0.0)
    for topic, strength, _ in rank(passages(doc)):
        theme = topics()[topic].theme
        strengths[theme] = max(strengths[theme], np.log1p(strength) / 2)
    return list(strengths.values())


def _election(doc: Doc) -> list[float]:
    found = passages(doc)
    own, other = score(found, "pemilu"), score(found, "lain")
    return [np.log1p(own), np.log(own + 0.1) - np.log(needed(found) + 0.1), np.log1p(other)]


def _sense(listed: list[Sentence], embedder: Embedder) -> np.ndarray:
    """Vectors of the title, of the lead and of the body after it (means over sentences)."""
    texts = [_text(s) for s in listed if s.passage.zone == "title"][:1] or [""]
    texts += [_text(s) for s in listed if s.passage.zone != "title"][:BODY]
    vectors = embedder.encode(texts)
    parts = (vectors[:1], vectors[1 : 1 + LEAD], vectors[1 + LEAD :])
    return np.concatenate([p.mean(axis=0) if len(p) else np.zeros(embedder.dims) for p in parts])


def _text(sentence: Sentence) -> str:
    return " ".join(word.text for word in sentence.passage.words)


@cache
def rule_traits() -> int:
    """How many of the traits come from the rules."""
    return 4 + 4 * len(SAYS) + len(STATUSES) + 2 + 1 + len(GENRES) + 6 + len(themes()) + 3
