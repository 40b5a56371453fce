"""How sure it is that an article is about a topic, and which topics it keeps by that.

A logistic regression over a few figures of each topic that the rules found at all.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from spacy.tokens import Doc

from nlp.annotation import Topic
from nlp.components.passages import is_short, passages
from nlp.components.topics import HEAD, Ranked, candidates, described
from nlp.lexicon import table
from nlp.lexicon.judgement import topics
from nlp.models.verdicts import load_verdicts

NEUTRAL: Final = "netral"
CLEAR_RANK: Final = 5


def kept(doc: Doc, status: str) -> list[Topic]:
    """The article's topics with what they are worth, surest first; short texts keep the rules'."""
    known = load_verdicts()
    found = passages(doc)
    if known is None or not doc._.topics:
        return [] if status == NEUTRAL else list(doc._.topics)
    entries = candidates(found)
    sure = dict(zip((e.topic for e in entries), known.sure(figures(doc, status)), strict=True))
    if is_short(found) and status == NEUTRAL:
        return []
    if is_short(found):
        entries = [e for t in doc._.topics for e in entries if e.topic == t["topic"]]
        return [described(e, round(sure[e.topic], 3)) for e in entries]
    return [described(e, round(sure[e.topic], 3)) for e in _chosen(entries, sure, status)]


def _chosen(entries: list[Ranked], sure: dict[str, float], status: str) -> list[Ranked]:
    """Those sure enough; one at least, unless the news is neutral."""
    least: float = table("weights")["putusan"]["topik"]
    ordered = sorted(entries, key=lambda entry: -sure[entry.topic])
    enough = [entry for entry in ordered if sure[entry.topic] >= least]
    return enough or ([] if status == NEUTRAL else ordered[:1])


def figures(doc: Doc, status: str) -> np.ndarray:
    """A row for each of `candidates`: strength, share, place, where named, kind of article."""
    found = passages(doc)
    entries = candidates(found)
    best = max((entry.strength for entry in entries), default=1.0)
    return np.array(
        [_row(entry, place, best, status, is_short(found)) for place, entry in enumerate(entries)]
    ).reshape(len(entries), -1)


def _row(entry: Ranked, place: int, best: float, status: str, short: bool) -> list[float]:
    zones = [support.passage.zone for support in entry.supports]
    neutral = status == NEUTRAL
    return [
        float(np.log1p(entry.strength)),
        entry.strength / best,
        float(place == 0),
        float(place == 1),
        float(min(place, CLEAR_RANK)),
        float("title" in zones),
        float(any(zone in HEAD for zone in zones)),
        float(np.log1p(len(zones))),
        float(short),
        float(neutral),
        float(neutral and topics()[entry.topic].violation),
        float(not topics()[entry.topic].violation),
    ]
