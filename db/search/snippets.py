"""Text shown as HTML with the words that were looked for marked.

The text is escaped first and last: nothing an article holds can become mark-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from db.search.matching import Hit, Text, hits
from db.search.query import Node

LENGTH: Final = 280  # characters of a snippet, about
READ: Final = 100_000  # characters of a text in which its best passage is looked for
MOST: Final = 300  # places that are weighed for that


def marked(text: str, node: Node | None) -> str:
    """The whole of a short text."""
    return _mark(text, 0, len(text), hits(node, Text(text)) if node else [])


def snippet(text: str, node: Node | None) -> str:
    """The passage that holds most of the different words looked for."""
    text = text[:READ]
    found = hits(node, Text(text)) if node else []
    start, end = _passage(text, found)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return before + _mark(text, start, end, found) + after


def _passage(text: str, found: Sequence[Hit]) -> tuple[int, int]:
    found = found[:MOST]
    first = max(found, key=lambda hit: (_worth(hit, found), -hit.start)) if found else None
    start = _word_start(text, max(first.start - LENGTH // 4, 0)) if first else 0
    return start, _word_end(text, start + LENGTH)


def _worth(hit: Hit, found: Iterable[Hit]) -> int:
    """How many different roots stand in a passage that begins here."""
    reach = hit.start + LENGTH * 3 // 4
    return len({other.root for other in found if hit.start <= other.start <= reach})


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return 0
    blank = text.find(" ", at, at + 40)
    return blank + 1 if blank >= 0 else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", max(at - 40, 0), at)
    return blank if blank >= 0 else at


def _mark(text: str, start: int, end: int, found: Iterable[Hit]) -> str:
    pieces: list[str] = []
    at = start
    for hit in found:
        if at <= hit.start and hit.end <= end:
            pieces.append(escape(text[at : hit.start]))
            pieces.append(f"<mark>{escape(hit.form)}</mark>")
            at = hit.end
    pieces.append(escape(text[at:end]))
    return "".join(pieces)
