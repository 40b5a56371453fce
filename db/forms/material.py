"""What the base knows of a case, article by article, and where each article is kept."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from db.reports.items import on_clock, plain, rows
from db.reports.place import Place
from db.words import short_moment
from nlp.components.sentences import pieces

MOST: Final = 12
"""Articles of a case in one draft, the first to be published; copies of a text are left out."""

_TITLE: Final = 300
_ADDRESS: Final = 2_000

Row = dict[str, Any]

_ARTICLES: Final = f"""
    SELECT a.id, a.key, a.title, a.text, a.url, a.published_at, a.gone_at, a.version,
        o.name AS outlet, n.status, n.stage, n.region_code, f.fetched_at, f.sha256, f.warc_file,
        f.warc_offset
    FROM articles a JOIN outlets o ON o.id = a.outlet_id JOIN fetches f ON f.id = a.fetch_id
    JOIN annotations n ON n.article_id = a.id
    WHERE a.id IN (SELECT :article UNION
        SELECT article_id FROM story_articles WHERE story_id = :story AND copy_of IS NULL)
    ORDER BY a.published_at IS NULL, a.published_at, a.id LIMIT {MOST}
"""  # noqa: S608 - own text
_PARTS: Final = {
    "violations": """SELECT v.*, r.name AS region FROM violations v
        LEFT JOIN regions r ON r.code = v.region_code WHERE v.article_id = ? ORDER BY v.id""",
    "officials": "SELECT * FROM officials WHERE article_id = ? ORDER BY id",
    "people": "SELECT * FROM article_people WHERE article_id = ? ORDER BY id",
    "quotes": "SELECT * FROM quotes WHERE article_id = ? ORDER BY id",
    "dates": "SELECT * FROM dates WHERE article_id = ? ORDER BY id",
    "regions": "SELECT * FROM article_regions WHERE article_id = ? ORDER BY is_main DESC",
}


@dataclass(frozen=True)
class Article:
    """One article with what was found in it; `number` is that of its source in the draft."""

    number: int
    row: Row
    parts: dict[str, list[Row]]

    @cached_property
    def _pieces(self) -> list[tuple[int, int]]:
        return list(pieces(self.row["text"]))

    def sentences(self) -> list[str]:
        return [self.row["text"][start:end] for start, end in self._pieces]

    def sentence(self, at: int) -> str | None:
        """The sentence that holds the character at this offset."""
        place = bisect_right(self._pieces, (at, len(self.row["text"]))) - 1
        if place < 0 or self._pieces[place][1] <= at:
            return None
        start, end = self._pieces[place]
        return str(self.row["text"][start:end])

    def source(self, place: Place) -> str:
        """Outlet, address, times, archive and hash in one line."""
        row = self.row
        archive = f"{row['warc_file']} @{row['warc_offset']}" if row["warc_file"] else "tidak ada"
        published = short_moment(on_clock(row["published_at"], place)) or "tanpa tanggal"
        parts = [
            f"{row['outlet']}, “{plain(row['title'], _TITLE)}”, {plain(row['url'], _ADDRESS)}",
            f"terbit {published}",
            f"diambil {short_moment(on_clock(row['fetched_at'], place))} (versi {row['version']})",
            f"arsip {archive}",
            f"SHA-256 {row['sha256'] or 'tidak ada'}",
        ]
        return "; ".join(parts) + ("; sudah dihapus medianya" if row["gone_at"] else "")


def articles(db: sqlite3.Connection, alert: Row) -> Sequence[Article]:
    """The articles of the alert's case, the oldest first."""
    given = {"article": alert["article_id"], "story": alert["story_id"]}
    found = rows(db, _ARTICLES, given)
    return [
        Article(number, row, {name: rows(db, sql, [row["id"]]) for name, sql in _PARTS.items()})
        for number, row in enumerate(found, start=1)
    ]
