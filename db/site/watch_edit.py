"""What people change about a watch: conditions, channels, feed; each with an audit row."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from db import audit
from db.alerts import channels, watches
from db.alerts.channels import ChannelError
from db.site import bases, guard

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """Why a change was not stored."""

    status: int
    message: str


@dataclass(frozen=True)
class Change:
    """Who asks for what of which watch."""

    key: str
    actor: str
    fields: Fields


def may_edit(actor: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Staf change their own watches, atasan and admin all."""
    return guard.role(dict(actor)) in ("atasan", "admin") or row["owner"] == actor["id"]


async def create(datasette: Any, actor: str, name: str, definition: dict[str, Any]) -> str:
    """Keep a new watch; its key."""

    def store(meja: sqlite3.Connection) -> str:
        meja.execute("BEGIN IMMEDIATE")
        key = watches.save(Database(meja), name, definition, owner=actor)
        audit.record(meja, actor, "langganan_dibuat", key, name.strip())
        return key

    key: str = await bases.write(datasette, store)
    return key


async def save(
    datasette: Any, change: Change, name: str, definition: dict[str, Any]
) -> Problem | None:
    """Keep a watch in its new form, unless somebody else changed it since it was shown."""

    def store(meja: sqlite3.Connection) -> Problem | None:
        meja.execute("BEGIN IMMEDIATE")  # nobody changes it between our look and our write
        sql = "SELECT updated_at, active FROM watches WHERE key = ?"
        row = meja.execute(sql, [change.key]).fetchone()
        if row is None or row[0] != change.fields.get("terlihat"):
            return Problem(409, "Belum tersimpan: langganan ini baru saja diubah orang lain. "
                           "Buka lagi halamannya, lalu ulangi perubahan Anda.")  # fmt: skip
        watches.save(Database(meja), name, definition, key=change.key, active=bool(row[1]))
        audit.record(meja, change.actor, "langganan_diubah", change.key, name.strip())
        return None

    problem: Problem | None = await bases.write(datasette, store)
    return problem


async def act(datasette: Any, action: str, change: Change) -> Problem | None:
    """One of `ACTIONS`; on a problem nothing is stored."""

    def store(meja: sqlite3.Connection) -> None:
        detail = ACTIONS[action](meja, change)
        audit.record(meja, change.actor, action, change.key, detail)

    try:
        await bases.write(datasette, store)
    except ChannelError as error:
        return Problem(400, str(error))
    return None


def _on(meja: sqlite3.Connection, change: Change) -> None:
    _switch(meja, change, 1)


def _off(meja: sqlite3.Connection, change: Change) -> None:
    _switch(meja, change, 0)


def _switch(meja: sqlite3.Connection, change: Change, active: int) -> None:
    meja.execute(
        "UPDATE watches SET active = ?, updated_at = ? WHERE key = ?",
        [active, audit.now(), change.key],
    )


def _add_channel(meja: sqlite3.Connection, change: Change) -> str:
    channel = channels.read(change.fields)
    channels.save(meja, change.key, channel)
    return f"{channel.kind} {channel.target}"


def _channel_on(meja: sqlite3.Connection, change: Change) -> str:
    return _switch_channel(meja, change, on=True)


def _channel_off(meja: sqlite3.Connection, change: Change) -> str:
    return _switch_channel(meja, change, on=False)


def _switch_channel(meja: sqlite3.Connection, change: Change, *, on: bool) -> str:
    chosen = number(change.fields)
    if not channels.switch(meja, change.key, chosen, on=on):
        raise ChannelError("Saluran ini tidak ada.")
    return str(chosen)


def _remove_channel(meja: sqlite3.Connection, change: Change) -> str:
    chosen = number(change.fields)
    if not channels.remove(meja, change.key, chosen):
        raise ChannelError("Saluran ini tidak ada.")
    return str(chosen)


def _retry(meja: sqlite3.Connection, change: Change) -> str:
    chosen = number(change.fields)
    return f"{chosen}: {channels.retry(meja, change.key, chosen)} peringatan"


def number(fields: Fields) -> int:
    """The channel that a form is about. Raises `ChannelError`."""
    given = fields.get("saluran", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise ChannelError("Saluran ini tidak ada.")
    return int(given)


def _feed(meja: sqlite3.Connection, change: Change) -> None:
    """An address of its own for who asks; an older one stops working."""
    meja.execute(
        "INSERT OR REPLACE INTO feeds (watch_key, username, nonce, created_at) VALUES (?, ?, ?, ?)",
        [change.key, change.actor, secrets.token_urlsafe(16), audit.now()],
    )


def _no_feed(meja: sqlite3.Connection, change: Change) -> None:
    meja.execute(
        "DELETE FROM feeds WHERE watch_key = ? AND username = ?", [change.key, change.actor]
    )


ACTIONS: Final[dict[str, Callable[[sqlite3.Connection, Change], str | None]]] = {
    "langganan_dinyalakan": _on,
    "langganan_dimatikan": _off,
    "saluran_disimpan": _add_channel,
    "saluran_dinyalakan": _channel_on,
    "saluran_dimatikan": _channel_off,
    "saluran_dihapus": _remove_channel,
    "pengiriman_diulang": _retry,
    "umpan_dibuat": _feed,
    "umpan_dicabut": _no_feed,
}
"""The words of the audit and of the buttons."""

FOR_EVERYBODY: Final = ("umpan_dibuat", "umpan_dicabut")
"""A feed is its reader's own; everything else is for who may edit the watch."""
