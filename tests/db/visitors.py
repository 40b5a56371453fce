"""People who use a running site over HTTP, and what of them lies in meja.db."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx

from db.base import Home
from tests.db.site_base import PASSWORD, Running

Visit = Callable[[str | None], httpx.Client]


@contextmanager
def visiting(running: Running, name: str | None = None) -> Iterator[httpx.Client]:
    """Somebody with a cookie jar of their own, signed in when named."""
    with httpx.Client(base_url=running.address, follow_redirects=True, timeout=30) as client:
        if name:
            assert sign_in(client, name).status_code == 200
        yield client


@contextmanager
def visits(running: Running) -> Iterator[Visit]:
    """As many visitors as are asked for."""
    with ExitStack() as opened:
        yield lambda name: opened.enter_context(visiting(running, name))


def sign_in(visitor: httpx.Client, username: str, password: str = PASSWORD) -> httpx.Response:
    fields = {"nama": username, "sandi": password, "csrftoken": token(visitor.get("/masuk"))}
    return visitor.post("/masuk", data=fields)


def token(page: httpx.Response) -> str:
    found = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert found
    return found[1]


def desk(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Rows of meja.db."""
    connection = sqlite3.connect(home.meja)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
