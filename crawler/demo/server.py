"""Serves the sample outlets on loopback, as an HTTP proxy for their `.example` hosts.

A crawler that sends its requests through `http://127.0.0.1:PORT` meets nine outlets with their own
host names, robots.txt files, feeds and faults. `visit = 2` is the second day: one article was
edited, one was taken down.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from crawler.demo.library import sites
from crawler.demo.pages import Answer, Outlet


class SampleServer(ThreadingHTTPServer):
    """All sample outlets on one port; `visits` counts the requests per URL for the tests."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.outlets = {name: Outlet(site) for name, site in sites().items()}
        self.visits: dict[str, int] = {}
        self.edited_at: datetime | None = None

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about crawlers that hang up, as killed ones do."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def second_visit(self) -> None:
        """From now on the edited article is edited and the withdrawn one is gone."""
        self.edited_at = datetime.now(UTC)


@contextmanager
def serving(port: int = 0) -> Iterator[SampleServer]:
    """Run the sample outlets in a thread of their own."""
    server = SampleServer(port)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SampleServer

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        host = address.hostname or self.headers.get("Host", "").split(":")[0]
        self._count(host)
        outlet = self.server.outlets.get(host)
        if outlet is None:
            answer = Answer(HTTPStatus.NOT_FOUND, b"", "text/plain")
        else:
            answer = outlet.answer(address.path, address.query, self.server.edited_at)
        self._send(answer)

    def _count(self, host: str) -> None:
        path = self.path if self.path.startswith("http") else f"http://{host}{self.path}"
        self.server.visits[path] = self.server.visits.get(path, 0) + 1

    def _send(self, answer: Answer) -> None:
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        if answer.status == HTTPStatus.OK and self.headers.get("If-None-Match") == etag:
            answer = Answer(HTTPStatus.NOT_MODIFIED, b"", answer.content_type)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            self.send_header("ETag", etag)
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        try:
            self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the crawler stopped reading the 20 MB page

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (name of the base class)
        """Stay silent: the crawler keeps the record of what it fetched."""
