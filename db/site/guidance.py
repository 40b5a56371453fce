"""`/bantuan`: how to work with Pantau, for analysts."""

from __future__ import annotations

from typing import Any

from datasette import Response

from db.site import guard


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    return Response.html(await datasette.render_template("bantuan.html", {}, request=request))
