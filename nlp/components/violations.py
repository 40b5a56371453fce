"""Each concrete case an article reports: of what, how far, who, where, when, by which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import CONCRETE, Span, Violation
from nlp.components.actors import actors, facts, inside
from nlp.components.evidence import CLOSED, ORDER, Sentence, sentences
from nlp.components.passages import Passage, passages
from nlp.components.topics import hits
from nlp.lexicon.judgement import stages, topics

CASE_LEAST: Final = 1.8
NAMES_TOPIC: Final = 1.0
LATER: Final = 0.15
"""What a sentence loses against the one before it: news says first what happened."""
MOST_KEYWORDS, MOST_SENTENCES = 12, 40


def cases(doc: Doc) -> list[Violation]:
    """One per topic (and per region in a roundup), strongest evidence first."""
    if doc._.status not in (*CONCRETE, CLOSED) and not doc._.alert:
        return []
    listed = sentences(doc)
    grouped = _grouped(doc, [s for s in listed if _tells_case(s)] or _likeliest(listed))
    return [_violation(doc, topic, group) for topic, group in grouped.items()]


def _tells_case(sentence: Sentence) -> bool:
    says = sentence.says
    told = max(sentence.case, says.get(CLOSED, 0.0))
    return told >= CASE_LEAST and sentence.passage.zone != "background"


def _likeliest(listed: list[Sentence]) -> list[Sentence]:
    """Where no sentence tells a case by itself: the one that comes nearest, the first of equals."""
    news = [s for s in listed if s.passage.zone in ("lead", "body")] or listed
    return [max(news, key=lambda s: max(s.case, s.says.get(CLOSED, 0.0)))] if news else []


def _grouped(doc: Doc, found: list[Sentence]) -> dict[str, list[Sentence]]:
    """Sentences by topic; one without a topic of its own goes on with the one before."""
    named = [topic["topic"] for topic in doc._.topics]
    grouped: dict[str, list[Sentence]] = defaultdict(list)
    current = next(iter(named), None)
    for sentence in found:
        current = _topic_of(sentence.passage, named) or current
        if current is not None:
            grouped[current].append(sentence)
    return {topic: _with_body(grouped[topic], found) for topic in named if topic in grouped}


def _with_body(group: list[Sentence], found: list[Sentence]) -> list[Sentence]:
    """A case that only the title names is told by the first sentence below it that tells a case."""
    if any(sentence.passage.zone != "title" for sentence in group):
        return group
    return [*group, *[s for s in found if s.passage.zone != "title"][:1]]


def _topic_of(passage: Passage, named: list[str]) -> str | None:
    """The topic of the article the passage speaks of most."""
    weights = {topic: sum(hit.weight for hit in found) for topic, found in hits(passage).items()}
    own = [topic for topic in named if weights.get(topic, 0.0) >= 1.5]
    return max(own, key=lambda topic: weights[topic], default=None)


def _violation(doc: Doc, topic: str, group: list[Sentence]) -> Violation:
    inside = [s for s in group if s.passage.zone != "title"] or group
    status = _status(doc, topic, group)
    strongest = max(enumerate(inside), key=lambda s: _tells(s[1], topic, status) - LATER * s[0])[1]
    span = [strongest.passage.start, strongest.passage.end]
    day = _date(doc, group)
    return Violation(
        topic=topic,
        status=status,
        stage=_stage(group, status),
        actors=actors(doc, topic, group, span),
        region=_region(doc, span),
        date=day,
        keywords=_keywords(strongest),
        evidence=span,
        norms=_norms(doc, topic, day),
    )


def _tells(sentence: Sentence, topic: str, status: str) -> float:
    """How well the sentence stands for a case of the topic: better if it names the topic too.

    In a live case a sentence that denies it stands for little.
    """
    closed = sentence.says.get(CLOSED, 0.0)
    told = max(sentence.case, closed) if status == CLOSED else sentence.case - closed
    return told + (NAMES_TOPIC if topic in hits(sentence.passage) else 0.0)


def _status(doc: Doc, topic: str, group: list[Sentence]) -> str:
    """The article's own status for its main topic, else what the sentences say most."""
    if topic == doc._.topics[0]["topic"] and doc._.status in (*CONCRETE, CLOSED):
        return str(doc._.status)
    summed: dict[str, float] = defaultdict(float)
    for sentence in group:
        for status, value in sentence.says.items():
            summed[status] += value
    return max((*ORDER, CLOSED), key=lambda status: summed[status])


def _stage(group: list[Sentence], status: str) -> str | None:
    """The newest stage the sentences report that a case of that status can be at."""
    named = {
        finding.cue.stage
        for sentence in group
        for finding in sentence.found
        if finding.cue.stage and finding.says == finding.cue.says and finding.weight >= 2.0
    }
    possible = (stage for stage in named if status in stages()[stage].statuses)
    return max(possible, key=lambda stage: stages()[stage].order, default=None)


def _keywords(sentence: Sentence) -> list[str]:
    passage = sentence.passage
    places = [(f.first, f.last) for f in sentence.found if f.says in (*CONCRETE, CLOSED)]
    places += [(hit.first, hit.last) for found in hits(passage).values() for hit in found]
    words = dict.fromkeys(passage.text(first, last) for first, last in sorted(set(places)))
    return list(words)[:MOST_KEYWORDS]


def _region(doc: Doc, span: Span) -> str | None:
    """The region the sentence names, else the article's main one."""
    regions: list[dict[str, Any]] = facts(doc, "regions")
    named = [r for r in regions if any(inside(s, span) for s in r["spans"])]
    finest = max(named, key=lambda region: len(region["code"]), default=None)
    main = next((region for region in regions if region["main"]), None)
    chosen = finest or main
    return chosen["code"] if chosen else None


def _date(doc: Doc, group: list[Sentence]) -> str | None:
    for sentence in group[:MOST_SENTENCES]:
        span = [sentence.passage.start, sentence.passage.end]
        for found in facts(doc, "dates"):
            if inside(found["span"], span):
                return str(found["date"])
    return None


def _norms(doc: Doc, topic: str, day: str | None) -> list[str]:
    """Verified norms of the topic for the article's regime and the day of the event."""
    on = date.fromisoformat(day) if day else _published(doc)
    regime = _regime(doc)
    return [
        norm.text for norm in topics()[topic].norms if norm.verified and norm.applies(regime, on)
    ]


def _published(doc: Doc) -> date | None:
    published: datetime | None = doc._.published_at
    return published.date() if published else None


def _regime(doc: Doc) -> str | None:
    """Pilkada or pemilu, by the words used; undecided when neither prevails."""
    used = Counter(s.id for passage in passages(doc) for s in passage.of("rezim"))
    if used["pilkada"] == used["pemilu"]:
        return None
    return "pilkada" if used["pilkada"] > used["pemilu"] else "pemilu"


@Language.factory("pantau_violations", assigns=["doc._.violations"])
def make_violations(nlp: Language, name: str) -> Violations:
    return Violations()


class Violations:
    """Sets `doc._.violations`."""

    def __init__(self) -> None:
        if not Doc.has_extension("violations"):
            Doc.set_extension("violations", default=[])

    def __call__(self, doc: Doc) -> Doc:
        doc._.violations = cases(doc)
        return doc
