"""The stage itself: every document into the archive first, then through extraction like a page."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from crawler import extract, schedule
from crawler.archive import Archive, Label, Place
from crawler.imports import readers
from crawler.imports.documents import Document, Refused
from crawler.imports.owners import Owners
from crawler.imports.report import ImportReport
from crawler.outlets import Outlet
from db import fetches, reference
from db.base import BaseError, Home, explain, writing
from db.fetches import Fetch

Progress = Callable[[int, int | None], None]

_BATCH = 200  # documents in one transaction


def import_files(
    home: Home,
    paths: Iterable[Path],
    *,
    progress: Progress | None = None,
    outlets: Iterable[Outlet] = (),
) -> ImportReport:
    """Import files of JSON lines, CSV, text, HTML or WARC, and make articles of them.

    Nothing is stored twice. `progress` is told documents read (in all: None), then articles made.
    Raises `BaseError` when base or archive cannot be used.
    """
    try:
        with closing(home.open_berita()) as db, Archive(home.archive) as archive:
            reference.load(db)
            desk = _Desk(db, archive, Owners(db, outlets), progress)
            for path in paths:
                desk.take(path)
    except sqlite3.Error as error:
        raise BaseError(explain(home.berita, error)) from error
    except OSError as error:  # of the archive: the readers answer for their own files
        raise BaseError(explain(home.archive, error)) from error
    desk.report.extract = extract.run(home, progress=progress)
    return desk.report


class _Desk:
    """Takes documents in, a batch at a time."""

    def __init__(
        self, db: Database, archive: Archive, owners: Owners, progress: Progress | None
    ) -> None:
        self.report = ImportReport()
        self._db = db
        self._archive = archive
        self._owners = owners
        self._progress = progress
        self._batch: dict[tuple[str, str], Document] = {}

    def take(self, path: Path) -> None:
        """Take every document of a file."""
        self.report.files += 1
        for item in readers.read(path):
            if isinstance(item, Refused):
                self.report.refuse(item)
            else:
                self._take(item)
        self._store()

    def _take(self, document: Document) -> None:
        sha256 = hashlib.sha256(document.body).hexdigest()
        if (document.url, sha256) in self._batch or self._is_known(document.url, sha256):
            self.report.known += 1
        else:
            self._batch[document.url, sha256] = document
        if len(self._batch) >= _BATCH:
            self._store()

    def _is_known(self, url: str, sha256: str) -> bool:
        row = self._db.execute(
            "SELECT 1 FROM fetches WHERE url = ? AND sha256 = ?", [url, sha256]
        ).fetchone()
        return row is not None

    def _store(self) -> None:
        """Write the batch to the archive, then note all of it in one transaction."""
        written = [self._write(document) for document in self._batch.values()]
        self._archive.sync()
        with writing(self._db):
            for fetch in written:
                fetches.record(self._db, fetch)
        self.report.stored += len(written)
        self._batch.clear()
        if self._progress:
            self._progress(self.report.stored + self.report.known, None)

    def _write(self, document: Document) -> Fetch:
        label = Label(
            outlet_id=self._owners.of(document.outlet),
            kind="import",
            fetched_at=document.fetched_at or schedule.now(),
            page_of=document.page_of,
            hints=document.hints,
        )
        place = self._archive.write_resource(
            document.url, document.body, document.content_type, label, sync=False
        )
        return _fetch(document, label, place)


def _fetch(document: Document, label: Label, place: Place) -> Fetch:
    """The row of `fetches` for a document that lies at `place`."""
    return Fetch(
        outlet_id=label.outlet_id,
        url=document.url,
        kind=label.kind,
        fetched_at=label.fetched_at,
        page_of=label.page_of,
        status=200,
        content_type=document.content_type,
        hints=json.dumps(dict(label.hints), ensure_ascii=False) if label.hints else None,
        bytes=place.bytes,
        sha256=place.sha256,
        warc_file=place.file,
        warc_offset=place.offset,
        warc_length=place.length,
    )
