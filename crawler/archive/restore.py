"""Filling `fetches` and the frontier from the archive alone, after a base was lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from crawler.archive.reader import scan
from crawler.archive.records import ArchiveError, Record
from db import announced, fetches
from db.base import writing
from db.fetches import Fetch

LISTS = ("feed", "sitemap", "listing")


@dataclass
class IndexReport:
    """What was found; `broken` names the files that end in the middle of a record."""

    files: int = 0
    records: int = 0
    added: int = 0
    broken: list[str] = field(default_factory=list)
    unknown_outlets: dict[str, int] = field(default_factory=dict)


def index(
    folder: Path, db: Database, progress: Callable[[int, int], None] | None = None
) -> IndexReport:
    """Add every response of the archive in `folder` to `fetches` and what it proves to `announced`.

    Records already known are left alone. Outlets must be in `outlets` before; the records of
    others are counted in `unknown_outlets`. One transaction per file; `progress` is told files
    done and files in all.
    """
    report = IndexReport()
    paths = sorted(folder.glob("*.warc.gz"))
    outlets = {row["id"] for row in db.query("SELECT id FROM outlets")}
    for number, path in enumerate(paths, start=1):
        with writing(db):
            _index_file(path, db, outlets, report)
        report.files += 1
        if progress:
            progress(number, len(paths))
    return report


def _index_file(path: Path, db: Database, outlets: set[str], report: IndexReport) -> None:
    try:
        for record in scan(path):
            if not record.is_complete:
                report.broken.append(path.name)
            elif record.label.outlet_id not in outlets:
                name = record.label.outlet_id
                report.unknown_outlets[name] = report.unknown_outlets.get(name, 0) + 1
            else:
                report.records += 1
                report.added += _add(db, record)
    except ArchiveError:
        report.broken.append(path.name)


def _add(db: Database, record: Record) -> int:
    """Store what `record` says; return 1 when it was unknown."""
    place = [record.place.file, record.place.offset]
    if db.execute(
        "SELECT 1 FROM fetches WHERE warc_file = ? AND warc_offset = ?", place
    ).fetchone():
        return 0
    fetch = fetch_of(record)
    fetches.record(db, fetch)
    if record.label.key and fetch.kind == "page":
        announced.restore(db, fetch, record.label.key)
    return 1


def fetch_of(record: Record) -> Fetch:
    """The row of `fetches` that stands for an archived record.

    Lists come without validators: what they announced is lost with the base, so they must be
    asked for in full.
    """
    label, place = record.label, record.place
    is_list = label.kind in LISTS
    return Fetch(
        outlet_id=label.outlet_id,
        url=record.url,
        kind=label.kind,
        fetched_at=label.fetched_at,
        page_of=label.page_of,
        status=record.status if record.status is not None else 200,
        content_type=record.content_type or None,
        etag=None if is_list else record.headers.get("etag"),
        last_modified=None if is_list else record.headers.get("last-modified"),
        hints=json.dumps(dict(label.hints), ensure_ascii=False, sort_keys=True) or None,
        bytes=place.bytes,
        sha256=place.sha256,
        warc_file=place.file,
        warc_offset=place.offset,
        warc_length=place.length,
    )
