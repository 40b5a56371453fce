"""One message to try a channel, outside the queue: sent at once, tried once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from db.delivery.digest import Row
from db.delivery.message import DeliveryError, Message
from db.delivery.sending import SENDERS


def send(settings: Mapping[str, Any], channel: Row) -> tuple[str, str | None]:
    """The id of the message, and why it was not taken over, or None.

    `channel` is a row of `channels` with `watch_name`; `settings` are those of `[pengiriman]`.
    """
    message = _message(channel, settings["alamat_situs"].rstrip("/"))
    try:
        SENDERS[channel["kind"]](settings, channel["target"], message)
    except DeliveryError as error:
        return message.identity, str(error)
    return message.identity, None


def _message(channel: Row, site: str) -> Message:
    identity = f"uji-{secrets.token_hex(10)}"
    name = channel["watch_name"]
    said = f"Ini uji kiriman dari Pantau untuk langganan “{name}”. Bukan peringatan."
    watch = {"kunci": channel["watch_key"], "nama": name}
    data = {"id": identity, "uji": True, "langganan": watch, "peringatan": []}
    more = f"Langganan: {site}/langganan/{channel['watch_key']}" if site else ""
    return Message(identity, f"[Pantau] Uji kiriman: {name}", (said,), more, data)
