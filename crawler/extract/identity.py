"""Which responses belong to one article: AMP and tracked twins, page 2 and on, later visits."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlite_utils import Database

from crawler import networks
from crawler.extract.page import Page
from crawler.extract.shelf import Shelf
from db import extraction
from db.extraction import Row


def address(url: str, page: Page | None, network: str) -> str:
    """The canonical address of the article at `url`, as the page itself calls it if credible."""
    own = _canonical(url, network)
    named = _canonical(page.canonical, network) if page and page.canonical else own
    return named if _is_credible(named, own, network) else own


def _canonical(url: str, network: str) -> str:
    try:
        return networks.canonical(url, network) if _is_web(url) else url
    except ValueError:  # an address that is none
        return url


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _is_credible(named: str, own: str, network: str) -> bool:
    """Many templates name the front page or the section on every article."""
    if named == own:
        return True
    same_host = urlsplit(named).hostname == urlsplit(own).hostname
    return same_host and networks.is_article(named, network)


def group_of(db: Database, shelf: Shelf, row: Row) -> str:
    """The name shared by all responses of the article that `row` is part of.

    An answer without a page (304, 404) and page 2 and on follow what their address was before.
    """
    first = row["page_of"] or row["url"]
    network = shelf.outlet(row["outlet_id"]).network
    if row["page_of"] or row["status"] != 200:
        if known := extraction.group_of(db, first):
            return known
        return _key(_canonical(first, network), network)
    return _key(address(first, shelf.try_page(row), network), network)


def _key(url: str, network: str) -> str:
    try:
        return networks.unique_key(url, network) if _is_web(url) else url
    except ValueError:
        return url
