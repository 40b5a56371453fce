"""The button "Kirim uji": one message to a channel now, and what became of it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from db import audit
from db.alerts.channels import ChannelError
from db.config import ConfigError, load
from db.delivery import trial
from db.site import bases, watch_edit

_CHANNEL: Final = """
    SELECT c.*, w.name AS watch_name FROM channels c JOIN watches w ON w.key = c.watch_key
    WHERE c.watch_key = ? AND c.id = ? AND c.removed_at IS NULL
"""


async def run(datasette: Any, actor: str, key: str, fields: Mapping[str, str]) -> str | None:
    """Why the message did not go out, or None; in the log of the channel either way."""
    try:
        number = watch_edit.number(fields)
        settings = load(_settings(datasette)).pengiriman
    except (ChannelError, ConfigError) as error:
        return str(error)
    channel = await bases.row(datasette, _CHANNEL, [key, number], "meja")
    if channel is None:
        return "Saluran ini tidak ada."
    identity, error_said = await asyncio.to_thread(trial.send, settings, channel)

    def keep(meja: sqlite3.Connection) -> None:
        meja.execute(
            "INSERT INTO delivery_attempts (channel_id, message_id, alerts, at, error) "
            "VALUES (?, ?, 0, ?, ?)",
            (number, identity, audit.now(), error_said),
        )
        audit.record(meja, actor, "saluran_diuji", key, f"{channel['kind']} {channel['target']}")

    await bases.write(datasette, keep)
    return error_said


def _settings(datasette: Any) -> Path:
    """`pantau.toml` beside the base, as the commands read it."""
    return Path(bases.base(datasette, "meja").path).with_name("pantau.toml")
