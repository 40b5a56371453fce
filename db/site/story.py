"""`/cerita`: what several outlets tell about one event."""

from __future__ import annotations

from typing import Any, Final

from datasette import Response

from db.site import alert, bases, guard
from db.site.errors import PageError
from db.site.pages import Page

SIZE: Final = 30

_STORIES = """
    SELECT s.*, t.name AS topic_name, t.theme_name, r.name AS region
    FROM stories s LEFT JOIN topics t ON t.id = s.topic
    LEFT JOIN regions r ON r.code = s.region_code
"""
_ARTICLES = """
    SELECT a.key, a.title, a.url, a.published_at, a.gone_at, o.name AS outlet, n.status, n.stage,
        sa.score, c.title AS copied_title, c.key AS copied_key, co.name AS copied_outlet
    FROM story_articles sa JOIN articles a ON a.id = sa.article_id
    JOIN outlets o ON o.id = a.outlet_id LEFT JOIN annotations n ON n.article_id = a.id
    LEFT JOIN articles c ON c.id = sa.copy_of LEFT JOIN outlets co ON co.id = c.outlet_id
    WHERE sa.story_id = ? ORDER BY a.published_at, a.id LIMIT 500
"""


async def newest(datasette: Any, limit: int) -> list[dict[str, Any]]:
    return await _stories(datasette, limit, 0)


async def articles(datasette: Any, story_id: int) -> list[dict[str, Any]]:
    """The articles of a story, oldest first."""
    return await bases.rows(datasette, _ARTICLES, [story_id])


@guard.reader
async def index(datasette: Any, request: Any) -> Any:
    """`/cerita`"""
    page = Page.of(request, SIZE)
    found = page.cut(await _stories(datasette, SIZE + 1, page.offset))
    context = {"stories": found, "page": page}
    html = await datasette.render_template("cerita_daftar.html", context, request=request)
    return Response.html(html)


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    """`/cerita/<key>`"""
    sql = f"{_STORIES} WHERE s.key = ?"
    story = await bases.row(datasette, sql, [request.url_vars["key"]])
    if story is None:
        raise PageError(404, "Cerita ini tidak ada (lagi). Cerita dapat berubah setelah analisis.")
    context = {
        "story": story,
        "articles": await articles(datasette, story["id"]),
        "alerts": await alert.of_story(datasette, story["id"]),
        "desk": guard.role(request.actor) is not None,
    }
    return Response.html(await datasette.render_template("cerita.html", context, request=request))


async def _stories(datasette: Any, limit: int, offset: int) -> list[dict[str, Any]]:
    order = "ORDER BY s.last_published_at DESC, s.id DESC LIMIT ? OFFSET ?"
    return await bases.rows(datasette, f"{_STORIES} {order}", [limit, offset])
