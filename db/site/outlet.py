"""`/sumber/baru`: adding an outlet, after a trial read has shown what would be stored.

The trial is the crawler's own (`pantau outlets --try`), in a process of its own: this room may not
use that one.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from datasette import Response
from itsdangerous import BadSignature

from db import added_outlets
from db.added_outlets import AddedError
from db.site import bases, guard, session
from db.site.errors import PageError
from nlp import lexicon

PATIENCE: Final = 120
"""Seconds for a trial; a crawler that keeps its pauses needs some."""
LONGEST: Final = 500
_NAMESPACE: Final = "pantau-sumber"
_USUAL: Final = {"kind": "lokal", "network": "wordpress"}
"""Offered first, and by a base that knows no outlet yet."""
_FIELDS: Final = {
    "domain": "domain",
    "nama": "name",
    "jenis": "kind",
    "jaringan": "network",
    "provinsi": "province_code",
    "alamat": "base_url",
    "umpan": "feeds",
    "peta": "sitemaps",
    "daftar": "listings",
}
_KNOWN: Final = """
    SELECT 1 FROM outlets WHERE id = ? AND id NOT IN
        (SELECT domain FROM meja.added_outlets WHERE removed_at IS NOT NULL)
"""
_running: WeakKeyDictionary[Any, asyncio.Lock] = WeakKeyDictionary()


class TrialError(Exception):
    """A trial that could not be made; the message is in Indonesian."""


@guard.desk
async def new(datasette: Any, request: Any) -> Any:
    if guard.role(request.actor) != "admin":
        raise PageError(403, "Hanya admin yang menambah sumber.")
    if request.method != "POST":
        return await _page(datasette, request, {})
    fields = await session.form(request)
    action = fields.get("aksi")
    if action == "coba":
        return await _try(datasette, request, fields)
    actor = request.actor["id"]
    if action == "simpan":
        said = await _save(datasette, actor, fields)
    elif action == "lepas":
        said = await _remove(datasette, actor, fields)
    else:
        raise PageError(400, "Permintaan ini tidak dapat dipahami.")
    datasette.add_message(request, said, datasette.INFO)
    return Response.redirect(datasette.urls.path("/sumber/baru"))


async def _try(datasette: Any, request: Any, fields: Mapping[str, str]) -> Any:
    row = read(fields)
    context: dict[str, Any] = {"fields": fields}
    try:
        await _refuse_known(datasette, row["domain"])
        context["trial"] = await trial(datasette, row)
        context["ticket"] = datasette.sign(row, _NAMESPACE)
    except TrialError as error:
        return await _page(datasette, request, {**context, "problem": str(error)}, 400)
    return await _page(datasette, request, context)


async def _refuse_known(datasette: Any, domain: str) -> None:
    if await bases.row(datasette, _KNOWN, [domain]):
        raise TrialError(f"{domain} sudah ada di daftar sumber.")


def read(fields: Mapping[str, str]) -> dict[str, str]:
    """The row that the form describes; of an address its host is the domain."""
    row = {column: fields.get(name, "").strip()[:LONGEST] for name, column in _FIELDS.items()}
    typed = row["domain"].lower()
    host = urlsplit(typed if "//" in typed else f"//{typed}").netloc.partition(":")[0]
    return {**row, "domain": host.removeprefix("www.") or typed, "name": row["name"] or host}


async def trial(datasette: Any, row: Mapping[str, str]) -> dict[str, Any]:
    """What the crawler finds, see `crawler.trial`. Raises `TrialError`."""
    berita = str(bases.base(datasette, "berita").path)
    command = ["-m", "pantau", "--db", berita, "outlets", "--try", json.dumps(row), "--json"]
    async with _running.setdefault(datasette, asyncio.Lock()):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            told, said = await asyncio.wait_for(process.communicate(), PATIENCE)
        except TimeoutError:
            process.kill()
            raise TrialError(f"Baca coba belum selesai dalam {PATIENCE} detik.") from None
    try:
        found: dict[str, Any] = json.loads(told)
    except ValueError:
        reason = said.decode("utf-8", "replace").strip().splitlines()[-1:]
        words = "".join(reason).removeprefix("Error: ")
        raise TrialError(words or "Baca coba gagal tanpa penjelasan.") from None
    return found


async def _save(datasette: Any, actor: str, fields: Mapping[str, str]) -> str:
    """Only what was tried is saved: the ticket is the row as it was then."""
    try:
        row = datasette.unsign(fields.get("tiket", ""), _NAMESPACE)
    except BadSignature:
        raise PageError(400, "Baca coba dulu, lalu simpan.") from None
    try:
        await bases.write(datasette, lambda meja: added_outlets.save(meja, row, actor))
    except AddedError as error:
        raise PageError(409, str(error)) from error
    return f"{row['name']} ditambah; dibaca mulai putaran berikutnya."


async def _remove(datasette: Any, actor: str, fields: Mapping[str, str]) -> str:
    domain = fields.get("domain", "")

    def remove(meja: sqlite3.Connection) -> bool:
        return added_outlets.remove(meja, domain, actor)

    if not await bases.write(datasette, remove):
        raise PageError(404, "Sumber tambahan ini tidak ada.")
    return f"{domain} tidak dibaca lagi; artikelnya tetap ada."


async def _known(datasette: Any, column: str) -> list[str]:
    """What the outlets of the base say in a column, the usual first."""
    found = await bases.rows(datasette, f"SELECT DISTINCT {column} AS value FROM outlets")  # noqa: S608 - own name
    others = sorted({row["value"] for row in found} - {_USUAL[column]})
    return [_USUAL[column], *others]


async def _page(datasette: Any, request: Any, context: Mapping[str, Any], status: int = 200) -> Any:
    known = {"fields": {}, "trial": None, "ticket": None, "problem": None, **context}
    provinces = [region for region in lexicon.regions().values() if region.level == "provinsi"]
    html = await datasette.render_template(
        "sumber_baru.html",
        {
            **known,
            "kinds": await _known(datasette, "kind"),
            "networks": await _known(datasette, "network"),
            "provinces": [(region.code, region.short_name) for region in provinces],
            "added": await bases.base(datasette, "meja").execute_fn(added_outlets.standing),
        },
        request=request,
    )
    return Response.html(html, status=status)
