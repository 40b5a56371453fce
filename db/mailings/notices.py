"""Word of sources that fell silent or ill: one notice per illness, until the source is well."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from db import audit
from db.base import writing
from db.health import Source


def update(meja: Database, sources: Sequence[Source]) -> int:
    """Open and end notices as the sources stand now; how many were opened.

    A source that was never read has not fallen silent: `/sumber` shows it, nobody is told.
    """
    ill = {one.id: one for one in sources if one.fault and (one.read_at or one.articles)}
    known = {row["outlet_id"] for row in open_notices(meja)}
    new = [one for one in ill.values() if one.id not in known]
    over = sorted(known - ill.keys())
    if not new and not over:
        return 0
    now = audit.now()
    with writing(meja):
        meja.conn.executemany(
            "INSERT INTO source_notices (outlet_id, fault, last_read_at, began_at) "
            "VALUES (?, ?, ?, ?)",
            [(one.id, one.fault, one.read_at, now) for one in new],
        )
        meja.conn.executemany(
            "UPDATE source_notices SET ended_at = ? WHERE outlet_id = ? AND ended_at IS NULL",
            [(now, outlet) for outlet in over],
        )
    return len(new)


def open_notices(meja: Database, after: int = 0) -> list[dict[str, str]]:
    """Those that have not ended, with a number above `after`."""
    sql = "SELECT * FROM source_notices WHERE ended_at IS NULL AND id > ? ORDER BY id"
    return list(meja.query(sql, [after]))
