"""What was requested: one row per answer or failure, written as soon as it is in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from db.base import writing

PAGES = ("page", "import")
"""The kinds whose bodies are articles."""

ANSWERS = (200, 304, 404, 410)
"""The statuses of a page that tell extraction something."""

GOOD = "(status = 304 OR (status BETWEEN 200 AND 399 AND error IS NULL))"
"""SQL: the outlet could be read. "Not modified" is good, an answer that gave an error is not."""


@dataclass(frozen=True)
class Fetch:
    """A row of `fetches`, whose columns say what each field means (db.schema)."""

    outlet_id: str
    url: str
    kind: str
    fetched_at: str
    page_of: str | None = None
    status: int | None = None
    error: str | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    hints: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    warc_length: int | None = None

    @property
    def is_for_extraction(self) -> bool:
        return self.kind in PAGES and self.status in ANSWERS and self.error is None


def record(db: Database, fetch: Fetch) -> int:
    """Store `fetch` and return its row number; the record of the archive is stored only once.

    Lists wait for `mark_read`, pages for extraction; what neither will look at is marked done.
    """
    row = asdict(fetch)
    if not fetch.is_for_extraction and not (_is_list(fetch) and fetch.status == 200):
        row["extracted_at"] = fetch.fetched_at
    columns = ", ".join(row)
    marks = ", ".join(f":{column}" for column in row)
    found = db.query(
        f"INSERT INTO fetches ({columns}) VALUES ({marks}) "  # noqa: S608 (names of our own columns)
        "ON CONFLICT (warc_file, warc_offset) DO UPDATE SET url = excluded.url RETURNING id",
        row,
    )
    return int(next(iter(found))["id"])


def _is_list(fetch: Fetch) -> bool:
    return fetch.kind in ("feed", "sitemap", "listing")


def newest(db: Database, url: str) -> dict[str, Any] | None:
    """The newest row of this URL, whatever its outcome."""
    rows = db.query(
        "SELECT * FROM fetches WHERE url = ? ORDER BY fetched_at DESC, id DESC LIMIT 1", [url]
    )
    return next(iter(rows), None)


def newest_good(db: Database, url: str) -> dict[str, Any] | None:
    """The newest answer with a body (status 200) that could be used, the base of a 304.

    A list counts once its entries are kept (`mark_read`): else "not modified" would hide them.
    """
    rows = db.query(
        """
        SELECT * FROM fetches WHERE url = ? AND status = 200 AND error IS NULL
           AND (kind NOT IN ('feed', 'sitemap', 'listing')
                OR (extracted_at IS NOT NULL AND extract_error IS NULL))
        ORDER BY fetched_at DESC, id DESC LIMIT 1
        """,
        [url],
    )
    return next(iter(rows), None)


def mark_read(db: Database, fetch_id: int, at: str, error: str | None = None) -> None:
    """Note that the entries of a list are kept; call it in the transaction that keeps them."""
    db.execute(
        "UPDATE fetches SET extracted_at = ?, extract_error = ? WHERE id = ?", [at, error, fetch_id]
    )


def pending(db: Database) -> Iterator[dict[str, Any]]:
    """The pages and imports that extraction has not seen, in the order of their arrival."""
    yield from db.query(
        """
        SELECT * FROM fetches WHERE extracted_at IS NULL AND kind IN (:page, :import)
        ORDER BY fetched_at, id
        """,
        dict(zip(("page", "import"), PAGES, strict=True)),
    )


def save_outlets(db: Database, rows: list[dict[str, Any]]) -> None:
    """Insert or update the outlets that fetches point to; keys are the columns of `outlets`."""
    with writing(db):
        db.table("outlets").upsert_all(rows, pk="id")
