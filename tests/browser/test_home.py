"""The morning kliping, the map, the recap by stages and the ready questions in a real Chromium."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import time_machine
from playwright.sync_api import Download, Page, expect

from db import mailings
from db.base import Home
from tests.browser import window
from tests.db import receivers, site_base
from tests.db.site_base import Running
from tests.db.test_delivery import config


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Of the sample base one article that names two kabupaten, and one that names no place."""
    made = site_base.make(tmp_path_factory.mktemp("beranda"))
    with made.open_berita().conn as berita:
        berita.execute(
            "INSERT INTO article_regions (article_id, region_code, is_main, spans) "
            "VALUES (1, '64.72', 0, '[]')"
        )
        berita.execute("DELETE FROM article_regions WHERE article_id = 5")
    return made


def taken(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_story_01_kliping_of_the_last_day_with_docx_and_csv_from_one_address(page: Page) -> None:
    page.goto("/kliping")
    page.get_by_label("Wilayah").select_option("64.02")
    page.get_by_label("Terbit sejak").fill("2020-12-09T08:00")
    page.get_by_label("Sampai").fill("2020-12-10T08:00")
    page.get_by_role("button", name="Susun").click()
    shown = page.get_by_role("region", name="Isu pelanggaran")
    expect(shown.locator("li")).to_have_count(1)
    for words in ("Lurah Timbau Diduga", "Kabar Mahakam", "9 Des 2020 14.05 WITA", "2 media"):
        expect(shown).to_contain_text(words)
    assert "kabarmahakam.example/lurah-timbau" in shown.inner_html()
    with page.expect_download() as download:
        page.get_by_role("link", name="DOCX").click()
    lines = [line.text for line in docx.Document(io.BytesIO(taken(download.value))).paragraphs]
    assert "1. Lurah Timbau Diduga Ajak Warga Pilih Paslon" in lines
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(taken(download.value).decode("utf-8-sig"))))
    assert len(rows) == 2  # the copy has its row
    page.goto("/kliping?wilayah=33")
    expect(page.locator("main")).to_contain_text("NIHIL")
    expect(page.locator("main")).to_contain_text("0 dari 1 terbaca, 0 gagal, 1 tidak dicoba")
    assert window.fits(page)


def test_story_01_kliping_comes_by_itself_at_eight(page: Page, home: Home) -> None:
    page.goto("/saya")
    target = f"humas{page.viewport_size['width'] if page.viewport_size else ''}@bawaslu.example"
    form = page.locator("#kiriman form").last
    form.get_by_label("Alamat surel").fill(target)
    form.get_by_label("Wilayah kliping").select_option("64")
    form.get_by_role("button", name="Tambah kiriman").click()
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    row = page.locator("#kiriman tr", has_text=target)
    expect(row).to_contain_text("setiap hari 08.00 WITA")
    expect(row).to_contain_text("belum ada")
    with receivers.smtp() as letters:
        with time_machine.travel(_next_eight()):
            mailings.send(home, config(letters))
            mailings.send(home, config(letters))
        mine = [letter for letter in letters.taken if letter["To"] == target]
        assert len(mine) == 1
        [part] = mine[0].iter_attachments()
        assert str(part.get_filename()).endswith(".docx")
    page.reload()
    expect(row).to_contain_text("Terkirim")
    assert window.fits(page)
    row.get_by_role("button", name="Hentikan").click()
    expect(page.locator("#kiriman tr", has_text=target)).to_have_count(0)


def _next_eight() -> datetime:
    """In Kalimantan Timur."""
    here = datetime.now(timezone(timedelta(hours=8)))
    eight = here.replace(hour=8, minute=0, second=30)
    return eight if eight > here else eight + timedelta(days=1)


def test_story_07_map_opens_to_kabupaten_and_to_the_articles(page: Page) -> None:
    page.goto("/wilayah?rentang=semua")
    assert page.locator(".tiles .tile").count() == 38
    assert window.fits(page)
    page.get_by_role("link", name=re.compile(r"^Kalimantan Timur: 2 kasus, 2 berita")).click()
    expect(page.locator("h1")).to_have_text("Provinsi Kalimantan Timur")
    row = page.locator("tr", has_text="Kabupaten Kutai Kartanegara")
    expect(row.locator("td")).to_contain_text(["64.02", "2", "2", "1"])
    expect(page.locator("tr", has_text="Kota Samarinda").locator("td").nth(2)).to_have_text("1")
    assert window.fits(page)
    row.locator("td").nth(2).get_by_role("link").click()
    expect(page.locator(".hits li")).to_have_count(2)
    marked = page.locator(".hits li", has_text="ganda: 2 kabupaten/kota")
    expect(marked).to_contain_text("Lurah Timbau Diduga")
    page.goto("/wilayah?rentang=semua")
    rest = page.locator("tr", has_text="Tanpa wilayah")
    rest.locator("td").nth(2).get_by_role("link").click()
    expect(page.locator(".hits li")).to_have_count(1)
    expect(page.locator(".hits li")).to_contain_text("tanpa wilayah")


def test_story_07_namesakes_and_all_codes(page: Page) -> None:
    page.goto("/wilayah/52")
    for name in ("Kabupaten Bima", "Kota Bima"):
        expect(page.get_by_role("rowheader", name=name)).to_be_visible()
    whole = page.request.get("/wilayah?rentang=semua").text()
    found: set[str] = set()
    for code in sorted(set(re.findall(r'href="/wilayah/(\d\d)\?', whole))):
        text = page.request.get(f"/wilayah/{code}").text()
        found |= set(re.findall(r'<td class="code">(\d\d\.\d\d)</td>', text))
    assert len(found) == 514


