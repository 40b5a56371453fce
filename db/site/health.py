"""How many eyes are open: which outlets were read in the last day, and why others were not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from db.fetches import GOOD
from db.site import bases

WINDOW: Final = timedelta(hours=24)

_OUTLETS = f"""
    SELECT o.id, o.name, o.network, o.kind, r.short_name AS province, o.province_code,
        (SELECT max(fetched_at) FROM fetches f
          WHERE f.outlet_id = o.id AND f.kind <> 'import') AS tried_at,
        (SELECT max(fetched_at) FROM fetches f
          WHERE f.outlet_id = o.id AND f.kind <> 'import' AND {GOOD}) AS read_at,
        (SELECT count(*) FROM articles a WHERE a.outlet_id = o.id) AS articles,
        (SELECT max(published_at) FROM articles a WHERE a.outlet_id = o.id) AS newest_at
    FROM outlets o LEFT JOIN regions r ON r.code = o.province_code
    ORDER BY o.name
"""  # noqa: S608 - own text

_FAILURES = f"""
    SELECT outlet_id, coalesce(error, 'HTTP ' || status, 'tidak ada jawaban') AS reason,
        count(*) AS number
    FROM fetches
    WHERE fetched_at >= ? AND kind <> 'import' AND NOT coalesce({GOOD}, 0)
    GROUP BY outlet_id, reason ORDER BY number DESC
"""  # noqa: S608 - own text


@dataclass(frozen=True)
class Eyes:
    """Outlets by what happened to them in the last day."""

    outlets: int
    read: int
    failed: int
    untried: int
    newest_at: str | None


async def outlets(datasette: Any) -> list[dict[str, Any]]:
    """Every outlet with its `state` (terbaca, gagal, diam) and `failures` of the last day."""
    since = (datetime.now(UTC) - WINDOW).isoformat(timespec="seconds")
    failures: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in await bases.rows(datasette, _FAILURES, [since]):
        failures[row["outlet_id"]].append(row)
    found = await bases.rows(datasette, _OUTLETS)
    return [{**row, "state": _state(row, since), "failures": failures[row["id"]]} for row in found]


def eyes(found: list[dict[str, Any]]) -> Eyes:
    states = [row["state"] for row in found]
    return Eyes(
        outlets=len(found),
        read=states.count("terbaca"),
        failed=states.count("gagal"),
        untried=states.count("diam"),
        newest_at=max((row["tried_at"] for row in found if row["tried_at"]), default=None),
    )


def _state(row: dict[str, Any], since: str) -> str:
    if (row["read_at"] or "") >= since:
        return "terbaca"
    return "gagal" if (row["tried_at"] or "") >= since else "diam"
