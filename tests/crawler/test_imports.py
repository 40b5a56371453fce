"""Importing files: every kind, every way to be broken, and nothing stored twice."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from crawler import extract
from crawler.archive import Archive, Label
from crawler.imports import ImportReport, import_files
from db.base import BaseError, Home
from tests.crawler.shelf import article, home_at, tables

TEXT = (
    "TENGGARONG - Bawaslu Kutai Kartanegara menerima laporan warga tentang seorang camat yang "
    "diduga mengarahkan dukungan kepada salah satu calon bupati dalam rapat desa. Laporan itu akan "
    "dikaji selama lima hari sebelum diputuskan apakah diteruskan ke penegak hukum."
)
ENGLISH = (
    "The election supervisory agency has received several reports about officials who were seen "
    "campaigning for a candidate during working hours, and it will decide within five days whether "
    "the reports have merit and should be forwarded to the police."
)
RECORD = {
    "title": "Camat Dilaporkan",
    "text": TEXT,
    "url": "https://kukar.example/berita/123/camat-dilaporkan-ke-bawaslu-kukar",
    "date": "Senin, 5 Okt 2020 10:11 WIB",
    "source": "Kukar Kini",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_at(tmp_path / "basis")


def jsonl(path: Path, *records: dict[str, Any] | str) -> Path:
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def articles(home: Home) -> list[dict[str, Any]]:
    return tables(home)["articles"]


def messages(report: ImportReport) -> list[str]:
    return [str(refused) for refused in report.refused]


def test_json_lines(home: Home, tmp_path: Path) -> None:
    report = import_files(home, [jsonl(tmp_path / "a.jsonl", RECORD)])
    assert (report.stored, report.failed, report.extract.new) == (1, False, 1)
    [found] = articles(home)
    assert (found["url"], found["outlet_id"]) == (RECORD["url"], "kukar.example")
    assert (found["title"], found["text"]) == ("Camat Dilaporkan", TEXT)
    assert (found["published_at"], found["published_from"]) == (
        "2020-10-05T10:11:00+07:00",
        "import",
    )


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Diperbarui 18 Jun 2024, 14:05 WIB", "2024-06-18T14:05:00+07:00"),
        ("2020-06-18", "2020-06-18T00:00:00+07:00"),
        ("", None),
        ("Tidak Ditemukan", None),
        ("18 Juni 2094, 14:05 WIB", None),
    ],
)
def test_dates(home: Home, tmp_path: Path, date: str, expected: str | None) -> None:
    import_files(home, [jsonl(tmp_path / "a.jsonl", RECORD | {"date": date})])
    assert articles(home)[0]["published_at"] == expected


def test_packed_files_whatever_their_name(home: Home, tmp_path: Path) -> None:
    line = json.dumps(RECORD).encode()
    for name in ("a.jsonl.gz", "b.jsonl"):
        (tmp_path / name).write_bytes(gzip.compress(line.replace(b"123", name[:1].encode() * 4)))
    report = import_files(home, [tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl"])
    assert (report.stored, len(articles(home))) == (2, 2)


@pytest.mark.parametrize(
    ("header", "separator"),
    [
        (("title", "text", "url", "date"), ","),
        (("Judul", "Isi", "Link", "Tanggal"), ";"),
        (("judul", "isi_berita", "tautan", "tanggal"), "\t"),
    ],
)
def test_tables(home: Home, tmp_path: Path, header: tuple[str, ...], separator: str) -> None:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=separator)
    rows.writerow(header)
    rows.writerow([RECORD[name] for name in ("title", "text", "url", "date")])
    (tmp_path / "a.csv").write_text(out.getvalue(), encoding="utf-8-sig")
    report = import_files(home, [tmp_path / "a.csv"])
    assert messages(report) == []
    [found] = articles(home)
    assert (found["title"], found["text"], found["url"]) == (
        RECORD["title"],
        TEXT,
        RECORD["url"],
    )
    assert found["published_at"] == "2020-10-05T10:11:00+07:00"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_text_files(home: Home, tmp_path: Path, encoding: str) -> None:
    text = (
        "•   21 November 2021 -\n\nKabar Kukar\n\nCamat Dilaporkan Warga ke Bawaslu\n\n"
        f"5 Oktober 2020\n\nKLIKKALTIM.COM – {TEXT}\n\nTINGGALKAN KOMENTAR\n"
    )
    (tmp_path / "berita.txt").write_bytes(text.encode(encoding))
    import_files(home, [tmp_path / "berita.txt"])
    [found] = articles(home)
    assert found["title"] == "Camat Dilaporkan Warga ke Bawaslu"
    assert found["text"] == f"KLIKKALTIM.COM – {TEXT}"
    assert (found["published_at"], found["outlet_id"]) == (
        "2020-10-05T00:00:00+08:00",
        "klikkaltim.com",
    )
    assert found["url"].startswith("urn:pantau:sha256:")


def test_saved_pages(home: Home, tmp_path: Path) -> None:
    (tmp_path / "halaman.html").write_bytes(article("Camat Dilaporkan", "Seorang camat.", "Lain."))
    import_files(home, [tmp_path / "halaman.html"])
    assert articles(home)[0]["extractor"] == "wordpress 2"


def test_html_in_the_text_is_cleaned(home: Home, tmp_path: Path) -> None:
    text = f"<p>{TEXT}</p><p>Baca juga: <a href='/1'>Judul</a></p><p>Lanjut &amp; selesai.<br></p>"
    import_files(home, [jsonl(tmp_path / "a.jsonl", RECORD | {"text": text})])
    assert articles(home)[0]["text"] == f"{TEXT}\n\nLanjut & selesai."


@pytest.mark.parametrize(
    ("change", "outlet", "name"),
    [
        (
            {"url": "https://www.kaltara.antaranews.com/berita/1/judul"},
            "kaltara.antaranews.com",
            None,
        ),
        ({"url": "https://beda.example/berita/1/judul"}, "beda.example", "beda.example"),
        ({"url": ""}, "kukar-kini", "Kukar Kini"),
        ({"url": "", "source": "Liputan6.com"}, "liputan6.com", None),
        ({"url": "", "source": ""}, "a.jsonl", "a.jsonl"),
        ({"url": "http://[rusak/berita", "source": None}, "a.jsonl", "a.jsonl"),
    ],
)
def test_outlets(
    home: Home, tmp_path: Path, change: dict[str, str], outlet: str, name: str | None
) -> None:
    import_files(home, [jsonl(tmp_path / "a.jsonl", RECORD | change)])
    with home.open_berita() as db:
        [row] = db.query("SELECT o.* FROM outlets o JOIN articles a ON a.outlet_id = o.id")
    assert row["id"] == outlet
    if name:
        assert (row["name"], row["kind"], row["network"]) == (name, "impor", "generic")
    else:
        assert row["kind"] != "impor"


def test_a_record_without_an_address_keeps_the_one_it_gets(home: Home, tmp_path: Path) -> None:
    bare = {"title": "Camat", "text": TEXT}
    import_files(home, [jsonl(tmp_path / "a.jsonl", bare), jsonl(tmp_path / "b.jsonl", bare)])
    [found] = articles(home)
    assert found["url"].startswith("urn:pantau:sha256:")


def test_importing_again_stores_nothing(home: Home, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", RECORD, RECORD | {"url": "", "title": "Lain"})
    import_files(home, [path])
    before = tables(home)
    sizes = {file.name: file.stat().st_size for file in home.archive.glob("*.warc.gz")}
    report = import_files(home, [path, path])
    assert (report.stored, report.known, report.extract.responses) == (0, 4, 0)
    assert tables(home) == before
    assert {file.name: file.stat().st_size for file in home.archive.glob("*.warc.gz")} == sizes


def test_another_text_at_the_same_address_is_a_version(home: Home, tmp_path: Path) -> None:
    changed = RECORD | {"text": TEXT + " Camat itu membantah."}
    import_files(home, [jsonl(tmp_path / "a.jsonl", RECORD, changed)])
    [found] = articles(home)
    assert (found["version"], found["text"].endswith("membantah.")) == (2, True)


BAD = {
    "broken line": ('{"title": "Ter', "JSON rusak (kolom"),
    "no object": ('["a"]', "bukan objek JSON"),
    "empty text": (json.dumps({"title": "Kosong", "text": "  "}), "teks kosong"),
    "no text": (json.dumps({"title": "Kosong"}), "teks kosong"),
    "a megabyte": (json.dumps({"text": "kata yang " * 100_000}), "teks terlalu panjang"),
    "English": (json.dumps({"text": ENGLISH}), "teks bukan bahasa Indonesia"),
    "too deep": ("[" * 100_000, "JSON rusak"),
}


@pytest.mark.parametrize(("line", "reason"), BAD.values(), ids=BAD)
def test_a_bad_line_is_named_and_the_good_ones_are_kept(
    home: Home, tmp_path: Path, line: str, reason: str
) -> None:
    path = jsonl(tmp_path / "a.jsonl", RECORD, line, RECORD | {"url": "", "title": "Lain"})
    report = import_files(home, [path])
    assert report.failed
    [message] = messages(report)
    assert message.startswith(f"{path}, baris 2: {reason}")
    assert message in str(report)
    assert len(articles(home)) == 2


def test_a_line_that_is_no_utf8_is_named(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "caf\xe9"}\n' + json.dumps(RECORD).encode())
    report = import_files(home, [path])
    assert messages(report) == [f"{path}, baris 1: bukan UTF-8"]
    assert len(articles(home)) == 1


def test_a_damaged_packed_file_is_read_up_to_the_damage(home: Home, tmp_path: Path) -> None:
    records = [RECORD | {"url": f"https://x.example/berita/{n}00/judul"} for n in range(1, 400)]
    packed = gzip.compress("\n".join(json.dumps(record) for record in records).encode())
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    report = import_files(home, [path])
    assert 0 < report.stored < 399
    assert len(articles(home)) == report.stored
    [message] = messages(report)
    assert "tidak terbaca" in message


def test_files_that_cannot_be_read_do_not_stop_the_others(home: Home, tmp_path: Path) -> None:
    (tmp_path / "kosong.txt").write_text("")
    paths = [
        tmp_path / "tidak-ada.jsonl",
        tmp_path,
        tmp_path / "kosong.txt",
        jsonl(tmp_path / "a.jsonl", RECORD),
    ]
    report = import_files(home, paths)
    assert messages(report) == [
        f"{tmp_path / 'tidak-ada.jsonl'}: tidak terbaca (berkas tidak ada)",
        f"{tmp_path}: folder, bukan berkas",
        f"{tmp_path / 'kosong.txt'}: teks kosong",
    ]
    assert (report.failed, len(articles(home))) == (True, 1)


def warc(folder: Path, *, own: bool) -> Path:
    """A WARC file with a page, a picture and a 404; without our labels when it is foreign."""
    label = Label(
        "kukar.example" if own else "", "page" if own else "", "2024-10-08T01:00:00+00:00"
    )
    page = article("Camat Dilaporkan", "Seorang camat dilaporkan.", "Bawaslu mengkaji.")
    html = [("Content-Type", "text/html; charset=utf-8")]
    with Archive(folder) as archive:
        archive.write_response(RECORD["url"], 200, html, page, label)
        archive.write_response(
            "https://kukar.example/a.png", 200, [("Content-Type", "image/png")], b"x", label
        )
        archive.write_response("https://kukar.example/hilang", 404, html, b"hilang", label)
    return archive.path


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("packed", [True, False])
def test_warc_files(home: Home, tmp_path: Path, own: bool, packed: bool) -> None:
    path = warc(tmp_path, own=own)
    if not packed:
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
        path = path.with_suffix("")
    report = import_files(home, [path])
    assert (report.stored, report.failed) == (1, False)
    [found] = articles(home)
    assert (found["url"], found["outlet_id"]) == (RECORD["url"], "kukar.example")
    assert found["first_seen_at"] == "2024-10-08T01:00:00+00:00"
    assert found["published_at"] == "2024-10-07T09:30:00+08:00"


def test_imported_articles_come_back_from_the_archive(home: Home, tmp_path: Path) -> None:
    paths = [jsonl(tmp_path / "a.jsonl", RECORD, RECORD | {"url": ""}), warc(tmp_path, own=False)]
    import_files(home, paths)
    before = tables(home)
    for file in home.berita.parent.glob("berita.db*"):
        file.unlink()
    extract.run(home, rerun=True)
    assert tables(home) == before


def test_progress_is_told(home: Home, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    path = jsonl(tmp_path / "a.jsonl", RECORD, RECORD | {"url": ""})
    import_files(home, [path], progress=lambda done, total: told.append((done, total)))
    assert told == [(2, None), (1, 2), (2, 2)]


def test_an_archive_that_cannot_be_written_is_named(home: Home, tmp_path: Path) -> None:
    home.archive.write_text("bukan folder")
    with pytest.raises(BaseError, match=f"^{home.archive}: tidak dapat dibuka"):
        import_files(home, [jsonl(tmp_path / "a.jsonl", RECORD)])
