"""User stories 6, 9 and 13 in a real browser: officials, Bawaslu itself, corrections."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from db.analysis import analyse
from db.articles import article_key
from db.base import Home
from tests.browser import casebook, window
from tests.browser.test_accessible import found
from tests.db.conftest import Newsroom


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return casebook.make(tmp_path_factory.mktemp("pejabat"))


@pytest.fixture(scope="module")
def home(room: Newsroom) -> Home:
    return room.home


def address(name: str) -> str:
    return f"/artikel/{article_key(f'https://{casebook.ARTICLES[name][0]}/{name}')}"


def test_story_06_an_official_is_found_with_all_spellings_and_offices(page: Page) -> None:
    page.goto("/pejabat")
    assert window.fits(page)
    page.get_by_role("textbox", name="Nama").fill("fauzan")
    page.get_by_role("button", name="Tampilkan").click()
    page.get_by_role("link", name="Ahmad Fauzan Mulyono").click()
    expect(page.locator("h1")).to_have_text("Ahmad Fauzan Mulyono")
    assert window.fits(page)
    names = page.locator("#nama li")
    expect(names).to_have_count(2)
    expect(names.nth(1)).to_contain_text("Achmad Fauzan")
    expect(names.nth(1)).to_contain_text("keyakinan 97%")
    office = page.locator("#jabatan tbody tr")
    expect(office).to_contain_text(["Bupati"])
    expect(office).to_contain_text(["5 Agu 2024"])
    expect(office).to_contain_text(["2 Sep 2024"])
    expect(page.locator("#kutipan")).to_contain_text("Jaga bersama")
    expect(page.locator("#artikel li")).to_have_count(2)


def test_story_06_how_an_office_is_held_is_shown_by_date(page: Page) -> None:
    page.goto("/pejabat/jajang-wirawan@33.10")
    row = page.locator("#jabatan tbody tr")
    expect(row).to_contain_text("Penjabat (Pj)")
    expect(row).to_contain_text("4 Nov 2024")


def test_story_06_cases_stand_apart_and_namesakes_stay_apart(page: Page) -> None:
    page.goto("/pejabat/rahmat-hidayat@64.02")
    cases = page.locator("#perkara li")
    expect(cases).to_have_count(3)
    expect(cases.first).to_contain_text("Tidak terbukti atau dibantah menurut Kabar")
    other = page.locator("#serupa")
    expect(other).to_contain_text("Kabupaten Sukoharjo")
    other.get_by_role("link", name="Rahmat Hidayat").click()
    expect(page.locator("#perkara .empty")).to_be_visible()
    expect(page.locator("#artikel li")).to_have_count(1)


def test_story_06_initials_are_nobody_across_articles(page: Page, room: Newsroom) -> None:
    page.goto("/pejabat?q=as")
    expect(page.get_by_role("link", name="AS", exact=True)).to_have_count(0)
    page.goto(address("inisial-satu"))
    expect(page.locator(".facts")).to_contain_text("AS")
    expect(page.locator(".facts").get_by_role("link", name="AS", exact=True)).to_have_count(0)
    assert room.rows("SELECT 1 FROM people WHERE key LIKE 'as@%'") == []


def test_story_06_names_in_the_text_lead_to_the_person(page: Page) -> None:
    page.goto(address("lapor"))
    page.locator(".body a.m-orang", has_text="Rahmat Hidayat").first.click()
    expect(page).to_have_url(re.compile(r"/pejabat/rahmat-hidayat@64\.02$"))


def humans(room: Newsroom) -> int:
    return int(room.rows("SELECT count(*) FROM people WHERE same_as IS NULL")[0][0])


def test_story_06_a_merge_survives_a_rerun_and_is_taken_back(page: Page, room: Newsroom) -> None:
    before = humans(room)
    page.goto("/pejabat/siti-rahma@64.02")
    page.goto("/pejabat/rahmat-hidayat@64.02")
    page.locator("#serupa").get_by_role("button", name="Orang yang sama").click()
    expect(page.get_by_role("status")).to_contain_text("Digabung")
    expect(page.locator("#artikel li")).to_have_count(4)
    assert humans(room) == before - 1
    analyse(room.home, rerun=True)
    page.reload()
    expect(page.locator("#artikel li")).to_have_count(4)
    expect(page.locator("#riwayat li").first).to_contain_text("menggabung")
    page.locator("#riwayat").get_by_role("button", name="Batalkan").first.click()
    expect(page.get_by_role("status")).to_contain_text("dibatalkan")
    expect(page.locator("#artikel li")).to_have_count(3)
    assert humans(room) == before


def test_story_06_an_article_about_somebody_else_is_split_off(page: Page, room: Newsroom) -> None:
    page.goto("/pejabat/siti-rahma@64.02")
    first = page.locator("#artikel li").first
    first.get_by_role("button", name="Ini orang lain").click()
    expect(page.locator("#artikel li")).to_have_count(2)
    expect(page.locator("#serupa")).to_have_count(0)
    page.locator("#riwayat").get_by_role("button", name="Batalkan").first.click()
    expect(page.locator("#artikel li")).to_have_count(3)


def test_story_09_bawaslu_as_a_party_stands_apart_from_as_a_source(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Berita tentang Bawaslu sendiri").click()
    assert window.fits(page)
    items = page.locator("[data-item]")
    expect(items).to_have_count(1)
    expect(items).to_contain_text("Bawaslu Kota Tarakan Diadukan ke DKPP")
    expect(items.locator("mark")).to_have_text("Bawaslu Kota Tarakan diadukan")
    page.get_by_role("link", name="Sebagai narasumber").click()
    expect(page.locator("[data-item]")).to_have_count(5)
    expect(page.locator("main")).not_to_contain_text("Diadukan ke DKPP")
    page.goto("/cari?q=bawaslu:pihak")
    expect(page.locator(".hits li")).to_have_count(1)


def opened(page: Page, title: str) -> Locator:
    """The form behind that word at the side of the article."""
    page.get_by_label("Koreksi isian").check()
    form = page.locator("details.fix", has=page.locator("summary", has_text=title)).first
    form.locator("summary").click()
    return form


def test_story_13_a_status_is_corrected_kept_and_taken_back(page: Page, room: Newsroom) -> None:
    page.goto(address("imbau"))
    form = opened(page, "Koreksi Status")
    form.get_by_label("Status").select_option("dugaan")
    form.get_by_label("Alasan").fill("Memuat laporan yang konkret")
    form.get_by_role("button", name="Simpan koreksi").click()
    expect(page.get_by_role("status")).to_contain_text("Koreksi tersimpan")
    stated = page.locator(".stated").first
    expect(stated).to_contain_text("dikoreksi oleh Ayu Pratiwi")
    expect(stated).to_contain_text("semula Pencegahan")
    key = address("imbau").rpartition("/")[2]
    rung = f"SELECT count(*) FROM alerts WHERE key LIKE '%:{key}:%'"  # noqa: S608
    assert room.rows(rung) == [(1,)]
    analyse(room.home, rerun=True)
    page.reload()
    expect(page.locator(".reading-head .chip").first).to_have_text("Dugaan")
    page.locator("#koreksi").get_by_role("button", name="Batalkan koreksi").first.click()
    expect(page.get_by_role("status")).to_contain_text("dibatalkan")
    expect(page.locator(".reading-head .chip").first).to_have_text("Pencegahan")
    expect(page.locator("#koreksi li").first).to_contain_text("dibatalkan oleh Ayu Pratiwi")
    assert room.rows(rung) == [(1,)]


def test_story_13_an_official_is_corrected_in_place(page: Page, room: Newsroom) -> None:
    page.goto(address("penjabat"))
    form = opened(page, "Koreksi Jajang Wirawan")
    form.get_by_label("Jabatan", exact=True).fill("Wakil Bupati")
    form.get_by_label("Status jabatan").select_option("Plt")
    form.get_by_label("Alasan").fill("Salah baca")
    form.get_by_role("button", name="Simpan koreksi").click()
    expect(page.locator(".facts")).to_contain_text("Plt Wakil Bupati")
    expect(page.locator(".stated")).to_contain_text("semula Jajang Wirawan, Pj Bupati")
    page.locator("#koreksi").get_by_role("button", name="Batalkan koreksi").first.click()
    expect(page.locator(".facts li").first).to_contain_text("Pj Bupati")


def test_story_13_a_correction_without_sense_comes_back_with_its_words(page: Page) -> None:
    page.goto(address("bupati"))
    form = opened(page, "Koreksi Wilayah utama")
    form.get_by_label("Wilayah utama").fill("Negeri Antah")
    form.get_by_label("Alasan").fill("Bukan di sini")
    form.get_by_role("button", name="Simpan koreksi").click()
    again = page.locator("details.fix[open]")
    expect(again.get_by_role("alert")).to_contain_text("Wilayah tidak dikenal: Negeri Antah")
    expect(again.get_by_label("Alasan")).to_have_value("Bukan di sini")


def test_story_13_corrections_are_listed_and_exported(page: Page, tmp_path: Path) -> None:
    page.goto(address("ejaan"))
    form = opened(page, "Koreksi Perlu dilihat")
    form.get_by_label("Perlu dilihat").select_option("ya")
    form.get_by_label("Alasan").fill("Ada nama yang dicari")
    form.get_by_role("button", name="Simpan koreksi").click()
    page.get_by_role("link", name="Semua koreksi").click()
    assert window.fits(page)
    expect(page.locator("[data-item]").first).to_contain_text("Ada nama yang dicari")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh data latih").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    lesson = json.loads(lines[-1])
    assert (lesson["field"], lesson["old"], lesson["new"]) == ("alert", "0", "1")
    assert lesson["url"] == "https://warta.example/ejaan"
    page.go_back()
    page.goto(address("ejaan"))
    page.locator("#koreksi").get_by_role("button", name="Batalkan koreksi").first.click()
    expect(page.get_by_role("status")).to_contain_text("dibatalkan")


PAGES = [
    "/pejabat",
    "/pejabat/rahmat-hidayat@64.02",
    "/lembaga",
    "/koreksi",
    address("lapor"),
    address("lapor").replace("artikel", "cerita"),
]


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_and_is_usable_by_everybody(page: Page, path: str) -> None:
    page.goto(path)
    assert window.fits(page)
    if page.get_by_label("Koreksi isian").count():
        page.get_by_label("Koreksi isian").check()
        page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        assert window.fits(page)
    assert found(page) == []
