"""The analyst's first morning in a real Chromium: sign in, read, triage, search; desk and phone."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    Page,
    expect,
)

from db.base import Home
from tests.browser import window
from tests.db import site_base
from tests.db.site_base import Running, key

ARTICLE = f"/artikel/{key('https://kabarmahakam.example/lurah-timbau')}"
PAGES = {
    "beranda": "/",
    "peringatan": "/peringatan",
    "peringatan-satu": "/peringatan/1",
    "artikel": ARTICLE,
    "perubahan": f"{ARTICLE}/versi",
    "cerita": ARTICLE.replace("artikel", "cerita"),
    "cari": "/cari?q=netralitas",
    "kliping": "/kliping?wilayah=64&sejak=2020-12-01&hingga=2020-12-09",
    "kliping-nihil": "/kliping?wilayah=73",
    "langganan": "/langganan",
    "langganan-baru": "/langganan/baru",
    "sumber": "/sumber",
    "bantuan": "/bantuan",
    "tabel": "/berita/articles",
    "tabel-semua": "/berita",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return site_base.make(tmp_path_factory.mktemp("peramban"))


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the screenshots go: $PANTAU_SCREENSHOTS, or a folder that pytest clears."""
    wanted = os.environ.get("PANTAU_SCREENSHOTS")
    folder = Path(wanted) if wanted else tmp_path_factory.mktemp("layar")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("name", list(PAGES))
def test_page_fits_and_is_pictured(page: Page, shots: Path, size: str, name: str) -> None:
    page.goto(PAGES[name])
    expect(page.locator("h1")).to_have_count(1)
    too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert too_wide <= 0
    page.screenshot(path=shots / f"{name}-{size}.png", full_page=True)


def test_sign_in_page_is_shown_to_strangers(
    running: Running, chromium: Browser, shots: Path, size: str
) -> None:
    width, height = window.SIZES[size]
    stranger = chromium.new_page(viewport={"width": width, "height": height})
    stranger.goto(f"{running.address}/peringatan")
    expect(stranger.get_by_role("heading", name="Masuk ke Pantau")).to_be_visible()
    stranger.screenshot(path=shots / f"masuk-{size}.png")
    stranger.close()


def test_from_alert_to_decision(page: Page, size: str) -> None:
    page.goto("/peringatan")
    page.get_by_role("link", name="Lurah Timbau Diduga Ajak Warga Pilih Paslon").first.click()
    expect(page.locator(".firing")).to_contain_text("diduga mengajak warga memilih")
    page.get_by_role("radio", name="Diabaikan").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_contain_text("perlu alasan")
    page.get_by_label("Catatan").fill(f"Sudah ditangani ({size})")
    page.get_by_label("Petugas").select_option("Budi Hartono")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    expect(page.locator(".events li").first).to_contain_text(f"Sudah ditangani ({size})")
    page.goto("/peringatan?keadaan=diabaikan")
    expect(page.locator("[data-item]")).to_have_count(1)


def test_searching_and_narrowing(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Cari berita").fill("melanggar")
    page.get_by_role("button", name="Cari").click()
    expect(page.locator("mark").first).to_have_text("pelanggaran")
    page.get_by_role("link", name="Tidak terbukti", exact=True).click()
    expect(page).to_have_url(re.compile(r"status=tidak_terbukti"))
    expect(page.locator(".hits li")).to_have_count(1)
    page.get_by_role("link", name="status: Tidak terbukti").click()
    expect(page.locator(".hits li")).to_have_count(3)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "pantau-cari.csv"


def test_kliping_is_chosen_looked_at_and_taken_along(page: Page) -> None:
    page.goto("/kliping")
    page.get_by_label("Wilayah").select_option("64.02")
    page.get_by_label("Terbit sejak").fill("2020-12-09T08:00")
    page.get_by_label("Sampai").fill("2020-12-10T08:00")
    page.get_by_role("button", name="Susun").click()
    expect(page.locator("h1")).to_have_text("Kliping media: Kabupaten Kutai Kartanegara")
    shown = page.get_by_role("region", name="Isu pelanggaran")
    expect(shown.locator("li")).to_have_count(1)
    expect(shown).to_contain_text("9 Des 2020 14.05 WITA")
    expect(shown).to_contain_text("dimuat 2 media")
    for form in ("DOCX", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("link", name=form).click()
        expected = f"kliping-64.02-2020-12-10.{form.lower()}"
        assert download.value.suggested_filename == expected


def test_layers_of_the_text_can_be_switched_off(page: Page) -> None:
    page.goto(ARTICLE)
    person = page.locator(".body .m-orang").first
    expect(person).to_have_css("border-bottom-style", "solid")
    page.get_by_label("Orang dan jabatan").uncheck()
    expect(person).to_have_css("border-bottom-style", "none")


def test_archived_copy_is_a_file_and_never_a_page(page: Page) -> None:
    page.goto(ARTICLE)
    with page.expect_download() as download:
        page.get_by_role("link", name="Salinan mentah").first.click()
    assert download.value.suggested_filename.endswith(".txt")
    assert b"<script>" in Path(download.value.path()).read_bytes()


def test_keyboard_walks_the_inbox(page: Page) -> None:
    page.goto("/peringatan")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-item].chosen")).to_contain_text("Panwaslu Temukan 45 Amplop")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Lurah Timbau Diduga Ajak Warga Pilih Paslon")
    page.wait_for_load_state()  # the script comes after the words
    page.keyboard.press("?")
    expect(page.locator("h1")).to_have_text("Bantuan")


def test_reading_and_deciding_work_without_script(
    running: Running, chromium: Browser, session: Any
) -> None:
    context = chromium.new_context(
        base_url=running.address, storage_state=session, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/peringatan/1")
    page.get_by_role("radio", name="Ditinjau").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    context.close()


def test_signing_out(running: Running, chromium: Browser, session: Any) -> None:
    context = chromium.new_context(base_url=running.address, storage_state=session)
    page = context.new_page()
    page.goto("/")
    page.get_by_text("Ayu Pratiwi").first.click()
    page.get_by_role("button", name="Keluar").click()
    expect(page).to_have_url(f"{running.address}/masuk")
    context.close()


CONTRAST = """() => {
  const light = ([r, g, b]) => {
    const part = [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
  };
  const rgba = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest(".hidden, svg")) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(rgba(style.color)), light(behind(element))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24;
    const ratio = (a + .05) / (b + .05);
    if (ratio < (large ? 3 : 4.5)) weak.push(`${element.className || element.tagName} ${ratio}`);
  }
  return weak;
}"""


NAMELESS = """() => {
  const named = e => e.labels?.length || e.getAttribute("aria-label") || e.textContent.trim();
  const controls = document.querySelectorAll("input:not([type=hidden]), select, textarea, button");
  return [...controls].filter(e => !named(e)).map(e => e.outerHTML);
}"""


@pytest.mark.parametrize("name", list(PAGES))
def test_text_stands_out_from_its_ground(page: Page, name: str, size: str) -> None:
    """WCAG 2 AA: 4.5 to 1, and 3 to 1 for large text."""
    page.goto(PAGES[name])
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("name", list(PAGES))
def test_every_control_has_a_name(page: Page, name: str, size: str) -> None:
    page.goto(PAGES[name])
    assert page.evaluate(NAMELESS) == []
