"""Articles whose words of a case tell of no case: fact checks, rulings on laws, planned stages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nlp.annotation import Reason
from nlp.components.passages import Passage, Sighting
from nlp.components.weighing import concrete, findings
from nlp.lexicon import table

FACT_CHECK: Final = "periksa_fakta"
OTHER_CASE: Final = "perkara_lain"
PARTY: Final = "pihak_pemilu"
ROUTINE: Final = "rutin"
HEAD: Final = ("title", "lead")
SAYS: Final = {FACT_CHECK: "tidak_terbukti", OTHER_CASE: "netral", ROUTINE: "netral"}


def genre(found: list[Passage]) -> str | None:
    """`periksa_fakta`: a claim refuted; `perkara_lain`: nobody of an election is on trial.

    `rutin`: a stage of the election takes its planned course.
    """
    if _points(found) >= table("weights")[FACT_CHECK]["paling_sedikit"]:
        return FACT_CHECK
    head = [passage for passage in found if passage.zone in HEAD]
    if _named(head, OTHER_CASE) and not _named(head, PARTY):
        return OTHER_CASE
    return ROUTINE if _is_routine(found) else None


def _is_routine(found: list[Passage]) -> bool:
    """The title names a planned stage, and no case."""
    least = table("weights")["status"]["judul_perkara"]
    titles = [passage for passage in found if passage.zone == "title" and passage.of(ROUTINE)]
    return any(sum(f.weight >= least for f in concrete(findings(p))) == 0 for p in titles)


def _points(found: list[Passage]) -> float:
    """Each mark of a fact check counts once."""
    weights = table("weights")[FACT_CHECK]
    marks = {(s.id, p.text(s.first, s.last).lower()) for p in found for s in p.of(FACT_CHECK)}
    return float(sum(weights[strength] for strength, _ in marks))


def _named(found: list[Passage], section: str) -> bool:
    return any(passage.of(section) for passage in found)


def reasons(found: list[Passage]) -> list[Reason]:
    """The marks by which the article was taken for such a one."""
    kind = genre(found)
    if kind is None:
        return []
    return [
        Reason(
            rule=f"jenis.{kind}",
            words=passage.text(sighting.first, sighting.last),
            span=passage.span(sighting.first, sighting.last),
            says=SAYS[kind],
        )
        for passage, sighting in _marks(found, kind)
    ][:3]


def _marks(found: list[Passage], kind: str) -> Iterator[tuple[Passage, Sighting]]:
    return ((passage, sighting) for passage in found for sighting in passage.of(kind))
