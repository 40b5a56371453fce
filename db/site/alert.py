"""`/peringatan/<id>`: one alert with its sentence, reasons, clock and history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

from datasette import Response

from db.clocks.pressing import ClockError
from db.site import bases, clock, guard, session, story, triage
from db.site.errors import PageError
from db.site.triage import Decision, Outcome, Problem, Target


def newest_event(column: str) -> str:
    """SQL for what the newest event of alert `a` says of a column; NULL where none says it.

    Asked row by row: the view `alert_states` would be made whole for every page.
    """
    return f"""(SELECT e.{column} FROM meja.alert_events e
        WHERE e.alert_key = a.key AND e.{column} IS NOT NULL ORDER BY e.id DESC LIMIT 1)"""  # noqa: S608 - own names


STATE: Final = f"coalesce({newest_event('state')}, 'baru')"
ASSIGNEE: Final = f"nullif({newest_event('assignee')}, '')"
ALERTS: Final = f"""
    SELECT a.*, ar.key AS article_key, ar.title, ar.url, ar.published_at, ar.gone_at,
        o.name AS outlet, t.name AS topic_name, t.theme_name, t.priority, r.name AS region,
        s.key AS story_key, s.articles, s.accounts, {STATE} AS state, {ASSIGNEE} AS assignee,
        {newest_event("verdict")} AS verdict, {newest_event("id")} AS last_event
    FROM alerts a JOIN articles ar ON ar.id = a.article_id JOIN outlets o ON o.id = ar.outlet_id
    LEFT JOIN topics t ON t.id = a.topic LEFT JOIN regions r ON r.code = a.region_code
    LEFT JOIN stories s ON s.id = a.story_id
"""  # noqa: S608 - own text
NEWEST: Final = "ORDER BY a.raised_at DESC, a.id DESC"
_NORMS = """
    SELECT DISTINCT citation, verified FROM norms
    WHERE topic = :topic AND coalesce(valid_from, '') <= coalesce(:at, '9')
        AND coalesce(valid_until, '9') >= coalesce(:at, '') ORDER BY verified DESC, id
