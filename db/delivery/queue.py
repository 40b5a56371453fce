"""The queue in `meja.db`: which alerts go where, what was tried, and when to try again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from db.base import writing
from db.delivery import digest
from db.delivery.digest import Row
from db.delivery.patience import after, wait

_CHANNELS: Final = (
    "SELECT c.*, w.name AS watch_name FROM channels c JOIN watches w ON w.key = c.watch_key "
    "WHERE c.active ORDER BY c.id"
)
# Not what was fetched long before the channel was made: a new watch and a base built anew ring for
# all of it, and nobody wants ten years by e-mail.
_NEW: Final = """
    SELECT a.key FROM berita.alerts a JOIN berita.articles ar ON ar.id = a.article_id
    JOIN berita.article_versions v ON v.article_id = ar.id AND v.number = ar.version
    WHERE a.watch_key = :watch_key AND a.raised_at >= :created_at
        AND v.fetched_at >= strftime('%Y-%m-%dT%H:%M:%S', :created_at, '-1 day')
        AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_key = a.key
            AND d.channel = :kind AND d.target = :target)
    ORDER BY a.id
"""
_DUE: Final = """
    SELECT d.id, d.message_id, d.attempts, a.key AS alert_key, a.watch_key, a.watch_name,
        a.status, a.stage, a.sentence, a.raised_at, ar.title, ar.url, ar.published_at,
        ar.key AS article_key, o.name AS outlet, t.name AS topic, r.name AS region
    FROM deliveries d JOIN berita.alerts a ON a.key = d.alert_key
    JOIN berita.articles ar ON ar.id = a.article_id JOIN berita.outlets o ON o.id = ar.outlet_id
    LEFT JOIN berita.topics t ON t.id = a.topic LEFT JOIN berita.regions r ON r.code = a.region_code
    WHERE d.channel_id = ? AND d.state = 'menunggu' AND d.due_at <= ?
    ORDER BY d.message_id, d.id
"""


def attach(reader: Database, berita: Path) -> None:
    """Let a connection of `meja.db` read the alerts too.

    Only a second connection, which never writes: a transaction takes the write lock of every
    attached file, and the crawler writes to `berita.db` at the same time.
    """
    reader.execute("ATTACH DATABASE ? AS berita", [str(berita)])


def channels(meja: Database) -> list[dict[str, Any]]:
    return list(meja.query(_CHANNELS))


def enqueue(meja: Database, reader: Database, channel: Row, now: datetime) -> int:
    """Queue the alerts that rang since the channel was made; how many were new."""
    keys = [row["key"] for row in reader.query(_NEW, dict(channel))]
    at, due = now.isoformat(timespec="seconds"), digest.due(channel, now)
    place = (channel["kind"], channel["target"], channel["id"])
    with writing(meja):
        meja.conn.executemany(
            "INSERT INTO deliveries (alert_key, channel, target, channel_id, state, created_at, "
            "due_at) VALUES (?, ?, ?, ?, 'menunggu', ?, ?)",
            [(key, *place, at, due) for key in keys],
        )
    return len(keys)


def due(reader: Database, channel: Row, now: datetime) -> list[dict[str, Any]]:
    """What is to go out now, each with what the alert says."""
    return list(reader.query(_DUE, [channel["id"], now.isoformat(timespec="seconds")]))


def name(meja: Database, rows: Sequence[Row]) -> str:
    """The id of the message made of these rows, kept before it goes out and for every repeat."""
    if rows[0]["message_id"]:
        return str(rows[0]["message_id"])
    chosen = secrets.token_hex(12)
    with writing(meja):
        meja.conn.executemany(
            "UPDATE deliveries SET message_id = ? WHERE id = ?",
            [(chosen, row["id"]) for row in rows],
        )
    return chosen


def settle(
    meja: Database,
    channel: Row,
    message_id: str,
    rows: Sequence[Row],
    error: str | None,
    waits: Sequence[int],
    patience_hours: int,
) -> str:
    """Record an attempt and what follows from it; the new state of the rows."""
    now = datetime.now(UTC)
    at, attempts = now.isoformat(timespec="seconds"), int(rows[0]["attempts"]) + 1
    state = "terkirim" if error is None else after(attempts, waits, patience_hours)
    later = now + timedelta(minutes=wait(attempts, waits))
    due_at = later.isoformat(timespec="seconds")
    delivered = at if error is None else None
    with writing(meja):
        meja.execute(
            "INSERT INTO delivery_attempts (channel_id, message_id, alerts, at, error) "
            "VALUES (?, ?, ?, ?, ?)",
            [channel["id"], message_id, len(rows), at, error],
        )
        meja.conn.executemany(
            "UPDATE deliveries SET state = ?, attempts = ?, error = ?, due_at = ?, "
            "delivered_at = ? WHERE id = ?",
            [(state, attempts, error, due_at, delivered, row["id"]) for row in rows],
        )
    return state


def waiting(meja: Database) -> int:
    sql = "SELECT count(*) FROM deliveries WHERE state = 'menunggu'"
    return int(meja.execute(sql).fetchone()[0])
