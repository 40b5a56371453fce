"""What one archived page says: the lines of its body and the fields around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

import trafilatura
from lxml.html import HtmlElement

from crawler import networks
from crawler.extract import layouts, lines, published
from crawler.extract.body import lines_of
from crawler.extract.layouts import Layout
from crawler.extract.lines import Line
from crawler.extract.page import ARTICLE_TYPES, Page, text_of, types
from crawler.extract.published import Published, Surroundings

FALLBACK = f"trafilatura {trafilatura.__version__}"
_ENOUGH = 200  # characters below which a layout is taken to have missed the body
_LEAST = 80  # characters below which nothing on the page is an article
_BETWEEN = "\n\n"


class NoArticle(Exception):  # noqa: N818 - a finding about the page, no failure of the program
    """A page that holds no article; the message says why, in Indonesian."""


@dataclass(frozen=True)
class Source:
    """Where and when a document was fetched, and what was known of it before."""

    network: str
    zone: tzinfo
    fetched_at: datetime
    hints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """An article as one document gives it; `published` is None when nothing says when."""

    title: str
    text: str
    extractor: str
    author: str | None = None
    section: str | None = None
    published: Published | None = None


@dataclass(frozen=True, eq=False)
class _Body:
    """`nodes` is empty where trafilatura found the lines."""

    lines: Sequence[Line]
    extractor: str
    layout: Layout | None = None
    nodes: Sequence[HtmlElement] = ()


def read(pages: Sequence[Page], source: Source) -> Reading:
    """Read an article from its first page and those after it. Raises `NoArticle`."""
    first = pages[0]
    body = _body(first, source)
    bodies = [body, *_further(pages[1:], source)]
    title = _title(first, body.layout) or source.hints.get("title")
    known = [title, *(text for page in pages for text in _shown_elsewhere(page, body.layout))]
    text = _BETWEEN.join(lines.clean([line for part in bodies for line in part.lines], known))
    _check_length(text)
    return Reading(
        title=title or lines.headline_from(text),
        text=text,
        extractor=body.extractor,
        author=_author(first, bodies) or source.hints.get("author"),
        section=_section(first, body.layout),
        published=_published(first, body, text, source),
    )


def _check_length(text: str) -> None:
    if not text:
        raise NoArticle("isi kosong")
    if len(text) < _LEAST:
        raise NoArticle("isi terlalu pendek")


def _body(page: Page, source: Source) -> _Body:
    """The lines by the layout or, where that fails, by trafilatura; the longer one."""
    if networks.is_ignored(page.url, source.network):
        raise NoArticle("halaman daftar, bukan artikel")
    by_layout = _by_layout(page, source)
    if by_layout and _size(by_layout) >= _ENOUGH:
        return by_layout
    if not by_layout and not _looks_like_article(page, source):
        raise NoArticle("halaman daftar, bukan artikel")
    by_guess = _Body(_guessed_lines(page), FALLBACK)
    return max([body for body in (by_layout, by_guess) if body], key=_size)


def _size(body: _Body) -> int:
    return sum(len(text) for text in lines.clean(body.lines))


def _by_layout(page: Page, source: Source) -> _Body | None:
    found = layouts.matching(page, source.network, source.fetched_at.date())
    if found is None:
        return None
    layout, nodes = found
    titles = {text_of(node) for node in layouts.first(page, layout.title)}
    if len(nodes) > 1 and len(titles) > 1:
        raise NoArticle("halaman daftar, bukan artikel")
    return _Body(lines_of(nodes, layout.drop), layout.name, layout, nodes)


def _looks_like_article(page: Page, source: Source) -> bool:
    return (
        page.meta.get("og:type", "").lower() == "article"
        or "article:published_time" in page.meta
        or any(types(node) & ARTICLE_TYPES for node in page.linked_data)
        or networks.is_article(page.url, source.network)
    )


def _guessed_lines(page: Page) -> list[Line]:
    try:
        found = trafilatura.extract(deepcopy(page.tree), include_comments=False)
    except ValueError:  # characters that XML cannot hold
        return []
    return [Line(lines.squeeze(text)) for text in (found or "").splitlines() if text.strip()]


def _further(pages: Iterable[Page], source: Source) -> Iterator[_Body]:
    for page in pages:
        with suppress(NoArticle):
            yield _body(page, source)


def _title(page: Page, layout: Layout | None) -> str | None:
    printed = layouts.text(page, layout.title) if layout else None
    return printed or next(_titles(page), None)


def _titles(page: Page) -> Iterator[str]:
    """What the head calls the page, the site's name cut off."""
    for node in page.linked_data:
        if types(node) & ARTICLE_TYPES and isinstance(node.get("headline"), str):
            yield lines.squeeze(node["headline"])
    for name in ("og:title", "twitter:title"):
        if title := page.meta.get(name):
            yield _without_site(title, page)
    for node in [*page.tree.iter("h1"), *page.tree.iter("title")]:
        if title := text_of(node):
            yield _without_site(title, page)


