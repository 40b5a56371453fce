"""Whose an imported document is: a known outlet by its host, else one made on the fly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from crawler import outlets as bundled
from crawler.extract.restore import outlet_row, stranger
from crawler.outlets import Outlet
from db import fetches


class Owners:
    """Finds outlets and stores those that documents need and the base lacks."""

    def __init__(self, db: Database, outlets: Iterable[Outlet] = ()) -> None:
        self._db = db
        self._declared = {outlet.id: outlet for outlet in [*bundled.load(), *outlets]}
        self._stored = {row["id"] for row in db.query("SELECT id FROM outlets")}
        self._found: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The id of the outlet that a URL, a host or any other name stands for."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> str:
        host = _host(name)
        if host is None:
            return self._store(
                stranger(re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")) | {"name": name}
            )
        parts = host.split(".")
        for start in range(len(parts) - 1):
            known = ".".join(parts[start:])
            if known in self._stored:
                return known
            if known in self._declared:
                return self._store(outlet_row(self._declared[known]))
        return self._store(stranger(host))

    def _store(self, row: dict[str, Any]) -> str:
        if row["id"] not in self._stored:
            fetches.save_outlets(self._db, [row])
            self._stored.add(row["id"])
        return str(row["id"])


def _host(name: str) -> str | None:
    """The host in a URL or in a name such as "Liputan6.com", None in "Suara Rakyat"."""
    candidate = urlsplit(name).hostname if "://" in name else name.strip().lower()
    if candidate and re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", candidate):
        return candidate.removeprefix("www.")
    return None
