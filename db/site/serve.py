"""Serving the site: Datasette with the two bases, on one socket, with a first way in."""

from __future__ import annotations

import asyncio
import errno
import socket
import tomllib
from pathlib import Path
from typing import Any, Final

import uvicorn
from datasette.app import Datasette
from datasette.database import Database

from db import accounts
from db.base import Home
from db.config import Config
from db.site import links, secret

SETTINGS: Final = Path(__file__).with_name("settings.toml")


class ServeError(Exception):
    """A site that cannot start; the message is in Indonesian."""


def serve(
    home: Home, *, host: str = "127.0.0.1", port: int = 8001, config: Config, sign_in: bool
) -> None:
    """Serve until interrupted; with `sign_in`, print a one-time link for an admin.

    Port 0 takes any free one. Raises `ServeError` when the address cannot be had and `BaseError`
    when a base cannot be opened.
    """
    datasette = build(home, config)
    listening = _listen(host, port)
    with listening:
        address = _address(listening)
        print(f"Pantau dibuka di {address} (hentikan dengan Ctrl+C)", flush=True)
        if sign_in:
            print(f"Masuk sekali pakai: {address}{sign_in_path(home, datasette)}", flush=True)
        asyncio.run(_run(datasette, listening))


def build(home: Home, config: Config) -> Any:
    """Datasette over both bases, made or migrated first; names stay berita and meja."""
    for db in (home.open_berita(), home.open_meja()):
        db.close()
    datasette = Datasette(
        metadata={"plugins": {"pantau": dict(config.situs)}},
        settings=tomllib.loads(SETTINGS.read_text(encoding="utf-8")),
        secret=secret.kept(home),
    )
    datasette.remove_database("_memory")
    for name, path in (("berita", home.berita), ("meja", home.meja)):
        datasette.add_database(Database(datasette, str(path)), name=name)
    return datasette


def sign_in_path(home: Home, datasette: Any) -> str:
    """The path that signs in an admin once, within `links.VALID`."""
    meja = home.open_meja()
    try:
        username = accounts.first_admin(meja)
    finally:
        meja.close()
    return f"/-/masuk/{links.issue(datasette, username)}"


async def _run(datasette: Any, listening: socket.socket) -> None:
    await (
        datasette.invoke_startup()
    )  # before the first request: Datasette starts one of two at once
    # No access log: it would hold the sign-in token and who read what.
    config = uvicorn.Config(
        datasette.app(), log_level="warning", access_log=False, server_header=False, lifespan="on"
    )
    await uvicorn.Server(config).serve(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ServeError(_refusal(host, port, error)) from error
    except OverflowError as error:
        raise ServeError(f"Port {port} tidak sah: pilih 1 sampai 65535.") from error


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} di {host} sudah dipakai proses lain. "
            f"Hentikan proses itu, atau pilih port lain, misalnya --port {port + 1}."
        )
    return f"Tidak dapat membuka {host}:{port} ({error.strerror or error})."


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
