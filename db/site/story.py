"""`/cerita`: what several outlets tell about one event."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

from datasette import Response

from db.site import alert, bases, deeds, guard, unfolding
from db.site.errors import PageError
from db.site.pages import Page
from db.stories import similar

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
_NEAR: Final = """
    SELECT sa.article_id, s.key, s.title, s.last_published_at FROM story_articles sa
    JOIN stories s ON s.id = sa.story_id WHERE sa.article_id IN (SELECT value FROM json_each(?))
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
    """`/cerita/<key>`; the key of any of its articles leads to it."""
    story = await find(datasette, request)
    if story["key"] != request.url_vars["key"]:
        return Response.redirect(datasette.urls.path(f"/cerita/{story['key']}"))
    return await page(datasette, request, story)


async def find(datasette: Any, request: Any) -> dict[str, Any]:
    """The story that the address names. Raises `PageError`."""
    found = await of_article(datasette, request.url_vars["key"])
    if found is None:
        raise PageError(404, "Cerita ini tidak ada (lagi). Cerita dapat berubah setelah analisis.")
    return found


async def of_article(datasette: Any, key: str) -> dict[str, Any] | None:
    """The story of that key, or the one that holds the article of that key."""
    return await bases.row(
        datasette,
        f"{_STORIES} WHERE s.key = ?1 OR s.id = (SELECT sa.story_id FROM story_articles sa "  # noqa: S608 - own text
        "JOIN articles a ON a.id = sa.article_id WHERE a.key = ?1) ORDER BY s.key != ?1 LIMIT 1",
        [key],
    )


async def page(
    datasette: Any,
    request: Any,
    story: dict[str, Any],
    problem: str | None = None,
    status: int = 200,
) -> Any:
    """The page; `problem` is why the merge or split that somebody just sent was not stored."""
    told = unfolding.unfold(await articles(datasette, story["id"]))
    keys = [article["key"] for article in told]
    context = {
        "story": story,
        "articles": told,
        "ladder": unfolding.ladder(told),
        "allegation": unfolding.allegation(told),
        "closure": unfolding.closure(told),
        "alerts": await alert.of_story(datasette, story["id"]),
        "near": await bases.ask(datasette, lambda db: _near(db, story["id"])),
        "history": await deeds.history(datasette, "story", keys),
        "seen": await deeds.seen(datasette, "story", keys),
        "desk": guard.role(request.actor) is not None and bases.has_desk(datasette),
        "problem": problem,
    }
    html = await datasette.render_template("cerita.html", context, request=request)
    return Response.html(html, status=status)


def _near(db: sqlite3.Connection, story: int) -> list[dict[str, Any]]:
    """Stories that tell of something like it, most alike first."""
    members = db.execute(
        "SELECT article_id FROM story_articles WHERE story_id = ? ORDER BY article_id LIMIT 5",
        [story],
    ).fetchall()
    scores: dict[int, float] = {}
    for (member,) in members:
        for other, score in similar.nearest(db, member):
            scores[other] = max(score, scores.get(other, 0.0))
    rows = db.execute(_NEAR, [json.dumps(list(scores))]).fetchall()
    best = {key: (scores[article], title, last) for article, key, title, last in rows}
    shown = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:6]
    return [{"key": key, "title": title, "last": last} for key, (_, title, last) in shown]


async def _stories(datasette: Any, limit: int, offset: int) -> list[dict[str, Any]]:
    order = "ORDER BY s.last_published_at DESC, s.id DESC LIMIT ? OFFSET ?"
    return await bases.rows(datasette, f"{_STORIES} {order}", [limit, offset])
