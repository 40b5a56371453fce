"""The kliping on the site: the choice of region and window, the preview, the files, the audit."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

import docx
import httpx
import pytest

from db import reports
from db.base import Home
from tests.db import site_base
from tests.db.test_site import ask, signed_in, started

DAY = {"wilayah": "64", "sejak": "2020-12-09T08:00", "hingga": "2020-12-10T08:00"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = site_base.make(tmp_path_factory.mktemp("kliping"))
    with made.open_berita().conn as berita:
        berita.execute("UPDATE articles SET title = '<script>alert(1)</script>' WHERE id = 3")
    return made


@pytest.fixture(scope="module")
def site(home: Home) -> Any:
    return started(home)


@pytest.fixture(scope="module")
def cookies(site: Any) -> dict[str, str]:
    return signed_in(site, "sari")


def kliping(site: Any, cookies: dict[str, str], form: str = "", **wish: str) -> httpx.Response:
    return ask(site, f"/kliping{form}?{urlencode(wish)}", cookies)


def audited(home: Home) -> list[tuple[str, str]]:
    meja = home.open_meja()
    sql = "SELECT actor, object FROM audit WHERE action = 'kliping_diunduh' ORDER BY id"
    found = [(str(actor), str(noun)) for actor, noun in meja.execute(sql)]
    meja.close()
    return found


def test_preview_shows_the_pages_and_leads_to_the_files(site: Any, cookies: dict[str, str]) -> None:
    page = kliping(site, cookies, **DAY).text
    assert "Kliping media: Provinsi Kalimantan Timur" in page
    assert "Rabu, 9 Desember 2020 08.00 WITA sampai Kamis, 10 Desember 2020 08.00 WITA" in page
    assert "Dugaan menurut Kabar Mahakam" in page
    assert "dimuat 2 media" in page
    for form in reports.FORMS:
        assert f"/kliping.{form}?{urlencode(DAY)}".replace("&", "&amp;") in page


@pytest.mark.parametrize("form", list(reports.FORMS))
def test_files_come_from_the_same_address(
    site: Any, cookies: dict[str, str], home: Home, form: str
) -> None:
    before = len(audited(home))
    response = kliping(site, cookies, f".{form}", **DAY)
    assert response.status_code == 200
    assert response.headers["content-type"] == reports.FORMS[form][0]
    ending = "txt" if form == "teks" else form
    named = f'attachment; filename="kliping-64-2020-12-10.{ending}"'
    assert response.headers["content-disposition"] == named
    [(actor, noun)] = audited(home)[before:]
    assert actor == "sari"
    assert noun.startswith("Provinsi Kalimantan Timur, Rabu, 9 Desember 2020 08.00 WITA")
    assert noun.endswith(f", {form}")


def test_file_holds_what_the_page_shows(site: Any, cookies: dict[str, str]) -> None:
    data = kliping(site, cookies, ".docx", **DAY).content
    titles = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert "1. Lurah Timbau Diduga Ajak Warga Pilih Paslon" in titles


def test_nothing_is_said_with_sources_and_the_last_news(site: Any, cookies: dict[str, str]) -> None:
    page = kliping(site, cookies, wilayah="33").text
    assert "NIHIL" in page
    assert "0 dari 1 terbaca, 0 gagal, 1 tidak dicoba" in page
    assert "Berita terakhir terbit Senin, 7 Desember 2020 10.00 WIB" in page
    assert "sejak=2020-12-07&amp;hingga=2020-12-07" in page


@pytest.mark.parametrize("form", ["", ".docx"])
@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"wilayah": "Atlantis"}, "Wilayah tidak dikenal: Atlantis"),
        ({"wilayah": "64", "sejak": "kemarin"}, "Waktu tidak dikenal: kemarin"),
        ({"wilayah": "64", "sejak": "2999-01-01"}, "Waktu tidak dikenal: 2999-01-01"),
        ({"wilayah": "' OR 1=1 --"}, "Wilayah tidak dikenal"),
    ],
)
def test_bad_wish_is_answered_in_indonesian(
    site: Any, cookies: dict[str, str], form: str, wish: dict[str, str], says: str
) -> None:
    response = kliping(site, cookies, form, **wish)
    assert response.status_code == 400
    assert says in response.text


def test_own_region_is_chosen_first(site: Any, cookies: dict[str, str], home: Home) -> None:
    meja = home.open_meja()
    with meja.conn:
        meja.execute("UPDATE accounts SET region_code = '64.02' WHERE username = 'sari'")
    assert "Kliping media: Kabupaten Kutai Kartanegara" in kliping(site, cookies).text
    assert "Kliping media: Semua wilayah" in kliping(site, cookies, wilayah="").text
    with meja.conn:
        meja.execute("UPDATE accounts SET region_code = NULL WHERE username = 'sari'")
    meja.close()


def test_hostile_title_is_text(site: Any, cookies: dict[str, str]) -> None:
    wish = {"wilayah": "73", "sejak": "2020-12-08", "hingga": "2020-12-08"}
    page = kliping(site, cookies, **wish).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("path", ["/kliping", *(f"/kliping.{form}" for form in reports.FORMS)])
def test_stranger_gets_nothing(site: Any, home: Home, path: str) -> None:
    before = audited(home)
    assert ask(site, path).status_code in (302, 403)
    assert audited(home) == before


def test_only_known_forms_are_addresses(site: Any, cookies: dict[str, str]) -> None:
    assert ask(site, "/kliping.exe", cookies).status_code == 404


def test_public_site_reports_without_signing_in(home: Home) -> None:
    assert ask(started(home, publik=True), "/kliping.csv?wilayah=64").status_code == 200
