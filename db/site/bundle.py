"""`/artikel/<key>/bukti.zip`: the evidence of one article, made on the disk and then sent."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from datasette import Response
from datasette.utils.asgi import AsgiFileDownload

from db import bundles
from db.site import bases, guard
from db.site.errors import PageError

_CHUNK: Final = 1 << 20


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
async def download(datasette: Any, request: Any) -> Any:
    """Audited with the hash of the bundle itself."""
    key, folder = request.url_vars["key"], bases.archive(datasette)
    made = await bases.ask(datasette, lambda db: _make(db, folder, key), bases.EXPORT_PATIENCE_MS)
    if made is None:
        raise PageError(404, "Artikel ini tidak ada di basis data.")
    path, digest = made
    try:
        await bases.note(datasette, request.actor, "bukti_diunduh", f"{key} SHA-256 {digest}")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if request.method == "HEAD":
        path.unlink(missing_ok=True)
        return Response("", content_type="application/zip")
    return PassingFile(path, f"bukti-{key}.zip")


def _make(db: sqlite3.Connection, folder: Path, key: str) -> tuple[Path, str] | None:
    with tempfile.NamedTemporaryFile(prefix="pantau-bukti-", suffix=".zip", delete=False) as file:
        path = Path(file.name)
        try:
            bundle = bundles.write(db, folder, key, file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    if bundle is None:
        path.unlink()
        return None
    return path, _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
