"""What every answer carries, and what is refused before Datasette reads it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

App = Callable[[Any, Any, Any], Awaitable[None]]

LARGEST_POST: Final = 1_000_000
HEADERS: Final = {
    b"content-security-policy": (
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        b"object-src 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}


def wrap(app: App) -> App:
    """Put `HEADERS` on every answer and turn away forms that are too large."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    pair for pair in message.get("headers", []) if pair[0].lower() not in HEADERS
                ]
                message = {**message, "headers": [*kept, *HEADERS.items()]}
            await send(message)

        if _length(scope) > LARGEST_POST:
            await _refuse(send_with_headers)
        else:
            await app(scope, receive, send_with_headers)

    return wrapped


def _length(scope: Any) -> int:
    stated = dict(scope.get("headers") or []).get(b"content-length", b"0")
    return int(stated) if stated.isdigit() else 0


async def _refuse(send: Any) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": b"Kiriman terlalu besar."})
