"""Adding an outlet by form: the trial read over real HTTP, the ticket, who may, what is kept."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from crawler.demo.library import OUTLETS
from crawler.demo.server import SampleServer, serving
from db.base import Home
from tests.db import site_base
from tests.db.test_site import ask, signed_in, started

SAMPLE = next(csv.DictReader(OUTLETS.read_text("utf-8").splitlines()))
FORM = {
    "domain": f"http://www.{SAMPLE['domain']}/rss",
    "nama": SAMPLE["name"],
    "jenis": SAMPLE["kind"],
    "jaringan": SAMPLE["network"],
    "provinsi": SAMPLE["province_code"],
    "alamat": SAMPLE["base_url"],
    "umpan": SAMPLE["feeds"],
}


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, server: SampleServer) -> Home:
    made = site_base.make(tmp_path_factory.mktemp("sumber"))
    made.berita.with_name("pantau.toml").write_text(
        f'[pengambilan]\nkontak = "uji@pantau.example"\njeda_detik = 0.0\n'
        f'umur_sitemap_hari = 0\nproksi = "{server.proxy}"\n',
        encoding="utf-8",
    )
    return made


@pytest.fixture(scope="module")
def site(home: Home) -> Any:
    return started(home)


def post(site: Any, username: str, fields: dict[str, str]) -> Any:
    cookies = signed_in(site, username)
    page = ask(site, "/saya", cookies)
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert token
    sent = {**cookies, **dict(page.cookies)}
    return ask(site, "/sumber/baru", sent, method="POST", data={**fields, "csrftoken": token[1]})


def added(home: Home) -> list[str]:
    sql = "SELECT domain FROM added_outlets WHERE removed_at IS NULL"
    return [row[0] for row in home.open_meja().execute(sql)]


def test_trial_then_saved_then_removed_then_saved_again(site: Any, home: Home) -> None:
    page = post(site, "ayu", {**FORM, "aksi": "coba"})
    assert page.status_code == 200, page.text
    assert f"Hasil baca coba {SAMPLE['domain']}" in page.text
    assert re.search(r"<h3>[^<]{10,}</h3>", page.text)
    assert re.search(r"terbit \w+, \d+ \w+ 20\d\d \d\d\.\d\d WITA", page.text)
    assert added(home) == []
    ticket = html.unescape(re.search(r'name="tiket" value="([^"]+)"', page.text)[1])  # type: ignore[index]  # is there
    for _ in range(2):
        assert post(site, "ayu", {"aksi": "simpan", "tiket": ticket}).status_code == 302
        assert added(home) == [SAMPLE["domain"]]
        assert post(site, "ayu", {"aksi": "simpan", "tiket": ticket}).status_code == 409
        domain = {"domain": SAMPLE["domain"]}
        assert post(site, "ayu", {"aksi": "lepas", **domain}).status_code == 302
        assert added(home) == []
    actions = [row[0] for row in home.open_meja().execute("SELECT action FROM audit ORDER BY id")]
    assert actions.count("sumber_ditambah") == actions.count("sumber_dilepas") == 2


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"aksi": "simpan", "tiket": "palsu"}, 400, "Baca coba dulu"),
        ({"aksi": "lepas", "domain": "tiada.example"}, 404, "tidak ada"),
        ({"aksi": "rusak"}, 400, "tidak dapat dipahami"),
        ({**FORM, "aksi": "coba", "domain": "kabarmahakam.example"}, 400, "sudah ada di daftar"),
        ({**FORM, "aksi": "coba", "jaringan": "gaib"}, 400, "tidak dikenal"),
        ({**FORM, "aksi": "coba", "domain": "bukan domain"}, 400, "tidak sah"),
        ({**FORM, "aksi": "coba", "umpan": "javascript:alert(1)"}, 400, "tidak sah"),
    ],
)
def test_bad_wish_is_refused_with_its_reason(
    site: Any, home: Home, fields: dict[str, str], status: int, says: str
) -> None:
    response = post(site, "ayu", fields)
    assert (response.status_code, says in response.text) == (status, True)
    assert added(home) == []


def test_unreachable_site_shows_why_and_cannot_be_saved(site: Any) -> None:
    fields = {**FORM, "domain": "tiada.example", "alamat": "", "jaringan": "wordpress"}
    page = post(site, "ayu", {**fields, "umpan": "/feed/", "aksi": "coba"}).text
    assert "Tidak satu pun artikel dapat dibaca" in page
    assert "https://tiada.example/feed/:" in page
    assert "Simpan sumber ini" not in page


@pytest.mark.parametrize("username", ["sari", "budi"])
def test_only_an_admin_adds(site: Any, username: str) -> None:
    assert post(site, username, {**FORM, "aksi": "coba"}).status_code == 403
    assert ask(site, "/sumber/baru", signed_in(site, username)).status_code == 403
    assert "Tambah sumber" not in ask(site, "/sumber", signed_in(site, username)).text
    assert "Tambah sumber" in ask(site, "/sumber", signed_in(site, "ayu")).text
