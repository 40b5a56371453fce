"""A page, decoded and parsed once: its tree, JSON-LD and meta tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, cast
from urllib.parse import urljoin

from lxml import etree, html
from lxml.cssselect import CSSSelector
from w3lib.encoding import html_to_unicode

ARTICLE_TYPES = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting"}
)
# Lists of other articles: what they hold is not about this page.
LISTS = frozenset({"ItemList", "BreadcrumbList", "CollectionPage", "SearchResultsPage"})


class PageError(Exception):
    """A body that is no page; the message is in Indonesian."""


@dataclass(frozen=True, eq=False)
class Page:
    """`url` is where the page was fetched; `tree` its root element."""

    url: str
    tree: html.HtmlElement

    def select(self, selector: str) -> list[html.HtmlElement]:
        """Every element that the CSS selector finds, in document order."""
        return select(self.tree, selector)

    @cached_property
    def linked_data(self) -> list[dict[str, Any]]:
        """Every JSON-LD object outside lists, articles first, each in document order."""
        nodes = [node for data in self._scripts() for node in _objects(data)]
        return sorted(nodes, key=lambda node: not types(node) & ARTICLE_TYPES)

    def _scripts(self) -> Iterator[Any]:
        for script in self.tree.iter("script"):
            if "ld+json" in (script.get("type") or ""):
                try:
                    yield json.loads(script.text or "", strict=False)
                except (ValueError, RecursionError):
                    continue  # broken JSON-LD is common; the other sources remain

    @cached_property
    def meta(self) -> dict[str, str]:
        """Content of the meta tags by lower-cased property, name or itemprop; first one wins."""
        found: dict[str, str] = {}
        for tag in self.tree.iter("meta"):
            name = tag.get("property") or tag.get("name") or tag.get("itemprop")
            content = (tag.get("content") or "").strip()
            if name and content:
                found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def canonical(self) -> str | None:
        """What the page itself calls its address, made absolute."""
        for link in self.tree.iter("link"):
            address: str = (link.get("href") or "").strip()
            if address and "canonical" in (link.get("rel") or "").lower().split():
                try:
                    return urljoin(self.url, address)
                except ValueError:
                    return None
        return None


@cache
def compiled(selector: str) -> CSSSelector:
    """Compile a CSS selector once."""
    return CSSSelector(selector, translator="html")


def select(node: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Every element in `node` that the CSS selector finds, in document order."""
    return cast(list[html.HtmlElement], compiled(selector)(node))


def types(node: dict[str, Any]) -> set[str]:
    """The `@type` of a JSON-LD object, which may be one name or a list."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return {name for name in names if isinstance(name, str)}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Walk JSON-LD breadth first, so that an outer object comes before what it holds."""
    waiting = [data]
    while waiting:
        level, waiting = waiting, []
        for item in level:
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict) and not types(item) & LISTS:
                yield item
                waiting.extend(value for value in item.values() if isinstance(value, dict | list))


def parse(body: bytes, url: str, content_type: str | None = None) -> Page:
    """Parse a response body. Raises `PageError` when there is nothing to parse."""
    text = decode(body, content_type)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise PageError("halaman kosong") from error
    return Page(url, tree)


def decode(body: bytes, content_type: str | None = None) -> str:
    """Decode by BOM, HTTP header or meta tag; else, or where those lie, as UTF-8 or Latin-1."""
    _, text = html_to_unicode(content_type, body, auto_detect_fun=_detect)
    if "\ufffd" in text and _detect(body) != "utf-8":
        text = body.decode("cp1252", "replace")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def _detect(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def text_of(node: html.HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(node.text_content().split())
