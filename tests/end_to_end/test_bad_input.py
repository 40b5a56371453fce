"""What goes wrong is said in Indonesian with its file, line or address; what is good is kept."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.server import SampleServer
from tests.end_to_end.conftest import Desk

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
MEGABYTE = "Warga Kukar melaporkan seorang camat kepada Bawaslu, Rabu (9/12). " * 16_000


@pytest.fixture
def desk(tmp_path: Path, server: SampleServer) -> Desk:
    return Desk(tmp_path / "meja kerja", server)


@pytest.fixture
def empty(desk: Desk) -> Desk:
    """A desk with bases that hold no article."""
    desk.call("alert")
    return desk


def record(name: str, text: str = TEXT) -> str:
    return json.dumps(
        {"title": f"Judul {name}", "text": text, "url": f"https://kukar.example/berita/{name}/a"}
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Everything that was printed; a traceback is never an answer."""
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    return told


def urls(desk: Desk) -> set[str]:
    return {str(url).split("/")[-2] for (url,) in desk.rows("SELECT url FROM articles")}


# Importing

BAD_LINES: dict[str, tuple[bytes, str]] = {
    "broken JSON": (b'{"title": "Ter', "JSON rusak"),
    "no object": (b"[1, 2]", "bukan objek JSON"),
    "nested too deep": (b"[" * 100_000, "JSON rusak (terlalu dalam)"),
    "empty text": (record("x", "  ").encode(), "teks kosong"),
    "a megabyte of text": (record("x", MEGABYTE).encode(), "teks terlalu panjang"),
    "not Indonesian": (record("x", ENGLISH).encode(), "teks bukan bahasa Indonesia"),
    "wrong encoding": (b'{"text": "caf\xe9"}', "bukan UTF-8"),
}


def test_import_names_bad_lines_and_keeps_the_good_ones(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "kliping.jsonl"
    bad = [line for line, _ in BAD_LINES.values()]
    path.write_bytes(b"\n".join([record("satu").encode(), *bad, record("dua").encode()]))
    told = said(desk.run("import", str(path), expect=1))
    for number, (_, reason) in enumerate(BAD_LINES.values(), start=2):
        assert f"{path}, baris {number}: {reason}" in told
    assert urls(desk) == {"satu", "dua"}


def unreadable(folder: Path) -> dict[str, Path]:
    """A file that is not there, a folder, and a link to itself, which not even root can read."""
    loop = folder / "lingkaran.jsonl"
    loop.symlink_to(loop)
    return {"tidak terbaca (berkas tidak ada)": folder / "hilang.jsonl", "folder": folder} | {
        "tidak terbaca": loop
    }


def test_import_names_files_that_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "baik.jsonl").write_text(record("satu"))
    bad = unreadable(tmp_path)
    paths = [*map(str, bad.values()), str(tmp_path / "baik.jsonl")]
    told = said(desk.run("import", *paths, expect=1))
    assert all(f"{path}: {reason}" in told for reason, path in bad.items())
    assert urls(desk) == {"satu"}


