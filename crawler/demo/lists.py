"""What the sample outlets offer for discovery: feeds, sitemaps, listing pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from crawler.demo.library import SampleArticle, Site, url

LISTING_SIZE = 10
"""Articles on one listing page."""


@dataclass(frozen=True)
class Entry:
    """One announced address; `changed` is its `lastmod`."""

    url: str
    title: str
    published: datetime
    changed: datetime


def entries(
    articles: list[SampleArticle], extra: list[str], edited_at: datetime | None
) -> list[Entry]:
    """Newest first; an edited article carries the time of its edit. `extra`: quirky addresses."""
    found = [
        Entry(
            url(article),
            article.title,
            article.published_at,
            edited_at if edited_at and article.edited_body else article.published_at,
        )
        for article in reversed(articles)
    ]
    oldest = min(entry.published for entry in found)
    return found + [Entry(address, "Berita lain", oldest, oldest) for address in extra]


def feed(site: Site, found: list[Entry]) -> str:
    """RSS 2.0."""
    items = "".join(
        f"<item><title>{escape(entry.title)}</title><link>{escape(entry.url)}</link>"
        f"<guid>{escape(entry.url)}</guid><pubDate>{format_datetime(entry.published)}</pubDate>"
        f"<atom:updated>{entry.changed.isoformat()}</atom:updated></item>"
        for entry in found
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(site.outlet.name)}</title><link>http://{site.outlet.id}/</link>{items}</channel></rss>"
    )


def broken(xml: str) -> str:
    """A feed as careless plug-ins write it: a bare ampersand, an entity nobody declared, no end."""
    return xml.replace("<title>", "<title>Kabar & Peristiwa &nbsp;", 1).removesuffix(
        "</channel></rss>"
    )


def sitemap(found: list[Entry], *, news: bool = False) -> str:
    """A URL sitemap, or a Google News one."""
    namespace = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"' if news else ""
    urls = "".join(
        f"<url><loc>{escape(entry.url)}</loc><lastmod>{entry.changed.isoformat()}</lastmod>"
        + (_news(entry) if news else "")
        + "</url>"
        for entry in found
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{namespace}>{urls}</urlset>'
    )


def _news(entry: Entry) -> str:
    return (
        "<news:news><news:publication><news:language>id</news:language></news:publication>"
        f"<news:publication_date>{entry.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(entry.title)}</news:title></news:news>"
    )


def sitemap_index(base: str, names: list[str], changed: datetime) -> str:
    """An index that points to the sitemaps `names`."""
    maps = "".join(
        f"<sitemap><loc>{base}/{name}</loc><lastmod>{changed.isoformat()}</lastmod></sitemap>"
        for name in names
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
    )


def listing_page(found: list[Entry], number: int) -> tuple[list[Entry], bool]:
    """The entries of listing page `number` (from 1) and whether there is a next one."""
    start = (number - 1) * LISTING_SIZE
    return found[start : start + LISTING_SIZE], len(found) > start + LISTING_SIZE
