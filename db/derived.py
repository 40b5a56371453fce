"""The derived rows of one article: written anew as a whole, or taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from sqlite_utils import Database

from db.base import insert
from db.people import people
from nlp.annotation import Annotation, Violation
from nlp.lexicon.judgement import stages

DERIVED: Final = (
    "annotations",
    "article_topics",
    "article_regions",
    "article_people",
    "officials",
    "figures",
    "quotes",
    "dates",
    "violations",
    "analysis_errors",
)

LISTS: Final = {
    "article_topics": ("topics", "topic theme score", "evidence"),
    "article_regions": ("regions", "region_code=code is_main=main", "spans localities"),
    "article_people": ("people", "name role", "spans"),
    "officials": ("officials", "name position institution region_code=region acting", "spans"),
    "figures": ("figures", "value value_max unit about bound", "span"),
    "quotes": ("quotes", "speaker text indirect", "span"),
    "dates": ("dates", "date doubt", "span"),
    "violations": (
        "violations",
        "topic status stage region_code=region date",
        "actors keywords evidence norms",
    ),
}
"""By table: the list of the annotation it holds, its plain columns (`column=key` where the names
differ), and those that are JSON."""


def clear(db: Database, article_id: int) -> None:
    """Take away everything derived from an article's text, and have its story looked at again."""
    db.execute("INSERT OR REPLACE INTO story_queue VALUES (?, 0)", [article_id])
    people.leave(db, article_id)
    for table in DERIVED:
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])  # noqa: S608 - own names


def write(db: Database, article_id: int, version: int, found: Annotation, at: str) -> None:
    """Replace the derived rows of an article; call it inside a transaction."""
    clear(db, article_id)
    _annotation(db, article_id, version, found, at)
    for table, (name, columns, json_columns) in LISTS.items():
        for rank, item in enumerate(cast(Any, found)[name], start=1):
            row = {"article_id": article_id, **_row(item, columns, json_columns)}
            insert(db, table, {**row, "rank": rank} if table == "article_topics" else row)
    db.execute("INSERT OR IGNORE INTO alert_queue VALUES (?)", [article_id])


def stage_order(stage: str | None) -> int:
    """Place of a stage on the ladder of twelve; a case reported without one is just reported."""
    return stages()[stage].order if stage else stages()["laporan_temuan"].order


def newest_stage(violations: Iterable[Violation], status: str) -> str | None:
    """The furthest stage among the violations that made the article's status."""
    reached = [
        violation["stage"]
        for violation in violations
        if violation["stage"] and violation["status"] == status
    ]
    return max(reached, key=stage_order, default=None)


def _annotation(db: Database, article_id: int, version: int, found: Annotation, at: str) -> None:
    topic = found["topics"][0] if found["topics"] else None
    region = next((region["code"] for region in found["regions"] if region["main"]), None)
    row = {
        "article_id": article_id,
        "version": version,
        "election": int(found["election"]),
        "status": found["status"],
        "alert": int(found["alert"]),
        "topic": topic["topic"] if topic else None,
        "region_code": region,
        "stage": newest_stage(found["violations"], found["status"]),
        "reasons": _json(found["reasons"]),
        "rules_version": found["rules_version"],
        "annotated_at": at,
    }
    insert(db, "annotations", row)
    db.execute(
        "UPDATE article_facets SET theme = ?, status = ?, province_code = ? WHERE id = ?",
        [
            topic["theme"] if topic else None,
            found["status"],
            (region or "")[:2] or None,
            article_id,
        ],
    )


def _row(item: Mapping[str, Any], columns: str, json_columns: str) -> dict[str, Any]:
    pairs = (column.partition("=") for column in columns.split())
    row = {column: item[key or column] for column, _, key in pairs}
    return row | {column: _json(item[column]) for column in json_columns.split()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
