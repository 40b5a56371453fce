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
from nlp.components.genres import FACT_CHECK, OTHER_CASE, ROUTINE, genre
from nlp.components.genres import reasons as genre_reasons
from nlp.components.passages import Finding, Passage, is_short, passages
from nlp.components.patterns import Word
from nlp.components.topics import hits
from nlp.components.weighing import findings, scores
from nlp.lexicon import table

HEAD: Final = ("title", "lead")
ORDER: Final = ("terbukti", "proses", "dugaan")
"""Newest stage first."""
GROUPS: Final = ("tidak_terbukti", "rekap", "pencegahan")
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


def decide(doc: Doc, listed: list[Sentence]) -> str:
    if not doc._.election:
        return "bukan_pemilu"
    kind = genre(passages(doc))
    if kind == FACT_CHECK:
        return "tidak_terbukti"
    evidence = gather(listed)
    groups = sums(evidence) | ({"kasus": 0.0} if kind == OTHER_CASE else {})
    best = max(groups, key=lambda group: groups[group])
    if groups[best] < _least(best, listed) or not _has_theme(doc, best):
        return "netral"
    if best == "kasus":
        return stage_of(evidence)
    if kind == ROUTINE:
        return "netral"
    live = _live(doc, listed, best) if kind is None else []
    return stage_of(gather(live)) if live else best


def sums(evidence: Evidence) -> dict[str, float]:
    """What speaks for a case, against one, for a roundup, for prevention."""
    groups = {group: evidence.total([group]) for group in GROUPS}
    return {"kasus": evidence.total(CONCRETE), **groups}


def _has_theme(doc: Doc, group: str) -> bool:
    """A case is a case of something, prevention prevents something; a roundup may cover all."""
    found = passages(doc)
    least = table("weights")["status"]["topik"].get(group, 0.0)
    strong = any(topic["score"] >= least for topic in doc._.topics)
    return strong or not least or is_short(found) or (group == "kasus" and _names_offence(found))


def _names_offence(found: list[Passage]) -> bool:
    """Title or lead speaks of an election offence without saying which."""
    return any("pelanggaran_pemilu" in p.classes() for p in found if p.zone in HEAD)


def _least(group: str, listed: list[Sentence]) -> float:
    short = is_short([sentence.passage for sentence in listed])
    least = table("weights")["status"]["paling_sedikit"][group]
    return float(least) * (0.5 if short else 1.0)


def _live(doc: Doc, listed: list[Sentence], best: str) -> list[Sentence]:
    """What rings in an article of prevention or a roundup; a title may stand above quoted law."""
    if best == "pencegahan" and (told := [s for s in listed[:1] if _title_tells(s)]):
        return told
    return live_cases(doc, listed) if best in ("pencegahan", "rekap") else []


def _title_tells(sentence: Sentence) -> bool:
    other = max((v for s, v in sentence.says.items() if s not in CONCRETE), default=0.0)
    least = table("weights")["status"]["judul_perkara"]
    return sentence.passage.zone == "title" and sentence.case >= max(least, other)


def live_cases(doc: Doc, listed: list[Sentence]) -> list[Sentence]:
    """Sentences that report a concrete case as news, whatever the article is about."""
    return [sentence for sentence in listed if _is_live(doc, sentence)]


def _is_live(doc: Doc, sentence: Sentence) -> bool:
    limits = table("weights")["status"]
    other = max((v for s, v in sentence.says.items() if s not in CONCRETE), default=0.0)
    return (
        sentence.passage.zone in ("lead", "body")
        and sentence.case >= limits["kasus_hidup"]
        and sentence.case > limits["nisbah_hidup"] * other
        and sentence.says.get("rekap", 0.0) <= limits["rekap_paling_banyak"]
        and _names_somebody(doc, sentence.passage)
    )


def _names_somebody(doc: Doc, passage: Passage) -> bool:
    """Whether the sentence is about somebody in particular."""
    if "pelaku_disebut" in passage.classes() or any(map(_is_initials, passage.words)):
        return True
    people = getattr(doc._, "people", []) if Doc.has_extension("people") else []
    return any(passage.start <= s[0] < passage.end for p in people for s in p["spans"])


def _is_initials(word: Word) -> bool:
    """ "MS", "RD": two capitals that are no institution."""
    known = table("weights")["singkatan_dua_huruf"]
    return (
        len(word.text) == 2
        and word.text.isalpha()
        and word.text.isupper()
        and word.text not in known
    )


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


def decision(listed: list[Sentence], status: str) -> Reason:
    """The sums the status was decided by."""
    words = ", ".join(f"{group} {value:.1f}" for group, value in sums(gather(listed)).items())
    return Reason(rule="jumlah_bukti", words=words, span=None, says=status)


@Language.factory("pantau_status", assigns=["doc._.status", "doc._.alert", "doc._.reasons"])
def make_status(nlp: Language, name: str) -> Status:
    return Status()


class Status:
    """Sets `doc._.status`, `doc._.alert` and `doc._.reasons`; neutral news has no topics."""

    def __init__(self) -> None:
        defaults: dict[str, Any] = {"status": "bukan_pemilu", "alert": False, "reasons": []}
        for name, default in defaults.items():
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=default)

    def __call__(self, doc: Doc) -> Doc:
        listed = sentences(doc)
        doc._.status = decide(doc, listed)
        doc._.alert = doc._.status in CONCRETE
        if doc._.status == "netral":
            doc._.topics = []
        found = passages(doc)
        cues = election_reasons(found) + genre_reasons(found) + reasons(listed)
        doc._.reasons = [*cues, decision(listed, doc._.status)]
        return doc
