"""Topics of an article: several, main first, each with the words that gave it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any, Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Span, Topic
from nlp.components.election import is_election
from nlp.components.genres import FACT_CHECK, genre
from nlp.components.passages import Hit, Passage, Sighting, is_short, passages
from nlp.components.weighing import concrete, findings
from nlp.lexicon import table
from nlp.lexicon.judgement import topics

WINDOW: Final = 14
"""Classes that make a topic together stand at most so many words apart."""
PASSAGE_MOST: Final = 5.0
CASE_FACTOR: Final = 1.5
CROWD: Final = 3
"""A sentence that names so many themes enumerates them."""
EVIDENCE: Final = 8
HEAD: Final = ("title", "lead")
HOAX: Final = "kampanye_hitam_hoaks"


class Support(NamedTuple):
    """What one passage says for one topic."""

    passage: Passage
    weight: float
    hits: list[Hit]


class Ranked(NamedTuple):
    """A topic of the article, how strongly it is spoken of, and by which passages."""

    topic: str
    strength: float
    supports: list[Support]


def hits(passage: Passage) -> dict[str, list[Hit]]:
    """Phrases of each topic in the passage; of overlapping ones the weightiest."""
    if passage.hits is None:
        passage.hits = _hits(passage)
    return passage.hits


def _hits(passage: Passage) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = defaultdict(list)
    for sighting in passage.of("topik"):
        if _is_excepted(passage, sighting):
            continue
        found[sighting.id].append(Hit(sighting.weight, sighting.first, sighting.last))
    present = passage.classes()
    for topic, classes, weight in _combinations():
        if classes <= present and (stretch := _near(passage, classes)):
            found[topic].append(Hit(weight, *stretch))
    return {topic: _apart(listed) for topic, listed in found.items()}


def _is_excepted(passage: Passage, at: Sighting) -> bool:
    """ "PSU Pilkada" is the occasion, no re-vote reported."""
    return any(
        other.id == at.id and other.first <= at.first and at.last <= other.last
        for other in passage.of("bukan")
    )


@cache
def _combinations() -> list[tuple[str, frozenset[str], float]]:
    """Word classes that make a topic together: topic, classes, weight."""
    return [(t.id, *together) for t in topics().values() for together in t.together]


def _near(passage: Passage, classes: frozenset[str]) -> tuple[int, int] | None:
    """The narrowest stretch around one word of the first class that holds all classes."""
    places = {c: [s for s in passage.of("kelas") if s.id == c] for c in classes}
    rarest = min(places.values(), key=len)
    stretches = (_stretch(anchor, places) for anchor in rarest[:20])
    best = min(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return best if best[1] - best[0] <= WINDOW else None


def _stretch(anchor: Sighting, places: dict[str, list[Sighting]]) -> tuple[int, int]:
    nearest = [min(s, key=lambda o: abs(o.first - anchor.first)) for s in places.values()]
    return min(s.first for s in nearest), max(s.last for s in nearest)


def _apart(listed: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(listed, key=lambda hit: (-hit.weight, hit.first - hit.last)):
        if all(hit.last < other.first or other.last < hit.first for other in kept):
            kept.append(hit)
    return kept


def supports(found: list[Passage]) -> dict[str, list[Support]]:
    """Per topic the passages that speak for it, weighed by where they stand."""
    zones: dict[str, float] = table("weights")["zona"]
    listed: dict[str, list[Support]] = defaultdict(list)
    for passage in found:
        by_topic = hits(passage)
        factor = zones[passage.zone] * (CASE_FACTOR if any(concrete(findings(passage))) else 1.0)
        strong = {topics()[t].theme for t, hs in by_topic.items() if max(hs).weight >= 3.0}
        factor /= max(1, len(strong) - CROWD + 2) if len(strong) >= CROWD else 1
        for topic, own in by_topic.items():
            weight = min(sum(hit.weight for hit in own), PASSAGE_MOST)
            listed[topic].append(Support(passage, factor * weight, own))
    return listed


def candidates(found: list[Passage]) -> list[Ranked]:
    """Every topic that is named at all, strongest first."""
    limits: dict[str, float] = table("weights")["topik"]
    return hinted(found, limits["dalam_teks_pendek" if is_short(found) else "dalam_satu_kalimat"])


def hinted(found: list[Passage], least: float = 0.0) -> list[Ranked]:
    """Every topic that some passage speaks of with at least that weight, strongest first."""
    listed = [Ranked(t, _strength(s), s) for t, s in supports(found).items() if _best(s) >= least]
    return sorted(_told(found, listed), key=lambda entry: (-entry.strength, entry.topic))


def rank(found: list[Passage]) -> list[Ranked]:
    """Topics with their strength, strongest first; weak ones are left out."""
    limits: dict[str, float] = table("weights")["topik"]
    listed = candidates(found)
    floor = max(limits["paling_sedikit"], limits["bagian"] * listed[0].strength) if listed else 0.0
    return [entry for entry in listed if entry.strength >= floor]


def _told(found: list[Passage], listed: list[Ranked]) -> list[Ranked]:
    """A fact check tells of a false claim alone, whatever the claim was about."""
    if genre(found) != FACT_CHECK:
        return listed
    return [entry for entry in listed if entry.topic == HOAX]


def _strength(listed: list[Support]) -> float:
    """Later passages add less and less."""
    weights = sorted((support.weight for support in listed), reverse=True)
    return sum(weight / (1 + 0.3 * place) for place, weight in enumerate(weights))


def _best(listed: list[Support]) -> float:
    """The most that one passage brings."""
    return max(sum(hit.weight for hit in support.hits) for support in listed)


def _topic(entry: Ranked) -> Topic:
    half: float = table("weights")["topik"]["setengah"]
    return described(entry, round(entry.strength / (entry.strength + half), 3))


def described(entry: Ranked, score: float) -> Topic:
    return Topic(
        topic=entry.topic,
        theme=topics()[entry.topic].theme,
        score=score,
        evidence=_evidence(entry.supports),
    )


def _evidence(listed: list[Support]) -> list[Span]:
    spans = (s.passage.span(hit.first, hit.last) for s in listed for hit in s.hits)
    return sorted(span for span in spans if span is not None)[:EVIDENCE]


@Language.factory("pantau_topics", assigns=["doc._.topics", "doc._.election"])
def make_topics(nlp: Language, name: str) -> Topics:
    return Topics()


class Topics:
    """Sets `doc._.topics` and `doc._.election`."""

    def __init__(self) -> None:
        defaults: dict[str, Any] = {"topics": [], "election": False}
        for name, default in defaults.items():
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=default)

    def __call__(self, doc: Doc) -> Doc:
        found = passages(doc)
        doc._.election = is_election(found)
        ranked = rank(found) if doc._.election else []
        doc._.topics = [_topic(entry) for entry in ranked]
        return doc
