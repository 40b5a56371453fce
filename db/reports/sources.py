"""The eyes of a report: which outlets of the region were read since its window began."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from db.fetches import GOOD
from db.reports.items import plain, rows
from db.reports.place import Place
from db.reports.window import Window

# National outlets count for every region.
_OUTLETS: Final = f"""
    SELECT o.name, count(f.id) AS tries, coalesce(sum({GOOD}), 0) AS good,
        (SELECT coalesce(l.error, 'HTTP ' || l.status, 'tidak ada jawaban') FROM fetches l
          WHERE l.outlet_id = o.id AND l.kind <> 'import' ORDER BY l.fetched_at DESC LIMIT 1)
            AS reason
    FROM outlets o LEFT JOIN fetches f
        ON f.outlet_id = o.id AND f.kind <> 'import' AND f.fetched_at >= :since
    WHERE :province IS NULL OR o.province_code IS NULL OR o.province_code = :province
    GROUP BY o.id ORDER BY o.name
"""  # noqa: S608 - own text


@dataclass(frozen=True)
class Sources:
    """`failed` are outlets with the reason of their newest failure; `untried` are numbers."""

    read: int
    failed: tuple[tuple[str, str], ...]
    untried: int

    @property
    def all(self) -> int:
        return self.read + len(self.failed) + self.untried


def count(db: sqlite3.Connection, place: Place, window: Window) -> Sources:
    since = window.since.astimezone(UTC).isoformat(timespec="seconds")
    found = rows(db, _OUTLETS, {"since": since, "province": place.province})
    return Sources(
        read=sum(row["good"] > 0 for row in found),
        failed=tuple(
            (plain(row["name"], 200), plain(row["reason"], 200))
            for row in found
            if row["tries"] and not row["good"]
        ),
        untried=sum(not row["tries"] for row in found),
    )
