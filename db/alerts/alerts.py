"""Alerts: one per story and watch, raised again only when the case has moved on a stage.

What a watch matches without a concrete case goes to `quiet_matches`, so that nothing is hidden.
An alert is never taken back by the machine; what becomes of it is for people to say (`meja.db`).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlite_utils import Database

from db.alerts.watches import Watch, active, install_defaults
from db.alerts.watching import Facts, Match, facts, hold
from db.base import Home, insert, told, writing
from db.derived import stage_order
from db.reference import put_setting, setting

BATCH: Final = 200
Progress = Callable[[int, int], None]


@dataclass
class AlertReport:
    """`quiet` counts what went to the quieter list; `bad_watches`: name to what is wrong.

    `unheard` are concrete cases in the base that no watch has ever rung for.
    """

    checked: int = 0
    watches: int = 0
    raised: int = 0
    quiet: int = 0
    unheard: int = 0
    bad_watches: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return bool(self.bad_watches)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        lines = [
            f"Peringatan: {self.raised} baru dari {self.watches} langganan atas {self.checked} "
            f"artikel; {self.quiet} hanya cocok kata, {self.unheard} kasus tanpa langganan."
        ]
        lines += [f"  langganan rusak: {name}: {why}" for name, why in self.bad_watches.items()]
        return "\n".join(lines)


@dataclass(frozen=True)
class _Desk:
    db: Database
    known: dict[tuple[str, str], set[str]]
    """By watch and stage, the articles of alerts that people already dealt with."""
    report: AlertReport
    at: str


def raise_alerts(home: Home, *, progress: Progress | None = None) -> AlertReport:
    """Hold what was judged since the last time against all active watches, and every article
    against watches that are new or changed. Raises `BaseError`.
    """
    db, meja = home.open_berita(), home.open_meja()
    with told(home.berita):
        install_defaults(meja)
        watches, bad = active(meja)
        report = AlertReport(watches=len(watches), bad_watches=bad)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        desk = _Desk(db, _known(meja), report, at)
        fresh = {watch.key for watch in watches if setting(db, _name(watch)) != _digest(watch)}
        _hold_all(desk, watches, fresh, progress)
        _remember(db, watches)
        report.unheard = db.execute(_UNHEARD).fetchone()[0]
    return report


_UNHEARD = (
    "SELECT count(*) FROM annotations n LEFT JOIN story_articles sa USING (article_id) "
    "WHERE n.alert AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.article_id = n.article_id) "
    "AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.story_id = sa.story_id)"
)


def _hold_all(
    desk: _Desk, watches: list[Watch], fresh: set[str], progress: Progress | None
) -> None:
    articles = _articles(desk.db, everything=bool(fresh))
    queued = {row[0] for row in desk.db.execute("SELECT article_id FROM alert_queue")}
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        with writing(desk.db):
            for article in batch:
                due = [watch for watch in watches if article in queued or watch.key in fresh]
                _hold(desk, article, due)
        desk.report.checked += len(batch)
        if progress:
            progress(desk.report.checked, len(articles))


def _articles(db: Database, *, everything: bool) -> list[int]:
    """By publish time: the first article of a story is the one that rings."""
    source = "annotations" if everything else "alert_queue"
    rows = db.execute(
        f"SELECT q.article_id FROM {source} q JOIN articles a ON a.id = q.article_id "  # noqa: S608 - own names
        "JOIN article_facets f ON f.id = a.id ORDER BY f.published, a.key"
    )
    return [article for (article,) in rows]


def _hold(desk: _Desk, article: int, watches: list[Watch]) -> None:
    of = facts(desk.db, article)
    for watch in watches:
        match = hold(watch, of) if of else None
        if match and of and match.loud:
            _ring(desk, watch, of, match)
        _note(desk, watch, article, of, None if match is None or match.loud else match)
    desk.db.execute("DELETE FROM alert_queue WHERE article_id = ?", [article])


def _ring(desk: _Desk, watch: Watch, of: Facts, match: Match) -> None:
    """Raise an alert unless its story has rung at this stage or a later one."""
    row = of.row
    rung = desk.db.execute(
        "SELECT stage FROM alerts WHERE watch_key = ? AND (article_id = ? OR story_id = ?)",
        [watch.key, row["id"], row["story_id"]],
    ).fetchall()
    if not moved_on([stage for (stage,) in rung], row["stage"]):
        return
    alert = {
        "key": _key(desk, watch, of),
        **{name: row[name] for name in ("story_id", "stage", "region_code")},
        "topic": match.topic,
        "raised_at": desk.at,
        **_line(watch, of, match),
    }
    desk.report.raised += insert(desk.db, "alerts", alert, ignore=True)


def moved_on(rung: Iterable[str | None], stage: str | None) -> bool:
    """Whether a story that rang at these stages has gone further."""
    return all(stage_order(before) < stage_order(stage) for before in rung)


def _line(watch: Watch, of: Facts, match: Match) -> dict[str, Any]:
    """What an alert and a line of the quieter list have in common."""
    return {
        "watch_key": watch.key,
        "watch_name": watch.name,
        "article_id": of.row["id"],
        "status": of.row["status"],
        "sentence": match.sentence,
        "span": json.dumps(match.span),
        "reasons": json.dumps(match.reasons, ensure_ascii=False),
        "rules_version": of.row["rules_version"],
    }


def _key(desk: _Desk, watch: Watch, of: Facts) -> str:
    """After a rebuild, the name under which people already know an alert of the same story."""
    stage = of.row["stage"] or "-"
    known = desk.known.get((watch.key, stage), set())
    if known and of.row["key"] not in known:
        for key in _siblings(desk.db, of.row["story_id"]):
            if key in known:
                return f"{watch.key}:{key}:{stage}"
    return f"{watch.key}:{of.row['key']}:{stage}"


def _siblings(db: Database, story: int | None) -> Iterator[str]:
    for (key,) in db.execute(
        "SELECT key FROM articles JOIN story_articles ON article_id = id "
        "WHERE story_id = ? ORDER BY key",
        [story],
    ):
        yield key


def _note(desk: _Desk, watch: Watch, article: int, of: Facts | None, match: Match | None) -> None:
    """Keep or take away the line of the quieter list."""
    desk.db.execute(
        "DELETE FROM quiet_matches WHERE watch_key = ? AND article_id = ?", [watch.key, article]
    )
    if match is not None and of is not None:
        insert(desk.db, "quiet_matches", {**_line(watch, of, match), "found_at": desk.at})
        desk.report.quiet += 1


def _known(meja: Database) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (key,) in meja.execute("SELECT DISTINCT alert_key FROM alert_events"):
        watch, article, stage = key.rsplit(":", 2)
        found[watch, stage].add(article)
    return found


def _remember(db: Database, watches: list[Watch]) -> None:
    """Watches held against everything; one switched off and on again starts anew."""
    with writing(db):
        db.execute("DELETE FROM settings WHERE key LIKE 'watch:%'")
        for watch in watches:
            put_setting(db, _name(watch), _digest(watch))


def _name(watch: Watch) -> str:
    return f"watch:{watch.key}"


def _digest(watch: Watch) -> str:
    return hashlib.sha256(repr(watch).encode()).hexdigest()[:16]
