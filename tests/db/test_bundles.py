"""The evidence of an article as a ZIP: whole, checkable with plain tools, honest about faults."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sqlite3
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastwarc.warc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from db import bundles
from db.base import Home
from tests.db import site_base
from tests.db.site_base import key

LURAH = key("https://kabarmahakam.example/lurah-timbau")
ALERT = f"bawaan-netralitas:{LURAH}:laporan_temuan"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return site_base.make(tmp_path)


def bundle(home: Home, *articles: str) -> tuple[bundles.Bundle, zipfile.ZipFile]:
    stream = io.BytesIO()
    connection = sqlite3.connect(home.berita)
    connection.execute("ATTACH DATABASE ? AS meja", [str(home.meja)])
    made = bundles.write(connection, home.archive, articles or (LURAH,), stream)
    connection.close()
    return made, zipfile.ZipFile(stream)


def facts(archive: zipfile.ZipFile) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(archive.read(f"{LURAH}/fakta.json"))
    return read


def change(home: Home, sql: str, values: Any = ()) -> None:
    with sqlite3.connect(home.berita) as connection:
        connection.execute(sql, values)
    connection.close()


def test_everything_is_inside_and_passes_sha256sum(home: Home, tmp_path: Path) -> None:
    made, archive = bundle(home)
    assert made.faults == []
    names = {f"{LURAH}/{kind.format(number)}" for number in (1, 2) for kind in (
        "arsip/versi-{}.warc.gz", "halaman/versi-{}.html", "teks/versi-{}.txt"
    )}  # fmt: skip
    rest = {f"{LURAH}/fakta.json", "BACA-SAYA.txt", "MANIFEST.sha256"}
    assert set(archive.namelist()) == names | rest
    archive.extractall(tmp_path / "buka")
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "MANIFEST.sha256"],
        cwd=tmp_path / "buka",
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0


def test_records_pages_and_hashes_agree(home: Home) -> None:
    _, archive = bundle(home)
    for version in facts(archive)["versi"]:
        number = version["number"]
        page = archive.read(f"{LURAH}/halaman/versi-{number}.html")
        assert hashlib.sha256(page).hexdigest() == version["sha256"]
        stream = io.BytesIO(archive.read(f"{LURAH}/arsip/versi-{number}.warc.gz"))
        [record] = list(ArchiveIterator(stream))
        assert record.headers["WARC-Target-URI"] == version["url"]
        assert f"versi {number}".encode() in page
    newest = archive.read(f"{LURAH}/teks/versi-2.txt")
    assert hashlib.sha256(newest).hexdigest() == facts(archive)["versi"][1]["text_sha256"]


def test_facts_are_lists_and_words(home: Home) -> None:
    meja = home.open_meja()
    with meja.conn:
        meja.execute(
            "INSERT INTO corrections (article_key, field, new_value, actor, at) "
            "VALUES (?, 'status', 'proses', 'sari', '')",
            [LURAH],
        )
    found = facts(bundle(home)[1])
    assert found["dugaan"][0]["actors"] == ["Rahmat Sanjaya"]
    assert found["artikel"]["outlet"] == "Kabar Mahakam"
    assert found["koreksi"][0]["new_value"] == "proses"
    assert {visit["status"] for visit in found["pengambilan"]} == {200}


@pytest.mark.parametrize(
    ("sql", "values", "says", "page"),
    [
        ("UPDATE fetches SET sha256 = ? WHERE id = 1", ["0" * 64], "tidak cocok lagi", True),
        ("UPDATE fetches SET warc_file = NULL, warc_offset = NULL WHERE id = 1", [],
         "tidak punya salinan", False),
        ("UPDATE fetches SET warc_file = 'hilang.warc.gz' WHERE id = 1", [], "tidak ada di", False),
        ("UPDATE fetches SET warc_offset = 7 WHERE id = 1", [], "versi-1", False),
        ("UPDATE fetches SET warc_file = '../rahasia' WHERE id = 1", [], "tidak ada di", False),
        ("UPDATE fetches SET warc_length = NULL WHERE id = 1", [], "tidak diketahui", False),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_said_and_the_rest_is_there(
    home: Home, sql: str, values: list[str], says: str, page: bool
) -> None:
    change(home, sql, values)
    made, archive = bundle(home)
    assert len(made.faults) == 1
    assert says in made.faults[0]
    assert made.faults[0] in archive.read("BACA-SAYA.txt").decode()
    assert facts(archive)["tidak_utuh"] == made.faults
    assert (f"{LURAH}/halaman/versi-1.html" in archive.namelist()) == page
    assert {f"{LURAH}/halaman/versi-2.html", f"{LURAH}/teks/versi-1.txt"} <= set(archive.namelist())


def test_a_packed_page_is_given_both_ways(home: Home) -> None:
    body = b"<p>halaman terkemas</p>"
    packed = gzip.compress(body)
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    with (home.archive / "kemas.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            "https://kabarmahakam.example/x", "response", io.BytesIO(packed), http_headers=http
        )
        writer.write_record(record)
        length = stream.tell()
    change(
        home,
        "UPDATE fetches SET warc_file = 'kemas.warc.gz', warc_offset = 0, warc_length = ?, "
        "sha256 = ? WHERE id = 1",
        [length, hashlib.sha256(packed).hexdigest()],
    )
    made, archive = bundle(home)
    assert made.faults == []
    assert archive.read(f"{LURAH}/halaman/versi-1.html") == body
    assert archive.read(f"{LURAH}/halaman/versi-1.diterima.bin") == packed


def test_articles_of_a_case_have_a_folder_each(home: Home) -> None:
    copy = key("https://gowatoday.example/lurah-kukar")
    made, archive = bundle(home, LURAH, copy, "tidak ada")
    folders = {name.partition("/")[0] for name in archive.namelist() if "/" in name}
    assert folders == {LURAH, copy}
    assert len(made.articles) == 2
    readme = archive.read("BACA-SAYA.txt").decode()
    for shown in ("Kabar Mahakam", "Gowa Today", "https://gowatoday.example/lurah-kukar"):
        assert shown in readme


def test_download_is_for_the_desk_audited_and_leaves_nothing_behind(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path / "sementara"
    passing.mkdir()
    monkeypatch.setenv("TMPDIR", str(passing))
    path = f"/artikel/{LURAH}/bukti.zip"
    with site_base.running(home) as site, httpx.Client(base_url=site.address) as client:
        assert client.get(path).headers["location"].startswith("/masuk")
        client.get(site.link)
        answer = client.get(path)
        whole = client.get(f"/peringatan/{ALERT}/bukti.zip")
        assert client.get("/peringatan/tidak-ada/bukti.zip").status_code == 404
        assert client.get("/artikel/0000000000000000/bukti.zip").status_code == 404
    digest = hashlib.sha256(answer.content).hexdigest()
    assert answer.headers["content-type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    sql = "SELECT actor, object FROM audit WHERE action = 'bukti_diunduh'"
    noted = home.open_meja().execute(sql).fetchall()
    assert noted[0] == ("ayu", f"{LURAH} SHA-256 {digest}")
    assert noted[1][1].startswith(f"{LURAH} {key('https://gowatoday.example/lurah-kukar')} SHA-256")
    assert f"{LURAH}/fakta.json" in zipfile.ZipFile(io.BytesIO(whole.content)).namelist()
    assert list(passing.iterdir()) == []
