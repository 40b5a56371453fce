"""The sample outlets and their articles, read from `sites.toml` and `articles/*.toml`."""

from __future__ import annotations

import tomllib
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.outlets import Outlet, load

FOLDER = Path(__file__).parent
OUTLETS = FOLDER / "outlets.csv"
PAGE_BREAK = "===halaman==="


@dataclass(frozen=True)
class Site:
    """One invented outlet and how the server plays it; see `sites.toml` for the fields."""

    outlet: Outlet
    brand: str
    template: str
    dateline: str
    url: str
    amp: str = ""
    page: str = ""
    charset: str = "utf-8"

    @property
    def lists(self) -> list[str]:
        """The paths that it offers for discovery."""
        found = (*self.outlet.feeds, *self.outlet.sitemaps, *self.outlet.listings)
        return [urlsplit(address).path for address in found]


@dataclass(frozen=True)
class SampleArticle:
    """One invented article with the gold answer of a careful reader."""

    id: str
    outlet: str
    slug: str
    title: str
    published_at: datetime
    dateline: str
    body: str
    gold: dict[str, Any]
    kicker: str = ""
    section: str = "Pilkada"
    author: str = ""
    editor: str = ""
    caption: str = ""
    read_also: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    event: str = ""
    copy_of: str = ""
    edited_body: str = ""
    gone: bool = False

    @property
    def number(self) -> str:
        """Ten digits that never change, as the content systems of the networks give."""
        return f"{1_000_000_000 + zlib.crc32(self.id.encode()) % 9_000_000_000}"

    def pages(self, *, edited: bool = False) -> list[list[str]]:
        """The paragraphs of each page, at the first visit or after the edit."""
        body = self.edited_body if edited and self.edited_body else self.body
        return [
            [paragraph.strip() for paragraph in page.split("\n\n") if paragraph.strip()]
            for page in body.split(PAGE_BREAK)
        ]

    @property
    def text(self) -> str:
        """What extraction should find, without the dateline: every paragraph of every page."""
        return "\n\n".join(paragraph for page in self.pages() for paragraph in page)


@cache
def sites() -> dict[str, Site]:
    """All sample outlets by id."""
    raw = tomllib.loads((FOLDER / "sites.toml").read_text(encoding="utf-8"))
    plays = {entry.pop("id"): entry for entry in raw["site"]}
    return {outlet.id: Site(outlet, **plays[outlet.id]) for outlet in load(OUTLETS)}


@cache
def articles() -> list[SampleArticle]:
    """All sample articles, oldest first."""
    found = [_read(path) for path in sorted((FOLDER / "articles").glob("*.toml"))]
    return sorted(found, key=lambda article: (article.published_at, article.id))


def _read(path: Path) -> SampleArticle:
    try:
        return SampleArticle(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error


def address(article: SampleArticle) -> str:
    """The path of the article on its outlet, without host."""
    site, day = sites()[article.outlet], article.published_at
    return site.url.format(
        number=article.number,
        slug=article.slug,
        section=article.section.lower().replace(" ", "-"),
        year=day.year,
        month=f"{day.month:02}",
        day=f"{day.day:02}",
    )


def url(article: SampleArticle) -> str:
    """The canonical address."""
    return f"http://{article.outlet}{address(article)}"
