"""What the lists of an outlet say: feeds, sitemaps, listing pages."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import feedparser
from lxml import etree
from parsel import Selector
from scrapy.utils.gz import gunzip

from crawler.networks import network
from crawler.schedule import stamp

MAX_SITEMAP_BYTES = 60 * 1024 * 1024
"""The sitemap protocol allows 50 MB unpacked."""


GZIP = b"\x1f\x8b\x08"


class ListError(Exception):
    """A list that cannot be read; the message is in Indonesian."""


@dataclass(frozen=True)
class Found:
    """An address and what its list says of it; times in UTC as `schedule.stamp` writes them."""

    url: str
    updated_at: str | None = None
    published_at: str | None = None
    hints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contents:
    """What a list names: `pages` are candidates for articles, `lists` lead to more of them."""

    pages: list[Found]
    lists: list[Found] = field(default_factory=list)


def read_feed(body: bytes, url: str) -> Contents:
    """Read RSS or Atom, well-formed or not."""
    # A stream: feedparser would take bare bytes for the name of a file.
    feed = feedparser.parse(BytesIO(body), response_headers={"content-location": url})
    if not feed.entries and not feed.get("version"):
        raise ListError("bukan umpan RSS/Atom")
    if not feed.entries and feed.bozo:
        raise ListError(f"umpan rusak ({feed.bozo_exception})")
    return Contents([_feed_entry(entry, url) for entry in feed.entries if entry.get("link")])


def _feed_entry(entry: Any, url: str) -> Found:
    hints = {name: str(entry[name]) for name in ("title", "author", "published") if entry.get(name)}
    return Found(
        url=urljoin(url, entry.link),
        updated_at=_feed_time(entry, "updated_parsed"),
        published_at=_feed_time(entry, "published_parsed"),
        hints=hints | {"list": url},
    )


def _feed_time(entry: Any, key: str) -> str | None:
    # Past the aliases of feedparser, which give the time of publication for a missing "updated".
    parsed = dict.get(entry, key)
    return stamp(datetime.fromtimestamp(calendar.timegm(parsed), UTC)) if parsed else None


def read_sitemap(body: bytes, url: str, timezone: str) -> Contents:
    """Read a URL or news sitemap, or an index of them, packed or not.

    Times without a zone are in `timezone`.
    """
    if body.startswith(GZIP):
        body = gunzip(body, max_size=MAX_SITEMAP_BYTES)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(body, parser) if body.strip() else None
    name = etree.QName(root).localname if root is not None and isinstance(root.tag, str) else ""
    if root is None or name not in ("urlset", "sitemapindex"):
        raise ListError("bukan peta situs XML")
    found = [_sitemap_entry(node, url, timezone) for node in root.iterchildren(tag=etree.Element)]
    known = [entry for entry in found if entry]
    return Contents([], known) if name == "sitemapindex" else Contents(known)


def _sitemap_entry(node: Any, url: str, timezone: str) -> Found | None:
    texts = {
        etree.QName(child).localname: (child.text or "").strip()
        for child in reversed(list(node.iterdescendants(tag=etree.Element)))
    }
    if not texts.get("loc"):
        return None
    published = texts.get("publication_date")
    hints = {"title": texts.get("title", ""), "published": published} if published else {}
    return Found(
        url=urljoin(url, texts["loc"]),
        updated_at=w3c_time(texts.get("lastmod", ""), timezone),
        published_at=w3c_time(published or "", timezone),
        hints=hints | {"list": url},
    )


def w3c_time(text: str, timezone: str) -> str | None:
    """Read a time of a sitemap; a bare day is its first moment."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=ZoneInfo(timezone))
    return stamp(when)


def read_listing(body: Selector, url: str, network_name: str) -> Contents:
    """Read the links of a listing page and where it goes on."""
    rules = network(network_name)
    links = dict.fromkeys(_links(body, rules.listing_links, url))
    following = dict.fromkeys(_links(body, rules.listing_next, url))
    return Contents(
        [Found(link, hints={"list": url}) for link in links if link not in following],
        [Found(link) for link in following if link != url],
    )


def _links(body: Selector, xpath: str, url: str) -> Iterator[str]:
    for link in body.xpath(xpath).getall():
        address = urljoin(url, link.strip())
        if address.startswith(("http://", "https://")):
            yield address.split("#", 1)[0]
