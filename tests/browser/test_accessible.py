"""What axe-core finds on every page: nothing serious, at the desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from db.base import Home
from tests.browser import window
from tests.db import site_base
from tests.db.site_base import Running, key

ARTICLE = key("https://kabarmahakam.example/lurah-timbau")
PAGES = [
    "/",
    "/?rentang=semua",
    "/peringatan",
    "/peringatan/1",
    "/peringatan/1/informasi-awal",
    "/tenggat",
    "/koreksi",
    "/pejabat",
    f"/artikel/{ARTICLE}",
    f"/artikel/{ARTICLE}/versi",
    "/cerita",
    f"/cerita/{ARTICLE}",
    "/cari",
    "/cari?q=netralitas",
    "/cari?q=netralitaz",
    "/cari/daftar",
    "/kliping?wilayah=64&sejak=2020-12-01&hingga=2020-12-09",
    "/kliping?wilayah=73",
    "/langganan",
    "/langganan/baru",
    "/langganan/bawaan-netralitas",
    "/langganan/bawaan-netralitas/senyap",
    "/sumber",
    "/sumber/baru",
    "/wilayah?rentang=semua",
    "/wilayah/64",
    "/rekap?kalender=pilkada_2020",
    "/rekap/berita?wilayah=64.02",
    "/saya",
    "/bantuan",
    "/keluar",
    "/berita",
    "/berita/articles",
    "/berita/articles/1",
    "/berita/kasus_menurut_daerah?daerah=Gowa",
    "/tidak-ada",
]
NARROW = ["/", "/peringatan", f"/artikel/{ARTICLE}", "/cari?q=netralitas", "/sumber", "/saya"]
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return site_base.make(tmp_path_factory.mktemp("axe"))


@pytest.mark.parametrize(
    ("path", "size"), [*((path, "meja") for path in PAGES), *((path, "telepon") for path in NARROW)]
)
def test_page_is_usable_by_everybody(
    running: Running, chromium: Browser, session: Any, path: str, size: str
) -> None:
    with window.page(chromium, running, session, size) as page:
        page.goto(path)
        assert found(page) == []


def test_signing_in_is_usable_by_everybody(running: Running, chromium: Browser) -> None:
    with window.page(chromium, running, None) as page:
        page.goto("/masuk")
        assert found(page) == []


def test_the_check_finds_what_is_wrong(running: Running, chromium: Browser, session: Any) -> None:
    with window.page(chromium, running, session) as page:
        page.goto("/bantuan")
        page.evaluate("document.querySelector('main').innerHTML += '<img src=\"/-/x\"><input>'")
        assert {line.split()[0] for line in found(page)} >= {"image-alt", "label"}


def found(page: Any) -> list[str]:
    """Serious and critical findings, each with the element."""
    axe = Axe().run(page)
    return [
        f"{rule['id']} {node['html'][:160]}"
        for rule in axe.response["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
