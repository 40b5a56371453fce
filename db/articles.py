"""Articles and their versions, with both full-text indexes kept true in the same transaction.

An article is its canonical URL. What is stored is a pure function of the visits handed over, so
killing, repeating or reordering extraction ends in the same rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from dataclasses import fields as dataclass_fields
from itertools import groupby
from typing import Any, Literal

from sqlite_utils import Database

from db.base import writing
from nlp import stems

Outcome = Literal["new", "version", "same"]


@dataclass(frozen=True)
class ExtractedArticle:
    """One reading of a page. `url` is canonical, `published_at` ISO 8601 with zone."""

    url: str
    outlet_id: str
    title: str
    text: str
    extractor: str
    author: str | None = None
    section: str | None = None
    published_at: str | None = None
    published_from: str | None = None
    published_is_guess: bool = False


@dataclass(frozen=True)
class Visit:
    """A reading, the fetch it came from, and when that was (ISO 8601, UTC)."""

    article: ExtractedArticle
    fetch_id: int
    fetched_at: str


def article_key(url: str) -> str:
    """Name an article by its canonical URL, the same after every rebuild."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def save(db: Database, article: ExtractedArticle, fetch_id: int, fetched_at: str) -> Outcome:
    """Add one visit to what is known of the article."""
    visits = [*_stored_visits(db, article), Visit(article, fetch_id, fetched_at)]
    row = _row(db, article.url)
    gone_at = row["gone_at"] if row and row["gone_at"] and row["gone_at"] > fetched_at else None
    last_seen = max(fetched_at, row["last_seen_at"]) if row else fetched_at
    return save_history(db, visits, last_seen_at=last_seen, gone_at=gone_at)


def save_history(
    db: Database,
    visits: Iterable[Visit],
    *,
    last_seen_at: str | None = None,
    gone_at: str | None = None,
) -> Outcome:
    """Make the article's rows say exactly what `visits` (at least one, of one URL) say.

    `last_seen_at` may lie after the newest visit: the outlet answered "not modified" since.
    """
    ordered = sorted(visits, key=lambda visit: visit.fetched_at)
    versions = [next(same) for _, same in groupby(ordered, key=_content)]
    fields = _fields(ordered[-1].article) | {
        "version": len(versions),
        "fetch_id": versions[-1].fetch_id,
        "first_seen_at": ordered[0].fetched_at,
        "last_seen_at": last_seen_at or ordered[-1].fetched_at,
        "gone_at": gone_at,
    }
    with writing(db):
        return _write(db, ordered[-1].article.url, fields, versions)


def _fields(article: ExtractedArticle) -> dict[str, Any]:
    """The columns of `articles` that a reading fills, without the URL."""
    fields = asdict(article)
    del fields["url"]
    return fields | {"published_is_guess": int(article.published_is_guess)}


def mark_gone(db: Database, url: str, at: str) -> bool:
    """Note that the outlet took the article away; False when it is unknown or was seen later."""
    with writing(db):
        cursor = db.execute(
            "UPDATE articles SET gone_at = ? "
            "WHERE url = ? AND last_seen_at < ? AND (gone_at IS NULL OR gone_at > ?)",
            [at, url, at, at],
        )
    return cursor.rowcount > 0


def remove(db: Database, url: str) -> bool:
    """Forget an article that is none after all (an older extractor took a tag page for one)."""
    row = _row(db, url)
    if row is None:
        return False
    with writing(db):
        rebuild_stems(db)
        _unindex(db, row)
        db.execute("UPDATE story_articles SET copy_of = NULL WHERE copy_of = ?", [row["id"]])
        db.execute("DELETE FROM alerts WHERE article_id = ?", [row["id"]])
        db.execute("DELETE FROM articles WHERE id = ?", [row["id"]])
    return True


def rebuild_stems(db: Database) -> bool:
    """Fill the index of roots anew when it was made by another stemmer; True when it was."""
    made_by = db.execute("SELECT value FROM settings WHERE key = 'stems_version'").fetchone()
    if made_by == (stems.VERSION,):
        return False
    with writing(db):
        db.execute("INSERT INTO articles_stems (articles_stems) VALUES ('delete-all')")
        for row in db.query("SELECT id, title, text FROM articles"):
            _index(db, row["id"], row["title"], row["text"])
        db.execute(
            "INSERT INTO settings (key, value) VALUES ('stems_version', ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [stems.VERSION],
        )
    return True


