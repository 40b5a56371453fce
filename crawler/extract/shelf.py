"""The documents of the archive, read by the rows of `fetches` that point to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from crawler import archive
from crawler.archive import ArchiveError, Record
from crawler.extract import dates, page
from crawler.extract.page import Page, PageError
from crawler.extract.reading import NoArticle, Source
from db.extraction import Row

_HTML = ("text/html", "application/xhtml+xml", "")


@dataclass(frozen=True)
class OutletFacts:
    """What extraction needs to know of an outlet."""

    network: str
    zone: ZoneInfo


class Shelf:
    """Reads from the archive folder; `outlets` of the base say network and zone."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._folder = folder
        self._outlets = {
            row["id"]: OutletFacts(row["network"], ZoneInfo(row["timezone"]))
            for row in db.query("SELECT id, network, timezone FROM outlets")
        }

    def outlet(self, name: str) -> OutletFacts:
        return self._outlets[name]

    def source(self, row: Row) -> Source:
        """What was known of the document before it was read."""
        outlet = self.outlet(row["outlet_id"])
        hints = json.loads(row["hints"] or "{}")
        return Source(outlet.network, outlet.zone, dates.parse_utc(row["fetched_at"]), hints)

    def record(self, row: Row) -> Record:
        """The archived document. Raises `ArchiveError`."""
        if row["warc_file"] is None:
            raise ArchiveError(f"{row['url']}: tidak ada di arsip.")
        return archive.read(self._folder, row["warc_file"], row["warc_offset"], row["warc_length"])

    def page(self, row: Row) -> Page:
        """The parsed page. Raises `ArchiveError`, or `NoArticle` when it is no HTML."""
        record = self.record(row)
        if not is_html(record.content_type):
            raise NoArticle(f"bukan HTML: {media_type(record.content_type)}")
        try:
            return page.parse(record.body, row["url"], record.content_type)
        except PageError as error:
            raise NoArticle(str(error)) from error

    def try_page(self, row: Row) -> Page | None:
        """The parsed page, None where there is none: the reading says why."""
        if not is_html(row["content_type"] or ""):
            return None
        try:
            return self.page(row)
        except (ArchiveError, NoArticle):
            return None


def media_type(content_type: str) -> str:
    """The type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_html(content_type: str) -> bool:
    return media_type(content_type) in _HTML