def _without_site(title: str, page: Page) -> str:
    site = page.meta.get("og:site_name")
    for mark in (" - ", " | ", " – ", " — "):
        if site and title.casefold().endswith(f"{mark}{site}".casefold()):
            return lines.squeeze(title[: -len(mark + site)])
    return lines.squeeze(title)


def _shown_elsewhere(page: Page, layout: Layout | None) -> Iterator[str]:
    """Kicker, captions and picture texts, which many templates repeat in the body."""
    if layout:
        for selector in (*layout.kicker, *layout.caption):
            yield from (text_of(node) for node in page.select(selector))
    for image in page.tree.iter("img", "amp-img"):
        if text := image.get("alt"):
            yield text


def _author(page: Page, bodies: Sequence[_Body]) -> str | None:
    layout = bodies[0].layout
    printed = layouts.text(page, layout.author) if layout else None
    if printed and (name := lines.tidy_author(printed)):
        return name
    framed = (line for body in bodies for line in _frame_lines(body))
    return lines.byline(framed) or next(_authors(page), None)


def _frame_lines(body: _Body) -> Iterable[Line]:
    """The lines with those that the layout drops, where the byline stands."""
    return lines_of(body.nodes) if body.nodes else body.lines


def _authors(page: Page) -> Iterator[str]:
    for node in page.linked_data:
        if types(node) & ARTICLE_TYPES:
            for name in _names(node.get("author")):
                if tidy := lines.tidy_author(name):
                    yield tidy
    for name in ("author", "article:author"):
        written = page.meta.get(name, "")
        if written and "://" not in written:
            yield lines.squeeze(written)


def _names(author: Any) -> Iterator[str]:
    """The names in a JSON-LD author: a text, an object, or a list of either."""
    if isinstance(author, list):
        for one in author:
            yield from _names(one)
    elif isinstance(author, dict):
        yield from _names(author.get("name"))
    elif isinstance(author, str):
        yield author


def _section(page: Page, layout: Layout | None) -> str | None:
    printed = layouts.text(page, layout.section) if layout else None
    if printed:
        return printed
    if section := page.meta.get("article:section"):
        return section
    sections = (node.get("articleSection") for node in page.linked_data)
    return next((name for section in sections for name in _names(section)), None)


def _published(page: Page, body: _Body, text: str, source: Source) -> Published | None:
    titles = layouts.first(page, body.layout.title) if body.layout else [*page.tree.iter("h1")]
    title = titles[0] if titles else None
    around = Surroundings(page, title, list(body.nodes))
    selectors = body.layout.date if body.layout else ()
    return published.decide(
        [
            *published.of_page(page, around, selectors, source.zone, source.fetched_at),
            *published.near_title(None if body.layout else title, source.zone),
            *published.of_address(page.url, source.zone),
            *published.of_hints(source.hints, source.zone),
            *published.of_text(text, source.zone),
        ],
        source.fetched_at,
    )
