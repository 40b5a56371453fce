"""Reading one archived answer back: the record as it lies, its body checked against its hash."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from fastwarc.warc import ArchiveIterator

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of one record or of an unpacked body; a larger one is a trap, not a news page."""


class EvidenceError(Exception):
    """No copy that could be shown; the message is in Indonesian. `missing`: there never was one."""

    def __init__(self, message: str, *, missing: bool = False) -> None:
        super().__init__(message)
        self.missing = missing


@dataclass(frozen=True)
class Copy:
    """`record` is the WARC record packed as it lies, `received` the body as it came over the net.

    `body` is the body without content encoding, `encoding` its name where there was one. `fault`
    says why the copy must not be used as evidence, or is None.
    """

    record: bytes
    received: bytes
    body: bytes
    encoding: str | None
    fault: str | None


def read(folder: Path, fetch: Mapping[str, Any]) -> Copy:
    """The copy that a row of `fetches` points to. Raises `EvidenceError`."""
    name, offset = fetch["warc_file"], fetch["warc_offset"]
    if name is None or offset is None:
        raise EvidenceError("Halaman ini tidak punya salinan arsip.", missing=True)
    record = _bytes(_inside(folder, name), int(offset), int(fetch["warc_length"] or 0))
    received, _ = _body(name, record, "none")
    body, encoding = _body(name, record, "content")
    fault = None
    if fetch["sha256"] and hashlib.sha256(received).hexdigest() != fetch["sha256"]:
        fault = f"Salinan di arsip {name} tidak cocok lagi dengan SHA-256-nya; jangan dipakai."
    return Copy(record, received, body, encoding, fault)


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise EvidenceError(f"Berkas arsip {name} tidak ada di {folder.name}/.", missing=True)
    return path


def _bytes(path: Path, offset: int, length: int) -> bytes:
    if not 0 < length <= LARGEST:
        raise EvidenceError(f"Panjang catatan di arsip {path.name} tidak diketahui.")
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            return stream.read(length)
    except OSError as error:
        raise EvidenceError(f"Berkas arsip {path.name} tidak terbaca: {error.strerror}.") from error


def _body(name: str, record: bytes, decode: Literal["none", "content"]) -> tuple[bytes, str | None]:
    try:
        found = next(iter(ArchiveIterator(io.BytesIO(record), auto_decode=decode)), None)
        body = found.reader.read(LARGEST + 1) if found else None
    except (OSError, ValueError, RuntimeError) as error:
        raise EvidenceError(f"Berkas arsip {name} rusak: {error}.") from error
    if found is None or body is None or len(body) > LARGEST:
        raise EvidenceError(f"Berkas arsip {name} tidak memuat catatan di tempat ini.")
    http = found.http_headers
    headers = {key.lower(): value for key, value in http.items()} if http else {}
    return bytes(body), headers.get("content-encoding")
