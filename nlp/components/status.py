"""What the article reports: one of the eight statuses, and whether somebody must look now.

The rules decide first; the trained verdict (`nlp.components.verdict`) weighs the whole article.
"""

from __future__ import annotations

from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import CONCRETE, Reason
from nlp.components.confidence import kept
from nlp.components.election import reasons as election_reasons
from nlp.components.evidence import (
    CASE,
    CLOSED,
    HEAD,
    Sentence,
    gather,
    is_ended,
    is_running,
    sentences,
    stage_of,
    sums,
)
from nlp.components.genres import FACT_CHECK, OTHER_CASE, ROUTINE, genre
from nlp.components.genres import reasons as genre_reasons
from nlp.components.passages import Passage, is_short, passages
from nlp.components.patterns import Word
from nlp.components.topics import rank
from nlp.components.verdict import Verdict, weigh
from nlp.lexicon import table

MOST_REASONS: Final = 40


def decide(doc: Doc, listed: list[Sentence]) -> str:
    """What the rules say."""
    if not doc._.election:
        return "bukan_pemilu"
    kind = genre(passages(doc))
    if kind == FACT_CHECK:
        return "tidak_terbukti"
    evidence = gather(listed)
    groups = sums(evidence) | ({CASE: 0.0} if kind == OTHER_CASE else {})
    best = max(groups, key=lambda group: groups[group])
    if groups[best] < _least(best, listed) or not _has_theme(doc, best):
        return "netral"
    if best == CASE:
        return stage_of(evidence)
    if kind == ROUTINE:
        return "netral"
    live = _live(doc, listed, best) if kind is None else []
    return stage_of(gather(live)) if live else best


def _has_theme(doc: Doc, group: str) -> bool:
    """A case is a case of something, prevention prevents something; a roundup may cover all."""
    found = passages(doc)
    least = table("weights")["status"]["topik"].get(group, 0.0)
    strong = any(strength >= least for _, strength, _ in rank(found))
    return strong or not least or is_short(found) or (group == CASE and _names_offence(found))


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


@Language.factory(
    "pantau_status", assigns=["doc._.status", "doc._.alert", "doc._.topics", "doc._.reasons"]
)
def make_status(nlp: Language, name: str) -> Status:
    return Status()


class Status:
    """Sets `doc._.status`, `doc._.alert`, `doc._.reasons`; keeps the topics it is sure of."""

    def __init__(self) -> None:
        defaults: dict[str, Any] = {"status": "bukan_pemilu", "alert": False, "reasons": []}
        for name, default in defaults.items():
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=default)

    def __call__(self, doc: Doc) -> Doc:
        listed = sentences(doc)
        ruled = decide(doc, listed)
        verdict = weigh(doc, listed, ruled)
        doc._.status = _settled(verdict.status if verdict else ruled, ruled, doc, listed)
        doc._.alert = doc._.status in CONCRETE
        doc._.reasons = _told(doc, listed, ruled, verdict)
        doc._.topics = kept(doc, verdict, doc._.status)
        return doc


def _settled(status: str, ruled: str, doc: Doc, listed: list[Sentence]) -> str:
    """What title or lead call ended is so; a denial beside a running examination ends nothing."""
    if ruled == CLOSED and is_ended(listed):
        return CLOSED
    checked = genre(passages(doc)) == FACT_CHECK or is_short(passages(doc))
    return "proses" if status == CLOSED and not checked and is_running(listed) else status


def _told(doc: Doc, listed: list[Sentence], ruled: str, verdict: Verdict | None) -> list[Reason]:
    found = passages(doc)
    cues = election_reasons(found) + genre_reasons(found) + reasons(listed)
    return [*cues, decision(listed, ruled), *([verdict.reason()] if verdict else [])]
