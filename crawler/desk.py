"""The desk of one crawl: base, archive and report, and what is written to them when."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.responsetypes import responsetypes
from sqlite_utils import Database

from crawler.archive import Archive, ArchiveError, Label, Record, read
from crawler.outlets import Outlet
from crawler.schedule import Schedule, now
from db import announced, fetches, reference
from db.announced import Announcement, Entry
from db.base import BaseError, Home, explain, writing
from db.fetches import Fetch

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Headers, Response


PLACE = ("file", "offset", "length")
"""The columns of `fetches`, less their prefix, that say where a record lies."""


class CrawlError(Exception):
    """A crawl that could not be done; the message is in Indonesian."""


class Desk:
    """Where a crawl writes. One process at a time: the archive folder is locked while it is open.

    `hosts` tells for which outlet a host is visited, so that robots.txt has one too;
    `silent_hosts` are those whose robots.txt answered with a server error.
    """

    def __init__(self, home: Home, outlets: Iterable[Outlet], software: str) -> None:
        self._lock = _locked(home.archive / ".kunci")
        self.home = home
        self.db: Database = home.open_berita()
        self.archive = Archive(home.archive, software)
        self.hosts: dict[str, str] = {}
        self.silent_hosts: set[str] = set()
        reference.load(self.db)
        fetches.save_outlets(self.db, [_row(outlet) for outlet in outlets])

    def close(self) -> None:
        self.archive.close()
        self.db.close()
        self._lock.close()

    def transaction(self) -> AbstractContextManager[Any]:
        return writing(self.db)

    def validators(self, url: str) -> dict[str, str]:
        """The header lines that make a request for `url` conditional."""
        known = fetches.newest_good(self.db, url) or {}
        names = {"If-None-Match": "etag", "If-Modified-Since": "last_modified"}
        return {name: known[column] for name, column in names.items() if known.get(column)}

    def keep(self, request: Request, response: Response) -> None:
        """Archive an answer, then record it; `request.meta` learns the row and whether it is new.

        `fetch_id` is the row of `fetches`; `same_body`: the body is that of the last good answer.
        """
        fetch = self._fetch(request)
        if fetch is None:
            return
        place = self.archive.write_response(
            request.url,
            response.status,
            _lines(response.headers),
            response.body,
            self._label(request, fetch),
            request_headers=_lines(request.headers),
        )
        if fetch.kind == "robots":
            self._hear_robots(request.url, response.status)
        known = fetches.newest_good(self.db, request.url)
        request.meta["same_body"] = bool(known and known["sha256"] == place.sha256)
        request.meta["fetch_id"] = fetches.record(
            self.db,
            replace(
                fetch,
                status=response.status,
                content_type=_text(response.headers, "Content-Type"),
                etag=_text(response.headers, "ETag"),
                last_modified=_text(response.headers, "Last-Modified"),
                bytes=place.bytes,
                sha256=place.sha256,
                warc_file=place.file,
                warc_offset=place.offset,
                warc_length=place.length,
            ),
        )

    def _hear_robots(self, url: str, status: int) -> None:
        host = urlsplit(url).netloc
        if status >= 500:
            self.silent_hosts.add(host)
        else:
            self.silent_hosts.discard(host)

    def kept(self, request: Request, since: str | None) -> Response | None:
        """The answer that an earlier run kept after `since` but was killed before it settled."""
        row = fetches.newest(self.db, request.url) or {"status": None}
        if row["status"] not in fetches.ANSWERS or row["fetched_at"] <= (since or ""):
            return None
        try:
            record = read(self.home.archive, *(row[f"warc_{part}"] for part in PLACE))
        except ArchiveError:
            return None  # then it is asked for anew
        request.meta.update(fetch_id=row["id"], same_body=False)
        form = responsetypes.from_args(url=request.url, headers=_headers(record), body=record.body)
        return form(
            request.url,
            status=row["status"],
            headers=_headers(record),
            body=record.body,
            request=request,
        )

    def keep_failure(self, request: Request, reason: str) -> None:
        """Record that a request brought no answer."""
        if fetch := self._fetch(request):
            fetches.record(self.db, replace(fetch, error=reason))

    def _fetch(self, request: Request) -> Fetch | None:
        """What is known before the answer; Scrapy itself asks for robots.txt, without meta."""
        meta = request.meta
        outlet = meta.get("outlet") or self.hosts.get(urlsplit(request.url).netloc)
        if outlet is None:
            return None
        meta["outlet"] = outlet  # a redirected robots.txt keeps it
        hints = json.dumps(meta["hints"], ensure_ascii=False) if meta.get("hints") else None
        kind = meta.get("kind", "robots")
        return Fetch(outlet, request.url, kind, now(), page_of=meta.get("page_of"), hints=hints)

    @staticmethod
    def _label(request: Request, fetch: Fetch) -> Label:
        hints = request.meta.get("hints") or {}
        key = request.meta.get("key")
        return Label(
            fetch.outlet_id, fetch.kind, fetch.fetched_at, fetch.page_of, key=key, hints=hints
        )

    def announce(self, found: Iterable[Announcement]) -> int:
        """Keep what a list named; return how many addresses were unknown."""
        return announced.announce(self.db, found, now())

    def due(
        self, outlet: Outlet, schedule: Schedule, keys: Iterable[str] | None = None
    ) -> list[Entry]:
        """What is to be requested of this outlet; with `keys`, among those alone."""
        known = announced.entries(self.db, outlet.id, keys)
        return [entry for entry in known if schedule.is_due(entry)]

    def answered(self, meta: Mapping[str, Any], status: int) -> None:
        """Note a definite answer (200, 304, 404, 410) to an announced address."""
        if key := meta.get("key"):
            announced.answered(self.db, key, status, now())

    def failed(self, meta: Mapping[str, Any]) -> None:
        """Note that an announced address gave no usable answer."""
        if key := meta.get("key"):
            announced.failed(self.db, key, now())

    def mark_read(self, meta: Mapping[str, Any], error: str | None = None) -> None:
        """Note that the entries of a list are kept, or why it could not be read."""
        fetches.mark_read(self.db, meta["fetch_id"], now(), error)


def _locked(path: Path) -> Any:
    """Open and lock `path`; the lock goes with the process, however that ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("w")
    except OSError as error:
        raise BaseError(explain(path.parent, error)) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise CrawlError(f"{path.parent}: perayapan lain sedang berjalan.") from None
    return file


def _row(outlet: Outlet) -> dict[str, Any]:
    names = ("id", "name", "network", "kind", "province_code", "timezone")
    return {name: getattr(outlet, name) for name in names}


def _lines(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]


def _headers(record: Record) -> Headers:
    """Its header lines, without the encoding that the archive has undone."""
    from scrapy.http import Headers

    undone = ("content-encoding", "transfer-encoding", "content-length")
    return Headers({name: text for name, text in record.headers.items() if name not in undone})


def _text(headers: Headers, name: str) -> str | None:
    value = headers.get(name)
    return value.decode("latin-1") if value else None
