"""The derived rows of one article: written anew as a whole, or taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlite_utils import Database

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


def clear(db: Database, article_id: int) -> None:
    """Take away everything derived from an article's text, and have its story looked at again."""
    db.execute("INSERT OR REPLACE INTO story_queue VALUES (?, 0)", [article_id])
    for table in DERIVED:
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])  # noqa: S608 - own names


def write(db: Database, article_id: int, version: int, found: Annotation, at: str) -> None:
    """Replace the derived rows of an article; call it inside a transaction."""
    clear(db, article_id)
    _annotation(db, article_id, version, found, at)
    for table, rows in _lists(found).items():
        _insert(db, table, ({"article_id": article_id, **row} for row in rows))
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
    _insert(db, "annotations", [row])
    db.execute(
        "UPDATE article_facets SET theme = ?, status = ?, province_code = ? WHERE id = ?",
        [
            topic["theme"] if topic else None,
            found["status"],
            (region or "")[:2] or None,
            article_id,
        ],
    )


def _lists(found: Annotation) -> dict[str, list[dict[str, Any]]]:
    return {
        "article_topics": [
            {
                "rank": rank,
                "topic": topic["topic"],
                "theme": topic["theme"],
                "score": topic["score"],
                "evidence": _json(topic["evidence"]),
            }
            for rank, topic in enumerate(found["topics"], start=1)
        ],
        "article_regions": [
            {
                "region_code": region["code"],
                "is_main": int(region["main"]),
                "spans": _json(region["spans"]),
            }
            for region in found["regions"]
        ],
        "article_people": [
            {"name": person["name"], "role": person["role"], "spans": _json(person["spans"])}
            for person in found["people"]
        ],
        "officials": [
            {
                "name": official["name"],
                "position": official["position"],
                "institution": official["institution"],
                "region_code": official["region"],
                "acting": official["acting"],
                "spans": _json(official["spans"]),
            }
            for official in found["officials"]
        ],
        "figures": [
            {**_only(figure, "value value_max unit about bound"), "span": _json(figure["span"])}
            for figure in found["figures"]
        ],
        "quotes": [
            {
                "speaker": quote["speaker"],
                "text": quote["text"],
                "indirect": int(quote["indirect"]),
                "span": _json(quote["span"]),
            }
            for quote in found["quotes"]
        ],
        "dates": [{"date": date["date"], "span": _json(date["span"])} for date in found["dates"]],
        "violations": [_violation(violation) for violation in found["violations"]],
    }


def _violation(violation: Violation) -> dict[str, Any]:
    lists = {name: _json(violation[name]) for name in ("actors", "keywords", "evidence", "norms")}
    return {
        **_only(violation, "topic status stage date"),
        "region_code": violation["region"],
        **lists,
    }


def _only(item: Mapping[str, Any], names: str) -> dict[str, Any]:
    return {name: item[name] for name in names.split()}


def _insert(db: Database, table: str, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        db.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})",  # noqa: S608 - own names
            list(row.values()),
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
