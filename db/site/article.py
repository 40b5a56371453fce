"""`/artikel/<key>`: the text with all that was found in it, why it was judged so, the evidence."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any, Final

from datasette import Response

from db.site import alert, bases, corrected, evidence, facts, guard, story
from db.site.difference import changes
from db.site.errors import PageError
from db.site.marks import marks, paragraphs
from db.stories import similar
from db.words import label, labels, listed
from nlp import lexicon
from nlp.annotation import STATUSES
from nlp.lexicon.judgement import cues, stages, topics

LONGEST: Final = 200_000
"""Characters of a text that a page shows; the archived copy holds the rest."""

_ARTICLE = """
    SELECT a.*, o.name AS outlet, n.election, n.status, n.alert, n.topic, n.region_code, n.stage,
        n.reasons, n.rules_version, n.annotated_at, t.name AS topic_name, t.theme, t.theme_name,
        r.name AS region, sa.story_id, s.key AS story_key, s.title AS story_title,
        s.articles AS story_articles, s.accounts AS story_accounts
    FROM articles a JOIN outlets o ON o.id = a.outlet_id
    LEFT JOIN annotations n ON n.article_id = a.id LEFT JOIN topics t ON t.id = n.topic
    LEFT JOIN regions r ON r.code = n.region_code
    LEFT JOIN story_articles sa ON sa.article_id = a.id LEFT JOIN stories s ON s.id = sa.story_id
    WHERE a.key = ?
"""
_VERSIONS = """
    SELECT v.number, v.title, v.text, v.text_sha256, v.fetched_at, f.id AS fetch_id, f.url,
        f.kind, f.status, f.content_type, f.bytes, f.sha256, f.warc_file, f.warc_offset,
        f.warc_length
    FROM article_versions v JOIN fetches f ON f.id = v.fetch_id
    WHERE v.article_id = ? ORDER BY v.number
"""


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    """`/artikel/<key>`"""
    return await page(datasette, request, await find(datasette, request))


async def page(
    datasette: Any,
    request: Any,
    article: dict[str, Any],
    problem: dict[str, Any] | None = None,
    status: int = 200,
) -> Any:
    """The page; `problem` is what was wrong with the correction that somebody just sent."""
    parts = await facts.of_article(datasette, article["id"])
    alerts = await alert.of_article(datasette, article["id"])
    found = [*facts.places(parts), *(m for a in alerts for m in marks(a["span"], "bukti"))]
    desk = guard.role(request.actor) is not None and bases.has_desk(datasette)
    corrections = await corrected.of_article(datasette, article["key"], named=desk)
    context = {
        "article": article,
        **parts,
        "alerts": alerts,
        "paragraphs": paragraphs(article["text"][:LONGEST], found),
        "layers": [name for name in labels()["layer"] if any(mark.layer == name for mark in found)],
        "cut": len(article["text"]) > LONGEST,
        "versions": await bases.rows(datasette, _VERSIONS, [article["id"]]),
        "siblings": await story.articles(datasette, article["story_id"]),
        "similar": await bases.ask(datasette, lambda db: similar.of_article(db, article["id"])),
        "desk": desk,
        "corrections": corrections,
        "standing": corrected.standing(corrections),
        "item": corrected.item,
        "choices": _choices() if desk else {},
        "problem": problem,
    }
    html = await datasette.render_template("artikel.html", context, request=request)
    return Response.html(html, status=status)


@cache
def _choices() -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in a correction: code and word."""
    return {
        "status": [(code, label(code, "status")) for code in STATUSES],
        "alert": list(labels()["alert"].items()),
        "acting": list(labels()["acting"].items()),
        "stage": [(entry.id, entry.name) for entry in stages().values()],
        "topic": [(entry.id, entry.name) for entry in topics().values()],
        "region": [(entry.code, entry.full_name) for entry in lexicon.regions().values()],
        "bound": list(labels()["bound"].items()),
    }


@guard.reader
async def versions(datasette: Any, request: Any) -> Any:
    """`/artikel/<key>/versi`: what the outlet changed, step by step."""
    article = await find(datasette, request)
    found = await bases.rows(datasette, _VERSIONS, [article["id"]])
    steps = [
        {
            "old": old,
            "new": new,
            "title": changes(old["title"], new["title"]),
            "text": changes(old["text"][:LONGEST], new["text"][:LONGEST]),
        }
        for old, new in pairwise(found)
    ]
    context = {"article": article, "steps": steps, "versions": found}
    return Response.html(await datasette.render_template("versi.html", context, request=request))


@guard.reader
async def copy(datasette: Any, request: Any) -> Any:
    """`/artikel/<key>/salinan/<number>`: the archived bytes, never as something to run."""
    article = await find(datasette, request)
    number = int(request.url_vars["number"])
    found = await bases.rows(datasette, _VERSIONS, [article["id"]])
    version = next((version for version in found if version["number"] == number), None)
    if version is None:
        raise PageError(404, f"Artikel ini tidak punya versi {number}.")
    body = evidence.payload(bases.archive(datasette), version)
    await bases.note(datasette, request.actor, "salinan_diunduh", f"{article['key']} v{number}")
    name = f"{article['key']}-versi-{number}.txt"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-SHA256": version["sha256"] or "",
    }
    return Response(body, headers=headers, content_type="text/plain")


async def find(datasette: Any, request: Any) -> dict[str, Any]:
    """The article that the address names. Raises `PageError`."""
    article = await bases.row(datasette, _ARTICLE, [request.url_vars["key"]])
    if article is None:
        raise PageError(404, "Artikel ini tidak ada di basis data.")
    return article


def reasons(article: dict[str, Any]) -> list[dict[str, Any]]:
    """The cues of the judgement, each with `why` it speaks for what it says."""
    found = [cue for cue in listed(article["reasons"]) if isinstance(cue, dict)]
    return [{**cue, "why": _why(str(cue.get("rule")))} for cue in found]


def _why(rule: str) -> str:
    name, _, scope = rule.partition("/")
    known = cues().cues.get(name)
    return " ".join(
        part for part in (known.reason if known else rule, scope and f"({scope})") if part
    )
