"""`/sumber`: the outlets, when each was last read, and why not."""

from __future__ import annotations

from typing import Any

from datasette import Response

from db.site import guard, health


@guard.reader
async def index(datasette: Any, request: Any) -> Any:
    found = await health.outlets(datasette)
    wanted = request.args.get("keadaan")
    context = {
        "eyes": health.eyes(found),
        "outlets": [row for row in found if not wanted or row["state"] == wanted],
        "wanted": wanted,
    }
    return Response.html(await datasette.render_template("sumber.html", context, request=request))
