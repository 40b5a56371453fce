"""Layouts: the templates of `layouts.toml`, and what one of them reads off a page."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.page import Page, compiled, text_of

DATA = Path(__file__).with_name("layouts.toml")

Selectors = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """One template; each field lists CSS selectors in order of preference."""

    id: str
    version: int
    networks: tuple[str, ...]
    body: Selectors
    title: Selectors = ()
    kicker: Selectors = ()
    author: Selectors = ()
    section: Selectors = ()
    date: Selectors = ()
    caption: Selectors = ()
    drop: Selectors = ()
    valid_until: dt.date | None = None

    @property
    def name(self) -> str:
        """What `articles.extractor` says, for example "wordpress 2"."""
        return f"{self.id} {self.version}"

    def serves(self, network: str, day: dt.date) -> bool:
        """Whether a page of `network` fetched on `day` can be of this template."""
        return network in self.networks and (self.valid_until is None or day <= self.valid_until)


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout, highest version first; equal versions in the order of the file."""
    tables = tomllib.loads(DATA.read_text(encoding="utf-8"))["layout"]
    read = [Layout(**{key: _value(value) for key, value in table.items()}) for table in tables]
    for layout in read:
        for selector in _selectors(layout):
            compiled(selector)  # a selector that does not parse fails here, not on some page
    return tuple(sorted(read, key=lambda layout: -layout.version))


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _selectors(layout: Layout) -> Selectors:
    fields = (layout.title, layout.kicker, layout.author, layout.section, layout.date)
    return sum(fields, layout.body + layout.caption + layout.drop)


def matching(page: Page, network: str, day: dt.date) -> tuple[Layout, list[HtmlElement]] | None:
    """The newest layout of `network` whose body stands on the page, with the body's nodes."""
    for layout in layouts():
        if layout.serves(network, day) and (nodes := first(page, layout.body)):
            return layout, nodes
    return None


def first(page: Page, selectors: Selectors) -> list[HtmlElement]:
    """What the first selector that finds anything finds."""
    return next((nodes for selector in selectors if (nodes := page.select(selector))), [])


def text(page: Page, selectors: Selectors) -> str | None:
    """The text of the first node with any, on one line."""
    for selector in selectors:
        for node in page.select(selector):
            if found := text_of(node):
                return found
    return None
