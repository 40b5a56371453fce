"""Telegram: the message as text from the office's bot to a chat or channel."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from db.delivery.message import DeliveryError, Message
from db.delivery.webhook import post

TOKEN: Final = "PANTAU_TELEGRAM_TOKEN"  # noqa: S105 - the name of the environment variable
LONGEST: Final = 4096
"""Characters that Telegram takes in one message."""


def send(settings: Mapping[str, Any], target: str, message: Message) -> None:
    """Send by the Bot API's `sendMessage`. Raises `DeliveryError`, never with the token."""
    token = os.environ.get(TOKEN)
    if not token:
        raise DeliveryError(f"Telegram belum disetel: isi {TOKEN} di lingkungan proses.")
    text = f"{message.subject}\n\n{message.text(LONGEST - len(message.subject) - 2)}"
    url = f"{settings['telegram_alamat'].rstrip('/')}/bot{token}/sendMessage"
    said = {
        "chat_id": target,
        "text": text[:LONGEST],
        "link_preview_options": {"is_disabled": True},
    }
    answer = post(settings, url, said, {})
    if not answer.is_success:
        raise DeliveryError(f"Telegram menjawab {answer.status_code}: {_reason(answer)}")


def _reason(answer: Any) -> str:
    """The `description` of the Bot API's error."""
    try:
        return str(answer.json()["description"])[:200]
    except (ValueError, KeyError, TypeError):
        return str(answer.reason_phrase)
