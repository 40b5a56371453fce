"""The clock of a case on the screens: what an alert shows of time, and what officers press."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any, Final

from db.clocks import deadlines, pressing
from db.clocks.clock import Clock
from db.clocks.deadlines import Deadline
from db.clocks.pressing import OFFSETS, ClockError, Press
from db.clocks.running import Case
from db.clocks.running import running as all_running
from db.reports.place import find
from db.site import bases, guard, triage
from db.site.triage import Decision, Problem, Target
from db.words import ZONES, listed

MARKS: Final = ("diketahui", "diregistrasi", "selesai", "dibatalkan")
_FIELD: Final = "%Y-%m-%dT%H:%M"
_ARTICLES: Final = """
    SELECT a.key FROM story_articles sa JOIN articles a ON a.id = sa.article_id
    WHERE sa.story_id = ? ORDER BY a.key
"""


@dataclass(frozen=True)
class Estimate:
    """Seven days from a day that the article names, before any officer knew of it."""

    of: str
    day: str
    deadline: Deadline | None


async def running(
    datasette: Any, region: str | None = None, cases: Sequence[int] | None = None
) -> list[Case]:
    """The running clocks, the most pressing first; arguments as of `db.clocks.running`."""
    return await bases.ask(datasette, lambda db: all_running(db, region, cases))


async def panel(
    datasette: Any,
    actor: Mapping[str, Any],
    alert: Mapping[str, Any],
    cases: Sequence[Any],
    fields: Mapping[str, str],
) -> dict[str, Any]:
    """What the page of an alert shows of time; `fields` were sent and refused, or are empty."""
    keys = await articles(datasette, alert)
    zone = zone_of(alert["region_code"])
    regime = guessed_regime(cases)
    event = next((case["date"] for case in cases if case["date"]), None)
    return {
        "clocks": await bases.base(datasette, "meja").execute_fn(
            lambda meja: pressing.of_case(meja, keys)
        ),
        "estimates": estimates(event, alert["published_at"], regime),
        "event": event,
        "regime": fields.get("rezim") or regime,
        "regimes": deadlines.REGIMES,
        "zone": fields.get("zona") or ZONES[int(zone.utcoffset(None).total_seconds() // 3600)],
        "zones": list(OFFSETS),
        "now": fields.get("waktu") or datetime.now(zone).strftime(_FIELD),
        "may_call_off": lambda clock: may_call_off(actor, clock),
    }


def zone_of(region_code: str | None) -> timezone:
    """The clock of a region; of none, WIB."""
    return find(region_code).clock


def guessed_regime(cases: Sequence[Mapping[str, Any]]) -> str:
    """By the law that the case may fall under; the officer has the last word."""
    norms = [norm for case in cases for norm in listed(case["norms"])]
    pemilu = any("UU 7/2017" in norm for norm in norms)
    pilkada = any("UU 10/2016" in norm or "UU 1/2015" in norm for norm in norms)
    return "pemilu" if pemilu and not pilkada else "pilkada"


def estimates(event: str | None, published: str | None, regime: str) -> list[Estimate]:
    """The first limit by the event's day and by the day of publication, where they are known."""
    days = {"kejadian": event, "terbit": (published or "")[:10] or None}
    return [Estimate(name, day, _first(regime, day)) for name, day in days.items() if day]


def may_call_off(actor: Mapping[str, Any], clock: Clock) -> bool:
    """Whoever started a clock, and those above."""
    return clock.known.actor == actor["id"] or guard.role(dict(actor)) in ("atasan", "admin")


async def press(
    datasette: Any, actor: Mapping[str, Any], alert: Mapping[str, Any], fields: Mapping[str, str]
) -> Problem | None:
    """Set a mark, with a line in the history of the alert. Raises `ClockError`."""
    wish = _wish(actor, alert, await articles(datasette, alert), fields)
    seen = Target.read(f"{fields.get('terlihat') or 0}:{alert['key']}")

    def store(meja: sqlite3.Connection) -> Problem | None:
        meja.execute("BEGIN IMMEDIATE")  # nobody starts a second clock between look and write
        late = triage.overtaken(meja, seen) if seen else None
        if late:
            return Problem(409, late)
        if wish.mark == "dibatalkan":
            _refuse_others(meja, actor, wish)
        said = pressing.press(meja, wish)
        note = ". ".join(part for part in (f"Jam perkara: {said}", wish.note) if part)
        triage.add_event(meja, wish.actor, alert["key"], Decision(None, note=note))
        return None

    problem: Problem | None = await bases.write(datasette, store)
    return problem


def _wish(
    actor: Mapping[str, Any],
    alert: Mapping[str, Any],
    articles: Sequence[str],
    fields: Mapping[str, str],
) -> Press:
    """An end is now; what came before it has its own time."""
    mark = fields["aksi"]
    ends = mark in ("selesai", "dibatalkan")
    now = datetime.now(zone_of(alert["region_code"]))
    given = (fields.get("waktu", ""), fields.get("zona", ""))
    return Press(
        mark=mark,
        actor=actor["id"],
        articles=articles,
        moment=now if ends else pressing.read_moment(*given),
        regime=fields.get("rezim", ""),
        note=fields.get("keterangan", "").strip(),
    )


def _refuse_others(meja: sqlite3.Connection, actor: Mapping[str, Any], wish: Press) -> None:
    for clock in pressing.of_case(meja, wish.articles):
        if clock.done is None and not may_call_off(actor, clock):
            raise ClockError(
                f"Jam ini dimulai {clock.known.actor_name}; hanya ia atau atasan membatalkannya."
            )


async def articles(datasette: Any, alert: Mapping[str, Any]) -> list[str]:
    """Keys of the articles of the case, that of the alert first."""
    found = await bases.rows(datasette, _ARTICLES, [alert["story_id"]])
    others = [row["key"] for row in found if row["key"] != alert["article_key"]]
    return [alert["article_key"], *others]


def _first(regime: str, day: str) -> Deadline | None:
    try:
        start = date.fromisoformat(day)
    except ValueError:
        return None
    return next(iter(deadlines.after(regime, "diketahui", start)), None)
