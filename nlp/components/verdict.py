"""The trained verdict on an article: which status, and which themes it is about.

Two voices: a logistic regression over `nlp.components.traits` (what the rules found and what the
vectors mean) and one over its words. Short texts are left to the rules, which know what one word
changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from nlp.annotation import CONCRETE, Reason
from nlp.components.evidence import Sentence
from nlp.components.genres import FACT_CHECK, genre
from nlp.components.passages import is_short, passages
from nlp.components.traits import traits
from nlp.components.wording import bare, wording
from nlp.lexicon import table
from nlp.models.verdicts import VERDICTS, load_verdicts

SHOWN: Final = 3


@dataclass(frozen=True)
class Verdict:
    """`chances` per status of `VERDICTS`, adding up to 1; `themes` per theme, each by itself.

    `telling` are the roots that spoke most for the status.
    """

    status: str
    chances: dict[str, float]
    themes: dict[str, float]
    telling: list[str]

    def reason(self) -> Reason:
        likeliest = sorted(self.chances.items(), key=lambda pair: -pair[1])[:SHOWN]
        words = ", ".join(f"{status} {chance:.2f}" for status, chance in likeliest)
        spoke = f"; terutama karena: {', '.join(self.telling)}" if self.telling else ""
        return Reason(rule="pembelajaran", words=words + spoke, span=None, says=self.status)


def weigh(doc: Doc, listed: list[Sentence], ruled: str) -> Verdict | None:
    """None where the rules alone decide: no election, a fact check, a caption, no weights."""
    found = passages(doc)
    if not doc._.election or is_short(found) or genre(found) == FACT_CHECK:
        return None
    known = load_verdicts()
    if known is None:
        return None
    row, terms = traits(doc, listed, ruled, known.embedder), known.terms(wording(listed))
    chances = known.chances(row, terms)
    status = chosen(chances)
    telling = list(dict.fromkeys(map(bare, known.telling(terms, status))))[:SHOWN]
    return Verdict(status, chances, known.about(row, terms), telling)


def chosen(chances: dict[str, float]) -> str:
    """The likeliest status, but a case from the probability of its three stages together on."""
    is_case = sum(chances[s] for s in CONCRETE) >= table("weights")["putusan"]["kasus"]
    allowed = [status for status in VERDICTS if (status in CONCRETE) == is_case]
    return max(allowed, key=chances.__getitem__)