def test_story_07_map_is_walked_with_the_keyboard(page: Page) -> None:
    page.goto("/wilayah?rentang=semua")
    page.locator(".tile").first.focus()
    for _ in range(37):
        page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.fullmatch(r"Papua Barat Daya: 0 kasus, 0 berita", focused)


def test_story_08_topics_by_stage_of_a_chosen_calendar(page: Page) -> None:
    page.goto("/rekap")
    expect(page.locator("main")).to_contain_text("Tidak ada berita pemilu pada tahapan")
    for name in ("Pilkada 2020", "Pilkada 2024", "PSU Pilkada 2025"):
        expect(page.get_by_label("Kalender").locator("option", has_text=name)).to_have_count(1)
    page.get_by_label("Kalender").select_option(label="Pilkada 2020")
    page.get_by_role("button", name="Susun").click()
    row = page.locator("tbody tr", has_text="Netralitas ASN")
    cell = row.locator("td").nth(6)  # the day of the vote: two articles of one text
    expect(cell).to_have_text("1")
    assert window.fits(page)
    cell.get_by_role("link").click()
    expect(page.locator(".hits li")).to_have_count(1)
    expect(page.locator(".hits li")).to_contain_text("2 salinan")
    page.go_back()
    page.get_by_label("Salinan").select_option(label="Dihitung semua")
    page.get_by_role("button", name="Susun").click()
    expect(row.locator("td").nth(6)).to_have_text("2")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    sheet = openpyxl.load_workbook(io.BytesIO(taken(download.value))).active
    assert sheet
    table = {row[0]: row[2:] for row in sheet.iter_rows(values_only=True)}
    assert table["Netralitas ASN"][6] == 2


QUESTIONS = {
    "kasus_menurut_daerah": ("daerah", "Gowa"),
    "kasus_menurut_topik": ("topik", "netralitas"),
    "berita_pada_rentang": ("sejak", "2020-12-01"),
    "berita_satu_media": ("media", "mahakam"),
    "kasus_pada_tahap": ("tahap", "laporan"),
}


def test_story_14_ready_questions_in_indonesian(page: Page) -> None:
    page.goto("/berita")
    links = page.locator('a[href^="/berita/"]')
    names = {str(links.nth(i).get_attribute("href")).split("/")[2] for i in range(links.count())}
    assert len(names & set(all_questions())) >= 10
    for name, (field, value) in QUESTIONS.items():
        page.goto(f"/berita/{name}")
        page.locator(f"input[name={field}]").fill(value)
        if name == "berita_pada_rentang":
            page.locator("input[name=hingga]").fill("2020-12-31")
        page.locator("main form button, main form input[type=submit]").first.click()
        page.wait_for_url(re.compile(rf"[?&]{field}={value}"))
        expect(page.locator("main tbody tr").first).to_be_visible()
        assert window.fits(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").first.click()
        assert len(taken(download.value).splitlines()) > 1


def test_story_14_reads_only(running: Running, session: Any, page: Page) -> None:
    for name, sql in all_questions().items():
        assert re.match(r"(?i)\s*(select|with)\b", sql), name
    answer = page.request.post(
        f"{running.address}/berita/kasus_menurut_daerah",
        form={"daerah": "Gowa'; DELETE FROM articles; --"},
    )
    assert answer.status in (400, 403, 405)
    page.goto("/berita/kasus_menurut_daerah?daerah=%27%3B+DELETE+FROM+articles%3B+--")
    expect(page.locator("main")).to_contain_text("Tidak ada hasil")


def all_questions() -> dict[str, str]:
    from db.site import metadata

    found = metadata()["databases"]["berita"]["queries"]
    return {name: query["sql"] for name, query in found.items()}


ENGLISH = re.compile(
    r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|"
    r"May|June|July|August|October|December|Search|Download|Submit|Next page|rows?|"
    r"\d{1,3},\d{3}|\d{4}-\d\d-\d\d)\b"
)
SCREENS = [
    *("/", "/wilayah?rentang=semua", "/wilayah/64", "/rekap?kalender=pilkada_2020", "/saya"),
    *("/sumber", "/sumber/baru", "/peringatan", "/tenggat", "/cerita", "/kliping?wilayah=64"),
    *("/cari?q=netralitas", "/langganan", "/rekap/berita?wilayah=64&sejak=2020-12-01"),
]


def test_words_dates_and_numbers_are_indonesian(page: Page) -> None:
    """What a reader sees; fields of forms hold dates as the machine writes them."""
    for path in SCREENS:
        page.goto(path)
        text = page.locator("main").inner_text()
        assert ENGLISH.findall(text) == [], path
    page.goto("/rekap/berita?wilayah=64.02")
    expect(page.locator(".hits li").first).to_contain_text("9 Des 2020 16.40 WITA")


def test_start_page_says_how_many_eyes_are_open(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".eyes")).to_contain_text("1 dari 3 sumber terbaca")
    assert page.locator(".tiles .tile").count() == 38
    assert window.fits(page)
    page.get_by_role("link", name="Pilih wilayah dan tema saya").or_(
        page.get_by_role("link", name="Ubah")
    ).click()
    page.get_by_label("Wilayah saya").select_option("33")
    page.get_by_label("Netralitas ASN").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Wilayah saya: Provinsi Jawa Tengah")
    expect(page.locator("main")).to_contain_text(
        "Tidak ada peringatan baru di Provinsi Jawa Tengah, dengan 1 dari 3 sumber terbaca"
    )
    page.get_by_role("link", name="Ubah").click()
    page.get_by_label("Wilayah saya").select_option("")
    page.get_by_label("Netralitas ASN").uncheck()
    page.get_by_role("button", name="Simpan", exact=True).click()
