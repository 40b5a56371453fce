"""Articles like a given one that are not in its story: the next place to look.

Found with the fingerprints by which stories are grouped; any other measure of likeness is one more
source of `(article, score)` here.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

from nlp import similarity
from nlp.similarity import Fingerprint

MOST: Final = 6
LEAST: Final = 0.05
"""The score from which an article is worth showing."""
_COMMON: Final = 3
_COMPARED: Final = 60

_OWN: Final = """
    SELECT data FROM story_fingerprints WHERE article_id = ?
    AND EXISTS (SELECT 1 FROM settings WHERE key = 'stories_version' AND value = ?)
"""
"""Fingerprints of another version say nothing until the stories are grouped anew."""
_CANDIDATES: Final = """
    SELECT p.article_id, p.data FROM (
        SELECT f.article_id, count(*) AS common FROM json_each(:features) w
        CROSS JOIN story_features f ON f.feature = w.value AND f.day BETWEEN :first AND :last
        WHERE f.article_id != :article GROUP BY f.article_id HAVING count(*) >= :common
        ORDER BY common DESC, f.article_id LIMIT :compared) c
    JOIN story_fingerprints p ON p.article_id = c.article_id
    WHERE NOT EXISTS (
        SELECT 1 FROM story_articles a JOIN story_articles b ON b.story_id = a.story_id
        WHERE a.article_id = :article AND b.article_id = p.article_id)
"""
_SHOWN: Final = """
    SELECT a.id, a.key, a.title, a.published_at, o.name AS outlet, n.status
    FROM articles a JOIN outlets o ON o.id = a.outlet_id
    LEFT JOIN annotations n ON n.article_id = a.id WHERE a.id IN (SELECT value FROM json_each(?))
"""


def of_article(db: sqlite3.Connection, article: int) -> list[dict[str, Any]]:
    """The most similar ones outside its story, most alike first, each with its `score`."""
    scores = dict(nearest(db, article))
    rows = [
        dict(zip(("id", "key", "title", "published_at", "outlet", "status"), row, strict=True))
        for row in db.execute(_SHOWN, [json.dumps(list(scores))])
    ]
    shown = [{**row, "score": scores[row["id"]]} for row in rows]
    return sorted(shown, key=lambda row: (-row["score"], row["id"]))


def nearest(db: sqlite3.Connection, article: int) -> list[tuple[int, float]]:
    """`(article, score)` of the nearest ones by wording, people, place and time."""
    own = db.execute(_OWN, [article, similarity.VERSION]).fetchone()
    if own is None:
        return []
    made = Fingerprint.load(own[0])
    found = db.execute(
        _CANDIDATES,
        {
            "features": json.dumps(sorted(similarity.features(made))),
            "first": made.day - similarity.window(),
            "last": made.day + similarity.window(),
            "article": article,
            "common": _COMMON,
            "compared": _COMPARED,
        },
    )
    scored = [(other, _score(made, Fingerprint.load(data))) for other, data in found]
    kept = [(other, score) for other, score in scored if score >= LEAST]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:MOST]


def _score(one: Fingerprint, other: Fingerprint) -> float:
    return similarity.score(one, other, similarity.overlap(one, other))
