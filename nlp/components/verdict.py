"""The trained verdict on an article: a case, none, counting, prevention or neutral news.

A logistic regression over `nlp.components.traits`; short texts are left to the rules, which know
what one word changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from nlp.annotation import CONCRETE, Reason
from nlp.components.evidence import CASE, Sentence, gather, stage_of
from nlp.components.genres import FACT_CHECK, genre
from nlp.components.passages import is_short, passages
from nlp.components.traits import traits
from nlp.lexicon import table
from nlp.models.verdicts import VERDICT_GROUPS, load_verdicts

FIRST_STAGE: Final = "dugaan"
SHOWN: Final = 3


@dataclass(frozen=True)
class Verdict:
    """`chances` per group of `VERDICT_GROUPS`, adding up to 1."""

    status: str
    group: str
    chances: dict[str, float]

    def reason(self) -> Reason:
        likeliest = sorted(self.chances.items(), key=lambda pair: -pair[1])[:SHOWN]
        words = ", ".join(f"{group} {chance:.2f}" for group, chance in likeliest)
        return Reason(rule="pembelajaran", words=words, span=None, says=self.status)


def weigh(doc: Doc, listed: list[Sentence], ruled: str) -> Verdict | None:
    """None where the rules alone decide: no election, a fact check, a caption, no weights."""
    found = passages(doc)
    if not doc._.election or is_short(found) or genre(found) == FACT_CHECK:
        return None
    known = load_verdicts()
    if known is None:
        return None
    chances = known.chances(traits(doc, listed, ruled, known.embedder))
    group = chosen(chances)
    return Verdict(_status(group, listed, ruled), group, chances)


def chosen(chances: dict[str, float]) -> str:
    """The likeliest group, but a case from its own probability on."""
    if chances[CASE] >= table("weights")["putusan"][CASE]:
        return CASE
    return max((group for group in VERDICT_GROUPS if group != CASE), key=chances.__getitem__)


def _status(group: str, listed: list[Sentence], ruled: str) -> str:
    if group != CASE:
        return group
    if ruled in CONCRETE:
        return ruled
    evidence = gather(listed)
    told = any(evidence.total([status]) for status in CONCRETE)
    return stage_of(evidence) if told else FIRST_STAGE
