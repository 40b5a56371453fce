"""What one sample outlet answers at each of its addresses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http import HTTPStatus
from urllib.parse import parse_qs

from crawler.demo import lists
from crawler.demo.library import FOLDER, SampleArticle, Site, address, articles, url
from crawler.demo.render import article_html, listing_html

HUGE = 20 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    content_type: str
    location: str = ""


@cache
def quirks() -> list[dict[str, str]]:
    """The rows of `quirks.toml`."""
    raw = tomllib.loads((FOLDER / "quirks.toml").read_text(encoding="utf-8"))
    return list(raw["quirk"])


class Outlet:
    """One sample outlet: its articles by address, its lists, its faults."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.base = site.outlet.base_url
        self.articles = [article for article in articles() if article.outlet == site.outlet.id]
        self.by_path = {address(article): article for article in self.articles}
        self.amp = {
            site.amp.format(number=article.number, slug=article.slug): article
            for article in self.articles
            if site.amp
        }
        own = [row for row in quirks() if row["site"] == site.outlet.id]
        self.faults = {row["path"]: row["kind"] for row in own if row["path"]}
        self.extra = [self.base + row["path"] for row in own if row["listed"]]
        self.extra += [self._twin(row) for row in own if row["kind"].endswith("twin")]

    def _twin(self, row: dict[str, str]) -> str:
        """A second address of the newest article."""
        if row["kind"] == "amp_twin":
            return self.base + list(self.amp)[-1]
        return url(self.articles[-1]) + row["suffix"]

    def answer(self, path: str, query: str, edited_at: datetime | None) -> Answer:
        """Answer a GET; `edited_at` is None on the first day."""
        fault = self.faults.get(path)
        if fault and fault != "broken_xml":
            return self._fault(fault, path)
        if article := self.by_path.get(path):
            return self._article(article, query, edited_at, amp=False)
        if article := self.amp.get(path):
            return self._article(article, query, edited_at, amp=True)
        return self._list(path, query, edited_at)

    def _article(
        self, article: SampleArticle, query: str, edited_at: datetime | None, *, amp: bool
    ) -> Answer:
        if article.gone and edited_at:
            return Answer(HTTPStatus.GONE, b"<h1>Berita tidak tersedia</h1>", "text/html")
        pages = article.pages(edited=edited_at is not None)
        if not self.site.page:
            pages = [[paragraph for page in pages for paragraph in page]]
        number = int(parse_qs(query).get("page", ["1"])[0])
        if not 1 <= number <= len(pages):
            return _missing()
        html = article_html(self.site, article, pages, number, amp=amp)
        return self._html(html)

    def _list(self, path: str, query: str, edited_at: datetime | None) -> Answer:
        if path == "/robots.txt":
            return Answer(HTTPStatus.OK, self._robots().encode(), "text/plain")
        if path in ("/", "/berita", "/berita/", "/indeks"):
            return self._listing(path, query, edited_at)
        entries = lists.entries(self.articles, self.extra, edited_at)
        xml = self._xml(path, entries)
        return _missing() if xml is None else Answer(HTTPStatus.OK, xml.encode(), "text/xml")

    def _xml(self, path: str, entries: list[lists.Entry]) -> str | None:
        """The feed or sitemap at `path`, None when this outlet has none there."""
        half = len(entries) // 2
        changed = max(entry.changed for entry in entries)
        if path in self.site.lists and "sitemap" not in path:
            xml = lists.feed(self.site, entries)
            return lists.broken(xml) if path in self.faults else xml
        if path in self.site.lists and "news" in path:
            return lists.sitemap(entries, news=True)
        if path in self.site.lists:
            names = ["sitemap-berita-1.xml", "sitemap-berita-2.xml"]
            return lists.sitemap_index(self.base, names, changed)
        if path == "/sitemap-berita-1.xml":
            return lists.sitemap(entries[:half])
        if path == "/sitemap-berita-2.xml":
            return lists.sitemap(entries[half:])
        return None

    def _listing(self, path: str, query: str, edited_at: datetime | None) -> Answer:
        number = max(1, int(parse_qs(query).get("hal", ["1"])[0]))
        entries = lists.entries(self.articles, self.extra, edited_at)
        shown, more = lists.listing_page(entries, number)
        following = f"{path}?hal={number + 1}" if more else ""
        return self._html(listing_html(self.site, shown, following))

    def _robots(self) -> str:
        closed = "".join(
            f"Disallow: /{path.split('/')[1]}/\n"
            for path, kind in self.faults.items()
            if kind == "closed"
        )
        maps = "".join(f"Sitemap: {self.base}{p}\n" for p in self.site.lists if "sitemap" in p)
        return f"User-agent: *\n{closed or 'Disallow:'}\n{maps}"

    def _html(self, html: str) -> Answer:
        # As browsers do, the outlets that claim Latin-1 mean Windows-1252.
        codec = "cp1252" if self.site.charset == "iso-8859-1" else self.site.charset
        body = html.encode(codec, errors="xmlcharrefreplace")
        return Answer(HTTPStatus.OK, body, f"text/html; charset={self.site.charset}")

    def _fault(self, kind: str, path: str) -> Answer:
        if kind == "redirect_loop":
            return Answer(HTTPStatus.FOUND, b"", "text/html", location=self.base + path)
        if kind == "huge":
            return Answer(HTTPStatus.OK, b"<p>" + b"x" * HUGE, "text/html")
        if kind == "error":
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, b"", "text/html")
        return self._html("<article><h1>Catatan rapat redaksi</h1></article>")


def _missing() -> Answer:
    return Answer(HTTPStatus.NOT_FOUND, b"<h1>404</h1>", "text/html")
