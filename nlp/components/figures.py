"""Figures: how many of what, exactly or about, and never a date, a law or a phone number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Figure, Span
from nlp.components.candidates import Candidate, numeral
from nlp.components.counted import counts_alike, number_words
from nlp.components.dates import date_spans
from nlp.reading import Reading, overlaps

LIST_NUMBER = re.compile(r"(?:^|\n)[ ]*\(?\d{1,2}[.)](?!\d)")
TIME = re.compile(
    r"\b\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?=\s*(?:WIB|WITA|WIT|WP)\b)|\bpukul\s+[\d.:]+", re.I
)
NEARBY = 400
"""Characters in which a number goes on counting what the one before it counted."""
LARGE = 1000


def find_figures(reading: Reading, taken: list[Span]) -> list[Figure]:
    """Every figure of the story, in order; `taken` are spans that cannot hold one (dates)."""
    text = reading.text
    blocked = taken + [[*m.span()] for p in (LIST_NUMBER, TIME) for m in p.finditer(text)]
    blocked.sort()
    found: list[Figure] = []
    for match in _free(numeral().finditer(text), blocked):
        if reading.sentence_at(match.start()).zone == "dateline":
            continue
        candidate = Candidate(text, match)
        near = match.start() - 100 if candidate.is_part() else match.start()
        if found and reading.sentence_at(near).start <= found[-1]["span"][0]:
            candidate.take_unit(found[-1]["unit"])
        candidate.inherit(_counted_last(found, match.start() - NEARBY))
        if found and candidate.unit is None and counts_alike(text, match.start()):
            candidate.unit = found[-1]["unit"]
        figure = candidate.figure()
        if figure is not None:
            found.append(figure)
    _count_ahead(reading, found)
    return found


def _count_ahead(reading: Reading, found: list[Figure]) -> None:
    """`Golkar 12.345, PDIP 10.222, dan PKB 9.120 suara`: the unit stands behind the last."""
    for figure, later in zip(found[-2::-1], found[:0:-1], strict=True):
        ends = reading.sentence_at(figure["span"][0]).end
        listed = (later["unit"] or "").lower() in number_words("satuan", "daftar")
        if figure["unit"] is None and listed and later["span"][0] < ends:
            figure["unit"] = later["unit"]


def _counted_last(found: list[Figure], since: int) -> str | None:
    """The unit of the last figure from `since` on that a large number may go on counting."""
    for figure in reversed(found):
        if figure["span"][1] < since:
            return None
        unit = (figure["unit"] or "").lower()
        few = figure["value"] < LARGE and unit in number_words("satuan", "tempat")
        if unit and not few and unit not in number_words("satuan", "ukuran"):
            return figure["unit"]
    return None


def _free(matches: Iterator[re.Match[str]], blocked: list[Span]) -> Iterator[re.Match[str]]:
    """The matches that touch none of the sorted `blocked` spans; both run in order of text."""
    at = 0
    for match in matches:
        while at < len(blocked) and blocked[at][1] <= match.start():
            at += 1
        if not overlaps(match.span(), blocked[at : at + 3]):
            yield match


@Language.factory("pantau_figures", requires=["doc._.reading"], assigns=["doc._.figures"])
def make_figures(nlp: Language, name: str) -> FigureFinder:
    return FigureFinder()


class FigureFinder:
    """Sets `doc._.figures`."""

    def __init__(self) -> None:
        if not Doc.has_extension("figures"):
            Doc.set_extension("figures", default=[])

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.reading
        doc._.figures = find_figures(reading, date_spans(reading.text))
        return doc
