"""`/langganan/<key>/senyap`: what a watch matched without a concrete case, so that it rang not."""

from __future__ import annotations

from typing import Any, Final

from datasette import Response

from db.site import bases, guard
from db.site.errors import PageError
from db.site.pages import Page

SIZE: Final = 30

_MATCHES: Final = """
    SELECT q.status, q.sentence, q.found_at, a.key, a.title, a.published_at, o.name AS outlet,
        r.name AS region, t.name AS topic_name
    FROM quiet_matches q JOIN articles a ON a.id = q.article_id
    JOIN outlets o ON o.id = a.outlet_id LEFT JOIN annotations n ON n.article_id = a.id
    LEFT JOIN regions r ON r.code = n.region_code LEFT JOIN topics t ON t.id = n.topic
    WHERE q.watch_key = ? ORDER BY a.published_at DESC, a.id DESC LIMIT ? OFFSET ?
"""


async def number(datasette: Any, key: str) -> int:
    """How many articles are on the quieter list of a watch."""
    sql = "SELECT count(*) AS number FROM quiet_matches WHERE watch_key = ?"
    return int((await bases.rows(datasette, sql, [key]))[0]["number"])


@guard.desk
async def show(datasette: Any, request: Any) -> Any:
    """Newest articles first."""
    key, page = request.url_vars["key"], Page.of(request, SIZE)
    sql = "SELECT key, name FROM watches WHERE key = ?"
    watch = await bases.row(datasette, sql, [key], "meja")
    if watch is None:
        raise PageError(404, "Langganan ini tidak ada.")
    found = await bases.rows(datasette, _MATCHES, [key, SIZE + 1, page.offset])
    context = {
        "watch": watch,
        "matches": page.cut(found),
        "number": await number(datasette, key),
        "page": page,
    }
    html = await datasette.render_template("langganan_senyap.html", context, request=request)
    return Response.html(html)
