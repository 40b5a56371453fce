"""Reading records back, one by its place or all of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.archive.records import SHA256, ArchiveError, Label, Place, Record

HELD = (WarcRecordType.response, WarcRecordType.resource)

MAX_BODY = 64 * 1024 * 1024
"""Of an unpacked body; a larger one is a trap, not a news page."""


def read(folder: Path, file: str, offset: int, length: int) -> Record:
    """Read the record at that place of the archive in `folder`.

    Raises `ArchiveError` when file or record are missing, cut off or changed.
    """
    path = folder / file
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = _parse(path, offset, stream.read(length))
    except OSError as error:
        raise ArchiveError(f"{path}: tidak terbaca ({error}).") from error
    if not record.is_complete:
        raise ArchiveError(f"{path}, bita {offset}: rekaman terpotong atau berubah.")
    return record


def scan(path: Path) -> Iterator[Record]:
    """Read every response and resource of a WARC file of ours, up to where it is cut off.

    A record that is cut off comes last, with `is_complete` False.
    """
    with path.open("rb") as stream:
        for offset, end in _spans(path):
            stream.seek(offset)
            yield _parse(path, offset, stream.read(end - offset))


def _spans(path: Path) -> Iterator[tuple[int, int]]:
    """Where each response and resource begins and ends in the file."""
    start: int | None = None
    with suppress(OSError, ValueError):  # the rest of the file was never written
        for raw in ArchiveIterator(str(path), parse_http=False):
            if start is not None:
                yield start, raw.stream_pos
            start = raw.stream_pos if raw.record_type in HELD else None
    if start is not None:
        yield start, path.stat().st_size


def _parse(path: Path, offset: int, data: bytes) -> Record:
    raw = _first(path, offset, data)
    body = raw.reader.read()
    headers = dict(raw.headers.items())
    sha256 = hashlib.sha256(body).hexdigest()
    http = raw.http_headers
    lines = {name.lower(): value for name, value in http.items()} if http else {}
    lines.setdefault("content-type", headers.get("Content-Type", ""))
    return Record(
        url=headers.get("WARC-Target-URI", ""),
        status=http.status_code if http else None,
        headers=lines,
        body=_decoded(path, offset, data) if "content-encoding" in lines else body,
        label=Label.parse(headers),
        place=Place(path.name, offset, len(data), sha256, len(body)),
        is_complete=headers.get(SHA256, sha256) == sha256,
    )


def _first(path: Path, offset: int, data: bytes, decode: bool = False) -> WarcRecord:
    try:
        return next(
            iter(ArchiveIterator(BytesIO(data), auto_decode="content" if decode else "none"))
        )
    except (OSError, ValueError, StopIteration) as error:
        raise ArchiveError(f"{path}, bita {offset}: bukan rekaman WARC.") from error


def _decoded(path: Path, offset: int, data: bytes) -> bytes:
    try:
        body = _first(path, offset, data, decode=True).reader.read(MAX_BODY + 1)
    except OSError as error:
        raise ArchiveError(f"{path}, bita {offset}: isi tidak dapat dibuka ({error}).") from error
    if len(body) > MAX_BODY:
        raise ArchiveError(f"{path}, bita {offset}: isi lebih dari {MAX_BODY} bita.")
    return body
