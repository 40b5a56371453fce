"""`/peringatan`: the analysts' inbox, one row per case with all that rang for it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from datasette import Response

from db.clocks import running
from db.delivery.message import shorten
from db.site import bases, clock, guard, health, session, triage
from db.site.alert import ALERTS, ASSIGNEE, NEWEST, STATE
from db.site.errors import PageError
from db.site.pages import Page
from db.site.triage import Outcome, Problem, Target

SIZE: Final = 25
MOST_TARGETS: Final = 2_000
SHOWN_NOTE: Final = 500  # of a note; messages travel in a cookie
FILTERS: Final = {
    "keadaan": f"{STATE} = :keadaan",
    "status": "a.status = :status",
    "tema": "a.topic IN (SELECT id FROM topics WHERE theme = :tema)",
    "provinsi": "substr(a.region_code, 1, 2) = :provinsi",
    "petugas": f"{ASSIGNEE} = :petugas",
    "langganan": "a.watch_key = :langganan",
}
"""Parameters of the address and the condition each one sets on alert `a`."""

# A case is a story, or an article that stands alone.
_CASE: Final = "coalesce(a.story_id, -a.article_id)"
_WALK: Final = f"SELECT {_CASE} FROM alerts a {{where}} {NEWEST}"  # noqa: S608 - own text
_OF_CASES: Final = """
    (a.story_id IN (SELECT value FROM json_each(:cases)) OR (a.story_id IS NULL
        AND a.article_id IN (SELECT -value FROM json_each(:cases))))
"""
_STATES: Final = f"""
    WITH told AS MATERIALIZED (SELECT DISTINCT {_CASE} AS number, {STATE} AS state
        FROM alerts a {{where}})
    SELECT state, count(*) AS number FROM told GROUP BY state
    UNION ALL SELECT '', count(DISTINCT number) FROM told
"""  # noqa: S608 - own text; the conditions are those of FILTERS
_CHOICES: Final = {
    "tema": """SELECT DISTINCT t.theme AS value, t.theme_name AS name
        FROM (SELECT DISTINCT topic FROM alerts) a JOIN topics t ON t.id = a.topic ORDER BY name""",
    "provinsi": """SELECT r.code AS value, r.name
        FROM (SELECT DISTINCT substr(region_code, 1, 2) AS code FROM alerts) a
        JOIN regions r ON r.code = a.code ORDER BY r.name""",
}


@dataclass(frozen=True)
class Case:
    """All alerts of one case that the filters let through, the newest first."""

    alerts: list[dict[str, Any]]

    @property
    def first(self) -> dict[str, Any]:
        return self.alerts[0]

    @property
    def states(self) -> list[str]:
        found = {alert["state"] for alert in self.alerts}
        return [state for state in triage.STATES if state in found]

    @property
    def assignees(self) -> list[str]:
        return sorted({alert["assignee"] for alert in self.alerts if alert["assignee"]})

    @property
    def tokens(self) -> str:
        """What the box of the case sends: all its alerts as they were when shown."""
        return " ".join(triage.token(alert) for alert in self.alerts)

    @property
    def number(self) -> int:
        return int(self.first["story_id"] or -self.first["article_id"])


@guard.desk
async def show(datasette: Any, request: Any) -> Any:
    """`/peringatan`"""
    page = Page.of(request, SIZE)
    if request.method == "POST":
        return await _decide(datasette, request, page)
    wanted = {name: value for name, value in page.params if name in FILTERS}
    cases = await _cases(datasette, page, wanted)
    people = await triage.people(datasette)
    known = {person["username"]: person["name"] for person in people}
    context = {
        "cases": cases,
        "eyes": None if cases else await health.glance(datasette),
        "page": page,
        "wanted": wanted,
        "states": await _states(datasette, wanted),
        "choices": {name: await bases.rows(datasette, choice) for name, choice in _CHOICES.items()},
        "people": people,
        "clocks": await _clocks(datasette, cases),
        "names": lambda usernames: ", ".join(known.get(name, name) for name in usernames),
        "running": await bases.ask(datasette, running.number),
    }
    html = await datasette.render_template("peringatan_daftar.html", context, request=request)
    return Response.html(html, headers={"Cache-Control": "no-store"})


async def _decide(datasette: Any, request: Any, page: Page) -> Any:
    """One decision about all chosen alerts; those that somebody else decided are left out."""
    pairs = await session.pairs(request)
    chosen = " ".join(value for name, value in pairs if name == "pilih").split()
    targets = [target for target in map(Target.read, chosen) if target]
    if not targets or len(targets) > MOST_TARGETS:
        raise PageError(400, "Pilih dahulu perkara yang hendak ditindak.")
    decision = triage.read(dict(pairs))
    if decision.state is None and decision.assignee is None and not decision.note:
        raise PageError(400, "Pilih keadaan atau petugas, atau tulis catatan.")
    done = await triage.decide(datasette, request.actor["id"], targets, decision, together=False)
    if isinstance(done, Problem):
        raise PageError(done.status, done.message)
    _tell(datasette, request, done, decision.note)
    return Response.redirect(datasette.urls.path(page.link(hal=page.number)))


def _tell(datasette: Any, request: Any, done: Outcome, note: str) -> None:
    """What was kept, and what not, with the note that would else be gone."""
    if done.stored:
        said = f"{done.stored} peringatan tersimpan."
        datasette.add_message(request, said, datasette.INFO)
    if done.late:
        said = f"{len(done.late)} peringatan tidak ikut. {done.late[0]}"
        said += f" Catatan Anda: “{shorten(note, SHOWN_NOTE)}”" if note else ""
        datasette.add_message(request, said, datasette.WARNING)


async def _cases(datasette: Any, page: Page, wanted: dict[str, str]) -> list[Case]:
    numbers = page.cut(await bases.ask(datasette, lambda db: _numbers(db, page, wanted)))
    conditions = " AND ".join([_OF_CASES, *(FILTERS[name] for name in wanted)])
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    given = {**wanted, "cases": json.dumps(numbers)}
    for alert in await bases.rows(datasette, f"{ALERTS} WHERE {conditions} {NEWEST}", given):
        found[alert["story_id"] or -alert["article_id"]].append(alert)
    return [Case(alerts) for alerts in found.values() if alerts]


def _numbers(db: sqlite3.Connection, page: Page, wanted: dict[str, str]) -> list[int]:
    """The cases of a page and one more, by walking the alerts down from the newest."""
    last = page.offset + SIZE + 1
    seen: dict[int, None] = {}
    for (number,) in db.execute(_WALK.format(where=_where(wanted)), wanted):
        seen[number] = None
        if len(seen) == last:
            break
    return list(seen)[page.offset :]


async def _clocks(datasette: Any, cases: list[Case]) -> dict[int, Any]:
    """The most pressing clock of each of these cases that has one."""
    found = await clock.running(datasette, cases=[case.number for case in cases])
    return {one.about["number"]: one for one in reversed(found)}


async def _states(datasette: Any, wanted: dict[str, str]) -> dict[str, int]:
    """Cases by state, and of all states; a case with two states counts in both."""
    others = {name: value for name, value in wanted.items() if name != "keadaan"}
    rows = await bases.rows(datasette, _STATES.format(where=_where(others)), others)
    return {row["state"]: row["number"] for row in rows}


def _where(wanted: dict[str, str]) -> str:
    return "WHERE " + " AND ".join(FILTERS[name] for name in wanted) if wanted else ""
