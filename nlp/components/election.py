"""Is the article about a public election in Indonesia, rather than merely naming one?

points of election words, by where they stand, against what a text of that length needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from nlp.annotation import Reason
from nlp.components.passages import Passage, Sighting, is_short
from nlp.lexicon import table

HEAD: Final = ("title", "lead")
FORMER: Final = frozenset(["mantan", "eks", "bekas", "sejak"])
FORMER_REACH: Final = 5
"""So many words after one of these tell of a former candidate, of an election long over."""


def is_election(found: list[Passage]) -> bool:
    """Words of public elections against words of village, club, party and foreign ones."""
    own = score(found, "pemilu")
    if not any(s.id != "sedang" for passage in found for s in passage.of("pemilu")):
        return False
    if not _in_head(found, "pemilu", "pasti") and any(
        _in_head(found, section, "kuat") for section in ("lain", "pidana_lain")
    ):
        return False
    if _titled_otherwise(found):
        return False
    if _in_head(found, "asing", "kuat") and not any(p.of("dalam_negeri") for p in found):
        return False
    share = _weights()["lain_judul" if _in_title(found, "lain") else "lain"]
    return own >= needed(found) and score(found, "lain") < share * own


def needed(found: list[Passage]) -> float:
    """Points that a text of this length needs: a long one names an election often."""
    limits = _weights()
    size = min(sum(len(passage.words) for passage in found), limits["paling_panjang"])
    base = limits["dasar_pendek" if is_short(found) else "dasar"]
    return float(base + limits["tiap_100"] * size / 100)


def score(found: list[Passage], section: str) -> float:
    """Points of the section's words; what is told of the past hardly counts."""
    limits = _weights()
    named: Counter[str] = Counter()
    points = 0.0
    for passage in found:
        for sighting in _widest(passage, section):
            words = passage.text(sighting.first, sighting.last).lower()
            named[words] += 1
            if named[words] <= limits["ulangan"]:
                points += _points(passage, sighting, limits)
    return points


def _points(passage: Passage, sighting: Sighting, limits: dict[str, Any]) -> float:
    before = passage.words[max(0, sighting.first - FORMER_REACH) : sighting.first]
    is_former = any(word.keys[0] in FORMER for word in before)
    share = limits["latar"] if is_former else 1.0
    return float(share * limits["zona"][passage.zone] * limits[sighting.id])


def _widest(passage: Passage, section: str) -> Iterator[Sighting]:
    """Sightings that share no word: "calon bupati" is one, not also "bupati"."""
    end = -1
    for sighting in sorted(passage.of(section), key=lambda s: (s.first, -s.last)):
        if sighting.first > end:
            end = sighting.last
            yield sighting


def _titled_otherwise(found: list[Passage]) -> bool:
    """The title names another crime, and nothing of an election."""
    titles = [passage for passage in found if passage.zone == "title"]
    return any(title.of("pidana_lain") and not title.of("pemilu") for title in titles)


def _in_title(found: list[Passage], section: str) -> bool:
    return any(passage.of(section) for passage in found if passage.zone == "title")


def _in_head(found: list[Passage], section: str, strength: str) -> bool:
    heads = (passage for passage in found if passage.zone in HEAD)
    return any(sighting.id == strength for head in heads for sighting in head.of(section))


def _weights() -> dict[str, Any]:
    return dict(table("weights")["pemilu"])


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
