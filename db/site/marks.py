"""The text of an article cut into pieces, each with the layers that cover it.

Marks overlap freely (a person inside a quote inside the deciding sentence), so they are not
nested: the text is cut at every border, and a piece carries all layers over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from db.words import listed

LAYERS: Final = ("bukti", "isyarat", "orang", "wilayah", "angka", "tanggal", "kutipan")


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    layer: str
    title: str
    page: str | None = None


@dataclass(frozen=True)
class Piece:
    """`page` is the address that the piece leads to."""

    text: str
    layers: tuple[str, ...] = ()
    title: str = ""
    page: str | None = None


def marks(spans: Any, layer: str, title: str = "", page: str | None = None) -> Iterator[Mark]:
    """One mark per span; `spans` is JSON of `[start, end]` or of a list of such pairs."""
    read = listed(spans) if isinstance(spans, str | None) else spans
    pairs = [read] if read and all(isinstance(value, int) for value in read) else read
    for pair in pairs:
        match pair:
            case [int(start), int(end)] if 0 <= start < end:
                yield Mark(start, end, layer, title, page)


def paragraphs(text: str, found: Iterable[Mark]) -> list[list[Piece]]:
    """The text by paragraph, empty ones left out."""
    result: list[list[Piece]] = [[]]
    for piece in _pieces(text, [mark for mark in found if mark.start < len(text)]):
        first, *others = piece.text.split("\n")
        result[-1].append(replace(piece, text=first))
        result.extend([replace(piece, text=line)] for line in others)
    return [kept for line in result if (kept := [p for p in line if p.text]) and _has_words(kept)]


def _pieces(text: str, found: list[Mark]) -> Iterator[Piece]:
    borders = {0, len(text)}
    for mark in found:
        borders |= {mark.start, min(mark.end, len(text))}
    waiting = sorted(found, key=lambda mark: mark.start, reverse=True)
    open_marks: list[Mark] = []
    cuts = sorted(borders)
    for start, end in pairwise(cuts):
        while waiting and waiting[-1].start <= start:
            open_marks.append(waiting.pop())
        open_marks = [mark for mark in open_marks if mark.end > start]
        yield _piece(text[start:end], open_marks)


def _piece(text: str, covering: list[Mark]) -> Piece:
    present = {mark.layer for mark in covering}
    titles = dict.fromkeys(mark.title for mark in covering if mark.title)
    page = next((mark.page for mark in covering if mark.page), None)
    return Piece(text, tuple(name for name in LAYERS if name in present), "; ".join(titles), page)


def _has_words(line: list[Piece]) -> bool:
    return any(piece.text.strip() for piece in line)
