"""What each sentence says of a case, and what the article's sentences say together.

article judgement = transparent sums of what its sentences say, title and lead first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc

from nlp.annotation import CONCRETE
from nlp.components.genres import OTHER_CASE
from nlp.components.passages import Finding, Passage, passages
from nlp.components.topics import hits
from nlp.components.weighing import findings, scores
from nlp.lexicon import table

HEAD: Final = ("title", "lead")
ORDER: Final = ("terbukti", "proses", "dugaan")
"""Newest stage first."""
CASE: Final = "kasus"
GROUPS: Final = ("tidak_terbukti", "rekap", "pencegahan")
CLOSED: Final = "tidak_terbukti"
END: Final = "selesai_tanpa_tindak"
"""The stage of a case that somebody has ended; a mere denial ends none."""


@dataclass
class Sentence:
    """A passage, its cues, and what it says per status."""

    passage: Passage
    found: list[Finding]
    says: dict[str, float]

    @property
    def case(self) -> float:
        return max((self.says.get(status, 0.0) for status in CONCRETE), default=0.0)


@dataclass
class Evidence:
    """Sums over title and lead, and over the rest."""

    head: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    body: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def total(self, statuses: Iterable[str]) -> float:
        share: dict[str, float] = table("weights")["status"]
        return sum(share["kepala"] * self.head[s] + share["badan"] * self.body[s] for s in statuses)


def sentences(doc: Doc) -> list[Sentence]:
    """Every passage judged; a case far from any theme of the article counts less."""
    found = passages(doc)
    themed = [_is_themed(doc, passage) for passage in found]
    return [
        _sentence(passage, any(themed[max(0, place - 1) : place + 2]))
        for place, passage in enumerate(found)
    ]


def _is_themed(doc: Doc, passage: Passage) -> bool:
    named = {topic["topic"] for topic in doc._.topics}
    return bool(named & hits(passage).keys())


def _sentence(passage: Passage, themed: bool) -> Sentence:
    found = findings(passage)
    share = 1.0 if themed else table("weights")["tanpa_tema"]
    if passage.of(OTHER_CASE):
        share = 0.0
    says = {s: v * (share if s in CONCRETE else 1.0) for s, v in scores(found).items()}
    return Sentence(passage, found, says)


def gather(listed: list[Sentence]) -> Evidence:
    """Add up by zone; the further down, the less a sentence counts."""
    zones: dict[str, float] = table("weights")["zona"]
    evidence = Evidence()
    for place, sentence in enumerate(listed):
        zone = sentence.passage.zone
        part, fade = (
            (evidence.head, 1.0) if zone in HEAD else (evidence.body, 1 / (1 + 0.1 * place))
        )
        for status, value in sentence.says.items():
            part[status] += zones[zone] * fade * value
    return evidence


def sums(evidence: Evidence) -> dict[str, float]:
    """What speaks for a case, against one, for a roundup, for prevention."""
    groups = {group: evidence.total([group]) for group in GROUPS}
    return {CASE: evidence.total(CONCRETE), **groups}


def stage_of(evidence: Evidence) -> str:
    """The newest stage that has a fair share of the evidence."""
    totals = {status: evidence.total([status]) for status in ORDER}
    enough = table("weights")["status"]["tahap_terbaru"] * max(totals.values())
    return next(status for status in ORDER if totals[status] >= enough)


def is_running(listed: list[Sentence]) -> bool:
    """Somebody handles the case and nobody has ended it, whatever the accused says."""
    least: float = table("weights")["putusan"]["berjalan"]
    news = [s for s in listed if s.passage.zone in ("title", "lead", "body")]
    handled = any(sentence.says.get("proses", 0.0) >= least for sentence in news)
    return handled and not any(_ends(finding) for s in listed for finding in s.found)


def is_ended(listed: list[Sentence]) -> bool:
    """Title or lead says that somebody has ended the case."""
    return any(_ends(f) for s in listed if s.passage.zone in HEAD for f in s.found)


def _ends(finding: Finding) -> bool:
    return finding.says == CLOSED and finding.cue.stage == END
