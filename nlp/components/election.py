"""Is the article about a public election in Indonesia?"""

from __future__ import annotations

from typing import Final

from nlp.annotation import Reason
from nlp.components.passages import Passage, Sighting, is_short

HEAD: Final = ("title", "lead")
WEIGHTS: Final = {"pasti": 3.0, "kuat": 2.0, "sedang": 0.7}
HEAD_FACTOR: Final = 2.0
ENOUGH: Final = 2.0
ENOUGH_IN_SHORT: Final = 0.7
OTHER_SHARE: Final = 1.0
"""Other elections outweigh a public one when they score at least this share of it."""


def is_election(found: list[Passage]) -> bool:
    """Words of public elections against words of village, club, party and foreign ones."""
    own, other = score(found, "pemilu"), score(found, "lain")
    if not _in_head(found, "pemilu", "pasti") and any(
        _in_head(found, section, "kuat") for section in ("lain", "pidana_lain")
    ):
        return False
    if _in_head(found, "asing", "kuat") and not any(p.of("dalam_negeri") for p in found):
        return False
    enough = ENOUGH_IN_SHORT if is_short(found) else ENOUGH
    return own >= enough and other < OTHER_SHARE * own


def _in_head(found: list[Passage], section: str, strength: str) -> bool:
    heads = (passage for passage in found if passage.zone in HEAD)
    return any(sighting.id == strength for head in heads for sighting in head.of(section))


def score(found: list[Passage], section: str) -> float:
    """Distinct words count, those of title and lead double."""
    best: dict[str, float] = {}
    for passage in found:
        factor = HEAD_FACTOR if passage.zone in HEAD else 1.0
        for sighting in passage.of(section):
            words = passage.text(sighting.first, sighting.last).lower()
            weight = factor * WEIGHTS[sighting.id]
            best[words] = max(best.get(words, 0.0), weight)
    return sum(best.values())


def reasons(found: list[Passage]) -> list[Reason]:
    """The first word of each kind that decided."""
    return [
        _reason(passage, sighting, section)
        for section in ("pemilu", "lain")
        for passage, sighting in _first(found, section)
    ]


def _first(found: list[Passage], section: str) -> list[tuple[Passage, Sighting]]:
    strong = [(p, s) for p in found for s in p.of(section) if s.id != "sedang"]
    return strong[:1] or [(p, s) for p in found for s in p.of(section)][:1]


def _reason(passage: Passage, sighting: Sighting, section: str) -> Reason:
    return Reason(
        rule=f"pemilu.{section}",
        words=passage.text(sighting.first, sighting.last),
        span=passage.span(sighting.first, sighting.last),
        says="berita pemilu" if section == "pemilu" else "pemilihan lain",
    )
