"""The language room's judgement on every article, kept in `berita.db`.

Kill it at any moment: a batch is one transaction, and what is missing is found again by itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlite_utils import Database

from db import articles, derived, reference
from db.base import Home, told, writing
from db.decisions import corrections
from db.people import identifying, people, supervisors
from db.search import embeddings
from db.stories import stories
from nlp.annotate import RULES_VERSION, attempt
from nlp.annotation import Annotation, Article
from nlp.models import ModelError

BATCH: Final = 64
Progress = Callable[[int, int], None]
"""Called with how many articles are done, and how many there are."""


@dataclass(frozen=True)
class Failure:
    url: str
    reason: str


@dataclass
class AnalysisReport:
    """`statuses` counts the articles judged in this run, `failures` those that could not be."""

    analysed: int = 0
    election: int = 0
    alerts: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    stories: stories.StoryReport = field(default_factory=stories.StoryReport)

    @property
    def failed(self) -> bool:
        return bool(self.failures)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        counts = ", ".join(f"{name} {n}" for name, n in self.statuses.most_common())
        lines = [
            f"Analisis: {self.analysed} artikel dinilai, {self.election} berita pemilu, "
            f"{self.alerts} kasus konkret" + (f" ({counts})." if counts else ".")
        ]
        lines += [f"  gagal: {failure.url}: {failure.reason}" for failure in self.failures]
        return "\n".join(lines)


@dataclass(frozen=True)
class _Desk:
    """What one run works with."""

    db: Database
    meja: Database
    decisions: people.PersonGroupings
    report: AnalysisReport


def analyse(
    home: Home,
    *,
    rerun: bool = False,
    limit: int | None = None,
    progress: Progress | None = None,
) -> AnalysisReport:
    """Judge what is new, changed or judged by older rules (`rerun`: everything), then group it.

    An article that breaks a rule is recorded in `analysis_errors` and tried again when its text
    or the rules change. Raises `BaseError`.
    """
    db, meja = home.open_berita(), home.open_meja()
    with told(home.berita):
        reference.load(db)
        articles.rebuild_stems(db)
        people.relink(db, meja)
        decisions = people.groupings(people.decided(meja))
        desk = _Desk(db, meja, decisions, AnalysisReport())
        _judge_all(desk, rerun=rerun, limit=limit, progress=progress or _silent)
        supervisors.renew(db)
        people.sweep(db)
        identifying.identify(db, decisions)
        _embed(home, desk)
        desk.report.stories = stories.group(db, meja)
    return desk.report


def correct(home: Home) -> list[str]:
    """Judge again every article whose corrections changed: the machine's word, then theirs.

    Returns the keys of those articles.
    """
    db, meja = home.open_berita(), home.open_meja()
    with told(home.berita):
        decisions = people.groupings(people.decided(meja))
        desk = _Desk(db, meja, decisions, AnalysisReport())
        keys, now = corrections.pending(db, meja)
        _judge(desk, list(db.query(f"{_ROWS} WHERE {_CORRECTED}", {"corrected": json.dumps(keys)})))
        corrections.remember(db, now)
        identifying.identify(db, decisions)
        stories.group(db, meja)
    return keys


def find(db: Database, address: str) -> Article | None:
    """The article of that URL or key, as it goes into analysis."""
    rows = db.query(f"{_ROWS} WHERE a.key = :it OR a.url = :it", {"it": address})
    return next((_article(row) for row in rows), None)


_ROWS = (
    "SELECT a.id, a.key, a.url, a.title, a.text, a.published_at, a.version, o.province_code "
    "FROM articles a JOIN outlets o ON o.id = a.outlet_id"
)
_CORRECTED: Final = "a.key IN (SELECT value FROM json_each(:corrected))"
_MISSING = (
    "NOT EXISTS (SELECT 1 FROM annotations n WHERE n.article_id = a.id "
    "AND n.version = a.version AND n.rules_version = :rules) "
    "AND NOT EXISTS (SELECT 1 FROM analysis_errors e WHERE e.article_id = a.id "
    "AND e.version = a.version AND e.rules_version = :rules)"
)


def _silent(done: int, total: int) -> None:
    """No progress wanted."""


def _judge_all(desk: _Desk, *, rerun: bool, limit: int | None, progress: Progress) -> None:
    wanted = "1" if rerun else f"({_MISSING} OR {_CORRECTED})"
    keys, now = corrections.pending(desk.db, desk.meja)
    given = {"rules": RULES_VERSION, "corrected": json.dumps(keys)}
    total = desk.db.execute(
        f"SELECT count(*) FROM articles a WHERE {wanted}",  # noqa: S608 - own condition
        given,
    ).fetchone()[0]
    done, asked = 0, min(total, limit) if limit is not None else total
    for batch in _batches(desk.db, wanted, asked, given):
        _judge(desk, batch)
        done += len(batch)
        progress(done, asked)
    if asked == total:
        corrections.remember(desk.db, now)


def _embed(home: Home, desk: _Desk) -> None:
    """A model that cannot be used is told and takes nothing else away."""
    try:
        embeddings.update(desk.db, embeddings.model(home))
    except ModelError as error:
        desk.report.failures.append(Failure("model_embedding", str(error)))


def _batches(
    db: Database, wanted: str, total: int, given: dict[str, str]
) -> Iterator[list[dict[str, Any]]]:
    """By ascending id, `total` at most: an article that stays unjudged is not met twice."""
    last, left = 0, total
    while left > 0:
        batch = list(
            db.query(
                f"{_ROWS} WHERE a.id > :last AND {wanted} ORDER BY a.id LIMIT :size",
                {"last": last, "size": min(BATCH, left), **given},
            )
        )
        if not batch:
            return
        yield batch
        last, left = batch[-1]["id"], left - len(batch)


def _judge(desk: _Desk, batch: list[dict[str, Any]]) -> None:
    found = list(attempt(map(_article, batch)))  # before the write lock is taken
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(desk.db):
        for row, answer in zip(batch, found, strict=True):
            _keep(desk, row, answer, at)


def _article(row: dict[str, Any]) -> Article:
    return {
        "id": row["key"],
        "title": row["title"],
        "text": row["text"],
        "url": row["url"],
        "published_at": row["published_at"],
        "outlet_region": row["province_code"],
    }


def _keep(desk: _Desk, row: dict[str, Any], answer: Annotation | str, at: str) -> None:
    if isinstance(answer, str):
        return _fail(desk, row, answer, at)
    try:
        with desk.db.atomic():
            derived.write(desk.db, row["id"], row["version"], answer, at)
    except sqlite3.IntegrityError as error:  # an unknown region or topic code
        return _fail(desk, row, f"{type(error).__name__}: {error}", at)
    _correct(desk, row)
    people.link(desk.db, row["id"], desk.decisions)
    supervisors.note(desk.db, row["id"])
    _count(desk.report, answer)
    return None


def _correct(desk: _Desk, row: dict[str, Any]) -> None:
    """A correction that cannot hold is shown and leaves the others in place."""
    for correction in corrections.of_article(desk.meja, row["key"]):
        try:
            with desk.db.atomic():
                corrections.apply(desk.db, row["id"], [correction])
        except corrections.CorrectionError as error:
            desk.report.failures.append(Failure(row["url"], str(error)))


def _fail(desk: _Desk, row: dict[str, Any], reason: str, at: str) -> None:
    derived.clear(desk.db, row["id"])
    desk.db.execute(
        "INSERT INTO analysis_errors (article_id, version, rules_version, error, at) "
        "VALUES (?, ?, ?, ?, ?)",
        [row["id"], row["version"], RULES_VERSION, reason, at],
    )
    desk.report.failures.append(Failure(row["url"], f"tidak dapat dianalisis ({reason})"))


def _count(report: AnalysisReport, answer: Annotation) -> None:
    report.analysed += 1
    report.election += answer["election"]
    report.alerts += answer["alert"]
    report.statuses[answer["status"]] += 1
