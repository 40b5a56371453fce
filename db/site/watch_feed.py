"""`/langganan/<key>.atom`: the alerts of a watch for feed readers, which cannot sign in.

The address holds a signed token that names watch, account and a nonce of `feeds`; another nonce or
a closed account ends it. `meja.db` alone, without the secret of the site, opens no feed.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from datasette import Response
from feedgen.feed import FeedGenerator
from itsdangerous import BadSignature

from db.site import bases, guard
from db.site.alert import address
from db.site.errors import PageError
from db.words import clean, label

NEWEST: Final = 100
_NAMESPACE: Final = "pantau-umpan"
_NONCE: Final = """
    SELECT f.nonce FROM feeds f JOIN accounts a ON a.username = f.username
    WHERE f.watch_key = ? AND f.username = ? AND a.active
"""
_ALERTS: Final = """
    SELECT a.key, a.status, a.sentence, a.raised_at, ar.title, ar.url, ar.published_at,
        o.name AS outlet
    FROM alerts a JOIN articles ar ON ar.id = a.article_id JOIN outlets o ON o.id = ar.outlet_id
    WHERE a.watch_key = ? ORDER BY a.raised_at DESC, a.id DESC LIMIT ?
"""


async def path(datasette: Any, key: str, username: str) -> str | None:
    """The secret address of somebody's feed, or None where they have none."""
    row = await bases.row(datasette, _NONCE, [key, username], "meja")
    if row is None:
        return None
    token = datasette.sign([key, username, row["nonce"]], _NAMESPACE)
    return str(datasette.urls.path(f"/langganan/{key}.atom?{urlencode({'kunci': token})}"))


async def show(datasette: Any, request: Any) -> Any:
    """For whoever holds the address, or has signed in."""
    key, token = request.url_vars["key"], request.args.get("kunci")
    if token is None:
        await datasette.ensure_permissions(request.actor, [guard.DESK])
    elif not await _opens(datasette, key, token):
        raise PageError(403, "Alamat umpan ini tidak berlaku (lagi). Buat yang baru di situs.")
    sql = "SELECT key, name FROM watches WHERE key = ?"
    watch = await bases.row(datasette, sql, [key], "meja")
    if watch is None:
        raise PageError(404, "Langganan ini tidak ada.")
    alerts = await bases.rows(datasette, _ALERTS, [key, NEWEST])
    body = _feed(datasette, request, watch, alerts).atom_str(pretty=True)
    headers = {"Cache-Control": "private, no-cache"}
    return Response(
        body.decode(), headers=headers, content_type="application/atom+xml; charset=utf-8"
    )


async def _opens(datasette: Any, key: str, token: str) -> bool:
    try:
        watch, username, nonce = datasette.unsign(token, _NAMESPACE)
    except (BadSignature, ValueError, TypeError):
        return False
    row = await bases.row(datasette, _NONCE, [key, username], "meja")
    return watch == key and row is not None and row["nonce"] == nonce


def _feed(datasette: Any, request: Any, watch: bases.Row, alerts: list[bases.Row]) -> Any:
    page = datasette.absolute_url(request, datasette.urls.path(f"/langganan/{watch['key']}"))
    feed = FeedGenerator()
    feed.id(f"urn:pantau:langganan:{watch['key']}")
    feed.title(f"Pantau: {_text(watch['name'])}")
    feed.link(href=page, rel="alternate")
    feed.updated(alerts[0]["raised_at"] if alerts else "2000-01-01T00:00:00+00:00")
    for alert in alerts:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:pantau:peringatan:{alert['key']}")
        entry.title(f"{label(alert['status'], 'status')}: {_text(alert['title'])}")
        entry.author(name=_text(alert["outlet"]))
        entry.link(href=datasette.absolute_url(request, datasette.urls.path(address(alert))))
        entry.published(alert["raised_at"])
        entry.updated(alert["raised_at"])
        entry.content(f"{_text(alert['sentence'])}\n{_text(alert['url'])}", type="text")
    return feed


def _text(value: str) -> str:
    """What XML can hold."""
    return str(clean(value))
