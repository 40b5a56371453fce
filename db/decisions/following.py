"""After a person decided: the tables are brought in line at once, and the alerts follow."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from typing import Final

from sqlite_utils import Database

from db import analysis, audit
from db.alerts import alerts
from db.base import Home, told, writing
from db.decisions.correcting import Statement
from db.people import identifying
from db.people import people as known
from db.stories import stories as grouping
from db.words import label

_ONE_AT_A_TIME: Final = threading.Lock()
"""The language pipeline serves one thread."""

_RINGING: Final = ("status", "alert", "topic", "region", "stage", "violations")
"""Fields that decide whether and where an alert rings."""


def correction(home: Home, actor: str, said: Statement) -> None:
    """Judge the article again under its corrections; ring what rings now, mark what rang.

    An alert is never taken away: a note in its history says what was corrected. Raises
    `BaseError`; whatever is left undone then is done by the next analysis.
    """
    with _ONE_AT_A_TIME:
        analysis.correct(home)
        if said.field in _RINGING:
            alerts.raise_alerts(home)
            _mark(home, actor, said)


def people(home: Home) -> None:
    """Bring the human beings in line with what was merged or split."""
    db, meja = home.open_berita(), home.open_meja()
    with _ONE_AT_A_TIME, told(home.berita):
        known.relink(db, meja)
        identifying.identify(db, known.groupings(known.decided(meja)))


def stories(home: Home, articles: Iterable[str]) -> None:
    """Bring the stories in line; what now stands by itself may ring by itself."""
    db, meja = home.open_berita(), home.open_meja()
    with _ONE_AT_A_TIME, told(home.berita):
        grouping.group(db, meja)
        with writing(db):
            db.execute(
                "INSERT OR IGNORE INTO alert_queue SELECT a.id FROM articles a "
                "JOIN annotations n ON n.article_id = a.id "
                "WHERE a.key IN (SELECT value FROM json_each(?))",
                [json.dumps(sorted(articles))],
            )
        alerts.raise_alerts(home)


def _mark(home: Home, actor: str, said: Statement) -> None:
    db, meja = home.open_berita(), home.open_meja()
    title = db.execute("SELECT title FROM articles WHERE key = ?", [said.article_key]).fetchone()
    note = (
        f"Koreksi atas artikel “{title[0] if title else said.article_key}”: "
        f"{label(said.field, 'field')} {_shown(said, said.old)} menjadi "
        f"{_shown(said, said.new)}. {said.reason}"
    )
    with writing(meja):
        for key in _alerts(db, said.article_key):
            meja.execute(
                "INSERT INTO alert_events (alert_key, at, actor, note) VALUES (?, ?, ?, ?)",
                [key, audit.now(), actor, note],
            )


def _shown(said: Statement, value: str | None) -> str:
    if value is None:
        return "kosong"
    return label(value, said.field) if said.field in ("status", "alert", "stage") else value


def _alerts(db: Database, article_key: str) -> Iterable[str]:
    """Keys of the alerts of an article and of its story."""
    rows = db.execute(
        "SELECT l.key FROM alerts l JOIN articles a ON a.id = l.article_id "
        "LEFT JOIN story_articles sa ON sa.story_id = l.story_id "
        "LEFT JOIN articles b ON b.id = sa.article_id WHERE ?1 IN (a.key, b.key) "
        "GROUP BY l.key ORDER BY l.key",
        [article_key],
    )
    return [str(key) for (key,) in rows.fetchall()]
