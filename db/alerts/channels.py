"""Channels: where the alerts of a watch are sent, and how; one row of `channels` each."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from db import audit

KINDS: Final = ("email", "webhook", "telegram")
MODES: Final = ("langsung", "ringkasan")
ZONES: Final = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
LONGEST: Final = 500
_EMAIL: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\]+")
_CHAT: Final = re.compile(r"-?\d{1,20}|@[A-Za-z]\w{3,31}")


class ChannelError(ValueError):
    """A channel that could not work; the message is in Indonesian."""


@dataclass(frozen=True)
class Channel:
    """`digest_hour` and `zone` count only for the mode `ringkasan`."""

    kind: str
    target: str
    mode: str = "langsung"
    digest_hour: int = 7
    zone: str = "Asia/Jakarta"


def read(fields: Mapping[str, str]) -> Channel:
    """The channel a form describes. Raises `ChannelError`."""
    kind, target = fields.get("jenis", ""), fields.get("tujuan", "").strip()
    mode, hour = fields.get("cara", "langsung"), fields.get("jam", "7")
    zone = fields.get("zona", "Asia/Jakarta")
    if kind not in KINDS:
        raise ChannelError("Pilih jenis saluran: surel, webhook, atau Telegram.")
    if fault := _fault(kind, target):
        raise ChannelError(fault)
    if mode not in MODES:
        raise ChannelError("Pilih langsung atau ringkasan.")
    if not (hour.isascii() and hour.isdecimal() and int(hour[:3]) < 24) or zone not in ZONES:
        raise ChannelError("Jam ringkasan harus 0 sampai 23, dalam WIB, WITA, atau WIT.")
    return Channel(kind, target, mode, int(hour), ZoneInfo(zone).key)


def save(meja: sqlite3.Connection, watch_key: str, channel: Channel) -> None:
    """Keep a channel inside the caller's transaction; the same target again changes its mode.

    One that was removed starts anew: what rang in between is not sent.
    """
    meja.execute(
        "INSERT INTO channels (watch_key, kind, target, mode, digest_hour, zone, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (watch_key, kind, target) DO UPDATE SET "
        "mode = excluded.mode, digest_hour = excluded.digest_hour, zone = excluded.zone, "
        "active = 1, removed_at = NULL, "
        "created_at = CASE WHEN removed_at IS NULL THEN created_at ELSE excluded.created_at END",
        (
            *(watch_key, channel.kind, channel.target, channel.mode),
            *(channel.digest_hour, channel.zone, audit.now()),
        ),
    )


def switch(meja: sqlite3.Connection, watch_key: str, channel_id: int, *, on: bool) -> bool:
    """Switch one on or off; what waits there stays waiting. False when it is not of the watch."""
    cursor = meja.execute(
        "UPDATE channels SET active = ? WHERE id = ? AND watch_key = ? AND removed_at IS NULL",
        (on, channel_id, watch_key),
    )
    return cursor.rowcount > 0


def remove(meja: sqlite3.Connection, watch_key: str, channel_id: int) -> bool:
    """Take a channel away for good; what it sent stays in the log, what waits there is given up.

    False when it is not of the watch.
    """
    cursor = meja.execute(
        "UPDATE channels SET active = 0, removed_at = ? "
        "WHERE id = ? AND watch_key = ? AND removed_at IS NULL",
        (audit.now(), channel_id, watch_key),
    )
    if not cursor.rowcount:
        return False
    meja.execute(
        "UPDATE deliveries SET state = 'gagal', error = 'Saluran dihapus.' "
        "WHERE channel_id = ? AND state = 'menunggu'",
        (channel_id,),
    )
    return True


def retry(meja: sqlite3.Connection, watch_key: str, channel_id: int) -> int:
    """Let everything unsent of a channel be tried at the next delivery; how many that is."""
    cursor = meja.execute(
        "UPDATE deliveries SET state = 'menunggu', attempts = 0, due_at = ? "
        "WHERE channel_id IN "
        "(SELECT id FROM channels WHERE id = ? AND watch_key = ? AND removed_at IS NULL) "
        "AND (state = 'gagal' OR (state = 'menunggu' AND attempts > 0))",
        (audit.now(), channel_id, watch_key),
    )
    return cursor.rowcount


def _fault(kind: str, target: str) -> str | None:
    if len(target) > LONGEST:
        return f"Tujuan terlalu panjang: paling banyak {LONGEST} huruf."
    if kind == "email" and not (_EMAIL.fullmatch(target) and target.isascii()):
        return "Alamat surel keliru. Contoh: humas@bawaslu.example."
    if kind == "webhook" and not _is_address(target):
        return "Alamat webhook harus berawal dengan https:// atau http://."
    if kind == "telegram" and not _CHAT.fullmatch(target):
        return "Tujuan Telegram adalah nomor obrolan (misalnya -1001234567890) atau @kanal."
    return None


def _is_address(target: str) -> bool:
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError:
        return False
    host = bool(parts.hostname) and (port is None or port > 0)
    return parts.scheme in ("https", "http") and host and target.isprintable() and " " not in target
