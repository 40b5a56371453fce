"""The health of sources in a real Chromium, and the word of it within a day; adding an outlet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlite_utils import Database

from crawler.demo.library import OUTLETS
from crawler.demo.server import SampleServer, serving
from db import mailings
from db.base import Home
from db.mailings import store
from db.mailings.store import Mailing
from tests.browser import window
from tests.db import receivers, site_base
from tests.db.test_delivery import config

NOW = datetime.now(UTC)
SAMPLE = next(
    row
    for row in csv.DictReader(OUTLETS.read_text("utf-8").splitlines())
    if row["network"] == "wordpress"
)
LONG = "Bawaslu menelusuri laporan warga tentang pembagian amplop. " * 20


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, server: SampleServer) -> Home:
    """Three outlets that were well for five weeks; today one is silent, one has half as much text,
    and Suara Solo was not asked for two days.
    """
    made = site_base.make(tmp_path_factory.mktemp("sumber"))
    made.berita.with_name("pantau.toml").write_text(
        f'[pengambilan]\nkontak = "uji@pantau.example"\njeda_detik = 0.0\n'
        f'umur_sitemap_hari = 0\nproksi = "{server.proxy}"\n',
        encoding="utf-8",
    )
    berita = made.open_berita()
    with berita.conn:
        for week in range(1, 6):
            for outlet in ("kabarmahakam.example", "gowatoday.example", "suarasolo.example"):
                brought(berita, outlet, 4, NOW - timedelta(days=7 * week, hours=2))
        for outlet in ("kabarmahakam.example", "gowatoday.example", "suarasolo.example"):
            brought(berita, outlet, 1, NOW - timedelta(days=60))
        brought(berita, "kabarmahakam.example", 4, NOW - timedelta(hours=2), LONG[:400])
        answered(berita, "gowatoday.example", datetime.now(UTC), 304)
        answered(berita, "suarasolo.example", NOW - timedelta(days=2), 200)
    berita.close()
    return made


def brought(berita: Database, outlet: str, number: int, at: datetime, text: str = LONG) -> None:
    for one in range(number):
        url = f"https://{outlet}/{at:%Y%m%d}-{one}"
        site_base.add_article(
            berita, url, outlet, f"Berita {at:%d} {one}", text, at.isoformat(timespec="seconds"),
            first_seen_at=at.isoformat(timespec="milliseconds"),
        )  # fmt: skip


def answered(berita: Database, outlet: str, at: datetime, status: int) -> None:
    berita.conn.execute(
        "INSERT INTO fetches (outlet_id, url, kind, fetched_at, status) "
        "VALUES (?, ?, 'feed', ?, ?)",
        (outlet, f"https://{outlet}/feed", at.isoformat(timespec="milliseconds"), status),
    )


def test_story_10_every_source_with_last_fetch_state_and_week(page: Page) -> None:
    page.goto("/sumber")
    expect(page.locator(".eyes")).to_contain_text("2 dari 3 sumber terbaca")
    table = page.get_by_role("group", name="Daftar sumber")
    silent = table.locator("tr", has_text="Gowa Today")
    expect(silent).to_contain_text("Tak ada berita baru")
    expect(silent).to_contain_text("HTTP 304")
    expect(silent.locator("td.num")).to_contain_text(["0", "4", "0"])
    short = table.locator("tr", has_text="Kabar Mahakam")
    expect(short).to_contain_text("Isi memendek")
    expect(short).to_contain_text(re.compile(r"rata-rata 4\d\d huruf, biasanya 1\.180"))
    expect(short.locator("td.num")).to_contain_text(["4", "4", "4"])
    forgotten = table.locator("tr", has_text="Suara Solo")
    expect(forgotten).to_contain_text("Tidak dicoba")
    expect(forgotten).to_contain_text(re.compile(r"\d{1,2} \w{3} 20\d\d \d\d\.\d\d WIB"))
    page.get_by_role("link", name="Terganggu 3").click()
    expect(table.locator("tbody tr")).to_have_count(3)
    page.get_by_role("link", name="Tidak dicoba 1").click()
    expect(table.locator("tbody tr")).to_have_count(1)
    provinces = page.get_by_role("group", name="Sumber per provinsi")
    provinces.get_by_role("link", name="Sulawesi Selatan").click()
    expect(table.locator("tbody tr")).to_have_count(1)
    assert window.fits(page)


def test_story_10_admins_are_told_once(page: Page, home: Home) -> None:
    target = f"admin{page.viewport_size['width'] if page.viewport_size else ''}@bawaslu.example"
    meja = home.open_meja()
    with meja.conn:
        store.save(meja.conn, "ayu", Mailing("sumber", target))
    meja.close()
    with receivers.smtp() as letters:
        for _ in range(2):
            mailings.send(home, config(letters))
        [letter] = [letter for letter in letters.taken if letter["To"] == target]
    said = letter.get_body().get_content()  # type: ignore[union-attr]  # has one
    for words in ("Gowa Today", "Tak ada berita baru", "Suara Solo", "Tidak dicoba", "2 dari 3"):
        assert words in said
    page.goto("/sumber")
    news = page.locator("section", has_text="Kabar sumber")
    expect(news.locator("li", has_text="Gowa Today")).to_have_count(1)


def test_outlet_is_tried_looked_at_and_saved(page: Page) -> None:
    page.goto("/sumber")
    page.get_by_role("link", name="Tambah sumber").click()
    page.get_by_label("Domain atau alamat situs").fill(SAMPLE["domain"])
    page.get_by_label("Nama media").fill(SAMPLE["name"])
    page.get_by_label("Provinsi").select_option(SAMPLE["province_code"])
    page.locator("select[name=jaringan]").select_option(SAMPLE["network"])
    page.get_by_text("Alamat khusus").click()
    page.get_by_label("Umpan (RSS)").fill(SAMPLE["feeds"])
    page.get_by_label("Alamat dasar").fill(SAMPLE["base_url"])
    page.get_by_role("button", name="Baca coba").click(timeout=90_000)
    result = page.locator("#hasil")
    expect(result).to_contain_text("1 daftar terbaca", timeout=90_000)
    expect(result.locator("article").first).to_contain_text(re.compile(r"terbit \w+, \d+ \w+ 20"))
    assert window.fits(page)
    page.get_by_role("button", name="Simpan sumber ini").click()
    expect(page.get_by_role("status")).to_contain_text("ditambah")
    row = page.get_by_role("group", name="Sumber tambahan").locator("tr", has_text=SAMPLE["name"])
    row.get_by_role("button", name="Berhenti membaca").click()
    expect(page.get_by_role("status")).to_contain_text("tidak dibaca lagi")
