"""`POST /cerita/<key>/putusan`: a person says what is one event and what is another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datasette import Response

from db.decisions import following
from db.decisions.deciding import DecisionError, Deed, Pair
from db.site import bases, deeds, guard, session, story
from db.site.errors import PageError

_KEY: Final = re.compile(r"(?:^|/)([0-9a-f]{16})\b")
_DONE: Final = {
    "gabung": "Cerita digabung. Keputusan ini bertahan pada setiap analisis ulang.",
    "pisah": "Artikel dipisah. Keputusan ini bertahan pada setiap analisis ulang.",
}


@guard.desk
async def decide(datasette: Any, request: Any) -> Any:
    """Merge with another story, split chosen articles off, or take a deed back."""
    if request.method != "POST":
        raise PageError(405, "Putusan ditulis pada halaman ceritanya.")
    sent = await session.pairs(request)
    fields = dict(sent)
    found = await story.find(datasette, request)
    members = await _members(datasette, found["id"])
    if fields.get("tindakan") == "batal":
        return await _undo(datasette, request, members, fields)
    try:
        chosen = [value for name, value in sent if name == "artikel" and value in members]
        pairs = await _pairs(datasette, found, members, fields, chosen)
        reason = fields.get("alasan", "").strip()[:2000]
        deed = Deed("story", pairs, members, int(fields.get("terlihat") or 0), reason)
        await deeds.decide(datasette, request.actor["id"], deed)
    except DecisionError as error:
        return await story.page(datasette, request, found, str(error), 409)
    done = _DONE[fields["tindakan"]]
    await deeds.follow(datasette, request, done, lambda home: following.stories(home, members))
    return Response.redirect(datasette.urls.path(f"/cerita/{found['key']}"))


async def _pairs(
    datasette: Any,
    found: dict[str, Any],
    members: Sequence[str],
    fields: dict[str, str],
    chosen: Sequence[str],
) -> list[Pair]:
    """Raises `DecisionError` for a choice that makes no sense."""
    if fields.get("tindakan") == "gabung":
        named = fields.get("cerita_lain", "").strip() or fields.get("alamat", "").strip()
        return [("merge", members[0], await _other(datasette, found, named))]
    if fields.get("tindakan") != "pisah":
        raise PageError(400, "Pilih yang dilakukan.")
    rest = [key for key in members if key not in chosen]
    if not chosen or not rest:
        raise DecisionError("Pilih sebagian artikel: satu atau lebih, tetapi tidak semuanya.")
    return separate(rest, chosen)


def separate(rest: Sequence[str], chosen: Sequence[str]) -> list[Pair]:
    """The pairs that keep two groups apart and each together, whichever article comes first."""
    apart: list[Pair] = [("split", rest[0], key) for key in chosen]
    apart += [("split", key, chosen[0]) for key in rest[1:]]
    return apart + [("merge", chosen[0], key) for key in chosen[1:]]


async def _other(datasette: Any, found: dict[str, Any], named: str) -> str:
    """Key of an article of the story that was named by address or key."""
    match = _KEY.search(named)
    other = await story.of_article(datasette, match[1]) if match else None
    if other is None:
        raise DecisionError("Cerita lain itu tidak ditemukan. Tempel alamat halamannya di Pantau.")
    if other["id"] == found["id"]:
        raise DecisionError("Itu cerita ini juga.")
    return (await _members(datasette, other["id"]))[0]


async def _members(datasette: Any, story_id: int) -> list[str]:
    rows = await bases.rows(
        datasette,
        "SELECT a.key FROM story_articles sa JOIN articles a ON a.id = sa.article_id "
        "WHERE sa.story_id = ? ORDER BY a.published_at, a.id",
        [story_id],
    )
    return [row["key"] for row in rows]


async def _undo(
    datasette: Any, request: Any, members: Sequence[str], fields: dict[str, str]
) -> Any:
    number = fields.get("putusan", "")
    if not number.isdecimal():
        raise PageError(400, "Pilih putusan yang dibatalkan.")
    if await deeds.undo(datasette, request.actor["id"], "story", int(number)):
        done = "Putusan dibatalkan."
        await deeds.follow(datasette, request, done, lambda home: following.stories(home, members))
    else:
        datasette.add_message(request, "Putusan itu sudah dibatalkan.", datasette.WARNING)
    return Response.redirect(datasette.urls.path(f"/cerita/{members[0]}"))
