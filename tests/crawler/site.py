"""A real HTTP server for crawler tests: pages by URL, answering as a proxy for `.example` hosts."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from crawler.outlets import Outlet
from crawler.report import CrawlReport
from crawler.run import crawl
from db.base import Home

QUICK: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_TIMEOUT": 5,
    "DOWNLOAD_MAXSIZE": 100_000,
    "RETRY_TIMES": 1,
    "PANTAU_SITEMAP_DAYS": 0,
}


@dataclass
class Answer:
    """`delay` in seconds; `etag`: answer 304 to the matching request."""

    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    etag: bool = False
    packed: bool = False
    delay: float = 0
    drop: bool = False


@dataclass
class Asked:
    url: str
    headers: dict[str, str]


class Site(ThreadingHTTPServer):
    """`answers` by full URL; what is not there is a 404.

    `asked` holds every request in order, `busy` how many wait for their answer.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.busy = 0
        self.on_request: Callable[[], None] = lambda: None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: the crawler hangs up on answers that are too slow or too large."""

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def put(self, url: str, body: str | bytes, **how: Any) -> None:
        self.answers[url] = Answer(body.encode() if isinstance(body, str) else body, **how)

    def urls(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [asked.url for asked in self.asked if not asked.url.endswith("/robots.txt")]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        lines = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(self.path, lines))
        self.server.busy += 1
        self.server.on_request()
        answer = self.server.answers.get(self.path, Answer(b"<h1>404</h1>", 404))
        time.sleep(answer.delay)
        self.server.busy -= 1
        if answer.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        body, status = answer.body, answer.status
        etag = f'"{sha256(body).hexdigest()[:12]}"'
        if answer.etag and self.headers.get("If-None-Match") == etag:
            body, status = b"", 304
        headers = dict(answer.headers)
        if answer.packed and body:
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        if answer.etag:
            headers["ETag"] = etag
        self.send_response(status)
        for name, value in {"Content-Type": answer.type, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the crawler had enough

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (name of the base class)
        """Stay silent."""


@contextmanager
def serving() -> Iterator[Site]:
    server = Site()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Newsroom:
    """A site, a base and an outlet of it."""

    site: Site
    home: Home

    def crawl(self, *outlets: Outlet, recheck: bool = False, **settings: Any) -> CrawlReport:
        self.site.asked.clear()
        return crawl(
            self.home,
            outlets or [outlet()],
            recheck=recheck,
            proxy=self.site.proxy,
            settings=QUICK | settings,
        )

    def rows(self, condition: str = "1", **values: object) -> list[dict[str, Any]]:
        db = self.home.open_berita()
        try:
            return list(db.query(f"SELECT * FROM fetches WHERE {condition} ORDER BY id", values))  # noqa: S608 (tests)
        finally:
            db.close()


@contextmanager
def newsroom(folder: Path) -> Iterator[Newsroom]:
    with serving() as site:
        yield Newsroom(site, Home(folder / "berita.db"))


HOST = "kabarkita.example"
BASE = f"http://{HOST}"
FEED = f"{BASE}/feed/"


def outlet(domain: str = HOST, **fields: Any) -> Outlet:
    base = f"http://{domain}"
    values: dict[str, Any] = {
        "id": domain,
        "name": "Kabar Kita",
        "network": "wordpress",
        "kind": "lokal",
        "province_code": "65",
        "timezone": "Asia/Makassar",
        "base_url": base,
        "feeds": (f"{base}/feed/",),
        "sitemaps": (),
        "listings": (),
    }
    return Outlet(**(values | fields))


def full_outlet() -> Outlet:
    """An outlet with a feed, a sitemap index and a listing."""
    return outlet(sitemaps=(f"{BASE}/sitemap.xml",), listings=(f"{BASE}/berita/",))


def article(number: int, host: str = HOST) -> str:
    """The address of an article."""
    return f"http://{host}/2024/11/{number:02}/bawaslu-bulungan-terima-laporan-{number}/"


def page(title: str, *links: str) -> str:
    anchors = "".join(f'<a href="{link}">selengkapnya</a>' for link in links)
    return f"<html><body><h1>{title}</h1><p>Isi berita {title}.</p>{anchors}</body></html>"


def feed(*urls: str, updated: dict[str, str] | None = None) -> str:
    """RSS 2.0; `updated` gives an atom:updated by URL."""
    items = "".join(
        f"<item><title>Berita</title><link>{url}</link><pubDate>{formatdate(1732000000)}</pubDate>"
        + (f"<atom:updated>{updated[url]}</atom:updated>" if updated and url in updated else "")
        + "</item>"
        for url in urls
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Kabar Kita</title>{items}</channel></rss>"
    )


def sitemap(*urls: str, lastmod: str = "", index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = "".join(f"<{inner}><loc>{url}</loc>{changed}</{inner}>" for url in urls)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{outer} xmlns="{namespace}">{entries}</{outer}>'
