"""Signing in and out: by name and password, or by a one-time link."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections import defaultdict
from typing import Any, Final
from urllib.parse import parse_qsl
from weakref import WeakKeyDictionary

from datasette import Response
from itsdangerous import BadSignature

from db import accounts, audit
from db.accounts import Account
from db.site import bases, links
from db.site.errors import PageError

COOKIE: Final = "pantau_sesi"
ATTEMPTS: Final = 5
PAUSE_SECONDS: Final = 300
_NAMESPACE: Final = "pantau-sesi"

_failures: WeakKeyDictionary[Any, defaultdict[str, list[float]]] = WeakKeyDictionary()


async def actor(datasette: Any, request: Any) -> dict[str, Any] | None:
    """Who sends the request. The account is read each time: a closed one is out at once."""
    if COOKIE not in request.cookies or not bases.has_desk(datasette):
        return None
    try:
        username, expires, mark = datasette.unsign(request.cookies[COOKIE], _NAMESPACE)
    except (BadSignature, ValueError, TypeError):
        return None
    if time.time() > expires:
        return None
    account = await bases.base(datasette, "meja").execute_fn(
        lambda meja: accounts.find(meja, username)
    )
    if account is None or _mark(account) != mark:
        return None
    return _as_actor(account)


async def form(request: Any) -> dict[str, str]:
    """The fields of a form, of a name that comes twice the last one; see `pairs`."""
    return dict(await pairs(request))


async def pairs(request: Any) -> list[tuple[str, str]]:
    """The fields of a POST whose token fits its cookie, also when no cookie came at all."""
    body = await request.post_body()
    try:
        fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True)
    except UnicodeDecodeError:
        raise PageError(400, "Isian ini bukan teks UTF-8.") from None
    token = request.scope["csrftoken"]()
    if not secrets.compare_digest(dict(fields).get("csrftoken", "").encode(), token.encode()):
        raise PageError(403, "Formulir ini kedaluwarsa. Muat ulang halamannya, lalu kirim lagi.")
    return fields


async def sign_in(datasette: Any, request: Any) -> Any:
    """`/masuk`: open to everybody."""
    if request.method != "POST":
        return await _sign_in_page(datasette, request)
    fields = await form(request)
    username = fields.get("nama", "").strip().lower()
    recent = _recent_failures(datasette, username)
    if len(recent) >= ATTEMPTS:
        wait = "Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."
        return await _sign_in_page(datasette, request, wait, 429)
    account = await _find(datasette, username)
    # Hashing takes a good part of a second: not on the loop that serves everybody else.
    matches = await asyncio.to_thread(accounts.matches, account, fields.get("sandi", ""))
    if account is None or not matches:
        recent.append(time.time())
        await _record(datasette, username, "masuk_gagal")
        return await _sign_in_page(datasette, request, "Nama atau kata sandi keliru.", 403)
    recent.clear()
    return await _welcome(datasette, request, account, fields.get("lanjut"))


async def sign_in_by_link(datasette: Any, request: Any) -> Any:
    """`/-/masuk/<token>`: open to whoever holds the link, once."""
    if request.method != "GET":
        raise PageError(405, "Buka tautan ini di peramban.")
    username = links.redeem(datasette, request.url_vars["token"])
    account = await _find(datasette, username) if username else None
    if account is None:
        spent = "Tautan masuk ini sudah dipakai atau kedaluwarsa. Jalankan `pantau serve` lagi."
        return await _sign_in_page(datasette, request, spent, 403)
    return await _welcome(datasette, request, account, "/")


async def sign_out(datasette: Any, request: Any) -> Any:
    """`/keluar`: asks on GET, does it on POST."""
    if request.actor is None:
        return Response.redirect(datasette.urls.path("/masuk"))
    if request.method != "POST":
        return Response.html(await datasette.render_template("keluar.html", {}, request=request))
    await form(request)
    await _record(datasette, request.actor["id"], "keluar")
    response = Response.redirect(datasette.urls.path("/masuk"))
    for name in (COOKIE, "ds_actor"):
        response.set_cookie(name, "", max_age=0, expires=0, httponly=True)
    return response


async def to_sign_in(datasette: Any, request: Any) -> Any:
    """Datasette's and its plugins' own sign-in pages lead to ours."""
    return Response.redirect(datasette.urls.path("/masuk"))


async def closed(datasette: Any, request: Any) -> Any:
    """Debugging pages of Datasette and of plugins, which ask no permission of their own."""
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    raise PageError(404, "Halaman ini tidak dipakai di Pantau.")


def safe_target(target: str | None) -> str:
    """Where to go after signing in: a path of this site, whatever the address asked for."""
    wanted = target or "/"
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/-/masuk", "/keluar"))
    return wanted if own and wanted.isprintable() else "/"


async def _welcome(datasette: Any, request: Any, account: Account, target: str | None) -> Any:
    await _record(datasette, account.username, "masuk")
    hours = (datasette.plugin_config("pantau") or {}).get("sesi_jam", 12)
    seconds = int(hours * 3600)
    ticket = [account.username, int(time.time()) + seconds, _mark(account)]
    response = Response.redirect(safe_target(target), headers={"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        datasette.sign(ticket, _NAMESPACE),
        max_age=seconds,
        httponly=True,
        secure=request.scheme == "https",
    )
    return response


async def _sign_in_page(
    datasette: Any, request: Any, message: str | None = None, status: int = 200
) -> Any:
    target = safe_target(request.args.get("lanjut"))
    if request.actor is not None and message is None:
        return Response.redirect(target)
    context = {"message": message, "lanjut": target, "desk": bases.has_desk(datasette)}
    html = await datasette.render_template("masuk.html", context, request=request)
    return Response.html(html, status=status, headers={"Cache-Control": "no-store"})


async def _find(datasette: Any, username: str) -> Account | None:
    found: Account | None = await bases.base(datasette, "meja").execute_fn(
        lambda meja: accounts.find(meja, username)
    )
    return found


async def _record(datasette: Any, username: str, action: str) -> None:
    who = username[:64]
    await bases.write(datasette, lambda meja: audit.record(meja, who, action, who))


def _recent_failures(datasette: Any, username: str) -> list[float]:
    kept = _failures.setdefault(datasette, defaultdict(list))[username[:64]]
    kept[:] = [at for at in kept if at > time.time() - PAUSE_SECONDS]
    return kept


def _as_actor(account: Account) -> dict[str, Any]:
    return {
        "id": account.username,
        "name": account.name,
        "role": account.role,
        "region_code": account.region_code,
    }


def _mark(account: Account) -> str:
    """Changes with the password, so that a new one ends every session of the old one."""
    return hashlib.sha256((account.password_hash or "").encode()).hexdigest()[:12]
