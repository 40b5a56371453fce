"""The archived copy of a page: its bytes as they came, checked against their hash."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator

from db.site.errors import PageError


def payload(folder: Path, fetch: dict[str, Any]) -> bytes:
    """The body of one archived answer.

    Raises `PageError` when the file is missing, unreadable, or no longer what was fetched.
    """
    name, offset = fetch["warc_file"], fetch["warc_offset"]
    if name is None or offset is None:
        raise PageError(404, "Halaman ini tidak punya salinan arsip.")
    body = _read(_inside(folder, name), int(offset))
    if fetch["sha256"] and hashlib.sha256(body).hexdigest() != fetch["sha256"]:
        raise PageError(
            409, f"Salinan di arsip {name} tidak cocok lagi dengan SHA-256-nya; jangan dipakai."
        )
    return body


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise PageError(404, f"Berkas arsip {name} tidak ada di {folder.name}/.")
    return path


def _read(path: Path, offset: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(offset)
        try:
            record = next(iter(ArchiveIterator(stream, parse_http=True)), None)
            body = record.reader.read() if record else None
        except (OSError, ValueError, RuntimeError) as error:
            raise PageError(409, f"Berkas arsip {path.name} rusak: {error}.") from error
    if body is None:
        raise PageError(409, f"Berkas arsip {path.name} tidak memuat catatan di tempat ini.")
    return bytes(body)
