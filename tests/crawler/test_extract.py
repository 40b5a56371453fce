"""The extraction stage over a real archive: twins, versions, pages, gone ones, repetition."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler import extract
from db.base import Home
from tests.crawler.shelf import FILLER, Shelf, article, home_at, tables

URL = "https://contoh.example/camat-dilaporkan-warga-ke-bawaslu/"
ONE = article("Camat Dilaporkan", "Seorang camat dilaporkan.", "Bawaslu mengkaji laporan.")
TWO = article("Camat Dilaporkan", "Seorang camat dilaporkan.", "Bawaslu menghentikan laporan.")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(home_at(tmp_path / "asli"))


def articles(shelf: Shelf) -> list[dict[str, Any]]:
    return tables(shelf.home)["articles"]


def errors(shelf: Shelf) -> dict[str, str | None]:
    return {row["url"]: row["extract_error"] for row in tables(shelf.home)["fetches"]}


def test_a_page_becomes_an_article(shelf: Shelf) -> None:
    shelf.put(URL, ONE)
    report = extract.run(shelf.home)
    assert (report.responses, report.new, report.failed) == (1, 1, False)
    [found] = articles(shelf)
    assert found["url"] == URL
    assert found["published_at"] == "2024-10-07T09:30:00+08:00"
    assert found["extractor"] == "wordpress 2"
    assert found["text"].split("\n\n")[1] == f"Bawaslu mengkaji laporan. {FILLER}"


def test_nothing_is_read_twice(shelf: Shelf) -> None:
    shelf.put(URL, ONE)
    extract.run(shelf.home)
    before = tables(shelf.home)
    assert extract.run(shelf.home).responses == 0
    assert tables(shelf.home) == before


def test_a_changed_text_is_a_version_and_the_same_text_is_none(shelf: Shelf) -> None:
    for body in (ONE, ONE, TWO, TWO, ONE):
        shelf.put(URL, body)
    extract.run(shelf.home)
    found = tables(shelf.home)
    assert [row["number"] for row in found["versions"]] == [1, 2, 3]
    assert [row["fetched_at"][11:13] for row in found["versions"]] == ["07", "09", "11"]


def test_twins_are_one_article(shelf: Shelf) -> None:
    canonical = f"<link rel='canonical' href='{URL}'>"
    shelf.put(f"{URL}?utm_source=wa", ONE)
    shelf.put(f"{URL}amp/", article("Camat Dilaporkan", "Versi AMP.", "Lain.", head=canonical))
    shelf.put(URL, ONE)
    shelf.put("https://contoh.example/?p=77", article("Lain", "Salinan.", "Lain.", head=canonical))
    extract.run(shelf.home)
    [found] = articles(shelf)
    assert (found["url"], found["version"], found["title"]) == (URL, 1, "Camat Dilaporkan")


def test_a_twin_counts_while_the_page_itself_is_unknown(shelf: Shelf) -> None:
    shelf.put(f"{URL}amp/", ONE)
    extract.run(shelf.home)
    [twin] = articles(shelf)
    shelf.put(URL, TWO)
    extract.run(shelf.home)
    [own] = articles(shelf)
    assert twin["url"] == own["url"] == URL
    assert (twin["version"], own["version"]) == (1, 1)
    assert "menghentikan" in own["text"]


@pytest.mark.parametrize(
    "address",
    ["https://contoh.example/", "https://lain.example/camat-dilaporkan-warga-ke-bawaslu/"],
)
def test_a_canonical_address_that_is_no_article_here_is_ignored(shelf: Shelf, address: str) -> None:
    head = f"<link rel='canonical' href='{address}'>"
    for word in ("camat", "lurah"):
        body = article(f"{word} Dilaporkan", f"Seorang {word}.", "Dikaji.", head=head)
        shelf.put(f"https://contoh.example/{word}-dilaporkan-warga-ke-bawaslu/", body)
    extract.run(shelf.home)
    assert len(articles(shelf)) == 2


def test_pages_are_joined_and_a_repeated_lead_is_dropped(shelf: Shelf) -> None:
    second = article("Camat Dilaporkan", "Seorang camat dilaporkan.", "Lanjutan halaman dua.")
    shelf.put(URL, ONE)
    shelf.put(f"{URL}2/", second, page_of=URL)
    extract.run(shelf.home)
    [found] = articles(shelf)
    starts = [text.split(". ")[0] for text in found["text"].split("\n\n")]
    assert starts == [
        "Seorang camat dilaporkan",
        "Bawaslu mengkaji laporan",
        "Lanjutan halaman dua",
    ]


def test_page_two_of_a_later_visit_belongs_to_that_visit(shelf: Shelf) -> None:
    for ending in ("Akhir lama.", "Akhir baru."):
        shelf.put(URL, ONE)
        shelf.put(f"{URL}2/", article("Camat Dilaporkan", ending), page_of=URL)
    extract.run(shelf.home)
    texts = [row["text"] for row in tables(shelf.home)["versions"]]
    assert ["Akhir lama" in text for text in texts] == [True, False]
    assert ["Akhir baru" in text for text in texts] == [False, True]


def test_not_modified_says_that_it_is_still_there(shelf: Shelf) -> None:
    shelf.put(URL, ONE)
    shelf.put(URL, status=304)
    extract.run(shelf.home)
    [found] = articles(shelf)
    assert (found["first_seen_at"][11:13], found["last_seen_at"][11:13]) == ("07", "08")


@pytest.mark.parametrize("status", [404, 410])
def test_gone_and_back(shelf: Shelf, status: int) -> None:
    shelf.put(URL, ONE)
    shelf.put(URL, status=status)
    shelf.put(URL, status=status)
    report = extract.run(shelf.home)
    [found] = articles(shelf)
    assert (found["gone_at"][11:13], report.gone) == ("08", 1)
    shelf.put(URL, ONE)
    extract.run(shelf.home)
    assert articles(shelf)[0]["gone_at"] is None


def test_what_is_no_article_says_why(shelf: Shelf) -> None:
    base = "https://contoh.example"
    shelf.put(f"{base}/tag/pilkada/", ONE)
    shelf.put(f"{base}/halaman-kosong-tanpa-isi-berita/", article("Kosong"))
    shelf.put(f"{base}/tidak-pernah-ada-di-sini/", status=404)
    shelf.put(f"{base}/berkas-lampiran-surat-edaran/", b"%PDF-1.4", content_type="application/pdf")
    shelf.put(URL, ONE)
    report = extract.run(shelf.home)
    assert errors(shelf) == {
        f"{base}/tag/pilkada/": "halaman daftar, bukan artikel",
        f"{base}/halaman-kosong-tanpa-isi-berita/": "isi kosong",
        f"{base}/tidak-pernah-ada-di-sini/": "HTTP 404",
        f"{base}/berkas-lampiran-surat-edaran/": "bukan HTML: application/pdf",
        URL: None,
    }
    assert (report.new, report.no_article["isi kosong"], report.failed) == (1, 1, False)
    assert "bukan artikel, isi kosong: 1 (misalnya https://contoh.example/hal" in str(report)


def test_a_record_that_cannot_be_read_is_shown_and_stops_nothing(shelf: Shelf) -> None:
    shelf.put(URL, ONE)
    broken = Shelf(shelf.home)
    broken.put("https://contoh.example/berita-lain-yang-rusak-arsipnya/", TWO)
    broken.archive.path.write_bytes(b"bukan gzip")
    report = extract.run(shelf.home)
    assert report.failed
    assert broken.archive.path.name in report.errors[0]
    assert [row["url"] for row in articles(shelf)] == [URL]


def many(shelf: Shelf, count: int = 12, after: Callable[[], object] = lambda: None) -> None:
    """Articles with everything: versions, twins, second pages, gone and empty ones."""
    for number in range(count):
        url = f"https://contoh.example/berita-nomor-{number}-tentang-pilkada/"
        shelf.put(f"{url}amp/", article("AMP", f"Nomor {number}.", "Dari AMP."))
        after()
        shelf.put(url, article(f"Berita {number}", f"Nomor {number}.", "Awal."))
        if number % 2:
            after()
            shelf.put(f"{url}2/", article("Dua", f"Lanjutan {number}."), page_of=url)
        if number % 3 == 0:
            after()
            shelf.put(url, article(f"Berita {number}", f"Nomor {number}.", "Berubah."))
        if number % 4 == 0:
            after()
            shelf.put(url, status=404)
        after()
    shelf.put("https://contoh.example/tag/pilkada/", ONE)


def test_rerun_makes_the_same_tables(shelf: Shelf) -> None:
    many(shelf)
    extract.run(shelf.home)
    before = tables(shelf.home)
    report = extract.run(shelf.home, rerun=True)
    assert tables(shelf.home) == before
    assert (report.new, report.versions, report.removed) == (0, 0, 0)


def test_rerun_needs_no_base(shelf: Shelf) -> None:
    many(shelf)
    extract.run(shelf.home)
    before = tables(shelf.home)
    shelf.close()
    shelf.home.berita.unlink()
    for rest in shelf.home.berita.parent.glob("berita.db-*"):
        rest.unlink()
    Shelf(shelf.home)  # the outlet's declaration
    report = extract.run(shelf.home, rerun=True)
    assert report.new == len(before["articles"])
    assert tables(shelf.home) == before


def test_articles_that_are_none_any_more_are_taken_away(shelf: Shelf) -> None:
    shelf.put(URL, ONE)
    extract.run(shelf.home)
    with shelf.home.open_berita() as db:
        db.execute("UPDATE fetches SET url = 'https://contoh.example/tag/pilkada/'")
    report = extract.run(shelf.home, rerun=True)
    assert report.removed == 1
    assert articles(shelf) == []


@pytest.mark.parametrize("seed", range(3))
def test_reading_now_and_then_or_at_the_end_makes_the_same_tables(
    tmp_path: Path, seed: int
) -> None:
    at_once, bit_by_bit = (Shelf(home_at(tmp_path / name)) for name in ("sekali", "cicil"))
    chance = random.Random(seed)
    many(at_once, 6)
    extract.run(at_once.home)
    many(bit_by_bit, 6, lambda: chance.random() < 0.4 and extract.run(bit_by_bit.home))
    extract.run(bit_by_bit.home)
    assert tables(bit_by_bit.home) == tables(at_once.home)


RUN = (
    "import sys; from pathlib import Path; from crawler import extract; from db.base import Home; "
)
RUN += "extract.run(Home(Path(sys.argv[1])), progress=lambda done, total: print(done, flush=True))"


def killed_after(home: Home, articles: int) -> None:
    """Run the stage in a process of its own and kill it when it has done so many articles."""
    command = [sys.executable, "-c", RUN, str(home.berita)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if int(line) >= articles:
                os.kill(process.pid, signal.SIGKILL)
                break


def test_killed_and_run_again_makes_the_same_tables(tmp_path: Path) -> None:
    shelf = Shelf(home_at(tmp_path / "asli"))
    many(shelf)
    shelf.close()
    copy = home_at(tmp_path / "salinan")
    shutil.copytree(shelf.home.berita.parent, copy.berita.parent, dirs_exist_ok=True)
    extract.run(shelf.home)
    for number in (1, 4):
        killed_after(copy, number)
    extract.run(copy)
    assert tables(copy) == tables(shelf.home)
