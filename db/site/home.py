"""`/` (Beranda): what is new and mine, what grows, what is told where, how many eyes are open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from datasette import Response

from db import counting
from db.counting import Scope
from db.site import alert, bases, charts, guard, health, mine, periods, scope, story, tiles
from db.site.mine import Interest

_THEMES: Final = """
    SELECT g.code, t.name, g.total, g.marked FROM
        (SELECT f.theme AS code, {measures} FROM {source} GROUP BY f.theme) g
    JOIN (SELECT DISTINCT theme, theme_name AS name FROM topics) t ON t.theme = g.code
    ORDER BY g.marked DESC, g.total DESC, t.name
"""
_TOTALS: Final = """
    SELECT count(*) AS articles, coalesce(sum(status <> 'bukan_pemilu'), 0) AS election,
        (SELECT count(*) FROM stories) AS stories FROM article_facets
"""
_GROWTH: Final = timedelta(hours=48)


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    own = await mine.interest(datasette, request)
    shown = await periods.window(datasette, request.args.get("rentang"))
    context = {
        "eyes": await health.glance(datasette),
        "mine": own,
        "totals": await bases.row(datasette, _TOTALS),
        "desk": guard.role(request.actor) is not None,
        "window": shown,
        **await _news(datasette, request, own),
        **await _stories(datasette, own, shown),
        **(await _counts(datasette, shown) if shown else {}),
    }
    return Response.html(await datasette.render_template("beranda.html", context, request=request))


async def _news(datasette: Any, request: Any, own: Interest) -> dict[str, Any]:
    """For analysts what nobody has looked at, and what runs out; for readers the newest."""
    if guard.role(request.actor) is None:
        return {"alerts": await alert.newest(datasette, 8), "clocks": []}
    return {
        "alerts": await mine.fresh_alerts(datasette, own, 6),
        "clocks": await mine.running_clocks(datasette, own, 5),
    }


async def _stories(datasette: Any, own: Interest, shown: periods.Window | None) -> dict[str, Any]:
    """What grew in the two days up to the newest article; the newest stories where nothing did."""
    growing = []
    if shown:
        since, before = shown.last - _GROWTH + timedelta(days=1), shown.last + timedelta(days=1)
        growing = await mine.growing(datasette, own, since.isoformat(), before.isoformat(), 6)
    return {"growing": growing, "stories": [] if growing else await story.newest(datasette, 6)}


async def _counts(datasette: Any, shown: periods.Window) -> dict[str, Any]:
    themes = _THEMES.format(measures=periods.MEASURES, source=shown.source)
    wanted = Scope(since=shown.first.isoformat(), until=shown.last.isoformat())
    counts = await bases.ask(datasette, lambda db: counting.provinces(db, wanted))
    return {
        "ranges": periods.RANGES,
        "chart": charts,
        "bars": charts.bars(await periods.history(datasette, shown)),
        "themes": await bases.rows(datasette, themes, shown.bounds),
        "tiles": tiles.provinces(counts),
        "tile_link": lambda tile: datasette.urls.path(
            f"/wilayah/{tile.code}?{scope.query(wanted)}"
        ),
        "map_link": datasette.urls.path(f"/wilayah?{scope.query(wanted)}"),
    }
