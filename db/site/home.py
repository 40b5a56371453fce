"""`/` (Beranda): what is new, what is being told where, and how many eyes are open."""

from __future__ import annotations

from typing import Any

from datasette import Response

from db.site import alert, bases, charts, guard, health, periods, story

_THEMES = """
    SELECT t.theme, t.theme_name AS name, count(*) AS total, sum(n.alert) AS marked
    FROM articles a JOIN annotations n ON n.article_id = a.id JOIN topics t ON t.id = n.topic
    WHERE n.election AND a.published_at >= ? AND a.published_at < ?
    GROUP BY t.theme ORDER BY marked DESC, total DESC
"""
_PROVINCES = """
    SELECT substr(n.region_code, 1, 2) AS code, r.short_name AS name,
        count(*) AS total, sum(n.alert) AS marked
    FROM articles a JOIN annotations n ON n.article_id = a.id
    LEFT JOIN regions r ON r.code = substr(n.region_code, 1, 2)
    WHERE n.election AND a.published_at >= ? AND a.published_at < ?
    GROUP BY substr(n.region_code, 1, 2) ORDER BY marked DESC, total DESC
"""
_TOTALS = """
    SELECT (SELECT count(*) FROM articles) AS articles,
        (SELECT count(*) FROM annotations WHERE election) AS election,
        (SELECT count(*) FROM stories) AS stories
"""


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    context = {
        "eyes": health.eyes(await health.outlets(datasette)),
        "alerts": await alert.newest(datasette, 8),
        "stories": await story.newest(datasette, 6),
        "totals": await bases.row(datasette, _TOTALS),
        "desk": guard.role(request.actor) is not None,
        **await _counts(datasette, request.args.get("rentang")),
    }
    return Response.html(await datasette.render_template("beranda.html", context, request=request))


async def _counts(datasette: Any, wanted: str | None) -> dict[str, Any]:
    shown = await periods.window(datasette, wanted)
    if shown is None:
        return {"window": None}
    return {
        "window": shown,
        "ranges": periods.RANGES,
        "chart": charts,
        "bars": charts.bars(await periods.history(datasette, shown)),
        "themes": await bases.rows(datasette, _THEMES, shown.bounds),
        "provinces": await bases.rows(datasette, _PROVINCES, shown.bounds),
    }
