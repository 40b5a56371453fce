"""An archive with a base for extraction tests: answers are written as the crawler writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler import schedule
from crawler.archive import Archive, Label
from db import fetches, reference
from db.base import Home
from db.fetches import Fetch

START = datetime(2024, 10, 7, 6, tzinfo=UTC)
OUTLET = {
    "id": "contoh.example",
    "name": "Contoh",
    "network": "wordpress",
    "kind": "lokal",
    "province_code": "64",
    "timezone": "Asia/Makassar",
}


def article(title: str, *paragraphs: str, head: str = "", foot: str = "") -> bytes:
    """A page of a WordPress outlet; each paragraph is made long enough for a real one."""
    body = "".join(f"<p>{text} {FILLER}</p>" for text in paragraphs)
    return (
        f"<html><head>{head}<meta property='article:published_time' "
        f"content='2024-10-07T09:30:00+08:00'></head><body><article><h1 class='entry-title'>{title}"
        f"</h1><div class='entry-content'>{body}{foot}</div></article></body></html>"
    ).encode()


FILLER = (
    "Keterangan itu disampaikan dalam rapat terbuka yang dihadiri perwakilan warga, pengawas "
    "kecamatan, dan aparat desa di balai pertemuan umum."
)


@dataclass
class Shelf:
    """Answers of one outlet, one hour apart unless said otherwise."""

    home: Home
    hours: int = 0
    archive: Archive = field(init=False)
    db: Database = field(init=False)

    def __post_init__(self) -> None:
        self.archive = Archive(self.home.archive)
        self.db = self.home.open_berita()
        reference.load(self.db)
        fetches.save_outlets(self.db, [OUTLET])

    def close(self) -> None:
        self.archive.close()
        self.db.close()

    def put(
        self,
        url: str,
        body: bytes = b"",
        status: int = 200,
        *,
        page_of: str | None = None,
        hints: dict[str, str] | None = None,
        content_type: str = "text/html; charset=utf-8",
        hour: int | None = None,
    ) -> None:
        """Archive and record one answer."""
        self.hours = self.hours + 1 if hour is None else hour
        when = schedule.stamp(START + timedelta(hours=self.hours))
        label = Label("contoh.example", "page", when, page_of=page_of, hints=hints or {})
        headers = [("Content-Type", content_type)]
        place = self.archive.write_response(url, status, headers, body, label)
        fetch = Fetch(
            outlet_id=label.outlet_id,
            url=url,
            kind=label.kind,
            fetched_at=when,
            page_of=page_of,
            status=status,
            content_type=content_type,
            bytes=place.bytes,
            sha256=place.sha256,
            warc_file=place.file,
            warc_offset=place.offset,
            warc_length=place.length,
        )
        fetches.record(self.db, fetch)


def tables(home: Home) -> dict[str, list[dict[str, Any]]]:
    """What articles and versions say, without row numbers, in an order of their own."""
    with home.open_berita() as db:
        articles = db.query(
            "SELECT a.key, a.url, a.outlet_id, title, text, author, section, published_at, "
            "published_from, published_is_guess, version, first_seen_at, last_seen_at, gone_at, "
            "extractor, f.url AS fetch, f.fetched_at FROM articles a "
            "JOIN fetches f ON f.id = a.fetch_id ORDER BY a.key"
        )
        versions = db.query(
            "SELECT a.key, v.number, v.title, v.text, v.text_sha256, v.fetched_at "
            "FROM article_versions v JOIN articles a ON a.id = v.article_id ORDER BY 1, 2"
        )
        stems = db.query(
            "SELECT a.key FROM articles_stems s JOIN articles a ON a.id = s.rowid "
            "WHERE articles_stems MATCH 'rapat' ORDER BY 1"
        )
        waiting = db.query(
            "SELECT url, extract_error, article_group FROM fetches ORDER BY fetched_at, url"
        )
        return {
            "articles": list(articles),
            "versions": list(versions),
            "stems": list(stems),
            "fetches": list(waiting),
        }


def home_at(path: Path) -> Home:
    path.mkdir(parents=True, exist_ok=True)
    return Home(path / "berita.db")
