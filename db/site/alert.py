"""`/peringatan`: the analysts' inbox, and one alert with its sentence, reasons and history."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, unquote

from datasette import Response

from db.site import bases, guard, health, session, story, triage
from db.site.errors import PageError
from db.site.pages import Page

SIZE: Final = 25
FILTERS: Final = {
    "keadaan": "coalesce(d.state, 'baru') = :keadaan",
    "status": "a.status = :status",
    "tema": "t.theme = :tema",
    "provinsi": "substr(a.region_code, 1, 2) = :provinsi",
    "petugas": "d.assignee = :petugas",
    "langganan": "a.watch_key = :langganan",
}
"""Parameters of the address and the condition each one sets."""

_FROM = """
    FROM alerts a JOIN articles ar ON ar.id = a.article_id JOIN outlets o ON o.id = ar.outlet_id
    LEFT JOIN topics t ON t.id = a.topic LEFT JOIN regions r ON r.code = a.region_code
    LEFT JOIN stories s ON s.id = a.story_id
    LEFT JOIN meja.alert_states d ON d.alert_key = a.key
"""
_ALERTS = f"""
    SELECT a.*, ar.key AS article_key, ar.title, ar.url, ar.published_at, ar.gone_at,
        o.name AS outlet, t.name AS topic_name, t.theme_name, t.priority, r.name AS region,
        s.key AS story_key, s.articles, s.accounts,
        coalesce(d.state, 'baru') AS state, d.assignee, d.changed_at
    {_FROM}
"""
_NEWEST = "ORDER BY a.raised_at DESC, a.id DESC"
_STATES = f"SELECT coalesce(d.state, 'baru') AS state, count(*) AS number {_FROM}"
_CHOICES = {
    "tema": """SELECT DISTINCT t.theme AS value, t.theme_name AS name
        FROM alerts a JOIN topics t ON t.id = a.topic ORDER BY name""",
    "provinsi": """SELECT DISTINCT r.code AS value, r.name FROM alerts a
        JOIN regions r ON r.code = substr(a.region_code, 1, 2) ORDER BY r.name""",
}
_NORMS = """
    SELECT DISTINCT citation, verified FROM norms
    WHERE topic = :topic AND coalesce(valid_from, '') <= coalesce(:at, '9')
        AND coalesce(valid_until, '9') >= coalesce(:at, '') ORDER BY verified DESC, id
"""
_CASES = "SELECT actors, date, norms FROM violations WHERE article_id = ? AND topic = ?"


async def newest(datasette: Any, limit: int) -> list[dict[str, Any]]:
    """The newest alerts, each article once, whichever watch it rang first."""
    found = await bases.rows(datasette, f"{_ALERTS} {_NEWEST} LIMIT ?", [limit * 4])
    first = {alert["article_id"]: alert for alert in reversed(found)}
    return [alert for alert in found if first[alert["article_id"]] is alert][:limit]


async def of_story(datasette: Any, story_id: int) -> list[dict[str, Any]]:
    sql = f"{_ALERTS} WHERE a.story_id = ? {_NEWEST} LIMIT 50"
    return await bases.rows(datasette, sql, [story_id])


async def of_article(datasette: Any, article_id: int) -> list[dict[str, Any]]:
    sql = f"{_ALERTS} WHERE a.article_id = ? {_NEWEST} LIMIT 50"
    return await bases.rows(datasette, sql, [article_id])


@guard.desk
async def inbox(datasette: Any, request: Any) -> Any:
    """`/peringatan`"""
    page = Page.of(request, SIZE)
    wanted = {name: value for name, value in page.params if name in FILTERS}
    others = {name: value for name, value in wanted.items() if name != "keadaan"}
    sql = f"{_ALERTS} {_where(wanted)} {_NEWEST} LIMIT {SIZE + 1} OFFSET {page.offset}"
    alerts = page.cut(await bases.rows(datasette, sql, wanted))
    context = {
        "alerts": alerts,
        "eyes": None if alerts else health.eyes(await health.outlets(datasette)),
        "page": page,
        "wanted": wanted,
        "states": await _states(datasette, others),
        "choices": {name: await bases.rows(datasette, choice) for name, choice in _CHOICES.items()},
        "people": await triage.people(datasette),
    }
    html = await datasette.render_template("peringatan_daftar.html", context, request=request)
    return Response.html(html)


@guard.desk
async def show(datasette: Any, request: Any) -> Any:
    """`/peringatan/<id>`: the key of an alert, or its row number, which leads to the key."""
    wanted = unquote(request.url_vars["id"])
    alert = await _find(datasette, wanted)
    if wanted != alert["key"]:
        return Response.redirect(datasette.urls.path(address(alert)))
    if request.method != "POST":
        return await _page(datasette, request, alert, {})
    fields = await session.form(request)
    problem = await triage.decide(datasette, request.actor["id"], alert["key"], fields)
    if problem:
        context = {"problem": problem, "fields": fields}
        return await _page(datasette, request, alert, context, problem.status)
    datasette.add_message(request, "Tersimpan.", datasette.INFO)
    return Response.redirect(datasette.urls.path(address(alert)))


def address(alert: dict[str, Any]) -> str:
    """Row numbers change when the base is rebuilt; the key stays."""
    return f"/peringatan/{quote(alert['key'], safe=':')}"


async def _find(datasette: Any, wanted: str) -> dict[str, Any]:
    column = "id" if wanted.isdecimal() else "key"
    alert = await bases.row(datasette, f"{_ALERTS} WHERE a.{column} = ?", [wanted])
    if alert is None:
        raise PageError(404, "Peringatan ini tidak ada.")
    return alert


async def _page(
    datasette: Any, request: Any, alert: dict[str, Any], more: dict[str, Any], status: int = 200
) -> Any:
    context = {
        "alert": alert,
        "events": await triage.history(datasette, alert["key"]),
        "people": await triage.people(datasette),
        "norms": await bases.rows(datasette, _NORMS, _when(alert)),
        "cases": await bases.rows(datasette, _CASES, [alert["article_id"], alert["topic"]]),
        "siblings": await story.articles(datasette, alert["story_id"]),
        "fields": {},
        "problem": None,
        **more,
    }
    html = await datasette.render_template("peringatan.html", context, request=request)
    return Response.html(html, status=status)


def _when(alert: dict[str, Any]) -> dict[str, Any]:
    """Norms count when they were in force on the day of publication."""
    return {"topic": alert["topic"], "at": (alert["published_at"] or "")[:10] or None}


async def _states(datasette: Any, wanted: dict[str, str]) -> dict[str, int]:
    sql = f"{_STATES} {_where(wanted)} GROUP BY 1"
    return {row["state"]: row["number"] for row in await bases.rows(datasette, sql, wanted)}


def _where(wanted: dict[str, str]) -> str:
    return "WHERE " + " AND ".join(FILTERS[name] for name in wanted) if wanted else ""
