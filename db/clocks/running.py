"""The clocks that run, with what the base knows of their cases; the most pressing first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from db.clocks.clock import Clock, clocks
from db.clocks.deadlines import Deadline

# Those whose newest mark does not end them.
_OPEN: Final = """
    SELECT article_key FROM meja.clock_marks GROUP BY article_key
    HAVING max(id) = max(CASE WHEN mark IN ('diketahui', 'diregistrasi') THEN id END)
"""
_CASE: Final = "coalesce(sa.story_id, -ar.id)"
"""The number of a story, or of an article that stands alone, below 0."""
# `berita.db` with `meja.db` attached as `meja`. The article of a clock can be missing while the
# base is being rebuilt: its clock runs all the same.
_RUNNING: Final = f"""
    SELECT m.*, coalesce(u.name, m.actor) AS actor_name, {_CASE} AS number, ar.title,
        o.name AS outlet, n.status, n.region_code, r.name AS region, t.name AS topic_name,
        (SELECT a.key FROM alerts a WHERE a.article_id = ar.id ORDER BY a.id LIMIT 1) AS alert_key
    FROM meja.clock_marks m LEFT JOIN meja.accounts u ON u.username = m.actor
    LEFT JOIN articles ar ON ar.key = m.article_key LEFT JOIN outlets o ON o.id = ar.outlet_id
    LEFT JOIN annotations n ON n.article_id = ar.id LEFT JOIN regions r ON r.code = n.region_code
    LEFT JOIN topics t ON t.id = n.topic
    LEFT JOIN story_articles sa ON sa.article_id = ar.id
    WHERE m.article_key IN ({_OPEN})
        AND (:cases IS NULL OR {_CASE} IN (SELECT value FROM json_each(:cases)))
    ORDER BY m.article_key, m.id
"""  # noqa: S608 - own text
_ABOUT: Final = (
    "number",
    "title",
    "outlet",
    "status",
    "region_code",
    "region",
    "topic_name",
    "alert_key",
)


@dataclass(frozen=True)
class Case:
    """A running clock and what it is about; without rules for its day, `next` is None."""

    clock: Clock
    about: dict[str, Any]

    @cached_property
    def next(self) -> Deadline | None:
        """The next last day; of those that have passed, the newest."""
        found, today = self.clock.open, self.clock.today
        ahead = [deadline for deadline in found if deadline.left(today) >= 0]
        return next(iter(ahead[:1] or found[-1:]), None)

    @cached_property
    def left(self) -> int | None:
        """Days to `next`, negative when it has passed."""
        return self.next.left(self.clock.today) if self.next else None


def running(
    db: sqlite3.Connection, region: str | None = None, cases: Sequence[int] | None = None
) -> list[Case]:
    """The running clocks, of a province or kabupaten only where named, or of these cases.

    A case is the number of a story, or of an article that stands alone, below 0.
    `db` is `berita.db` with `meja.db` attached as `meja`.
    """
    wanted = None if cases is None else json.dumps(list(cases))
    cursor = db.execute(_RUNNING, {"cases": wanted})
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    about = {row["article_key"]: {name: row[name] for name in _ABOUT} for row in rows}
    found = [Case(clock, about[clock.article_key]) for clock in clocks(rows)]
    return sorted(
        (case for case in found if _within(case.about["region_code"], region)),
        key=lambda case: (case.left is None, case.left or 0, case.clock.known.moment),
    )


def number(db: sqlite3.Connection) -> int:
    """How many clocks run; `db` as for `running`."""
    return int(db.execute(f"SELECT count(*) FROM ({_OPEN})").fetchone()[0])  # noqa: S608 - own text


def _within(code: str | None, region: str | None) -> bool:
    return not region or code == region or str(code).startswith(f"{region}.")
