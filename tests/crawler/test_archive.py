"""The archive: what is written is read back, whatever happened in between."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive, ArchiveError, Label, Place, index, read, scan
from crawler.desk import Desk
from db import announced
from db.base import Home
from tests.crawler.site import HOST, outlet

HTML = "<h1>Bawaslu: “netral”</h1>".encode()
URL = f"http://{HOST}/2024/11/20/bawaslu-terima-laporan/"
AT = "2024-11-20T02:00:00.123+00:00"
LABEL = Label(HOST, "page", AT, page_of=None, key=URL, hints={"title": "Judul “é”"})


def write(archive: Archive, url: str = URL, body: bytes = HTML, label: Label = LABEL) -> Place:
    lines = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"a1"')]
    return archive.write_response(url, 200, lines, body, label, request_headers=[("Accept", "*/*")])


def test_response_is_read_back_as_it_came(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        place = write(archive)
    record = read(tmp_path, place.file, place.offset, place.length)
    assert (record.url, record.status, record.body) == (URL, 200, HTML)
    assert record.label == LABEL
    assert record.headers["etag"] == '"a1"'
    assert record.place == place
    assert place.sha256 == hashlib.sha256(HTML).hexdigest()


def test_packed_body_is_archived_packed_and_read_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(HTML)
    with Archive(tmp_path) as archive:
        place = archive.write_response(URL, 200, [("Content-Encoding", "gzip")], packed, LABEL)
    assert (place.bytes, place.sha256) == (len(packed), hashlib.sha256(packed).hexdigest())
    assert read(tmp_path, place.file, place.offset, place.length).body == HTML


def test_resource_is_read_back(tmp_path: Path) -> None:
    label = Label("impor", "import", AT)
    with Archive(tmp_path) as archive:
        place = archive.write_resource("urn:pantau:1", b'{"a": 1}', "application/json", label)
    record = read(tmp_path, place.file, place.offset, place.length)
    assert (record.status, record.content_type) == (None, "application/json")
    assert (record.body, record.label) == (b'{"a": 1}', label)


def test_other_tools_read_request_and_response_as_a_pair(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        write(archive)
    with archive.path.open("rb") as stream:
        kinds = {}
        for record in ArchiveIterator(stream, check_digests="raise"):
            kinds[record.rec_type] = record.rec_headers
            record.raw_stream.read()
    assert list(kinds) == ["warcinfo", "response", "request"]
    response = kinds["response"].get_header("WARC-Record-ID")
    assert kinds["request"].get_header("WARC-Concurrent-To") == response
    assert kinds["response"].get_header("WARC-Date") == "2024-11-20T02:00:00.123Z"


def test_no_record_no_file(tmp_path: Path) -> None:
    with Archive(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_two_runs_in_one_second_write_two_files(tmp_path: Path) -> None:
    with Archive(tmp_path) as one, Archive(tmp_path) as other:
        write(one)
        write(other)
    assert len(list(tmp_path.glob("*.warc.gz"))) == 2


@pytest.mark.parametrize("spoil", [b"", b"\x1f\x8b\x08", b"kacau" * 99])
def test_spoiled_record_is_refused_with_its_file(tmp_path: Path, spoil: bytes) -> None:
    with Archive(tmp_path) as archive:
        place = write(archive)
    data = archive.path.read_bytes()
    archive.path.write_bytes(data[: place.offset] + spoil)
    with pytest.raises(ArchiveError, match=place.file):
        read(tmp_path, place.file, place.offset, place.length)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"hilang\.warc\.gz"):
        read(tmp_path, "hilang.warc.gz", 0, 10)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Database]:
    desk = Desk(Home(tmp_path / "berita.db"), [outlet()], "Pantau")
    yield desk.db
    desk.close()


def test_scan_gives_all_records_with_their_places(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        places = [write(archive, f"{URL}{number}/", HTML * number) for number in range(1, 4)]
    assert [record.place for record in scan(archive.path)] == places


@pytest.mark.parametrize("cut", [1, 30, 200, 300, 500])
def test_index_keeps_all_before_a_cut_off_end(tmp_path: Path, base: Database, cut: int) -> None:
    """`cut`: bytes that a killed run did not write."""
    with Archive(tmp_path / "arsip") as archive:
        first, second = write(archive), write(archive, URL + "2/", HTML * 50)
    data = archive.path.read_bytes()
    archive.path.write_bytes(data[:-cut])
    whole = second.offset + second.length <= len(data) - cut
    report = index(tmp_path / "arsip", base)
    assert report.added == 1 + whole
    assert bool(report.broken) is not whole
    offsets = [row["warc_offset"] for row in base.query("SELECT * FROM fetches ORDER BY id")]
    assert offsets == [first.offset, second.offset][: report.added]


def test_index_fills_fetches_and_frontier_once(tmp_path: Path, base: Database) -> None:
    later = "2024-11-20T09:00:00.000+00:00"
    with Archive(tmp_path / "arsip") as archive:
        write(archive)
        write(archive, label=Label(HOST, "page", later, key=URL))
        write(archive, f"http://{HOST}/feed/", label=Label(HOST, "feed", AT))
    assert index(tmp_path / "arsip", base).added == 3
    assert index(tmp_path / "arsip", base).added == 0
    page, again, feed = base.query("SELECT * FROM fetches ORDER BY id")
    assert (page["url"], page["status"], page["etag"], page["extracted_at"]) == (
        *(URL, 200, '"a1"'),
        None,
    )
    assert again["fetched_at"] == later
    assert feed["etag"] is None, "a list must be asked for in full: what it announced is lost"
    (entry,) = announced.entries(base, HOST)
    assert (entry.first_fetched_at, entry.answered_at) == (AT, later)


def test_index_counts_records_of_outlets_that_are_gone(tmp_path: Path, base: Database) -> None:
    with Archive(tmp_path / "arsip") as archive:
        write(archive, label=Label("tutup.example", "page", AT))
    assert index(tmp_path / "arsip", base).unknown_outlets == {"tutup.example": 1}
