"""A trial read of an outlet that is not yet on the list: what would be stored, and what fails.

It is a crawl like any other (robots.txt, pauses, a truthful name) into a base that is thrown away,
stopped after a few answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from crawler import extract
from crawler.configure import overrides
from crawler.outlets import Outlet, check
from crawler.report import CrawlReport
from crawler.run import crawl
from db.base import Home
from db.config import Config

PAGES: Final = 3
SECONDS: Final = 45
_BEGINNING: Final = 600

_ARTICLES: Final = """
    SELECT url, title, author, published_at, published_from, published_is_guess, extractor, text
    FROM articles ORDER BY published_at IS NULL, length(text) DESC
"""
_REFUSED: Final = """
    SELECT url, extract_error AS reason FROM fetches WHERE kind = 'page' AND extract_error NOT NULL
"""


@dataclass
class Trial:
    """`lists` were readable and named `announced` addresses; of `articles` the best comes first.

    An article has the columns of `articles`, its `text` cut to the beginning and its `length`.
    `failures` are pairs of address and reason, in Indonesian.
    """

    outlet: str
    lists: int = 0
    announced: int = 0
    articles: list[dict[str, Any]] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return not self.articles

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "ok": not self.failed}

    def __str__(self) -> str:
        lines = [f"{self.outlet}: {self.lists} daftar terbaca, {self.announced} alamat disebut."]
        for one in self.articles:
            guess = " (perkiraan)" if one["published_is_guess"] else ""
            lines += [
                f"  {one['title']}",
                f"    terbit {one['published_at'] or 'tidak diketahui'}{guess}, "
                f"{one['length']} huruf, dibaca dengan {one['extractor']}",
                f"    {one['text'][:200]}",
                f"    {one['url']}",
            ]
        lines += [f"  {address}: {reason}" for address, reason in self.failures]
        return "\n".join(lines)


def trial(row: Mapping[str, str], config: Config) -> Trial:
    """Read the lists of the outlet that the row describes and a few of its articles.

    `row` has the columns of `outlets.csv`. Raises `OutletError` and `CrawlError`.
    """
    outlet = check(row)
    with TemporaryDirectory(prefix="pantau-coba-") as folder:
        home = Home(Path(folder) / "berita.db")
        proxy = config.pengambilan["proksi"] or None
        crawled = crawl(home, [outlet], proxy=proxy, settings=_settings(outlet, config))
        extract.run(home)
        return _told(home, outlet, crawled)


def _settings(outlet: Outlet, config: Config) -> dict[str, Any]:
    """Those of every crawl, and an end: robots.txt, each list, a front page, and some pages."""
    lists = len(outlet.feeds) + len(outlet.sitemaps) + len(outlet.listings)
    return {
        **overrides(config.pengambilan),
        "CONCURRENT_REQUESTS": 1,  # what has been handed to the downloader is fetched to the end
        "CLOSESPIDER_PAGECOUNT": lists + 2 + PAGES,
        "CLOSESPIDER_TIMEOUT": SECONDS,
        "PANTAU_LISTING_PAGES": 1,
    }


def _told(home: Home, outlet: Outlet, crawled: CrawlReport) -> Trial:
    told = Trial(outlet.id, lists=crawled.total("lists_ok"), announced=crawled.total("announced"))
    told.failures = [(failure.url, failure.reason) for failure in crawled.failures]
    with closing(home.open_berita()) as db:
        for row in db.query(_ARTICLES):
            text = row["text"]
            told.articles.append({**row, "text": text[:_BEGINNING], "length": len(text)})
        told.failures += [(row["url"], row["reason"]) for row in db.query(_REFUSED)]
    return told