def _content(visit: Visit) -> tuple[str, str]:
    return visit.article.title, visit.article.text


def _row(db: Database, url: str) -> dict[str, Any] | None:
    return next(iter(db.query("SELECT * FROM articles WHERE url = ?", [url])), None)


def _stored_visits(db: Database, like: ExtractedArticle) -> list[Visit]:
    rows = db.query(
        "SELECT a.*, v.title AS old_title, v.text AS old_text, v.fetch_id AS old_fetch, "
        "v.fetched_at FROM article_versions v JOIN articles a ON a.id = v.article_id "
        "WHERE a.url = ?",
        [like.url],
    )
    return [Visit(_version(row), row["old_fetch"], row["fetched_at"]) for row in rows]


def _version(row: dict[str, Any]) -> ExtractedArticle:
    """Read an old version back; what is not kept per version is the article's."""
    names = [field.name for field in dataclass_fields(ExtractedArticle)]
    old = {"title": row["old_title"], "text": row["old_text"]}
    guess = {"published_is_guess": bool(row["published_is_guess"])}
    return ExtractedArticle(**{name: row[name] for name in names} | old | guess)


def _write(db: Database, url: str, fields: dict[str, Any], versions: Sequence[Visit]) -> Outcome:
    rebuild_stems(db)
    row = _row(db, url)
    if row is None:
        article_id = _insert(db, url, fields)
        _write_versions(db, article_id, versions)
        return "new"
    changed = {name: value for name, value in fields.items() if row[name] != value}
    if "title" in changed or "text" in changed:
        _unindex(db, row)
        _index(db, row["id"], fields["title"], fields["text"])
        # Offsets into the old text mean nothing in the new one.
        db.execute("DELETE FROM annotations WHERE article_id = ?", [row["id"]])
    if changed:
        _update(db, row["id"], changed)
    rewritten = _write_versions(db, row["id"], versions)
    return "version" if rewritten else "same"


def _insert(db: Database, url: str, fields: dict[str, Any]) -> int:
    row = {"key": article_key(url), "url": url, **fields}
    marks = ", ".join("?" * len(row))
    cursor = db.execute(
        f"INSERT INTO articles ({', '.join(row)}) VALUES ({marks})",  # noqa: S608 - own names
        list(row.values()),
    )
    article_id = int(cursor.lastrowid or 0)
    _index(db, article_id, fields["title"], fields["text"])
    return article_id


def _update(db: Database, article_id: int, changed: dict[str, Any]) -> None:
    assignments = ", ".join(f"{name} = ?" for name in changed)
    db.execute(
        f"UPDATE articles SET {assignments} WHERE id = ?",  # noqa: S608 - own column names
        [*changed.values(), article_id],
    )


def _write_versions(db: Database, article_id: int, versions: Sequence[Visit]) -> bool:
    """Bring the version rows in line; True when that changed any title, text or their order."""
    wanted = [
        (number, visit.article.title, visit.article.text, visit.fetch_id, visit.fetched_at)
        for number, visit in enumerate(versions, start=1)
    ]
    stored = db.execute(
        "SELECT number, title, text, fetch_id, fetched_at FROM article_versions "
        "WHERE article_id = ? ORDER BY number",
        [article_id],
    ).fetchall()
    if stored == wanted:
        return False
    db.execute("DELETE FROM article_versions WHERE article_id = ?", [article_id])
    db.conn.executemany(
        "INSERT INTO article_versions "
        "(article_id, number, title, text, text_sha256, fetch_id, fetched_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (article_id, number, title, text, _digest(text), fetch_id, fetched_at)
            for number, title, text, fetch_id, fetched_at in wanted
        ],
    )
    return [row[:3] for row in stored] != [row[:3] for row in wanted]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _index(db: Database, article_id: int, title: str, text: str) -> None:
    db.execute(
        "INSERT INTO articles_stems (rowid, title, text) VALUES (?, ?, ?)",
        [article_id, stems.stem_text(title), stems.stem_text(text)],
    )


def _unindex(db: Database, row: dict[str, Any]) -> None:
    """Take a row out of the contentless index, which must be told what it holds."""
    db.execute(
        "INSERT INTO articles_stems (articles_stems, rowid, title, text) "
        "VALUES ('delete', ?, ?, ?)",
        [row["id"], stems.stem_text(row["title"]), stems.stem_text(row["text"])],
    )
