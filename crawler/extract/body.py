"""From the elements that hold an article to its lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.lines import DATA, HEADING, START, TITLE, Line, squeeze
from crawler.extract.page import select, text_of

_BLOCKS = frozenset(DATA["blocks"])
_CELLS = frozenset({"td", "th"})


@dataclass
class _Collector:
    """Gathers text while a tree is walked, and cuts it into lines."""

    lines: list[Line] = field(default_factory=list)
    _parts: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, text: str | None, *, linked: bool) -> None:
        if text:
            self._parts.append((text, linked))

    def end_line(self) -> None:
        text = squeeze("".join(part for part, _ in self._parts))
        if text:
            linked = sum(len(squeeze(part)) for part, linked in self._parts if linked)
            self.lines.append(Line(text, linked / len(text)))
        self._parts.clear()


def lines_of(nodes: Iterable[HtmlElement], drop: Iterable[str] = ()) -> list[Line]:
    """The lines of text in `nodes`, without what the `drop` selectors find."""
    collector = _Collector()
    for node in nodes:
        _collect(_bare(node, [*DATA["drop"], *drop]), collector)
    return collector.lines


def _bare(node: HtmlElement, selectors: Iterable[str]) -> HtmlElement:
    """A copy of `node` without comments, dropped elements and links to other articles."""
    bare = deepcopy(node)
    bare.tail = None
    etree.strip_tags(bare, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    for selector in selectors:
        for found in select(bare, selector):
            if found is not bare and found.getparent() is not None:
                found.drop_tree()
    for element in list(bare.iter("a", "strong", "b", "em", "i", "span")):
        _drop_reference(element, bare)
    return bare


def _drop_reference(element: HtmlElement, root: HtmlElement) -> None:
    """Drop "Baca juga: judul" from the midst of a paragraph, the linked title beside it, too."""
    if element is root or not any(above is root for above in element.iterancestors()):
        return
    text = text_of(element)
    if HEADING.match(text):
        beside = element.getnext()
        if beside is not None and beside.tag == "a" and not (element.tail or "").strip():
            beside.drop_tree()
        element.drop_tree()
    elif START.match(text) and len(text) <= TITLE and next(element.iter("a"), None) is not None:
        element.drop_tree()


def _collect(node: HtmlElement, collector: _Collector) -> None:
    depth = 0  # of links around the place reached
    for event, element in etree.iterwalk(node, events=("start", "end")):
        link = element.tag == "a"
        if event == "start":
            if element.tag in _BLOCKS:
                collector.end_line()
            depth += link
            collector.add(element.text, linked=depth > 0)
        else:
            depth -= link
            if element.tag in _BLOCKS:
                collector.end_line()
            elif element.tag in _CELLS:
                collector.add(" ", linked=False)
            if element is not node:
                collector.add(element.tail, linked=depth > 0)
    collector.end_line()
