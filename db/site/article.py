"""`/artikel/<key>`: the text with all that was found in it, why it was judged so, the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from datasette import Response

from db.site import alert, bases, evidence, guard, story
from db.site.difference import changes
from db.site.errors import PageError
from db.site.marks import Mark, marks, paragraphs
from db.words import label, labels, listed, number
from nlp.lexicon.judgement import cues

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
_PARTS: Final = {
    "topics": """SELECT x.*, t.name, t.theme_name FROM article_topics x
        JOIN topics t ON t.id = x.topic WHERE x.article_id = ? ORDER BY x.rank""",
    "regions": """SELECT x.*, r.name FROM article_regions x
        JOIN regions r ON r.code = x.region_code WHERE x.article_id = ? ORDER BY x.is_main DESC""",
    "officials": """SELECT x.*, r.name AS region FROM officials x
        LEFT JOIN regions r ON r.code = x.region_code WHERE x.article_id = ? ORDER BY x.id""",
    "people": "SELECT * FROM article_people WHERE article_id = ? ORDER BY id",
    "figures": "SELECT * FROM figures WHERE article_id = ? ORDER BY id",
    "quotes": "SELECT * FROM quotes WHERE article_id = ? ORDER BY id",
    "dates": "SELECT * FROM dates WHERE article_id = ? ORDER BY date",
    "violations": """SELECT x.*, t.name, r.name AS region FROM violations x
        JOIN topics t ON t.id = x.topic LEFT JOIN regions r ON r.code = x.region_code
        WHERE x.article_id = ? ORDER BY x.id""",
}
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
    article = await _find(datasette, request)
    parts = {
        name: await bases.rows(datasette, sql, [article["id"]]) for name, sql in _PARTS.items()
    }
    alerts = await alert.of_article(datasette, article["id"])
    found = [*_marks(parts), *(m for a in alerts for m in marks(a["span"], "bukti"))]
    context = {
        "article": article,
        **parts,
        "alerts": alerts,
        "paragraphs": paragraphs(article["text"][:LONGEST], found),
        "layers": [name for name in labels()["layer"] if any(mark.layer == name for mark in found)],
        "cut": len(article["text"]) > LONGEST,
        "versions": await bases.rows(datasette, _VERSIONS, [article["id"]]),
        "siblings": await story.articles(datasette, article["story_id"]),
        "desk": guard.role(request.actor) is not None,
    }
    return Response.html(await datasette.render_template("artikel.html", context, request=request))


@guard.reader
async def versions(datasette: Any, request: Any) -> Any:
    """`/artikel/<key>/versi`: what the outlet changed, step by step."""
    article = await _find(datasette, request)
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
    article = await _find(datasette, request)
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


async def _find(datasette: Any, request: Any) -> dict[str, Any]:
    article = await bases.row(datasette, _ARTICLE, [request.url_vars["key"]])
    if article is None:
        raise PageError(404, "Artikel ini tidak ada di basis data.")
    return article


def _marks(parts: dict[str, list[dict[str, Any]]]) -> Iterator[Mark]:
    for row in parts["violations"]:
        yield from marks(row["evidence"], "bukti", f"Kalimat penentu: {row['name']}")
    for row in parts["topics"]:
        yield from marks(row["evidence"], "isyarat", f"Isyarat: {row['name']}")
    for row in parts["officials"]:
        yield from marks(row["spans"], "orang", f"{row['name']}, {office(row)}")
    for row in parts["people"]:
        yield from marks(row["spans"], "orang", row["name"])
    for row in parts["regions"]:
        yield from marks(row["spans"], "wilayah", row["name"])
    for row in parts["dates"]:
        yield from marks(row["span"], "tanggal", row["date"])
    for row in parts["figures"]:
        yield from marks(row["span"], "angka", figure(row))
    for row in parts["quotes"]:
        yield from marks(row["span"], "kutipan", f"Kutipan {row['speaker'] or ''}".strip())


def office(row: dict[str, Any]) -> str:
    """`Plt Kepala Badan ...`; a position that says itself that it is sought stays as it is."""
    acting, position = row["acting"] or "", row["position"]
    said = position.lower().startswith(acting.replace("_", " ").lower())
    return position if said else f"{acting.replace('_', ' ')} {position}"


def figure(row: dict[str, Any]) -> str:
    """`lebih dari 75 persen (tingkat partisipasi)`"""
    value = number(row["value"])
    if row["value_max"] is not None:
        value = f"{value}-{number(row['value_max'])}"
    words = [label(row["bound"], "bound"), value, row["unit"] or ""]
    about = f" ({row['about']})" if row["about"] else ""
    return " ".join(word for word in words if word) + about


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
