"""Heaps of alike articles divided into stories, and the rows that tell of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlite_utils import Database

from db.base import writing
from db.derived import stage_order
from db.stories.grouping import StoryDecisions, cluster, copies
from db.stories.linking import Pair
from nlp import similarity
from nlp.annotation import CONCRETE

BATCH: Final = 200
Heap = dict[int, dict[int, Pair]]
Row = dict[str, Any]


def regroup_queued(db: Database, decisions: StoryDecisions) -> None:
    """Divide anew every heap that holds a queued article."""
    while _regroup_batch(db, decisions):
        pass


def ids(db: Database, keys: Iterable[str]) -> dict[str, int]:
    """Article numbers by key, of those keys that are stored."""
    rows = db.execute(
        "SELECT key, id FROM articles WHERE key IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(keys))],
    )
    return dict(rows.fetchall())


def _regroup_batch(db: Database, decisions: StoryDecisions) -> int:
    with writing(db):
        queued = db.execute("SELECT article_id FROM story_queue LIMIT ?", [BATCH]).fetchall()
        done: set[int] = set()
        for (article,) in queued:
            if article not in done:
                done |= _regroup(db, article, decisions)
    return len(queued)


def _regroup(db: Database, article: int, decisions: StoryDecisions) -> set[int]:
    """Divide the heap around an article; which articles that were."""
    heap = _heap(db, article, decisions)
    rows = _members(db, heap)
    left = _leave(db, heap)
    keys = {row["id"]: row["key"] for row in rows.values()}
    days = {row["id"]: row["day"] for row in rows.values()}
    for story in cluster(list(rows), keys, days, heap, decisions):
        _write(db, [rows[member] for member in story], heap)
    _tidy(db, heap, left)
    return set(heap)


def _heap(db: Database, start: int, decisions: StoryDecisions) -> Heap:
    """Everything connected with an article by likeness or by a person's merge."""
    heap: Heap = {}
    waiting, bar = {start}, similarity.same_event()
    while waiting:
        article = waiting.pop()
        heap[article] = {
            other: Pair(score, bool(is_copy))
            for other, score, is_copy in db.execute(
                "SELECT b, score, is_copy FROM story_pairs WHERE a = ?1 "
                "UNION ALL SELECT a, score, is_copy FROM story_pairs WHERE b = ?1",
                [article],
            )
        }
        alike = {other for other, pair in heap[article].items() if pair.score >= bar}
        waiting |= {*alike, *_partners(db, article, decisions)} - heap.keys()
    return heap


def _partners(db: Database, article: int, decisions: StoryDecisions) -> Iterable[int]:
    if not decisions.merged:
        return ()
    row = db.execute("SELECT key FROM articles WHERE id = ?", [article]).fetchone()
    return ids(db, decisions.partners(row[0])).values() if row else ()


def _members(db: Database, heap: Iterable[int]) -> dict[int, Row]:
    """Those of a heap that belong to a story at all, by publish time."""
    rows = db.query(
        "SELECT a.id, a.key, a.title, a.published_at, f.day, "
        "n.topic, n.status, n.stage, n.region_code "
        "FROM story_fingerprints f JOIN articles a ON a.id = f.article_id "
        "JOIN annotations n ON n.article_id = a.id "
        "WHERE a.id IN (SELECT value FROM json_each(?)) "
        "ORDER BY CAST(strftime('%s', coalesce(a.published_at, a.first_seen_at)) AS INTEGER), "
        "a.key",
        [json.dumps(list(heap))],
    )
    return {row["id"]: row for row in rows}


def _leave(db: Database, heap: Iterable[int]) -> list[int]:
    """Take the articles out of their stories and of the queue; which stories those were."""
    wanted = json.dumps(list(heap))
    left = db.execute(
        "SELECT DISTINCT story_id FROM story_articles "
        "WHERE article_id IN (SELECT value FROM json_each(?))",
        [wanted],
    ).fetchall()
    for table in ("story_articles", "story_queue"):
        db.execute(
            f"DELETE FROM {table} WHERE article_id IN "  # noqa: S608 - own names
            "(SELECT value FROM json_each(?))",
            [wanted],
        )
    return [story for (story,) in left]


def _write(db: Database, story: Sequence[Row], heap: Heap) -> None:
    members = [row["id"] for row in story]
    repeated = copies(members, heap)
    story_id = _story_id(db, _summary(story, len(members) - len(repeated)))
    db.conn.executemany(
        "INSERT INTO story_articles (article_id, story_id, score, copy_of) VALUES (?, ?, ?, ?)",
        [
            (member, story_id, _nearest(member, members, heap), repeated.get(member))
            for member in members
        ],
    )


def _summary(story: Sequence[Row], accounts: int) -> Row:
    """What the articles say together: the furthest any of them has got, or what most say."""
    concrete = [row for row in story if row["status"] in CONCRETE]
    furthest = max(concrete, key=lambda row: stage_order(row["stage"]), default=None)
    dates = [row["published_at"] for row in story if row["published_at"]]
    return {
        "key": story[0]["key"],
        "title": story[0]["title"],
        "topic": _most(story, "topic"),
        "status": furthest["status"] if furthest else _most(story, "status"),
        "stage": furthest["stage"] if furthest else None,
        "region_code": _most(story, "region_code"),
        "first_published_at": dates[0] if dates else None,
        "last_published_at": dates[-1] if dates else None,
        "articles": len(story),
        "accounts": accounts,
    }


def _most(story: Sequence[Row], name: str) -> Any:
    """The commonest value, of equals the one told first."""
    counts = Counter(row[name] for row in story if row[name] is not None)
    return counts.most_common(1)[0][0] if counts else None


def _story_id(db: Database, row: Row) -> int:
    changes = ", ".join(f"{name} = excluded.{name}" for name in row)
    return int(
        db.conn.execute(
            f"INSERT INTO stories ({', '.join(row)}) "  # noqa: S608 - own names
            f"VALUES ({', '.join('?' * len(row))}) "
            f"ON CONFLICT (key) DO UPDATE SET {changes} RETURNING id",
            list(row.values()),
        ).fetchone()[0]
    )


def _nearest(article: int, members: Iterable[int], heap: Heap) -> float:
    near = heap.get(article, {})
    return max((near[member].score for member in members if member in near), default=0.0)


def _tidy(db: Database, heap: Iterable[int], left: Iterable[int]) -> None:
    """Alerts follow their article; stories without articles go."""
    db.execute(
        "UPDATE alerts SET story_id = (SELECT story_id FROM story_articles sa "
        "WHERE sa.article_id = alerts.article_id) "
        "WHERE article_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(heap))],
    )
    db.conn.executemany(
        "DELETE FROM stories WHERE id = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM story_articles WHERE story_id = ?1)",
        [(story,) for story in left],
    )
