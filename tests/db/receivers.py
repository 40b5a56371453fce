"""Real receivers on loopback: an SMTP server, and an HTTP server for webhooks and Telegram."""

from __future__ import annotations

import json
import threading
from asyncio import Server
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Letters:
    """What an SMTP server took; `answers` are given first, then it takes everything."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    refused: list[EmailMessage] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        if self.answers:
            self.refused.append(letter)
            return self.answers.pop(0)
        self.taken.append(letter)
        return "250 OK"


class FreePort(Controller):
    """Port 0 takes a free one; the controller then looks for itself at the one it was given."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd is half typed


@contextmanager
def smtp() -> Iterator[Letters]:
    letters = Letters()
    controller = FreePort(letters, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        letters.port = controller.port
        yield letters
    finally:
        controller.stop()


@dataclass
class Call:
    path: str
    headers: dict[str, str]
    data: dict[str, Any]


@dataclass
class Calls:
    """What an HTTP server was sent; `answers` are given first, then 200. `before` runs first."""

    address: str = ""
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    heard: list[Call] = field(default_factory=list)
    before: Callable[[], None] | None = None


@contextmanager
def http() -> Iterator[Calls]:
    calls = Calls()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calls.heard.append(Call(self.path, dict(self.headers), json.loads(body)))
            if calls.before:
                calls.before()
            status, answer = calls.answers.pop(0) if calls.answers else (200, {"ok": True})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        calls.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield calls
        finally:
            server.shutdown()
