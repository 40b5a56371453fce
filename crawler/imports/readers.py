"""Reading files of each kind, one document at a time; what is broken is refused with its line."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from crawler import archive
from crawler.archive import ArchiveError, Record
from crawler.extract.page import decode
from crawler.extract.shelf import is_html, media_type
from crawler.imports.documents import Document, Item, Refused
from crawler.imports.records import document, name_of, refuse

_GZIP = b"\x1f\x8b"
_BROKEN = (OSError, EOFError, zlib.error)
_SAYINGS = {
    FileNotFoundError: "berkas tidak ada",
    PermissionError: "tidak diizinkan",
    gzip.BadGzipFile: "gzip rusak",
    EOFError: "gzip terpotong",
    zlib.error: "gzip rusak",
}
_KEPT = ("application/json", "text/plain")

_SITE_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .]{2,40},\s*)?((?:[A-Z0-9-]+\.)+(?:COM|CO|ID|NET|NEWS))"
    r"(?:,[^-–—\n]{2,40})?\s*[-–—]\s",
    re.MULTILINE,
)

Reader = Callable[[Path], Iterator[Item]]


def read(path: Path) -> Iterator[Item]:
    """Every document of a file, by the kind that its name and first bytes show."""
    try:
        if path.is_dir():
            yield Refused(str(path), "folder, bukan berkas")
            return
        yield from _reader(path)(path)
    except _BROKEN as error:
        yield Refused(str(path), f"tidak terbaca ({_reason(error)})")


def _reader(path: Path) -> Reader:
    with _opened(path) as file:
        start = file.read(64).lstrip()
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if start.startswith(b"WARC/"):
        return _warc
    if suffix.lower() in (".csv", ".tsv"):
        return _table
    if suffix.lower() in (".jsonl", ".ndjson", ".json") or start.startswith(b"{"):
        return _json_lines
    if suffix.lower() in (".html", ".htm"):
        return _page
    return _text


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, unpacking gzip whatever its name."""
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        if not packed:
            yield raw
            return
        with gzip.open(raw) as unpacked:
            yield io.BufferedReader(unpacked)


def _reason(error: BaseException) -> str:
    for kind, says in _SAYINGS.items():
        if isinstance(error, kind):
            return says
    return str(getattr(error, "strerror", None) or error)


def _json_lines(path: Path) -> Iterator[Item]:
    with _opened(path) as file:
        for number, line in enumerate(_lines(file), start=1):
            place = f"{path}, baris {number}"
            if isinstance(line, Exception):
                yield Refused(place, f"tidak terbaca ({_reason(line)})")
            elif line.strip():
                yield _json_line(place, line, path.name)


def _lines(file: IO[bytes]) -> Iterator[bytes | Exception]:
    """The lines, and last of all the error that cuts a damaged file off."""
    while True:
        try:
            line = file.readline()
        except _BROKEN as error:
            yield error
            return
        if not line:
            return
        yield line


def _json_line(place: str, line: bytes, file: str) -> Item:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Refused(place, "bukan UTF-8")
    except (ValueError, RecursionError) as error:
        return Refused(place, f"JSON rusak ({_json_reason(error)})")
    if not isinstance(fields, dict):
        return Refused(place, "bukan objek JSON")
    return document(place, fields, file)


def _json_reason(error: Exception) -> str:
    return f"kolom {error.colno}" if isinstance(error, json.JSONDecodeError) else "terlalu dalam"


def _table(path: Path) -> Iterator[Item]:
    csv.field_size_limit(sys.maxsize)
    with _opened(path) as file:
        text = decode(file.read())
    rows = csv.DictReader(io.StringIO(text, newline=""), dialect=_dialect(text))
    names = {name: (name or "").strip().lower() for name in rows.fieldnames or ()}
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refused(f"{path}, baris {line}", f"CSV rusak ({error})")
            continue
        fields = {names[name]: value for name, value in row.items() if name in names}
        yield document(f"{path}, baris {line}", fields, path.name)


def _dialect(text: str) -> type[csv.Dialect]:
    """Commas, or the semicolons and tabs that Indonesian spreadsheets write."""
    header = text.partition("\n")[0]

    class Dialect(csv.excel):
        delimiter = max(",;\t", key=header.count)

    return Dialect


def _text(path: Path) -> Iterator[Item]:
    with _opened(path) as file:
        body = file.read()
    text = decode(body)
    if refusal := refuse(text):
        yield Refused(str(path), refusal)
        return
    yield Document(
        place=str(path),
        url=name_of("", text),
        body=text.encode(),
        content_type="text/plain; charset=utf-8",
        outlet=_outlet_in(text) or path.name,
    )


def _outlet_in(text: str) -> str | None:
    """The site that a dateline names, "KLIKKALTIM.COM - "."""
    match = _SITE_DATELINE.search(text)
    return match[1].lower() if match else None


def _page(path: Path) -> Iterator[Item]:
    with _opened(path) as file:
        body = file.read()
    yield Document(str(path), name_of("", decode(body)), body, "text/html", path.name)


def _warc(path: Path) -> Iterator[Item]:
    records = archive.scan(path)
    while True:
        try:
            record = next(records, None)
        except ArchiveError as error:
            yield Refused(str(path), str(error))
            return
        if record is None:
            return
        place = f"{path}, bita {record.place.offset}"
        if not record.is_complete:
            yield Refused(place, "rekaman terpotong atau berubah")
        elif _is_article(record):
            yield _archived(place, record)


def _is_article(record: Record) -> bool:
    """Whether the record can be one: an HTML answer, or a document that we imported before."""
    if record.status is None:
        return media_type(record.content_type) in (*_KEPT, "text/html")
    own = record.label.kind in ("page", "import", "")
    return (
        own and record.status == 200 and bool(record.content_type) and is_html(record.content_type)
    )


def _archived(place: str, record: Record) -> Document:
    label = record.label
    return Document(
        place=place,
        url=record.url,
        body=record.body,
        content_type=record.content_type,
        outlet=label.outlet_id or record.url,
        fetched_at=label.fetched_at or None,
        page_of=label.page_of,
        hints=label.hints,
    )
