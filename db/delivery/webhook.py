"""Webhooks: the message as JSON to an address of the receiver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from db.delivery.message import DeliveryError, Message


def send(settings: Mapping[str, Any], target: str, message: Message) -> None:
    """POST the data; any 2xx answer takes it over. Raises `DeliveryError`."""
    headers = {"Idempotency-Key": message.identity, "User-Agent": "Pantau"}
    answer = post(settings, target, message.data, headers)
    if not answer.is_success:
        raise DeliveryError(f"Webhook menjawab {answer.status_code} {answer.reason_phrase}.")


def post(
    settings: Mapping[str, Any], url: str, data: Mapping[str, Any], headers: Mapping[str, str]
) -> httpx.Response:
    """The answer to a JSON request; redirects are not followed. Raises `DeliveryError`."""
    seconds = settings["batas_detik"]
    try:
        return httpx.post(url, json=dict(data), headers=dict(headers), timeout=seconds)
    except httpx.TimeoutException as error:
        raise DeliveryError(f"Tidak ada jawaban dalam {seconds} detik.") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise DeliveryError(f"Tidak tersambung ({type(error).__name__}).") from error
