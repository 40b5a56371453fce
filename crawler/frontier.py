"""From what a list says to what is asked for: which addresses count, and under which key."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from crawler.discovery import Contents, Found
from crawler.networks import canonical, further_pages, is_article, is_ignored, unique_key
from crawler.outlets import Outlet
from crawler.schedule import now
from db.announced import Announcement


@dataclass(frozen=True)
class Sifted:
    """The announcements of a list, and how many entries were left out for their age."""

    pages: list[Announcement]
    lists: list[Announcement]
    old: int


def sift(contents: Contents, outlet: Outlet, kind: str, oldest: str | None) -> Sifted:
    """Choose from a list of `kind` what belongs to the outlet and has the form of an article.

    A feed is trusted with odd addresses. Entries of a sitemap from before `oldest` are left out.
    """
    pages = [f for f in contents.pages if outlet.owns(f.url) and _is_page(f, outlet, kind)]
    lists = [f for f in contents.lists if outlet.owns(f.url)]
    young = [f for f in pages if kind != "sitemap" or not _is_old(f, oldest)]
    young_lists = [f for f in lists if kind != "sitemap" or not _is_old(f, oldest)]
    return Sifted(
        [_page(found, outlet) for found in young],
        [Announcement(f.url, f.url, outlet.id, kind, updated_at=f.updated_at) for f in young_lists],
        len(pages) - len(young) + len(lists) - len(young_lists),
    )


def _is_page(found: Found, outlet: Outlet, kind: str) -> bool:
    if kind == "feed":
        return not is_ignored(found.url, outlet.network)
    return is_article(found.url, outlet.network)


def _is_old(found: Found, oldest: str | None) -> bool:
    dated = [when for when in (found.updated_at, found.published_at) if when]
    return oldest is not None and bool(dated) and max(dated) < oldest


def _page(found: Found, outlet: Outlet) -> Announcement:
    url = _with_scheme_of(outlet, canonical(found.url, outlet.network))
    return Announcement(
        key=unique_key(url, outlet.network),
        url=url,
        outlet_id=outlet.id,
        updated_at=found.updated_at,
        hints=found.hints,
    )


def _with_scheme_of(outlet: Outlet, url: str) -> str:
    """http and https of the outlet's own host are one address: that of `base_url`."""
    parts, base = urlsplit(url), urlsplit(outlet.base_url)
    if parts.hostname != base.hostname:
        return url
    return urlunsplit(parts._replace(scheme=base.scheme))


def continued(outlet: Outlet, first: str, url: str, links: list[str]) -> list[Announcement]:
    """What follows page `url` of the article whose first page is `first`.

    It counts as changed now: it is read whenever the page before it is new or has changed.
    """
    at = now()
    return [
        Announcement(address, address, outlet.id, page_of=first, updated_at=at)
        for address in further_pages(url, links, outlet.network)
    ]
