"""What the article reports: one of the eight statuses, and whether somebody must look now.

article judgement = transparent sums of what its sentences say, title and lead first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import CONCRETE, Reason
from nlp.components.election import reasons as election_reasons
from nlp.components.passages import Passage, passages
from nlp.components.weighing import Finding, findings, scores
from nlp.lexicon import table
from nlp.lexicon.judgement import topics

HEAD: Final = ("title", "lead")
ORDER: Final = ("terbukti", "proses", "dugaan")
"""Newest stage first."""
MOST_REASONS: Final = 40


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
        share = table("weights")["status"]
        return sum(share["kepala"] * self.head[s] + share["badan"] * self.body[s] for s in statuses)


def sentences(doc: Doc) -> list[Sentence]:
    listed = []
    for passage in passages(doc):
        found = findings(passage)
        listed.append(Sentence(passage, found, scores(found)))
    return listed


def gather(listed: list[Sentence]) -> Evidence:
    """Add up by zone; the further down, the less a sentence counts."""
    zones: dict[str, float] = table("weights")["zona"]
    evidence = Evidence()
    for place, sentence in enumerate(listed):
        zone = sentence.passage.zone
        part, fade = (evidence.head, 1.0) if zone in HEAD else (evidence.body, 1 / (1 + 0.1 * place))
        for status, value in sentence.says.items():
            part[status] += zones[zone] * fade * value
    return evidence


def decide(doc: Doc, listed: list[Sentence]) -> str:
    if not doc._.election:
        return "bukan_pemilu"
    evidence = gather(listed)
    groups = {
        "kasus": evidence.total(CONCRETE),
        "tidak_terbukti": evidence.total(["tidak_terbukti"]),
        "rekap": evidence.total(["rekap"]),
        "pencegahan": evidence.total(["pencegahan"]),
    }
    best = max(groups, key=lambda group: groups[group])
    if groups[best] < table("weights")["status"]["paling_sedikit"][best]:
        return "netral"
    if best == "kasus":
        return stage_of(evidence)
    return best


def stage_of(evidence: Evidence) -> str:
    """The newest stage that has a fair share of the evidence."""
    totals = {status: evidence.total([status]) for status in ORDER}
    enough = table("weights")["status"]["tahap_terbaru"] * max(totals.values())
    return next(status for status in ORDER if totals[status] >= enough)


def reasons(listed: list[Sentence]) -> list[Reason]:
    return [
        Reason(
            rule=f"{finding.cue.id}" + (f"/{finding.scope}" if finding.scope else ""),
            words=sentence.passage.text(finding.first, finding.last),
            span=sentence.passage.span(finding.first, finding.last),
            says=finding.says,
        )
        for sentence in listed
        for finding in sentence.found
    ][:MOST_REASONS]


@Language.factory("pantau_status", assigns=["doc._.status", "doc._.alert", "doc._.reasons"])
def make_status(nlp: Language, name: str) -> Status:
    return Status()


class Status:
    """Sets `doc._.status`, `doc._.alert` and `doc._.reasons`."""

    def __init__(self) -> None:
        defaults: dict[str, Any] = {"status": "bukan_pemilu", "alert": False, "reasons": []}
        for name, default in defaults.items():
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=default)

    def __call__(self, doc: Doc) -> Doc:
        listed = sentences(doc)
        doc._.status = decide(doc, listed)
        doc._.alert = doc._.status in CONCRETE
        doc._.reasons = election_reasons(passages(doc)) + reasons(listed)
        return doc
