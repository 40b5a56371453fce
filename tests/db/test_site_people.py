"""Officials, corrections, merges and news about Bawaslu on the site: who may, what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from db.base import Home, writing
from db.people import identifying, people
from tests.db import site_base
from tests.db.site_base import key
from tests.db.test_site import ask, signed_in, started

ARTICLE = key("https://kabarmahakam.example/lurah-timbau")
COPY = key("https://gowatoday.example/lurah-kukar")
PERSON = "/pejabat/rahmat-sanjaya@64.02"
PAGES = ["/pejabat", "/pejabat?q=rahmat&urut=nama", PERSON, "/lembaga", "/lembaga?peran=narasumber"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = site_base.make(tmp_path)
    db = made.open_berita()
    with writing(db):
        for (article,) in db.execute("SELECT article_id FROM annotations").fetchall():
            people.link(db, article, people.PersonGroupings())
    identifying.identify(db, people.PersonGroupings())
    db.close()
    return made


@pytest.fixture
def site(home: Home) -> Any:
    return started(home)


@pytest.fixture
def sari(site: Any) -> Any:
    """Ask as a staf; a form gets the token of its page."""
    cookies = signed_in(site, "sari")

    def asked(path: str, **fields: Any) -> httpx.Response:
        if not fields:
            return ask(site, path, cookies)
        opened = ask(site, "/pejabat", cookies | {})
        jar = cookies | dict(opened.cookies)
        page = ask(site, f"/artikel/{ARTICLE}", jar)
        jar |= dict(page.cookies)
        found = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
        assert found
        data = {"csrftoken": found[1], **fields}
        return ask(site, path, jar, method="POST", data=data)

    return asked


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_for_readers_and_for_nobody_else(site: Any, sari: Any, path: str) -> None:
    assert sari(path).status_code == 200
    assert ask(site, path).status_code in (302, 403)


@pytest.mark.parametrize(
    "path",
    [
        f"/artikel/{ARTICLE}/koreksi",
        f"/artikel/{ARTICLE}/koreksi/1/batal",
        f"{PERSON}/putusan",
        f"/cerita/{ARTICLE}/putusan",
    ],
)
def test_writing_needs_a_person_a_form_and_its_token(site: Any, sari: Any, path: str) -> None:
    assert ask(site, path, method="POST", data={"bidang": "status"}).status_code == 403
    assert sari(path).status_code == 405
    assert sari(path, csrftoken="lain").status_code == 403


def corrections(home: Home) -> list[tuple[Any, ...]]:
    return (
        home.open_meja().execute("SELECT field, old_value, new_value FROM corrections").fetchall()
    )


def test_a_correction_is_stored_with_what_was_there(home: Home, sari: Any) -> None:
    path = f"/artikel/{ARTICLE}/koreksi"
    answer = sari(path, bidang="region", isi="Kota Samarinda", alasan="di sana", terlihat="0")
    assert answer.status_code == 302
    assert corrections(home) == [("region", "64.02", "64.72")]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"bidang": "status", "isi": "netral", "alasan": " "}, "alasan"),
        ({"bidang": "judul", "isi": "x", "alasan": "y"}, "Pilih apa yang dikoreksi"),
        ({"bidang": "status", "isi": "dugaan", "alasan": "y"}, "sama dengan"),
        ({"bidang": "region", "isi": "Banjar", "alasan": "y"}, "Tulis kodenya"),
        ({"bidang": "officials", "lama": '{"name": "X"}', "alasan": "y"}, "sudah berubah"),
        ({"bidang": "dates", "isi.date": "kemarin", "alasan": "y"}, "Bukan tanggal"),
        ({"bidang": "figures", "isi.value": "banyak", "alasan": "y"}, "Bukan angka"),
        ({"bidang": "officials", "isi.name": "Adi", "alasan": "y"}, "Isian pokoknya kosong"),
    ],
)
def test_a_senseless_correction_comes_back(
    home: Home, sari: Any, fields: dict[str, str], told: str
) -> None:
    answer = sari(f"/artikel/{ARTICLE}/koreksi", **fields)
    assert (answer.status_code, told in answer.text) == (400, True)
    assert corrections(home) == []


HOSTILE = "<script>alert(1)</script>‮"


def test_hostile_words_are_words(home: Home, sari: Any) -> None:
    sari(f"/artikel/{ARTICLE}/koreksi", bidang="alert", isi="0", alasan=HOSTILE, terlihat="0")
    for path in (f"/artikel/{ARTICLE}", "/koreksi"):
        page = sari(path).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page
        assert "‮" not in page


@pytest.mark.parametrize(
    "query", ["q=%25", "q=_", "q='", 'q="', "urut=DROP", "wilayah=%27", "hal=9"]
)
def test_any_search_for_officials_is_answered(sari: Any, query: str) -> None:
    answer = sari(f"/pejabat?{query}")
    assert answer.status_code == 200


def test_only_who_holds_an_office_is_listed_and_filters_narrow(sari: Any) -> None:
    assert "Rahmat Sanjaya" in sari("/pejabat?jabatan=lurah").text
    assert "Dewi Anggraini" not in sari("/pejabat?jabatan=lurah").text
    assert "Rahmat Sanjaya" not in sari("/pejabat?wilayah=33").text
    assert "Rahmat Sanjaya" in sari("/pejabat?wilayah=64&perkara=ya").text
    assert "Dewi Anggraini" not in sari("/pejabat?perkara=ya").text


def test_an_unknown_person_is_told(sari: Any) -> None:
    answer = sari("/pejabat/tidak-ada@64.02")
    assert (answer.status_code, "Orang ini tidak ada" in answer.text) == (404, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"tindakan": "gabung", "kunci": "tidak ada@64.02"},
        {"tindakan": "gabung", "kunci": "rahmat sanjaya@64.02"},
        {"tindakan": "bukan", "kunci": "rahmat sanjaya@64.02", "artikel": "0" * 16},
        {"tindakan": "hapus", "kunci": "dewi anggraini@64.02"},
        {"tindakan": "batal", "putusan": "x"},
    ],
)
def test_impossible_verdicts_are_refused(home: Home, sari: Any, fields: dict[str, str]) -> None:
    assert sari(f"{PERSON}/putusan", **fields).status_code == 400
    assert home.open_meja().execute("SELECT * FROM groupings").fetchall() == []


def test_another_name_leads_to_the_person(home: Home, sari: Any) -> None:
    answer = sari(f"{PERSON}/putusan", tindakan="gabung", kunci="dewi anggraini@64.02")
    assert answer.status_code == 302
    pages = [sari(path) for path in (PERSON, "/pejabat/dewi-anggraini@64.02")]
    assert sorted(page.status_code for page in pages) == [200, 302]
    ((actor, action),) = home.open_meja().execute(
        "SELECT actor, action FROM audit WHERE action LIKE '%person'"
    )
    assert (actor, action) == ("sari", "merge_person")


def test_any_article_leads_to_its_story(sari: Any) -> None:
    answer = sari(f"/cerita/{COPY}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/cerita/{ARTICLE}")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"tindakan": "pisah"}, "tidak semuanya"),
        ({"tindakan": "gabung", "alamat": ARTICLE}, "cerita ini juga"),
        ({"tindakan": "gabung", "alamat": "0" * 16}, "tidak ditemukan"),
    ],
)
def test_a_senseless_grouping_comes_back(sari: Any, fields: dict[str, str], told: str) -> None:
    answer = sari(f"/cerita/{ARTICLE}/putusan", **fields)
    assert (answer.status_code, told in answer.text) == (409, True)


def test_without_a_desk_pages_are_read_and_nothing_is_offered(home: Home) -> None:
    home.meja.unlink()
    site = started(home, publik=True)
    site.databases.pop("meja")
    for path in (f"/artikel/{ARTICLE}", f"/cerita/{ARTICLE}", PERSON, "/pejabat"):
        page = ask(site, path)
        assert page.status_code == 200
        assert "csrftoken" not in page.text
