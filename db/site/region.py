"""`/wilayah`: how much is told of each province, and of each kabupaten and kota in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from datasette import Response

from db import counting
from db.counting import NONE, Scope
from db.site import bases, guard, periods, scope, tiles
from db.site.errors import PageError
from db.words import day
from nlp import lexicon
from nlp.lexicon import judgement


@guard.reader
async def index(datasette: Any, request: Any) -> Any:
    """`/wilayah`: the provinces."""
    wanted = await _scope(datasette, request, "")
    counts = await bases.ask(datasette, lambda db: counting.provinces(db, wanted))
    return await _page(datasette, request, wanted, tiles.provinces(counts), None)


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    """`/wilayah/<code>`: a province with its kabupaten and kota; of one of these, its articles."""
    code = request.url_vars["code"]
    region = lexicon.regions().get(code)
    if region is None:
        raise PageError(404, f"Tidak ada wilayah dengan kode {code}.")
    wanted = await _scope(datasette, request, code)
    if region.level != "provinsi":
        return Response.redirect(datasette.urls.path(f"/rekap/berita?{scope.query(wanted)}"))
    counts = await bases.ask(datasette, lambda db: counting.divisions(db, wanted))
    return await _page(datasette, request, wanted, tiles.divisions(code, counts), region)


async def _scope(datasette: Any, request: Any, region: str) -> Scope:
    """With the dates of the address, else those of its range."""
    wanted = replace(scope.read(request), region=region)
    if wanted.since or wanted.until:
        return wanted
    shown = await periods.window(datasette, request.args.get("rentang"))
    if shown is None:
        return wanted
    return replace(wanted, since=shown.first.isoformat(), until=shown.last.isoformat())


async def _page(
    datasette: Any, request: Any, wanted: Scope, shown: list[tiles.Tile], region: Any
) -> Any:
    rest = replace(wanted, own=True) if region else replace(wanted, region=NONE)
    context = {
        "region": region,
        "scope": wanted,
        "link": lambda **changes: scope.query(replace(wanted, **changes)),
        "tiles": shown,
        "tile_link": lambda tile: datasette.urls.path(
            f"{'/rekap/berita' if region else f'/wilayah/{tile.code}'}"
            f"?{scope.query(replace(wanted, region=tile.code))}"
        ),
        "rest": rest,
        "rest_link": lambda **changes: scope.query(replace(rest, **changes)),
        "rest_count": await bases.ask(datasette, lambda db: counting.total(db, rest)),
        "total": await bases.ask(datasette, lambda db: counting.total(db, wanted)),
        "themes": judgement.themes(),
        "ranges": periods.RANGES,
        "highest": max((tile.count.articles for tile in shown), default=0) or 1,
        "span": span(wanted),
    }
    html = await datasette.render_template("wilayah.html", context, request=request)
    return Response.html(html)


def span(wanted: Scope) -> str:
    """The days in words."""
    parts = [
        f"sejak {day(wanted.since)}" if wanted.since else "",
        f"hingga {day(wanted.until)}" if wanted.until else "",
    ]
    return " ".join(part for part in parts if part) or "sepanjang waktu"
