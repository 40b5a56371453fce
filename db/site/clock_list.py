"""`/tenggat`: all clocks that run, and the address of the calendar."""

from __future__ import annotations

import secrets
import sqlite3
from typing import Any, Final

from datasette import Response

from db import audit
from db.site import bases, clock, clock_feed, guard, session
from db.site.errors import PageError


@guard.desk
async def show(datasette: Any, request: Any) -> Any:
    """With `?wilayah=64`, those of a province or kabupaten."""
    actor = request.actor["id"]
    if request.method == "POST":
        action = (await session.form(request)).get("aksi")
        if action not in _FEED_ACTIONS:
            raise PageError(400, "Permintaan ini tidak dapat dipahami.")
        await bases.write(datasette, lambda meja: _FEED_ACTIONS[action](meja, actor))
        return Response.redirect(datasette.urls.path("/tenggat#kalender"))
    region = request.args.get("wilayah") or None
    feed = await clock_feed.path(datasette, actor)
    context = {
        "running": await clock.running(datasette, region),
        "region": region,
        "feed": datasette.absolute_url(request, feed) if feed else None,
    }
    html = await datasette.render_template("tenggat.html", context, request=request)
    return Response.html(html, headers={"Cache-Control": "no-store"})


def _make_feed(meja: sqlite3.Connection, username: str) -> None:
    """An address of its own for who asks; an older one stops working."""
    meja.execute(
        "INSERT OR REPLACE INTO calendar_feeds (username, nonce, created_at) VALUES (?, ?, ?)",
        (username, secrets.token_urlsafe(16), audit.now()),
    )
    audit.record(meja, username, "kalender_dibuat", username)


def _revoke_feed(meja: sqlite3.Connection, username: str) -> None:
    meja.execute("DELETE FROM calendar_feeds WHERE username = ?", (username,))
    audit.record(meja, username, "kalender_dicabut", username)


_FEED_ACTIONS: Final = {"kalender_dibuat": _make_feed, "kalender_dicabut": _revoke_feed}
