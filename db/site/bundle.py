"""`bukti.zip`: the evidence of an article or a case, made on the disk and then sent."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from datasette.utils.asgi import AsgiFileDownload

from db import bundles
from db.site import alert, bases, clock, guard
from db.site.errors import PageError

MOST: Final = 50
"""Articles of one case in a bundle."""


@dataclass(frozen=True)
class PassingFile:
    """An answer out of a file that is gone once it was sent, also where the reader hung up."""

    path: Path
    name: str

    async def asgi_send(self, send: Any) -> None:
        try:
            headers = {"cache-control": "no-store"}
            kind = "application/zip"
            await AsgiFileDownload(str(self.path), self.name, kind, headers).asgi_send(send)
        finally:
            self.path.unlink(missing_ok=True)


@guard.desk
async def of_article(datasette: Any, request: Any) -> Any:
    """`/artikel/<key>/bukti.zip`"""
    key = request.url_vars["key"]
    if await bases.row(datasette, "SELECT 1 FROM articles WHERE key = ?", [key]) is None:
        raise PageError(404, "Artikel ini tidak ada di basis data.")
    return await _answer(datasette, request, [key])


@guard.desk
async def of_case(datasette: Any, request: Any) -> Any:
    """`/peringatan/<id>/bukti.zip`: all articles of the case, that of the alert first."""
    found = await alert.find(datasette, unquote(request.url_vars["id"]))
    return await _answer(datasette, request, (await clock.articles(datasette, found))[:MOST])


async def _answer(datasette: Any, request: Any, keys: list[str]) -> Any:
    """Audited with the hash of the bundle itself."""
    folder = bases.archive(datasette)
    path, digest = await bases.ask(
        datasette, lambda db: _make(db, folder, keys), bases.EXPORT_PATIENCE_MS
    )
    try:
        said = f"{' '.join(keys)} SHA-256 {digest}"
        await bases.note(datasette, request.actor, "bukti_diunduh", said)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return PassingFile(path, f"bukti-{keys[0]}.zip")


def _make(db: sqlite3.Connection, folder: Path, keys: list[str]) -> tuple[Path, str]:
    with tempfile.NamedTemporaryFile(prefix="pantau-bukti-", suffix=".zip", delete=False) as file:
        path = Path(file.name)
        try:
            bundles.write(db, folder, keys, file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path, _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
