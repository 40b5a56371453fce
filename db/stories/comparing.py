"""Which articles are alike: a fingerprint each, an inverted index, and the pairs found with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from sqlite_utils import Database

from db.base import writing
from nlp import similarity
from nlp.similarity import Fingerprint

BATCH: Final = 200
COMMON: Final = 3  # features two articles share before they are compared
Progress = Callable[[int, int], None]


def compare_queued(db: Database, progress: Progress | None) -> int:
    """Bring the pairs of all queued articles up to date; how many articles that were."""
    total = db.execute("SELECT count(*) FROM story_queue WHERE compared = 0").fetchone()[0]
    done = 0
    while compared := _compare_batch(db):
        done += compared
        if progress:
            progress(done, total)
    return done


def touch(db: Database, articles: Iterable[int]) -> None:
    """Have the heaps of these articles divided anew."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO story_queue VALUES (?, 1)", [(article,) for article in articles]
    )


def _compare_batch(db: Database) -> int:
    with writing(db):
        queued = db.execute(
            "SELECT article_id FROM story_queue WHERE compared = 0 ORDER BY article_id LIMIT ?",
            [BATCH],
        ).fetchall()
        for (article,) in queued:
            _compare(db, article)
    return len(queued)


def _compare(db: Database, article: int) -> None:
    """Bring an article's fingerprint and pairs up to date."""
    made = _fingerprint(db, article)
    stored = db.execute(
        "SELECT data FROM story_fingerprints WHERE article_id = ?", [article]
    ).fetchone()
    data = made.dump() if made else None
    if stored != (data and (data,)):
        _forget(db, article)
        if made:
            _index(db, article, made, data)
            _pair(db, article, made)
    db.execute("INSERT OR REPLACE INTO story_queue VALUES (?, 1)", [article])


def _fingerprint(db: Database, article: int) -> Fingerprint | None:
    """None when the article is gone, unjudged or no election news."""
    row = next(
        iter(
            db.query(
                "SELECT a.title, a.text, a.published_at, a.first_seen_at, "
                "n.region_code, t.theme FROM annotations n JOIN articles a ON a.id = n.article_id "
                "LEFT JOIN topics t ON t.id = n.topic WHERE a.id = ? AND n.election",
                [article],
            )
        ),
        None,
    )
    if row is None:
        return None
    dates = _column(db, _DATED, article)
    day = _day(row["published_at"], dates, row["first_seen_at"])
    return similarity.fingerprint(
        row["title"],
        row["text"],
        day=date.fromisoformat(day).toordinal(),
        region=row["region_code"],
        regions=_column(db, _PLACES, article),
        theme=row["theme"],
        dates=dates,
    )


def _day(published: str | None, dates: list[str], seen: str) -> str:
    """Of an article without a date the last one it tells of: an old one may be seen only today."""
    past = [day for day in dates if day <= seen[:10]]
    return (published or max(past, default=seen))[:10]


_PLACES = "SELECT region_code FROM article_regions WHERE article_id = ?1 ORDER BY 1"
_DATED = "SELECT DISTINCT date FROM dates WHERE article_id = ?1 ORDER BY 1"


def _column(db: Database, query: str, article: int) -> list[str]:
    return [row[0] for row in db.execute(query, [article])]


def _forget(db: Database, article: int) -> None:
    neighbours = db.execute(
        "SELECT b FROM story_pairs WHERE a = ?1 UNION SELECT a FROM story_pairs WHERE b = ?1",
        [article],
    ).fetchall()
    touch(db, (other for (other,) in neighbours))
    db.execute("DELETE FROM story_pairs WHERE a = ?1 OR b = ?1", [article])
    db.execute("DELETE FROM story_features WHERE article_id = ?", [article])
    db.execute("DELETE FROM story_fingerprints WHERE article_id = ?", [article])


def _index(db: Database, article: int, made: Fingerprint, data: str | None) -> None:
    db.execute("INSERT INTO story_fingerprints VALUES (?, ?, ?)", [article, made.day, data])
    db.conn.executemany(
        "INSERT INTO story_features VALUES (?, ?, ?)",
        [(feature, made.day, article) for feature in similarity.features(made)],
    )


def _pair(db: Database, article: int, made: Fingerprint) -> None:
    near = (made.day - similarity.window(), made.day + similarity.window())
    least = similarity.noteworthy()
    candidates = db.execute(
        "SELECT p.article_id, p.data FROM (SELECT f.article_id FROM json_each(?) w "
        "CROSS JOIN story_features f ON f.feature = w.value AND f.day BETWEEN ? AND ? "
        "WHERE f.article_id != ? GROUP BY f.article_id HAVING count(*) >= ?) c "
        "JOIN story_fingerprints p ON p.article_id = c.article_id",
        [json.dumps(sorted(similarity.features(made))), *near, article, COMMON],
    ).fetchall()
    for other, data in candidates:
        theirs = _load(data)
        wording = similarity.overlap(made, theirs)
        score = similarity.score(made, theirs, wording)
        if score >= least:
            db.execute(
                "INSERT INTO story_pairs VALUES (?, ?, ?, ?)",
                [*sorted((article, other)), score, int(similarity.is_copy(wording, made, theirs))],
            )


@lru_cache(maxsize=6000)
def _load(data: str) -> Fingerprint:
    """The articles of one fortnight are compared again and again; about 100 MB of them are kept."""
    return Fingerprint.load(data)