"""
_EDITED = "SELECT version, instr(text, ?) > 0 AS still FROM articles WHERE id = ?"
_CASES = "SELECT actors, date, norms FROM violations WHERE article_id = ? AND topic = ?"
_OFFICES = "SELECT name, position, acting FROM officials WHERE article_id = ? ORDER BY id DESC"


async def newest(datasette: Any, limit: int) -> list[dict[str, Any]]:
    """The newest alerts, each article once, whichever watch it rang first."""
    found = await bases.rows(datasette, f"{ALERTS} {NEWEST} LIMIT ?", [limit * 4])
    first = {alert["article_id"]: alert for alert in reversed(found)}
    return [alert for alert in found if first[alert["article_id"]] is alert][:limit]


async def of_story(datasette: Any, story_id: int) -> list[dict[str, Any]]:
    sql = f"{ALERTS} WHERE a.story_id = ? {NEWEST} LIMIT 50"
    return await bases.rows(datasette, sql, [story_id])


async def of_article(datasette: Any, article_id: int) -> list[dict[str, Any]]:
    sql = f"{ALERTS} WHERE a.article_id = ? {NEWEST} LIMIT 50"
    return await bases.rows(datasette, sql, [article_id])


@guard.desk
async def show(datasette: Any, request: Any) -> Any:
    """`/peringatan/<id>`: the key of an alert, or its row number, which leads to the key."""
    wanted = unquote(request.url_vars["id"])
    alert = await find(datasette, wanted)
    if wanted != alert["key"]:
        return Response.redirect(datasette.urls.path(address(alert)))
    if request.method != "POST":
        return await _page(datasette, request, alert, {})
    fields = await session.form(request)
    done = await _act(datasette, request.actor, alert, fields)
    if isinstance(done, Problem):
        context = {"problem": done, "fields": fields}
        return await _page(datasette, request, alert, context, done.status)
    datasette.add_message(request, "Tersimpan.", datasette.INFO)
    return Response.redirect(datasette.urls.path(address(alert)))


def address(alert: Mapping[str, Any]) -> str:
    """Row numbers change when the base is rebuilt; the key stays."""
    return f"/peringatan/{quote(alert['key'], safe=':')}"


async def find(datasette: Any, wanted: str) -> dict[str, Any]:
    column = "id" if wanted.isdecimal() else "key"
    alert = await bases.row(datasette, f"{ALERTS} WHERE a.{column} = ?", [wanted])
    if alert is None:
        raise PageError(404, "Peringatan ini tidak ada.")
    return alert


async def _act(
    datasette: Any, actor: dict[str, Any], alert: dict[str, Any], fields: dict[str, str]
) -> Outcome | Problem | None:
    """What the form asks for: a decision, a verdict, or a mark of the clock."""
    action = fields.get("aksi", "putuskan")
    if action in clock.MARKS:
        return await _press(datasette, actor, alert, fields)
    decision = _DECISIONS.get(action, triage.read)(fields)
    seen = Target.read(f"{fields.get('terlihat') or 0}:{alert['key']}")
    others = [Target.read(token) for token in fields.get("serta", "").split()]
    targets = [target for target in (seen, *others) if target]
    return await triage.decide(datasette, actor["id"], targets, decision, together=True)


async def _press(
    datasette: Any, actor: dict[str, Any], alert: dict[str, Any], fields: dict[str, str]
) -> Problem | None:
    try:
        return await clock.press(datasette, actor, alert, fields)
    except ClockError as error:
        return Problem(400, f"Belum tersimpan: {error}")


def _wrong(fields: Mapping[str, str]) -> Decision:
    """A watch that should not have rung; nobody has to look at its alert any more."""
    return Decision("diabaikan", note=fields.get("alasan", "").strip(), verdict="keliru")


def _right_after_all(fields: Mapping[str, str]) -> Decision:
    return Decision("ditinjau", note="Tanda keliru dicabut.", verdict="tepat")


_DECISIONS: Final = {"keliru": _wrong, "tepat": _right_after_all}


async def _page(
    datasette: Any, request: Any, alert: dict[str, Any], more: dict[str, Any], status: int = 200
) -> Any:
    cases = await bases.rows(datasette, _CASES, [alert["article_id"], alert["topic"]])
    held = await bases.rows(datasette, _OFFICES, [alert["article_id"]])
    context = {
        "alert": alert,
        "events": await triage.history(datasette, alert["key"]),
        "people": await triage.people(datasette),
        "edited": await bases.row(datasette, _EDITED, [alert["sentence"], alert["article_id"]]),
        "norms": await bases.rows(datasette, _NORMS, _when(alert)),
        "cases": cases,
        "offices": {row["name"]: row for row in held},  # of several the first
        "siblings": await story.articles(datasette, alert["story_id"]),
        "others": await _others(datasette, alert),
        "tokens": lambda alerts: " ".join(map(triage.token, alerts)),
        "clock": await clock.panel(datasette, request.actor, alert, cases, more.get("fields", {})),
        "fields": {},
        "problem": None,
        **more,
    }
    html = await datasette.render_template("peringatan.html", context, request=request)
    return Response.html(html, status=status)


async def _others(datasette: Any, alert: dict[str, Any]) -> list[dict[str, Any]]:
    """What else rang for the same case: other watches, earlier stages."""
    of_case = of_story if alert["story_id"] else of_article
    found = await of_case(datasette, alert["story_id"] or alert["article_id"])
    return [other for other in found if other["key"] != alert["key"]]


def _when(alert: dict[str, Any]) -> dict[str, Any]:
    """Norms count when they were in force on the day of publication."""
    return {"topic": alert["topic"], "at": (alert["published_at"] or "")[:10] or None}
