"""Which topics an article keeps: those whose theme it is about, surest first."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc

from nlp.annotation import CONCRETE, Topic
from nlp.components.passages import Passage, passages
from nlp.components.topics import Ranked, candidates, described, hinted
from nlp.components.verdict import Verdict
from nlp.lexicon import table
from nlp.lexicon.judgement import topics

NEUTRAL: Final = "netral"
SUREST: Final = 0.999
"""No machine is wholly sure."""


def kept(doc: Doc, verdict: Verdict | None, status: str) -> list[Topic]:
    """The article's topics with what they are worth; without a verdict the rules' own."""
    if verdict is None:
        return [] if status == NEUTRAL else list(doc._.topics)
    found = passages(doc)
    entries = _strongest(candidates(found))
    if not entries and status in CONCRETE:
        entries = _likeliest(found, verdict)
    sure = {entry.topic: verdict.themes[topics()[entry.topic].theme] for entry in entries}
    chosen = _chosen(entries, sure, status)
    return [described(e, min(SUREST, round(sure[e.topic], 3))) for e in chosen]


def _likeliest(found: list[Passage], verdict: Verdict) -> list[Ranked]:
    """For a case whose words name no topic: one of the likeliest theme, if that is likely enough.

    That which weak words hint at, else the first of the theme.
    """
    theme = max(verdict.themes, key=verdict.themes.__getitem__)
    if verdict.themes[theme] < table("weights")["putusan"]["tema_tersirat"]:
        return []
    of_theme = [topic.id for topic in topics().values() if topic.theme == theme]
    hints = [entry for entry in hinted(found) if entry.topic in of_theme]
    return hints[:1] or [Ranked(of_theme[0], 0.0, [])]


def _strongest(entries: list[Ranked]) -> list[Ranked]:
    """Of each theme the topic that is spoken of most, and any other spoken of nearly as much."""
    share: float = table("weights")["putusan"]["topik_sekeluarga"]
    best: dict[str, float] = {}
    for entry in entries:
        best.setdefault(topics()[entry.topic].theme, entry.strength)
    return [e for e in entries if e.strength >= share * best[topics()[e.topic].theme]]


def _chosen(entries: list[Ranked], sure: dict[str, float], status: str) -> list[Ranked]:
    """Those sure enough; one at least, unless the news is neutral."""
    least: float = table("weights")["putusan"]["tema"]
    ordered = sorted(entries, key=lambda entry: -sure[entry.topic])
    enough = [entry for entry in ordered if sure[entry.topic] >= least]
    return enough or ([] if status == NEUTRAL else ordered[:1])
