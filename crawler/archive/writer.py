"""Writing: one new file per run, each record on the disk before anything points to it."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.records import SHA256, Label, Place

Headers = Iterable[tuple[str, str]]

WARC_VERSION = "1.1"
"""The version whose dates may hold fractions of a second."""


class Archive:
    """Writes one new WARC file into `folder`; the file is made when the first record arrives."""

    def __init__(self, folder: Path, software: str = "Pantau") -> None:
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self.path = folder / f"pantau-{moment}-{secrets.token_hex(4)}.warc.gz"
        self._software = software
        self._descriptor: int | None = None
        self._offset = 0

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def write_response(
        self,
        url: str,
        status: int,
        headers: Headers,
        body: bytes,
        label: Label,
        *,
        request_headers: Headers = (),
    ) -> Place:
        """Store an HTTP answer and its request; `body` as it came, content encodings untouched."""
        draft = _Draft()
        http = StatusAndHeaders(_status_line(status), list(headers), protocol="HTTP/1.1")
        sha256 = draft.add(url, "response", body, label, http=http)
        draft.add_request(url, request_headers, label)
        return self._append(draft, sha256, len(body))

    def write_resource(
        self, url: str, body: bytes, content_type: str, label: Label, *, sync: bool = True
    ) -> Place:
        """Store a document that did not come over HTTP.

        With `sync=False` call `sync` before anything points to it: many at once are faster so.
        """
        draft = _Draft()
        sha256 = draft.add(url, "resource", body, label, content_type=content_type)
        return self._append(draft, sha256, len(body), sync=sync)

    def sync(self) -> None:
        """Wait until the disk has all that was written."""
        if self._descriptor is not None:
            os.fsync(self._descriptor)

    def _append(self, draft: _Draft, sha256: str, size: int, *, sync: bool = True) -> Place:
        self._open()
        offset = self._offset
        self._write(draft.getvalue())
        if sync:
            self.sync()
        return Place(self.path.name, offset, draft.first_length, sha256, size)

    def _open(self) -> None:
        if self._descriptor is not None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        draft = _Draft()
        draft.add_info(self.path.name, self._software)
        self._write(draft.getvalue())
        self.sync()

    def _write(self, data: bytes) -> None:
        if self._descriptor is None:
            raise ValueError("the archive is closed")
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError:  # a full disk: half a record would make all that follow unreadable
            os.ftruncate(self._descriptor, self._offset)
            os.lseek(self._descriptor, self._offset, os.SEEK_SET)
            raise
        self._offset += len(data)


class _Draft:
    """Records being built in memory; `first_length` is the packed size of the first one."""

    def __init__(self) -> None:
        self._buffer = BytesIO()
        self._writer = WARCWriter(self._buffer, gzip=True, warc_version=WARC_VERSION)
        self._id = ""
        self.first_length = 0

    def getvalue(self) -> bytes:
        return self._buffer.getvalue()

    def add(
        self,
        url: str,
        kind: str,
        body: bytes,
        label: Label,
        *,
        http: StatusAndHeaders | None = None,
        content_type: str = "",
    ) -> str:
        """Add the main record and return the SHA-256 of its body."""
        sha256 = hashlib.sha256(body).hexdigest()
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_content_type=content_type,
            warc_headers_dict=label.headers() | {SHA256: sha256},
        )
        self._writer.write_record(record)
        self._id = record.rec_headers.get_header("WARC-Record-ID")
        self.first_length = self._buffer.tell()
        return sha256

    def add_request(self, url: str, headers: Headers, label: Label) -> None:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [("Host", parts.netloc), *headers]
        http = StatusAndHeaders(f"GET {target} HTTP/1.1", lines, is_http_request=True)
        dated = {"WARC-Date": label.headers()["WARC-Date"], "WARC-Concurrent-To": self._id}
        record = self._writer.create_warc_record(
            url, "request", http_headers=http, warc_headers_dict=dated
        )
        self._writer.write_record(record)

    def add_info(self, filename: str, software: str) -> None:
        info = {"software": software, "format": f"WARC File Format {WARC_VERSION}"}
        self._writer.write_record(self._writer.create_warcinfo_record(filename, info))


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"
