"""`/` (Beranda): what is new, what is being told where, and how many eyes are open."""

from __future__ import annotations

from typing import Any, Final

from datasette import Response

from db.site import alert, bases, charts, guard, health, periods, story

_GROUPS: Final = {
    "themes": """SELECT g.code, t.name, g.total, g.marked FROM ({groups}) g
        LEFT JOIN (SELECT DISTINCT theme, theme_name AS name FROM topics) t ON t.theme = g.code
        WHERE g.code IS NOT NULL ORDER BY g.marked DESC, g.total DESC, t.name""",
    "provinces": """SELECT g.code, r.short_name AS name, g.total, g.marked FROM ({groups}) g
        LEFT JOIN regions r ON r.code = g.code ORDER BY g.marked DESC, g.total DESC, r.name""",
}
_COLUMNS: Final = {"themes": "f.theme", "provinces": "f.province_code"}
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
        **{name: await _groups(datasette, shown, name) for name in _GROUPS},
    }


async def _groups(datasette: Any, shown: periods.Window, name: str) -> list[dict[str, Any]]:
    column = _COLUMNS[name]
    select = f"SELECT {column} AS code, {periods.MEASURES}"
    groups = f"{select} FROM {shown.source} GROUP BY {column}"
    return await bases.rows(datasette, _GROUPS[name].format(groups=groups), shown.bounds)
