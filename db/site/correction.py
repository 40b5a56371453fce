"""`/artikel/<key>/koreksi` and `/koreksi`: what people restate, withdraw, list and take along."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, Final

from datasette import Response

from db.base import Home
from db.decisions import correcting, following
from db.decisions.correcting import Statement
from db.decisions.corrections import CorrectionError
from db.site import article, bases, corrected, correction_form, deeds, facts, guard, session
from db.site.errors import PageError
from db.site.pages import Page

SIZE: Final = 30


@guard.desk
async def state(datasette: Any, request: Any) -> Any:
    """`POST /artikel/<key>/koreksi`"""
    if request.method != "POST":
        raise PageError(405, "Koreksi ditulis pada halaman artikelnya.")
    fields = await session.form(request)
    found = await article.find(datasette, request)
    parts = await facts.of_article(datasette, found["id"])
    actor = request.actor["id"]
    try:
        said = correction_form.read({**found, **parts}, fields)
        seen = int(fields.get("terlihat") or 0)
        await bases.write(datasette, lambda meja: _store(meja, actor, said, seen))
    except CorrectionError as error:
        problem = {"message": str(error), "fields": fields}
        return await article.page(datasette, request, found, problem, 400)
    return await _followed(datasette, request, said, "Koreksi tersimpan.")


@guard.desk
async def withdraw(datasette: Any, request: Any) -> Any:
    """`POST /artikel/<key>/koreksi/<number>/batal`"""
    if request.method != "POST":
        raise PageError(405, "Koreksi dibatalkan pada halaman artikelnya.")
    await session.form(request)
    key, number = request.url_vars["key"], int(request.url_vars["number"])
    rows = await corrected.of_article(datasette, key)
    row = next((row for row in rows if row["id"] == number), None)
    if row is None:
        raise PageError(404, "Koreksi ini tidak ada.")
    actor = request.actor["id"]
    done = await bases.write(datasette, lambda meja: correcting.withdraw(meja, actor, key, number))
    if not done:
        datasette.add_message(request, "Koreksi itu sudah dibatalkan.", datasette.WARNING)
        return Response.redirect(datasette.urls.path(f"/artikel/{key}"))
    said = Statement(key, row["field"], row["new_value"], row["old_value"], "Koreksi dibatalkan.")
    return await _followed(datasette, request, said, "Koreksi dibatalkan.")


@guard.desk
async def index(datasette: Any, request: Any) -> Any:
    """`/koreksi`"""
    page = Page.of(request, SIZE)
    wanted = {name: request.args.get(name) or None for name in ("bidang", "oleh")}
    rows = await corrected.listed(
        datasette, wanted["bidang"], wanted["oleh"], SIZE + 1, page.offset
    )
    people = await bases.rows(
        datasette,
        "SELECT DISTINCT c.actor AS value, coalesce(a.name, c.actor) AS name "
        "FROM meja.corrections c LEFT JOIN meja.accounts a ON a.username = c.actor ORDER BY name",
    )
    context = {"corrections": page.cut(rows), "page": page, "wanted": wanted, "people": people}
    html = await datasette.render_template("koreksi.html", context, request=request)
    return Response.html(html)


@guard.desk
async def download(datasette: Any, request: Any) -> Any:
    """`/koreksi.jsonl`: what the machine may learn from; the taking along is audited."""
    home = _home(datasette)
    lessons = await asyncio.to_thread(_lessons, home)
    await bases.note(datasette, request.actor, "koreksi_diunduh", f"{len(lessons)} koreksi")
    body = "".join(json.dumps(lesson, ensure_ascii=False) + "\n" for lesson in lessons)
    headers = {"Content-Disposition": 'attachment; filename="pantau-koreksi.jsonl"'}
    return Response(body, headers=headers, content_type="application/x-ndjson; charset=utf-8")


def _lessons(home: Home) -> list[dict[str, Any]]:
    return list(correcting.training(home.open_berita(), home.open_meja()))


def _store(meja: Any, actor: str, said: Statement, seen: int) -> int:
    meja.execute("BEGIN IMMEDIATE")  # nobody corrects between our look and our write
    return correcting.state(meja, actor, said, seen)


async def _followed(datasette: Any, request: Any, said: Statement, done: str) -> Any:
    actor = request.actor["id"]
    await deeds.follow(
        datasette, request, done, lambda home: following.correction(home, actor, said)
    )
    return Response.redirect(datasette.urls.path(f"/artikel/{said.article_key}"))


def _home(datasette: Any) -> Home:
    return Home(Path(bases.base(datasette, "berita").path))
