"""Working through the inbox in a real Chromium: by keyboard, by many, by two at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from db.alerts import watches
from db.base import Home
from tests.browser import window
from tests.db import site_base
from tests.db.site_base import PASSWORD, Running, key

LURAH = key("https://kabarmahakam.example/lurah-timbau")
ALERT = f"/peringatan/bawaan-netralitas:{LURAH}:laporan_temuan"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = site_base.make(tmp_path_factory.mktemp("kotak"))
    meja = made.open_meja()
    definition = {"theme": ["netralitas_asn"]}
    watches.save(meja, "Netralitas aparatur", definition, key="bawaan-netralitas")
    meja.close()
    return made


@pytest.fixture
def page(home: Home, running: Running, chromium: Browser, session: Any) -> Iterator[Page]:
    """Nobody has decided anything yet."""
    with sqlite3.connect(home.meja) as meja:
        meja.execute("DELETE FROM alert_events")
    meja.close()
    with window.page(chromium, running, session) as opened:
        yield opened


def signed_in(chromium: Browser, running: Running, name: str, path: str) -> Page:
    """Somebody else, led from the page they asked for to signing in and back."""
    context = chromium.new_context(base_url=running.address, locale="id-ID")
    opened = context.new_page()
    opened.goto(path)
    opened.get_by_label("Nama").fill(name)
    opened.get_by_label("Kata sandi").fill(PASSWORD)
    opened.get_by_role("button", name="Masuk").click()
    expect(opened.get_by_text("Budi Hartono").first).to_be_visible()
    return opened


def test_by_keyboard_and_at_once(page: Page) -> None:
    page.goto("/peringatan?keadaan=baru")
    for pressed in "jxjx":
        page.keyboard.press(pressed)
    expect(page.locator("[data-picked]")).to_have_text("2")
    bar = page.locator(".bulk")
    bar.get_by_label("Keadaan").select_option("Ditinjau")
    bar.get_by_label("Petugas").select_option("Budi Hartono")
    bar.get_by_label("Catatan").fill("Pagi ini.")
    bar.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("status")).to_have_text("2 peringatan tersimpan.")
    expect(page.locator(".empty")).to_contain_text("Tidak ada peringatan dengan saringan ini")
    expect(page.locator(".eyes")).to_contain_text("sumber terbaca")
    page.get_by_role("link", name="Ditinjau").click()
    expect(page.locator(".case")).to_have_count(2)
    expect(page.locator(".case").first).to_contain_text("petugas Budi Hartono")


def test_many_without_script(page: Page, running: Running, chromium: Browser, session: Any) -> None:
    context = chromium.new_context(
        base_url=running.address, storage_state=session, java_script_enabled=False
    )
    plain = context.new_page()
    plain.goto("/peringatan")
    plain.get_by_label("Pilih: Panwaslu Temukan 45 Amplop").check()
    plain.locator(".bulk").get_by_label("Keadaan").select_option("Ditindaklanjuti")
    plain.get_by_role("button", name="Terapkan").click()
    expect(plain.get_by_role("status")).to_have_text("1 peringatan tersimpan.")
    context.close()


def test_two_at_one_alert_lose_no_note(page: Page, running: Running, chromium: Browser) -> None:
    late = signed_in(chromium, running, "budi", ALERT)
    page.goto(ALERT)
    page.get_by_label("Ditinjau").check()
    page.get_by_label("Catatan").fill("Saya telepon panwascam.")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    late.get_by_label("Ditindaklanjuti").check()
    late.get_by_label("Catatan").fill("Sudah ada laporan warga.")
    late.get_by_role("button", name="Simpan").click()
    expect(late.get_by_role("alert")).to_contain_text("Belum tersimpan: Ayu Pratiwi lebih dahulu")
    expect(late.locator(".events")).to_contain_text("Saya telepon panwascam.")
    expect(late.get_by_label("Catatan")).to_have_value("Sudah ada laporan warga.")
    late.get_by_role("button", name="Simpan").click()
    for note in ("Saya telepon panwascam.", "Sudah ada laporan warga."):
        expect(late.locator(".events")).to_contain_text(note)
    late.context.close()


def test_a_wrong_alert_shows_in_the_precision_of_its_watch(page: Page) -> None:
    page.goto(ALERT)
    page.get_by_label("Mengapa keliru").fill("Hanya imbauan.")
    page.get_by_role("button", name="Tandai keliru").click()
    expect(page.locator("main .wrong").first).to_have_text("keliru")
    page.goto("/langganan")
    row = page.locator("tr", has_text="Netralitas aparatur")
    expect(row).to_contain_text("0 dari 1 tepat")
    page.goto(ALERT)
    page.get_by_role("button", name="Cabut tanda keliru").click()
    page.goto("/langganan")
    expect(row).to_contain_text("1 dari 1 tepat")
