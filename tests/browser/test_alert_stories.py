"""User stories of the alert desk in a real Chromium, on the sample outlets."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from crawler.demo import show
from db.base import Home
from tests.browser import window
from tests.db.site_base import Running

FINGERS = "Unggah Foto Dua Jari, Pejabat Dinas Pendidikan Kutim Dilaporkan ke Bawaslu"
KPPS = "Ketua KPPS di Ngawi Jadi Tersangka, Coblos 18 Surat Suara Sisa"
WITHDRAWN = (
    "Nomor Ijazah Calon Wakil Bupati Minsel Tercatat atas Nama Orang Lain, Warga Lapor Bawaslu"
)
REPORTER = "Hermin Paembonan"
ACCUSED = "Zulkarnain Pase"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("cerita") / "demo" / "berita.db")
    show.go(made)
    return made


@pytest.fixture
def page(running: Running, chromium: Browser, session: Any) -> Iterator[Page]:
    with window.page(chromium, running, session) as opened:
        yield opened


def rows(home: Home, sql: str, *values: str) -> list[tuple[Any, ...]]:
    return home.open_berita().execute(sql, list(values)).fetchall()


def alert_of(home: Home, title: str) -> str:
    """The address of the newest alert about the article of that title."""
    sql = (
        "SELECT a.key FROM alerts a JOIN articles ar ON ar.id = a.article_id "
        "WHERE ar.title = ? ORDER BY a.id DESC LIMIT 1"
    )
    return f"/peringatan/{quote(rows(home, sql, title)[0][0], safe=':')}"


def field(page: Page, name: str, of: str = "main") -> Locator:
    """What stands beside a term of a list of facts."""
    term = page.locator(f"{of} dt", has_text=re.compile(f"^{re.escape(name)}$"))
    return term.locator("xpath=following-sibling::dd[1]").first


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    return Path(download.value.path()).read_bytes()


def test_story_02_an_alert_is_a_case_and_says_why(page: Page, home: Home) -> None:
    page.goto(alert_of(home, KPPS))
    expect(page.locator(".firing")).to_contain_text("diduga mencoblos 18 surat suara")
    expect(page.locator("main .chip").first).to_have_text("Dalam proses")
    expect(field(page, "Tahap")).to_contain_text("penyidikan")
    expect(field(page, "Wilayah")).to_have_text("Kabupaten Ngawi")
    expect(field(page, "Topik")).not_to_have_text("-")
    expect(field(page, "Disebut")).to_contain_text("SP Ketua")
    expect(page.get_by_role("heading", name="Mengapa berbunyi")).to_be_visible()


def test_story_02_exhortation_does_not_ring(page: Page, home: Home) -> None:
    calm = rows(
        home,
        "SELECT title FROM articles JOIN annotations ON article_id = id "
        "WHERE status IN ('pencegahan', 'netral', 'rekap', 'bukan_pemilu') AND NOT alert",
    )
    assert len(calm) > 20
    shown = set()
    page.goto("/peringatan")
    while True:
        shown |= set(page.locator(".case h3").all_inner_texts())
        following = page.get_by_role("link", name="Berikutnya")
        if not following.count():
            break
        following.click()
    assert shown
    assert shown.isdisjoint(title for (title,) in calm)


def test_story_02_one_case_rings_once_per_stage_and_is_one_row(page: Page, home: Home) -> None:
    repeated = rows(
        home,
        "SELECT 1 FROM alerts WHERE story_id IS NOT NULL "
        "GROUP BY story_id, watch_key, stage HAVING count(*) > 1",
    )
    assert repeated == []
    story = (
        "SELECT s.title FROM alerts a JOIN stories s ON s.id = a.story_id "
        "GROUP BY s.id HAVING count(*) > 1 LIMIT 1"
    )
    assert rows(home, story)  # else this shows nothing
    cases = rows(home, "SELECT count(DISTINCT coalesce(story_id, -article_id)) FROM alerts")
    page.goto("/peringatan")
    expect(page.locator(".tabs a").first).to_have_text(f"Semua {cases[0][0]}")
    expect(page.locator(".rung").first.locator("li")).not_to_have_count(1)


def test_story_03_time_left_is_an_estimate_with_its_parts(page: Page, home: Home) -> None:
    page.goto(alert_of(home, KPPS))
    clock = page.locator("#jam")
    expect(clock).to_contain_text("Perkiraan, bukan tenggat resmi.")
    expect(field(page, "Kejadian menurut artikel")).to_have_text("Rabu, 9 Desember 2020")
    expect(field(page, "Terbit", "#jam")).to_contain_text("2020")
    expect(field(page, "Batas dihitung sejak kejadian")).to_contain_text("Rabu, 16 Desember 2020")
    page.goto(alert_of(home, FINGERS))
    expect(field(page, "Kejadian menurut artikel")).to_have_text("tidak disebut")
    expect(field(page, "Batas dihitung sejak terbit")).to_contain_text("Jumat, 18 Oktober 2024")


def test_story_03_an_officer_starts_the_clock(page: Page, home: Home) -> None:
    page.goto(alert_of(home, FINGERS))
    expect(page.get_by_label("Zona").first).to_have_value("WITA")
    page.get_by_label("Diketahui pada").fill("2024-10-14T09:30")
    page.get_by_role("button", name="Diketahui", exact=True).click()
    expect(page.locator("#jam")).to_contain_text("Senin, 14 Oktober 2024 09.30 WITA oleh Admin")
    expect(page.locator("#jam")).to_contain_text("sampai Senin, 21 Oktober 2024")
    expect(page.locator(".events")).to_contain_text("Jam perkara: diketahui")
    page.goto("/tenggat")
    expect(page.locator("main")).to_contain_text("perkiraan, bukan tenggat resmi")
    expect(page.locator(".clocks li")).to_contain_text(FINGERS)
    page.get_by_role("link", name=FINGERS).click()
    expect(page.locator("#jam")).to_be_in_viewport()


def test_story_04_a_draft_from_the_article_alone(page: Page, home: Home) -> None:
    page.goto(alert_of(home, FINGERS))
    page.get_by_role("link", name="Draf informasi awal").click()
    sheet = page.locator(".sheet")
    expect(field(page, "Peristiwa")).to_contain_text("Dugaan menurut")
    expect(field(page, "Terlapor")).to_contain_text(ACCUSED)
    expect(field(page, "Tempat kejadian")).to_contain_text("Kabupaten Kutai Timur")
    expect(field(page, "Bukti yang disebut media")).to_contain_text("foto")
    for name in ("Nama pelaksana tugas pengawasan", "Alamat terlapor", "Analisis"):
        expect(field(page, name)).to_have_text("kosong")
    for name in ("Terlapor", "Saksi"):
        expect(field(page, name)).not_to_contain_text(REPORTER)
    expect(sheet.locator("dt", has_text=re.compile("^Pelapor"))).to_have_count(0)
    numbers = sheet.locator("sup a")
    assert numbers.count() > 5
    numbers.first.click()
    expect(page.locator("#sumber-1")).to_contain_text("SHA-256")
    document = Document(io.BytesIO(downloaded(page, "Unduh DOCX")))
    cells = {row.cells[0].text: row.cells[1].text for one in document.tables for row in one.rows}
    assert ACCUSED in cells["Terlapor"]
    assert cells["Nomor surat perintah tugas"] == ""


def test_story_11_evidence_outlives_the_page(page: Page, home: Home) -> None:
    [(key, url)] = rows(home, "SELECT key, url FROM articles WHERE title = ?", FINGERS)
    page.goto(alert_of(home, FINGERS))
    page.get_by_role("link", name="diubah medianya, 2 versi").click()
    expect(page.locator("ins, del").first).to_be_visible()
    page.go_back()
    bundle = zipfile.ZipFile(io.BytesIO(downloaded(page, "Paket bukti")))
    facts = json.loads(bundle.read(f"{key}/fakta.json"))
    assert (facts["artikel"]["url"], len(facts["versi"])) == (url, 2)
    for version in facts["versi"]:
        html = bundle.read(f"{key}/halaman/versi-{version['number']}.html")
        assert hashlib.sha256(html).hexdigest() == version["sha256"]
        assert version["fetched_at"]
        assert bundle.read(f"{key}/arsip/versi-{version['number']}.warc.gz")
    for line in bundle.read("MANIFEST.sha256").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(bundle.read(name)).hexdigest() == digest


def test_story_11_a_withdrawn_article_is_read_and_marked(page: Page, home: Home) -> None:
    page.goto(alert_of(home, WITHDRAWN))
    expect(page.get_by_text("dihapus dari media").first).to_be_visible()
    bundle = zipfile.ZipFile(io.BytesIO(downloaded(page, "Paket bukti")))
    [(key,)] = rows(home, "SELECT key FROM articles WHERE title = ?", WITHDRAWN)
    facts = json.loads(bundle.read(f"{key}/fakta.json"))
    assert facts["artikel"]["gone_at"]
    assert {visit["status"] for visit in facts["pengambilan"]} > {200}
    page.get_by_role("link", name="Baca artikelnya").click()
    expect(page.locator(".body")).to_contain_text("ijazah")


def test_story_15_every_label_is_the_word_of_a_medium(page: Page) -> None:
    page.goto("/peringatan")
    cards = page.locator(".case")
    assert cards.count() > 10
    for card in cards.all():
        expect(card.locator(".card-foot strong")).to_contain_text(re.compile(r" menurut \w"))


def test_story_15_acquitted_is_as_plain_to_see_as_suspected(page: Page) -> None:
    page.goto("/bantuan")
    style = """element => {
        const style = getComputedStyle(element), box = element.getBoundingClientRect();
        return [style.fontSize, style.fontWeight, style.padding, box.height];
    }"""
    suspected = page.locator(".status-dugaan").first.evaluate(style)
    acquitted = page.locator(".status-tidak_terbukti").first.evaluate(style)
    assert acquitted == suspected


def test_story_15_names_are_masked_and_access_is_recorded(page: Page, home: Home) -> None:
    draft = f"{alert_of(home, FINGERS)}/informasi-awal"
    page.goto(draft)
    expect(page.locator(".sheet")).to_contain_text(REPORTER)
    page.get_by_role("link", name="Samarkan nama warga").click()
    expect(page.locator(".sheet")).not_to_contain_text(REPORTER.split()[1])
    expect(page.locator(".sheet")).to_contain_text("H.P.")
    document = Document(io.BytesIO(downloaded(page, "Unduh DOCX")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert not [text for text in cells if "Hermin" in text or "Paembonan" in text]
    page.goto(alert_of(home, FINGERS))
    downloaded(page, "Paket bukti")
    page.goto("/meja/audit?_sort_desc=id")
    for action in ("draf_dibuka", "draf_diunduh", "bukti_diunduh"):
        expect(page.locator("table.data")).to_contain_text(action)


@pytest.mark.parametrize("size", list(window.SIZES))
def test_pages_of_a_case_fit_desk_and_phone(
    running: Running, chromium: Browser, session: Any, home: Home, size: str
) -> None:
    alert = alert_of(home, FINGERS)
    with window.page(chromium, running, session, size) as page:
        for path in (alert, f"{alert}/informasi-awal", "/tenggat", "/peringatan"):
            page.goto(path)
            expect(page.locator("h1")).to_have_count(1)
            too_wide = "document.documentElement.scrollWidth - window.innerWidth"
            assert page.evaluate(too_wide) <= 0
