"""Articles on the same event, grouped as they arrive; any order of arrival gives the same groups.

Every election article has a fingerprint; an inverted index over its features finds the few
articles it is compared with, pairs that are alike are kept, and each heap of connected articles
that something changed in is divided anew by `db.stories.grouping`. So a new article costs what
its own neighbours cost, however many others there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from db.base import writing
from db.reference import put_setting, setting
from db.stories.comparing import compare_queued, touch
from db.stories.grouping import StoryDecisions
from db.stories.telling import ids, regroup_queued
from nlp import similarity

_VERSION = "stories_version"
_SEEN = "story_groupings"
Progress = Callable[[int, int], None]


@dataclass
class StoryReport:
    """`compared` articles were new or changed; the rest counts what the base holds now."""

    compared: int = 0
    stories: int = 0
    articles: int = 0
    copies: int = 0


def group(
    db: Database, meja: Database | None = None, *, progress: Progress | None = None
) -> StoryReport:
    """Bring the stories up to date with the annotations and with what people decided."""
    decisions = _follow(db, meja)
    report = StoryReport(compared=compare_queued(db, progress))
    regroup_queued(db, decisions)
    report.stories, report.articles, accounts = db.execute(
        "SELECT count(*), coalesce(sum(articles), 0), coalesce(sum(accounts), 0) FROM stories"
    ).fetchone()
    report.copies = report.articles - accounts
    return report


def find(db: Database, key: str) -> dict[str, Any] | None:
    """The story of that key, or the one that holds the article of that key.

    A story is named by its first article, so an older article found later renames it.
    """
    rows = db.query(
        "SELECT s.* FROM stories s WHERE s.key = ?1 UNION ALL "
        "SELECT s.* FROM stories s JOIN story_articles sa ON sa.story_id = s.id "
        "JOIN articles a ON a.id = sa.article_id WHERE a.key = ?1 LIMIT 1",
        [key],
    )
    return next(iter(rows), None)


def _follow(db: Database, meja: Database | None) -> StoryDecisions:
    """Queue what a new way of comparing or a new decision of people makes doubtful."""
    rows: list[tuple[str, str, str]] = []
    if meja is not None:
        rows = meja.execute(
            "SELECT action, key_a, key_b FROM groupings "
            "WHERE noun = 'story' AND undone_at IS NULL ORDER BY id"
        ).fetchall()
    known = [tuple(row) for row in json.loads(setting(db, _SEEN) or "[]")]
    with writing(db):
        if setting(db, _VERSION) != similarity.VERSION:
            for table in ("story_fingerprints", "story_features", "story_pairs"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - own names
            db.execute("INSERT OR REPLACE INTO story_queue SELECT article_id, 0 FROM annotations")
            put_setting(db, _VERSION, similarity.VERSION)
        if rows != known:
            keys = {key for _, *pair in [*rows, *known] for key in pair}
            touch(db, ids(db, keys).values())
            put_setting(db, _SEEN, json.dumps(rows))
    return StoryDecisions.of(rows)
