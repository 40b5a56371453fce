"""The articles of a window as items of a kliping: near-copies united, each with its proof."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from db.reports import bodies
from db.reports.errors import ReportError
from db.reports.masking import PRIVATE, masked
from db.reports.place import Place
from db.reports.window import Window
from db.words import clean

MOST: Final = 2_000
"""Articles in one report; more than anybody reads, and a file that still opens."""

_TITLE: Final = 300
_QUOTE: Final = 320

# An article without publish time counts by when it was first seen, so that it is in some report.
_SEEN = "CAST(strftime('%s', a.first_seen_at) AS INTEGER)"
_WHEN = f"""
    ((f.published >= :since AND f.published < :until)
     OR (f.published IS NULL AND {_SEEN} >= :since AND {_SEEN} < :until))
"""
_HERE = """
    (:code = '' OR a.id IN (SELECT article_id FROM article_regions WHERE region_code = :code
        OR (region_code > :below AND region_code < :beyond)))
"""
_ARTICLES = f"""
    SELECT a.id, a.key, a.title, a.url, a.text, a.published_at, a.published_is_guess,
        a.first_seen_at, a.gone_at,
        o.name AS outlet, o.id AS outlet_id, n.status, n.stage, n.topic, t.name AS topic_name,
        t.theme_name, t.priority, n.region_code, r.name AS region, sa.copy_of, sa.story_id,
        s.key AS story, s.accounts, w.warc_file, w.warc_offset, w.sha256,
        (SELECT evidence FROM violations v WHERE v.article_id = a.id ORDER BY v.id LIMIT 1)
            AS evidence
    FROM article_facets f JOIN articles a ON a.id = f.id JOIN annotations n ON n.article_id = a.id
    JOIN outlets o ON o.id = a.outlet_id JOIN fetches w ON w.id = a.fetch_id
    LEFT JOIN topics t ON t.id = n.topic LEFT JOIN regions r ON r.code = n.region_code
    LEFT JOIN story_articles sa ON sa.article_id = a.id LEFT JOIN stories s ON s.id = sa.story_id
    WHERE {_WHEN} AND {_HERE} AND n.election
    ORDER BY coalesce(f.published, {_SEEN}), a.id LIMIT {MOST + 1}
"""  # noqa: S608 - own text
_PEOPLE = """
    SELECT f.article_id, f.name, f.institution, p.role FROM officials f
    LEFT JOIN article_people p ON p.article_id = f.article_id AND p.name = f.name
    WHERE f.article_id IN (SELECT value FROM json_each(:articles))
    UNION ALL SELECT p.article_id, p.name, NULL, p.role FROM article_people p
    WHERE p.article_id IN (SELECT value FROM json_each(:articles)) ORDER BY 1
"""


_NEWEST = f"""
    SELECT max(a.published_at) FROM annotations n JOIN articles a ON a.id = n.article_id
    WHERE n.election AND {_HERE}
"""  # noqa: S608 - own text


@dataclass(frozen=True)
class Item:
    """One text, told by `outlet` first and repeated by `copies`; texts are safe to print.

    `published_at` is on the clock of the region; None: the page named none, see `seen_at`.
    `quote` names ordinary people by their initials.
    `elsewhere`: the region is only mentioned. `body` is the part of an election body in it.
    """

    key: str
    title: str
    url: str
    quote: str
    outlet: str
    outlet_id: str
    published_at: str | None
    guessed: bool
    seen_at: str
    gone: bool
    status: str
    stage: str | None
    topic: str | None
    theme: str | None
    priority: str | None
    region: str | None
    elsewhere: bool
    body: str
    story: str | None
    accounts: int
    archive: str | None
    sha256: str | None
    copies: tuple[Item, ...] = ()

    @property
    def media(self) -> int:
        """How many outlets carry this text."""
        return len({self.outlet_id, *(copy.outlet_id for copy in self.copies)})

    @property
    def all(self) -> tuple[Item, ...]:
        return (self, *self.copies)


def read(db: sqlite3.Connection, place: Place, window: Window) -> list[Item]:
    """Election articles that name the region, oldest first. Raises `ReportError` for too many."""
    since, until = window.seconds
    found = rows(db, _ARTICLES, {"since": since, "until": until, **place.codes})
    if len(found) > MOST:
        raise ReportError(
            f"Rentang ini memuat lebih dari {MOST} berita. Pilih satu wilayah atau persingkat "
            "waktunya; untuk semuanya pakai ekspor di halaman Cari."
        )
    return _united(db, found, place)


def newest(db: sqlite3.Connection, place: Place) -> str | None:
    """When the newest election article of the region was published."""
    [found] = db.execute(_NEWEST, place.codes).fetchone()
    return on_clock(found, place)


def rows(db: sqlite3.Connection, sql: str, values: Any) -> list[dict[str, Any]]:
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _united(db: sqlite3.Connection, found: list[dict[str, Any]], place: Place) -> list[Item]:
    """Copies of one text under the one that was published first."""
    people = _people(db, [row["id"] for row in found])
    groups: dict[int, list[Item]] = {}
    for row in found:
        item = _item(row, place, people.get(row["id"], []))
        groups.setdefault(row["copy_of"] or row["id"], []).append(item)
    return [replace(first, copies=tuple(others)) for first, *others in groups.values()]


def _people(db: sqlite3.Connection, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    found = rows(db, _PEOPLE, {"articles": json.dumps(ids)})
    by_article = groupby(found, key=lambda row: int(row["article_id"]))
    return {article: list(people) for article, people in by_article}


def _item(row: dict[str, Any], place: Place, people: list[dict[str, Any]]) -> Item:
    title, quote = plain(row["title"], _TITLE), plain(_deciding(row), _QUOTE)
    private = [person["name"] for person in people if person["role"] in PRIVATE]
    return Item(
        key=row["key"],
        title=title or "(tanpa judul)",
        url=plain(row["url"], 2_000),
        quote=masked(quote, private),
        outlet=plain(row["outlet"], _TITLE),
        outlet_id=row["outlet_id"],
        published_at=on_clock(row["published_at"], place),
        guessed=bool(row["published_is_guess"]),
        seen_at=on_clock(row["first_seen_at"], place) or "",
        gone=bool(row["gone_at"]),
        status=row["status"],
        stage=row["stage"],
        topic=row["topic_name"],
        theme=row["theme_name"],
        priority=row["priority"],
        region=row["region"],
        elsewhere=not place.holds(row["region_code"]),
        body=bodies.part(title, quote, row["topic"], row["status"], people),
        story=row["story"],
        accounts=row["accounts"] or 1,
        archive=row["warc_file"] and f"arsip/{row['warc_file']} @{row['warc_offset']}",
        sha256=row["sha256"],
    )


def plain(text: str | None, most: int) -> str:
    """One line without signs that could steer a document, cut with an ellipsis."""
    line = " ".join(str(clean((text or "")[: most * 4])).split())
    if len(line) <= most:
        return line
    whole_words = line[: most - 1].rpartition(" ")[0]
    return (whole_words or line[: most - 1]) + "…"


def on_clock(moment: str | None, place: Place) -> str | None:
    """ISO 8601 on the clock of the region; a plain date or what is none stays as it is."""
    if moment is None or len(moment) <= 10:
        return moment
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return read.astimezone(place.clock).isoformat() if read.tzinfo else moment


def _deciding(row: dict[str, Any]) -> str:
    """The sentence that decided, else how the article begins."""
    match json.loads(row["evidence"] or "[]"):
        case [int(start), int(end)] if 0 <= start < end:
            return str(row["text"][start:end])
    return str(row["text"][: _QUOTE * 2])
