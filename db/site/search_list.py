"""`/cari/daftar`: a list of names, each looked up."""

from __future__ import annotations

from typing import Any, Final

from datasette import Response

from db.search import batch
from db.search.query import QueryError
from db.site import bases, export, guard, session

_FORMATS: Final = ("csv", "xlsx", "json")


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    """GET shows the form; POST answers with a page, or a file when `berkas` names its kind."""
    context: dict[str, Any] = {"fields": {}, "found": None, "problem": None, "most": batch.MOST}
    if request.method == "POST":
        fields = await session.form(request)
        context["fields"] = fields
        try:
            context["found"] = await _look_up(datasette, request, fields)
        except QueryError as error:
            context["problem"] = str(error)
    kind = context["fields"].get("berkas")
    if context["found"] is not None and kind in _FORMATS:
        return export.response(batch.records(context["found"]), kind, "pantau-daftar-nama")
    html = await datasette.render_template("cari_daftar.html", context, request=request)
    return Response.html(html, status=400 if context["problem"] else 200)


async def _look_up(datasette: Any, request: Any, fields: dict[str, str]) -> list[batch.Found]:
    wanted = batch.names(fields.get("nama", ""))
    region = fields.get("wilayah", "").strip()
    found = await bases.ask(
        datasette, lambda db: batch.look_up(db, wanted, region), bases.EXPORT_PATIENCE_MS
    )
    await bases.note(datasette, request.actor, "daftar_dicari", f"{len(wanted)} nama")
    return found
