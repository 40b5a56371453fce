"""`/peringatan/<id>/informasi-awal`: the draft of Formulir A, to print or to finish elsewhere."""

from __future__ import annotations

import asyncio
from typing import Any, Final
from urllib.parse import unquote

from datasette import Response

from db import forms
from db.forms import Draft
from db.site import alert, bases, guard

_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@guard.desk
async def show(datasette: Any, request: Any) -> Any:
    """The draft as a page; with `samarkan=1`, people without an office by their initials."""
    found = await alert.find(datasette, unquote(request.url_vars["id"]))
    mask = bool(request.args.get("samarkan"))
    made = await _draft(datasette, found, mask)
    await bases.note(datasette, request.actor, "draf_dibuka", found["key"])
    context = {"alert": found, "draft": made, "mask": mask}
    html = await datasette.render_template("informasi_awal.html", context, request=request)
    return Response.html(html, headers={"Cache-Control": "no-store"})


@guard.desk
async def download(datasette: Any, request: Any) -> Any:
    """The same as DOCX."""
    found = await alert.find(datasette, unquote(request.url_vars["id"]))
    made = await _draft(datasette, found, bool(request.args.get("samarkan")))
    body = await asyncio.to_thread(forms.docx, made)
    await bases.note(datasette, request.actor, "draf_diunduh", found["key"])
    name = f"informasi-awal-{found['article_key']}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, headers=headers, content_type=_DOCX)


async def _draft(datasette: Any, found: dict[str, Any], mask: bool) -> Draft:
    return await bases.ask(datasette, lambda db: forms.draft(db, found, mask=mask))