def test_import_reads_a_cut_off_gzip_file_up_to_the_cut(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "kliping.jsonl.gz"
    packed = gzip.compress("\n".join(record(str(n) * 3) for n in range(300)).encode())
    path.write_bytes(packed[: len(packed) // 2])
    told = said(desk.run("import", str(path), expect=1))
    assert f"{path}, baris " in told
    assert "tidak terbaca (gzip terpotong)" in told
    assert 0 < len(urls(desk)) < 300


def test_html_in_the_text_is_taken_out(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "kliping.jsonl"
    path.write_text(record("satu", f"<p>{TEXT}</p><script>alert(1)</script><p>Selesai.<br></p>"))
    desk.call("import", str(path))
    assert desk.rows("SELECT text FROM articles") == [(f"{TEXT}\n\nSelesai.",)]


# Annotating


def test_annotate_names_bad_lines_and_answers_the_good_ones_in_order(desk: Desk) -> None:
    good = [json.dumps({"id": name, "text": TEXT}) for name in ("a", "b", "c")]
    surrogate = '{"id": "d", "text": "\\ud800"}'
    lines = [good[0], "rusak", good[1], '{"id": 5}', surrogate, "[" * 100_000, "", good[2]]
    done = desk.run("annotate", given="\n".join(lines), expect=1)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b", "c"]
    assert done.stderr.splitlines() == [
        "Baris 2: bukan JSON.",
        "Baris 4: id tidak ada atau bukan teks.",
        "Baris 5: text memuat huruf yang bukan UTF-8.",
        "Baris 6: JSON terlalu dalam.",
    ]


def test_annotate_names_a_line_in_another_encoding(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "artikel.jsonl"
    path.write_bytes(b'{"id": "a", "text": "caf\xe9"}\n{"id": "b", "text": "Camat Kukar"}\n')
    done = desk.run("annotate", str(path), expect=1)
    assert done.stderr == "Baris 1: text memuat huruf yang bukan UTF-8.\n"
    assert json.loads(done.stdout)["id"] == "b"


@pytest.mark.parametrize("given", ["", "\n\n"])
def test_annotate_answers_nothing_with_nothing(desk: Desk, given: str) -> None:
    assert desk.call("annotate", given=given) == ""


TEXTS = {
    "a megabyte": MEGABYTE,
    "one endless word": "a" * 1_000_000,
    "no capitals": TEXT.lower(),
    "all capitals": TEXT.upper(),
    "English": ENGLISH,
    "HTML": f"<p>{TEXT}</p>",
    "empty": "",
    "control characters": "\x00\x1b[2J" + TEXT,
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, server: SampleServer) -> dict[str, Any]:
    """What one run makes of all of them; a run of ten minutes fails."""
    given = "\n".join(json.dumps({"id": name, "text": text}) for name, text in TEXTS.items())
    done = Desk(tmp_path_factory.mktemp("teks"), server).run("annotate", given=given)
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", TEXTS)
def test_annotate_answers_any_text(answers: dict[str, Any], name: str) -> None:
    length = len(TEXTS[name])
    for item in answers[name]["officials"] + answers[name]["regions"]:
        assert all(0 <= start < end <= length for start, end in item["spans"])


@pytest.mark.parametrize("name", ["no capitals", "all capitals", "HTML"])
def test_form_does_not_hide_election_news(answers: dict[str, Any], name: str) -> None:
    assert answers[name]["election"]


# Settings, addresses, gold


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("[situs\nport = 1", "tidak terbaca"),
        ("[situs]\nporto = 1", "kunci situs.porto tidak dikenal"),
        ("[langit]\nbiru = 1", "bagian [langit] tidak dikenal"),
        ('[situs]\nport = "delapan"', "situs.port harus berupa int"),
    ],
)
def test_bad_settings_are_named(desk: Desk, settings: str, says: str) -> None:
    path = desk.folder / "pantau.toml"
    path.write_text(settings)
    assert desk.call("alert", expect=1).startswith(f"Error: {path}: {says}")
    assert not (desk.folder / "berita.db").exists()


def test_nobody_crawls_without_a_contact(desk: Desk) -> None:
    path = desk.folder / "pantau.toml"
    path.write_text(path.read_text().replace("uji@pantau.example", " "))
    told = desk.call("crawl", expect=1)
    assert "pantau.toml: isi [pengambilan] kontak" in told
    assert not desk.folder.joinpath("arsip").exists()


def test_every_bad_line_of_an_outlets_file_is_named(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "media.csv"
    path.write_text(
        "domain,name,province_code,kind,network\n"
        "salah tulis,A,64,lokal,generic\n"
        "baik.example,Baik,64,lokal,generic\n"
        "lain.example,B,64,lokal,entah\n"
        "jauh.example,C,99,lokal,generic\n"
    )
    for command in ("outlets", "crawl"):
        told = desk.call(command, "--outlets", str(path), expect=1)
        assert f"{path}, baris 2: domain 'salah tulis' tidak sah." in told
        assert f"{path}, baris 4: jaringan 'entah' tidak dikenal." in told
        assert f"{path}, baris 5: kode provinsi '99' tidak dikenal." in told


def test_an_unknown_article_cannot_be_explained(empty: Desk) -> None:
    told = empty.call("explain", "https://tidak.example/ada", expect=1)
    assert "Tidak ada artikel dengan alamat atau kunci 'https://tidak.example/ada'" in told


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"rusak", "baris 2: bukan JSON."),
        (b"[1]", "baris 2: bukan objek JSON."),
        (b'{"id": "2", "text": "a"}', "baris 2: gold tidak ada atau bukan objek."),
        (b'{"id": "2", "text": "a", "gold": 5}', "baris 2: gold tidak ada atau bukan objek."),
        (b"\xff\xfe", "tidak terbaca"),
    ],
)
def test_a_broken_gold_file_is_named(desk: Desk, tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "emas.jsonl"
    path.write_bytes(b'{"id": "1", "text": "Camat", "gold": {}}\n' + content)
    told = desk.call("evaluate", "--gold", str(path), expect=1)
    assert str(path) in told
    assert says in told


def test_a_folder_without_exams_is_named(desk: Desk, tmp_path: Path) -> None:
    assert f"Error: {tmp_path}/" in desk.call("evaluate", "--models", str(tmp_path), expect=1)


HOSTILE = ['"tak selesai', "((camat", "tema:bola", "DEKAT camat", "NEAR(a b)", "-", "x" * 5000]
ODD = ["'; DROP TABLE articles; --", "title:camat*", "DEKAT/ camat", "漢字 %_%", "\x00camat"]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:16])
def test_a_hostile_query_is_refused_in_words(empty: Desk, query: str) -> None:
    told = empty.call("search", "--", query, expect=1)
    assert told.startswith("Error: ")
    assert "tidak ada. Periksa --db" not in told
    assert not {"sqlite", "fts5", "syntax"} & set(told.casefold().split())


@pytest.mark.parametrize("query", ODD, ids=ascii)
def test_an_odd_query_is_a_query(empty: Desk, query: str) -> None:
    assert json.loads(empty.call("search", "--json", "--", query)) == []
