"""When an article was published: every statement about it, in the order in which it is trusted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property

from lxml.html import HtmlElement

from crawler.extract import dates
from crawler.extract.dates import Moment
from crawler.extract.page import Page, text_of

TRUST = ("json-ld", "meta", "time", "selector", "near-title", "url", "feed", "import", "text")
"""The sources of `articles.published_from`; "-day" is added where only the day is known."""

_NEAR = 25  # elements after the title among which its date stands
_DATE_LINE = 80  # characters that a line with a date does not exceed
_LEAD = 600  # characters of the text in which a dateline may give the date
_WIDE = {"body", "html"}
_FRAME = ("nav", "aside", "footer", "form")


@dataclass(frozen=True)
class Published:
    """`at` is ISO 8601 with zone: midnight where `source` ends in "-day"."""

    at: str
    source: str
    guess: bool

    @property
    def rank(self) -> int:
        """0 for the most trusted source."""
        return TRUST.index(self.source.removesuffix("-day"))


@dataclass(frozen=True)
class Statement:
    """One source's word. `inside`: it stands in the article, not in the frame around it."""

    source: str
    moment: Moment
    inside: bool = True


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Which nodes of a page belong to the article between its title and its body's end."""

    page: Page
    title: HtmlElement | None
    body: list[HtmlElement]

    def holds(self, node: HtmlElement) -> bool:
        """Whether `node` stands in the article."""
        start, end = self._range
        return start <= self._order.get(node, -1) <= end

    @cached_property
    def _order(self) -> dict[HtmlElement, int]:
        return {node: number for number, node in enumerate(self.page.tree.iter())}

    @cached_property
    def _range(self) -> tuple[int, int]:
        """First and last place of the article's own box; without one, title to body end."""
        nodes = [node for node in [self.title, *self.body] if node is not None]
        if not nodes:
            return 0, -1
        places = [self._order[node] for node in nodes]
        box = _shared_box(nodes)
        if box is not None:
            return self._order[box], self._last(box)
        return min(places), max(self._last(node) for node in nodes)

    def _last(self, node: HtmlElement) -> int:
        return max(self._order[inner] for inner in node.iter())


def _shared_box(nodes: list[HtmlElement]) -> HtmlElement | None:
    """The smallest element around all nodes, unless it frames the whole page."""
    around = [[node, *node.iterancestors()] for node in nodes]
    for candidate in around[0]:
        if all(candidate in line for line in around[1:]):
            framed = any(next(candidate.iter(tag), None) is not None for tag in _FRAME)
            return None if candidate.tag in _WIDE or framed else candidate
    return None


def decide(statements: Iterable[Statement], fetched_at: datetime) -> Published | None:
    """Believe the first credible statement, with the hour of a later one where it gives a day."""
    known = [s for s in statements if _credible(s, fetched_at)]
    if not known:
        return None
    best = known[0]
    for other in known[1:]:
        if finer := dates.refined(best.moment, other.moment):
            return Published(finer.at.isoformat(), other.source, finer.guess)
    source = f"{best.source}-day" if best.moment.day_only else best.source
    return Published(best.moment.at.isoformat(), source, best.moment.guess)


def _credible(statement: Statement, fetched_at: datetime) -> bool:
    """Refuse the future, and, outside the article, the fetch day: a clock in the page's head."""
    moment = statement.moment
    if not dates.credible(moment, fetched_at):
        return False
    return statement.inside or not dates.same_day(moment, fetched_at)


def of_page(
    page: Page, around: Surroundings, selectors: tuple[str, ...], zone: tzinfo, fetched_at: datetime
) -> Iterator[Statement]:
    """What the page itself says: JSON-LD, meta tags, time elements, printed dates."""
    for written in _linked(page):
        yield from _said("json-ld", dates.read(written, zone))
    for name in dates.DATA["meta"]:
        yield from _said("meta", dates.read(page.meta.get(name, ""), zone))
    for node in page.tree.iter("time"):
        if node.get("datetime") and around.holds(node):
            yield from _said("time", dates.read(node.get("datetime"), zone))
    for selector in selectors:
        for node in page.select(selector):
            moment = dates.read(_printed(node), zone, fetched_at)
            yield from _said("selector", moment, inside=around.holds(node))


def near_title(title: HtmlElement | None, zone: tzinfo) -> Iterator[Statement]:
    """A date that stands alone in one of the elements after the title, for want of a layout."""
    if title is None:
        return
    around = itertools.dropwhile(lambda node: node is not title, title.getroottree().iter("*"))
    for node in itertools.islice(around, 1, _NEAR):
        written = text_of(node)
        if len(written) <= _DATE_LINE:
            yield from _said("near-title", dates.read(written, zone))


def of_address(url: str, zone: tzinfo) -> Iterator[Statement]:
    """The day in the address."""
    yield from _said("url", dates.read_url(url, zone))


def of_hints(hints: dict[str, str], zone: tzinfo) -> Iterator[Statement]:
    """What the feed or sitemap said that led to the page."""
    yield from _said("feed", dates.read(hints.get("published") or "", zone))


def of_text(text: str, zone: tzinfo) -> Iterator[Statement]:
    """A full date in the first lines: mostly that of the event, so always a guess."""
    moment = dates.read(text[:_LEAD], zone)
    if moment:
        day = moment.at.replace(hour=0, minute=0, second=0)
        yield Statement("text", Moment(day, day_only=True, guess=True))


def _said(source: str, moment: Moment | None, *, inside: bool = True) -> Iterator[Statement]:
    if moment:
        yield Statement(source, moment, inside)


def _linked(page: Page) -> Iterator[str]:
    for name in dates.DATA["linked_data"]:
        for node in page.linked_data:
            if isinstance(written := node.get(name), str):
                yield written


def _printed(node: HtmlElement) -> str:
    """What an element shows; Blogger and old templates keep the exact time in an attribute."""
    return node.get("datetime") or node.get("title") or text_of(node)
