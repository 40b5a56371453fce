"""From the outlets' pages to the analyst's screen: the demo, then its site in a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from crawler.demo import show
from db.base import Home
from tests.browser import window
from tests.db.site_base import Running


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, show.DemoReport]:
    home = Home(tmp_path_factory.mktemp("demo") / "demo" / "berita.db")
    return home, show.go(home)


@pytest.fixture(scope="module")
def home(summary: tuple[Home, show.DemoReport]) -> Home:
    return summary[0]


@pytest.fixture(scope="module")
def page(running: Running, chromium: Browser, session: Any) -> Iterator[Page]:
    with window.page(chromium, running, session) as opened:
        yield opened


def test_the_summary_counts_what_happened(summary: tuple[Home, show.DemoReport]) -> None:
    _, report = summary
    assert report.counts["versions"] == 1
    assert report.counts["gone"] == 1
    assert report.counts["alerts"] > 0
    assert len(report.first.failures) == 4
    assert f"{report.counts['articles']} artikel dari 9 media" in str(report)


def test_the_start_page_shows_news_and_open_eyes(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Beranda")
    expect(page.get_by_text("sumber terbaca")).to_be_visible()
    if folder := os.environ.get("PANTAU_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "beranda.png")


def test_an_alert_leads_to_its_article_and_the_archived_copy(page: Page) -> None:
    page.goto("/peringatan")
    page.locator("main .card a").first.click()
    page.get_by_role("link", name="Baca artikelnya").click()
    expect(page.get_by_role("heading", name="Salinan arsip")).to_be_visible()
    expect(page.get_by_text("SHA-256").first).to_be_visible()


def test_an_alert_is_triaged_and_stays_so(page: Page) -> None:
    page.goto("/peringatan")
    page.locator("main .card a").first.click()
    page.get_by_label("Ditinjau").check()
    page.get_by_label("Catatan").fill("Dicek ke panwascam.")
    page.get_by_role("button", name="Simpan").click()
    page.reload()
    expect(page.get_by_text("Dicek ke panwascam.").first).to_be_visible()
    expect(page.get_by_label("Ditinjau")).to_be_checked()


def test_search_finds_by_root(page: Page) -> None:
    page.goto("/cari?q=melanggar+netralitas")
    expect(page.locator("main mark").first).to_be_visible()
