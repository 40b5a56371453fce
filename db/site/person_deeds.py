"""`POST /pejabat/<nama>/putusan`: a person says who is who."""

from __future__ import annotations

from typing import Any, Final

from datasette import Response

from db.decisions import following
from db.decisions.deciding import DecisionError, Deed, Pair
from db.site import addresses, bases, deeds, guard, person, session
from db.site.errors import PageError

_DONE: Final = {
    "gabung": "Digabung. Keputusan ini bertahan pada setiap analisis ulang.",
    "pisah": "Dipisah. Keputusan ini bertahan pada setiap analisis ulang.",
    "bukan": "Tercatat: artikel itu tentang orang lain.",
}


@guard.desk
async def decide(datasette: Any, request: Any) -> Any:
    """Merge with another, split a name off, or say that an article speaks of somebody else."""
    if request.method != "POST":
        raise PageError(405, "Putusan ditulis pada halaman orangnya.")
    fields = await session.form(request)
    human = await person.find(datasette, request)
    try:
        if fields.get("tindakan") == "batal":
            return await _undo(datasette, request, human, fields)
        pair = await _pair(datasette, human, fields)
        deed = Deed(
            "person",
            [pair],
            [human["key"]],
            int(fields.get("terlihat") or 0),
            fields.get("alasan", "").strip()[:2000],
        )
        await deeds.decide(datasette, request.actor["id"], deed)
    except DecisionError as error:
        return await person.page(datasette, request, human, str(error), 409)
    await deeds.follow(datasette, request, _DONE[fields["tindakan"]], following.people)
    return _back(datasette, human)


async def _pair(datasette: Any, human: dict[str, Any], fields: dict[str, str]) -> Pair:
    """Raises `PageError` for what the page never offers."""
    action, key = fields.get("tindakan", ""), fields.get("kunci", "")
    known = await bases.row(datasette, "SELECT key FROM people WHERE key = ?", [key])
    if known is None or action not in _DONE:
        raise PageError(400, "Orang itu tidak ada (lagi). Muat ulang halamannya.")
    if action == "bukan":
        sql = "SELECT key FROM articles WHERE key = ?"
        article = await bases.row(datasette, sql, [fields.get("artikel", "")])
        if article is None:
            raise PageError(400, "Artikel itu tidak ada (lagi). Muat ulang halamannya.")
        return "split", key, article["key"]
    if key == human["key"]:
        raise PageError(400, "Itu nama utamanya sendiri.")
    return ("merge" if action == "gabung" else "split"), human["key"], key


async def _undo(datasette: Any, request: Any, human: dict[str, Any], fields: dict[str, str]) -> Any:
    number = fields.get("putusan", "")
    if not number.isdecimal():
        raise PageError(400, "Pilih putusan yang dibatalkan.")
    if await deeds.undo(datasette, request.actor["id"], "person", int(number)):
        await deeds.follow(datasette, request, "Putusan dibatalkan.", following.people)
    else:
        datasette.add_message(request, "Putusan itu sudah dibatalkan.", datasette.WARNING)
    return _back(datasette, human)


def _back(datasette: Any, human: dict[str, Any]) -> Any:
    return Response.redirect(datasette.urls.path(addresses.person(human["key"]) or "/pejabat"))
