"""`/saya`: what a person sees first, and what is sent to them by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from datasette import Response

from db import accounts
from db.mailings import store
from db.mailings.store import MailingError
from db.site import bases, guard, kliping, mine, session
from db.site.errors import PageError
from nlp import lexicon
from nlp.lexicon import judgement

Pairs = Sequence[tuple[str, str]]


@guard.desk
async def show(datasette: Any, request: Any) -> Any:
    if request.method != "POST":
        return await _page(datasette, request, {})
    pairs = await session.pairs(request)
    action = _ACTIONS.get(dict(pairs).get("aksi", ""))
    if action is None:
        raise PageError(400, "Permintaan ini tidak dapat dipahami.")
    actor = request.actor["id"]
    if dict(pairs).get("jenis") == "sumber" and guard.role(request.actor) != "admin":
        raise PageError(403, "Kabar sumber hanya untuk admin.")
    try:
        await bases.write(datasette, lambda meja: action(meja, actor, pairs))
    except MailingError as error:
        return await _page(datasette, request, dict(pairs), str(error))
    datasette.add_message(request, "Tersimpan.", datasette.INFO)
    return Response.redirect(datasette.urls.path("/saya"))


def _choose(meja: sqlite3.Connection, username: str, pairs: Pairs) -> None:
    region = dict(pairs).get("wilayah", "")
    themes = [value for name, value in pairs if name == "tema"]
    if region and region not in lexicon.regions():
        raise PageError(400, f"Wilayah tidak dikenal: {region}.")
    if unknown := [theme for theme in themes if theme not in judgement.themes()]:
        raise PageError(400, f"Tema tidak dikenal: {', '.join(unknown)}.")
    accounts.choose(meja, username, region, themes)


def _add(meja: sqlite3.Connection, username: str, pairs: Pairs) -> None:
    store.save(meja, username, store.asked(dict(pairs)))


def _stop(meja: sqlite3.Connection, username: str, pairs: Pairs) -> None:
    number = dict(pairs).get("kiriman", "")
    if not (number.isdecimal() and store.stop(meja, username, int(number[:9]))):
        raise PageError(404, "Kiriman ini tidak ada.")


_ACTIONS: Final[dict[str, Callable[[sqlite3.Connection, str, Pairs], None]]] = {
    "minat": _choose,
    "kirim": _add,
    "hentikan": _stop,
}


async def _page(
    datasette: Any, request: Any, fields: Mapping[str, str], problem: str | None = None
) -> Any:
    username = request.actor["id"]
    own = await mine.interest(datasette, request)
    context = {
        "mine": own,
        "regions": kliping.regions(),
        "themes": judgement.themes(),
        "mailings": await bases.base(datasette, "meja").execute_fn(
            lambda meja: store.own(meja, username)
        ),
        "kinds": store.KINDS,
        "may_ask": list(store.KINDS) if guard.role(request.actor) == "admin" else ["kliping"],
        "forms": store.FORMS,
        "fields": fields,
        "problem": problem,
        "place": lambda code: lexicon.regions()[code].full_name if code else "Semua wilayah",
        "zone": lambda code: lexicon.regions()[code].timezone if code else "WIB",
    }
    html = await datasette.render_template("saya.html", context, request=request)
    return Response.html(html, status=400 if problem else 200)
