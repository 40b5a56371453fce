"""Regions, recaps and what is mine over HTTP: every number opens to what it counts."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import openpyxl
import pytest

from db.base import Home
from tests.db import site_base
from tests.db.site_base import PASSWORD
from tests.db.test_site import ask, signed_in, started

NUMBER = r'<a href="(/rekap/berita\?[^"]+)">(\d+)</a>'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = site_base.make(tmp_path_factory.mktemp("wilayah"))
    with made.open_berita().conn as berita:
        also = (
            "INSERT INTO article_regions (article_id, region_code, is_main, spans) "
            "VALUES (?, ?, 0, '[]')"
        )
        berita.execute(also, (1, "73.06"))
        berita.execute(also, (1, "64.72"))
        berita.execute("DELETE FROM article_regions WHERE article_id = 5")
    return made


@pytest.fixture(scope="module")
def site(home: Home) -> Any:
    return started(home)


@pytest.fixture(scope="module")
def cookies(site: Any) -> dict[str, str]:
    return signed_in(site, "sari")


def numbers(page: str) -> list[tuple[str, int]]:
    return [(html.unescape(href), int(number)) for href, number in re.findall(NUMBER, page)]


@pytest.mark.parametrize(
    "path",
    [
        "/wilayah",
        "/wilayah?tema=netralitas_asn",
        "/wilayah?rentang=semua",
        "/wilayah/64",
        "/wilayah/73?sejak=2020-12-01&hingga=2020-12-31",
        "/rekap?kalender=pilkada_2020",
        "/rekap?kalender=pilkada_2020&baris=tema&kasus=1",
        "/rekap?kalender=pilkada_2020&baris=provinsi",
        "/rekap?kalender=pilkada_2020&baris=kabupaten&wilayah=64",
        "/rekap?kalender=pilkada_2020&sekali=0",
    ],
)
def test_every_number_opens_to_as_many_articles(
    site: Any, cookies: dict[str, str], path: str
) -> None:
    found = numbers(ask(site, path, cookies).text)
    assert found
    for href, number in found:
        page = ask(site, href, cookies).text
        assert len(re.findall(r"<li data-item>", page)) == number, href
        assert re.search(rf"<strong>{number}</strong> (berita|naskah)", page), href


def test_region_page_marks_what_counts_twice(site: Any, cookies: dict[str, str]) -> None:
    page = ask(site, "/wilayah/64", cookies).text
    assert "Kabupaten Kutai Kartanegara" in page
    assert "Kota Samarinda" in page
    listed = ask(site, "/rekap/berita?wilayah=64.02&ganda=1", cookies).text
    assert "ganda: 3 kabupaten/kota" in listed


def test_articles_without_region_stand_apart(site: Any, cookies: dict[str, str]) -> None:
    page = ask(site, "/wilayah?rentang=semua", cookies).text
    rest = page[page.index("Tanpa wilayah") :]
    assert numbers(rest)[0][1] == 1


def test_kabupaten_leads_to_its_articles(site: Any, cookies: dict[str, str]) -> None:
    response = ask(site, "/wilayah/64.02", cookies)
    assert response.headers["location"].startswith("/rekap/berita?")
    assert "wilayah=64.02" in response.headers["location"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/wilayah/99", 404),
        ("/wilayah?sejak=kemarin", 400),
        ("/wilayah?tema=gosip", 400),
        ("/wilayah?sejak=2024-01-02&hingga=2024-01-01", 400),
        ("/rekap?kalender=pilkada_1955", 400),
        ("/rekap?baris=planet", 400),
        ("/rekap?baris=kabupaten", 400),
        ("/rekap/berita?wilayah=Atlantis", 400),
    ],
)
def test_bad_address_is_answered_in_indonesian(
    site: Any, cookies: dict[str, str], path: str, status: int
) -> None:
    response = ask(site, path, cookies)
    assert response.status_code == status
    assert re.search("tidak dikenal|Tidak ada|kosong|Pilih", response.text)


def test_recap_as_a_file_is_the_table(site: Any, cookies: dict[str, str], home: Home) -> None:
    data = ask(site, "/rekap.xlsx?kalender=pilkada_2020&baris=topik", cookies).content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:3] == ("Topik", "Kode", "Persiapan")
    totals = {row[0]: row[-1] for row in rows}
    assert totals["Netralitas ASN"] == 3  # the copy counts once
    [(actor,)] = home.open_meja().execute(
        "SELECT actor FROM audit WHERE action = 'rekap_diunduh' AND object LIKE '%xlsx'"
    )
    assert actor == "sari"


def post(site: Any, cookies: dict[str, str], fields: Any) -> Any:
    page = ask(site, "/saya", cookies)
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert token
    sent = {**cookies, **dict(page.cookies)}
    return ask(site, "/saya", sent, method="POST", data={**fields, "csrftoken": token[1]})


def test_mine_comes_first_once_chosen(site: Any, home: Home) -> None:
    cookies = signed_in(site, "budi")
    assert "Panwaslu Temukan 45 Amplop" in ask(site, "/", cookies).text
    chosen = {"aksi": "minat", "wilayah": "64", "tema": ["netralitas_asn"]}
    assert post(site, cookies, chosen).status_code == 302
    page = ask(site, "/", cookies).text
    alerts = page[page.index("Peringatan baru") : page.index("Jam berjalan")]
    assert "Lurah Timbau Diduga" in alerts
    assert "Panwaslu Temukan 45 Amplop" not in alerts
    assert "Provinsi Kalimantan Timur" in page
    sql = "SELECT region_code, themes FROM accounts WHERE username = 'budi'"
    assert home.open_meja().execute(sql).fetchone() == ("64", '["netralitas_asn"]')
    post(site, cookies, {"aksi": "minat", "wilayah": "33"})
    page = ask(site, "/", cookies).text
    assert "Tidak ada peringatan baru di Provinsi Jawa Tengah, dengan 1 dari 3 sumber" in page


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"aksi": "minat", "wilayah": "Atlantis"}, 400),
        ({"aksi": "minat", "tema": "gosip"}, 400),
        ({"aksi": "kirim", "jenis": "kliping", "tujuan": "bukan"}, 400),
        ({"aksi": "kirim", "jenis": "sumber", "tujuan": "a@b.example"}, 403),
        ({"aksi": "hentikan", "kiriman": "999"}, 404),
        ({"aksi": "rusak"}, 400),
    ],
)
def test_bad_wishes_are_refused(
    site: Any, cookies: dict[str, str], fields: dict[str, str], status: int
) -> None:
    assert post(site, cookies, fields).status_code == status


def test_mailing_is_added_shown_and_stopped(site: Any, cookies: dict[str, str], home: Home) -> None:
    wish = {"aksi": "kirim", "jenis": "kliping", "tujuan": "humas@bawaslu.example"}
    more = {"wilayah": "64.02", "bentuk": "pdf", "jam": "8"}
    assert post(site, cookies, {**wish, **more}).status_code == 302
    page = ask(site, "/saya", cookies).text
    assert "humas@bawaslu.example" in page
    assert "setiap hari 08.00 WITA" in page
    assert (
        post(site, signed_in(site, "budi"), {"aksi": "hentikan", "kiriman": "1"}).status_code == 404
    )
    assert post(site, cookies, {"aksi": "hentikan", "kiriman": "1"}).status_code == 302
    assert "humas@bawaslu.example" not in ask(site, "/saya", cookies).text
    actions = [row[0] for row in home.open_meja().execute("SELECT action FROM audit ORDER BY id")]
    assert {"kiriman_disimpan", "kiriman_dihentikan"} <= set(actions)


def test_form_without_its_token_changes_nothing(site: Any, cookies: dict[str, str]) -> None:
    response = ask(site, "/saya", cookies, method="POST", data={"aksi": "minat"})
    assert response.status_code == 403
    assert PASSWORD not in response.text
