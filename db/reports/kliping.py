"""The kliping of a region: what the media reported in a window, sorted for whoever reads it first.

Every election article of the region is on exactly one page; what is not shown is counted.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from db.reports import bodies, issues, items, sources
from db.reports.issues import Issue
from db.reports.items import Item
from db.reports.place import Place
from db.reports.sources import Sources
from db.reports.window import Window
from nlp.lexicon import judgement

SECTIONS: Final = {
    "pelanggaran": "Isu pelanggaran",
    "pihak": "Isu lembaga: penyelenggara sebagai pihak",
    "narasumber": "Penyelenggara sebagai narasumber atau pelaksana",
    "lain": "Berita pemilu lainnya",
}
"""The pages in their order; "penyelenggara" is Bawaslu or KPU with all below them."""

_OPEN = """
    SELECT count(*) FROM article_facets f JOIN articles a ON a.id = f.id
    JOIN outlets o ON o.id = f.outlet_id LEFT JOIN annotations n ON n.article_id = f.id
    WHERE f.published >= :since AND f.published < :until AND n.article_id IS NULL
    AND (:province IS NULL OR o.province_code IS NULL OR o.province_code = :province)
"""


@dataclass(frozen=True)
class Kliping:
    """`sections` has every key of `SECTIONS`; `unjudged` articles wait for `pantau analyse`."""

    place: Place
    window: Window
    made_at: str
    sections: dict[str, list[Item]]
    issues: list[Issue]
    sources: Sources
    unjudged: int

    @property
    def items(self) -> list[Item]:
        return [item for section in self.sections.values() for item in section]

    @property
    def articles(self) -> int:
        return sum(len(item.all) for item in self.items)

    @property
    def media(self) -> int:
        return len({one.outlet_id for item in self.items for one in item.all})

    @property
    def statuses(self) -> dict[str, int]:
        """Texts by status, in the order of a case; copies count once."""
        counted = Counter(item.status for item in self.items)
        order = [*issues.STATUSES, "pencegahan", "netral"]
        return {status: counted[status] for status in order if counted[status]}


def collect(db: sqlite3.Connection, place: Place, window: Window) -> Kliping:
    """Read the base; raises `ReportError` when there is too much for one report."""
    found = items.read(db, place, window)
    sections = {name: [item for item in found if _section(item) == name] for name in SECTIONS}
    for section in sections.values():
        section.sort(key=_order)
    weighty = sections["pelanggaran"] + sections["pihak"]
    return Kliping(
        place=place,
        window=window,
        made_at=datetime.now(place.clock).isoformat(timespec="minutes"),
        sections=sections,
        issues=issues.weightiest(sorted(weighty, key=lambda item: item.published_at or "")),
        sources=sources.count(db, place, window),
        unjudged=_unjudged(db, place, window),
    )


def _section(item: Item) -> str:
    if item.body == bodies.PARTY:
        return "pihak"
    if item.status in issues.STATUSES:
        return "pelanggaran"
    return "narasumber" if item.body == bodies.SOURCE else "lain"


def _order(item: Item) -> tuple[bool, int, str, int, int]:
    """The region's own first, by theme, then status and stage."""
    themes = list(judgement.themes().values())
    known = item.theme in themes
    stage = judgement.stages().get(item.stage or "")
    statuses = issues.STATUSES
    return (
        item.elsewhere,
        themes.index(item.theme) if known and item.theme else len(themes),
        item.theme or "",
        statuses.index(item.status) if item.status in statuses else len(statuses),
        -(stage.order if stage else 0),
    )


def _unjudged(db: sqlite3.Connection, place: Place, window: Window) -> int:
    since, until = window.seconds
    values = {"since": since, "until": until, "province": place.province}
    return int(db.execute(_OPEN, values).fetchone()[0])
