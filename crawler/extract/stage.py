"""The stage itself: from archived responses to articles, as often as one likes.

What an article's rows say depends on its responses alone, and all that one article changes is one
transaction: killed at any moment and run again, the stage ends in the same tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime

from sqlite_utils import Database

from crawler.extract import history, identity, restore
from crawler.extract.history import History
from crawler.extract.report import ExtractReport
from crawler.extract.shelf import Shelf
from crawler.outlets import Outlet
from db import articles, extraction, reference
from db.base import BaseError, Home, explain, writing
from db.extraction import Row

Progress = Callable[[int, int], None]

_CHUNK = 500  # responses grouped in one transaction


def run(
    home: Home,
    *,
    rerun: bool = False,
    progress: Progress | None = None,
    outlets: Iterable[Outlet] = (),
) -> ExtractReport:
    """Make articles of the responses not read yet; with `rerun`, of the whole archive anew.

    `rerun` needs no base: what it lacks comes from the archive, and `outlets` are those of the
    user's own file, for a base that was lost. Raises `BaseError` when the base cannot be used.
    """
    try:
        with closing(home.open_berita()) as db:
            reference.load(db)
            articles.rebuild_stems(db)
            if rerun:
                restore.responses(db, home.archive, outlets)
                extraction.forget(db)
            return _extract_all(db, Shelf(db, home.archive), progress)
    except sqlite3.Error as error:
        raise BaseError(explain(home.berita, error)) from error


def _extract_all(db: Database, shelf: Shelf, progress: Progress | None) -> ExtractReport:
    _group(db, shelf)
    report = ExtractReport()
    groups = extraction.waiting(db)
    for number, group in enumerate(groups, start=1):
        _extract(db, shelf, group, report)
        if progress:
            progress(number, len(groups))
    return report


def _group(db: Database, shelf: Shelf) -> None:
    """Find the article of every new response; first pages before those that follow them."""
    numbers = extraction.ungrouped(db)
    for start in range(0, len(numbers), _CHUNK):
        rows = extraction.responses(db, numbers[start : start + _CHUNK])
        for later in (False, True):
            chosen = [row for row in rows if (row["page_of"] is not None) == later]
            groups = {row["id"]: identity.group_of(db, shelf, row) for row in chosen}
            extraction.assign(db, groups)


def _extract(db: Database, shelf: Shelf, group: str, report: ExtractReport) -> None:
    rows = extraction.members(db, group)
    found = history.of(rows, shelf)
    with writing(db):
        if found.visits or not found.broken:
            report.removed += _remove_others(db, group, found)
        if found.visits:
            outcome = articles.save_history(
                db, found.visits, last_seen_at=found.last_seen_at, gone_at=found.gone_at
            )
            report.count(outcome, gone=found.gone_at is not None)
        extraction.mark(db, group, found.errors, datetime.now(UTC).isoformat())
    _tell(rows, found, report)


def _remove_others(db: Database, group: str, found: History) -> int:
    """Take away what an earlier extraction made of these responses under another address."""
    right = {visit.article.url for visit in found.visits}
    wrong = [url for url in extraction.addresses(db, group) if url not in right]
    return sum(articles.remove(db, url) for url in wrong)


def _tell(rows: Iterable[Row], found: History, report: ExtractReport) -> None:
    """Count the responses that were new, and why some of them hold no article."""
    for row in rows:
        if row["extracted_at"] is not None:
            continue
        report.responses += 1
        if row["id"] in found.broken:
            report.errors.append(f"{row['url']}: {found.errors[row['id']]}")
        elif reason := found.errors.get(row["id"]):
            report.no_article[reason] += 1
            report.examples.setdefault(reason, row["url"])
