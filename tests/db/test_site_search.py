"""The search page and its exports."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from typing import Any

import httpx
import openpyxl
import pytest

from db.search import embeddings
from db.site import serve
from db.tabular import as_csv, as_xlsx
from tests.db import site_base
from tests.db.site_base import add_article, annotate, key


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A public site with 25 articles more than the small base."""
    home = site_base.make(tmp_path_factory.mktemp("cari"))
    berita = home.open_berita()
    with berita.conn:
        for number in range(1, 26):
            url = f"https://kabarmahakam.example/logistik-{number}"
            at = f"2020-11-{number:02}T08:00:00+08:00"
            text = f"Logistik pemungutan suara tahap {number} tiba di gudang.\n"
            article = add_article(
                berita, url, "kabarmahakam.example", f"Logistik {number}", text, at
            )
            annotate(berita, article, "netral", None, "64.02")
    embeddings.update(berita, embeddings.model(home))
    datasette = serve.build(home, site_base.config(publik=True))
    asyncio.run(datasette.invoke_startup())
    return datasette


def ask(site: Any, path: str, **params: str) -> httpx.Response:
    response: httpx.Response = asyncio.run(site.client.get(path, params=params or None))
    return response


def titles(response: httpx.Response) -> list[str]:
    found = re.findall(r'class="row-title"[^>]*>(.*?)</a>', response.text)
    return [re.sub(r"<[^>]+>", "", title) for title in found]


def test_words_are_found_by_root_and_marked(site: Any) -> None:
    response = ask(site, "/cari", q="melanggar")
    assert "<mark>pelanggaran</mark>" in response.text
    assert "Lurah di Kukar Dilaporkan ke Bawaslu" in titles(response)


@pytest.mark.parametrize(
    ("params", "number"),
    [
        ({"q": "netralitas"}, 3),
        ({"q": "netralitas", "status": "dugaan"}, 2),
        ({"q": "netralitas", "media": "suarasolo.example"}, 1),
        ({"wilayah": "64", "status": "dugaan"}, 2),
        ({"tema": "politik_uang"}, 1),
        ({"sejak": "2020-12-08", "hingga": "2020-12-08"}, 1),
        ({"pejabat": "Rahmat"}, 1),
        ({"q": '"politik uang" OR amplop'}, 2),
        ({"q": "status:tidak_terbukti"}, 1),
        ({"q": "netralitas -camat", "status": "", "tema": " "}, 3),
    ],
)
def test_filters_of_box_and_address_work_together(
    site: Any, params: dict[str, str], number: int
) -> None:
    assert len(titles(ask(site, "/cari", **params))) == number


def test_facets_lead_to_what_they_count(site: Any) -> None:
    html = ask(site, "/cari", q="netralitas").text
    found = re.search(r'href="([^"]+)">Dugaan</a> <span class="count">(\d+)</span>', html)
    assert found
    narrowed = ask(site, found[1].replace("&amp;", "&"))
    assert len(titles(narrowed)) == int(found[2])
    assert "status: Dugaan" in narrowed.text
    assert "<strong>Dugaan</strong>" in narrowed.text


def test_month_facet_narrows_to_the_month(site: Any) -> None:
    html = ask(site, "/cari", q="logistik OR netralitas").text
    found = re.search(r'href="([^"]+)">November 2020</a> <span class="count">25</span>', html)
    assert found
    assert "<strong>25</strong> artikel" in ask(site, found[1].replace("&amp;", "&")).text


def test_pages_follow_each_other_without_loss(site: Any) -> None:
    first = ask(site, "/cari", q="logistik", urut="tanggal")
    second = ask(site, "/cari", q="logistik", urut="tanggal", hal="2")
    assert (len(titles(first)), len(titles(second))) == (20, 5)
    assert not set(titles(first)) & set(titles(second))
    assert titles(first)[0] == "Logistik 25"
    assert 'rel="next"' in first.text
    assert 'rel="next"' not in second.text


def test_mistyped_word_gets_a_suggestion(site: Any) -> None:
    html = ask(site, "/cari", q="netralitsa").text
    found = re.search(r'Maksud Anda <a href="([^"]+)">netralitas</a>', html)
    assert found
    assert titles(ask(site, found[1].replace("&amp;", "&")))


@pytest.mark.parametrize(
    "query",
    ['"tidak ditutup', "tema:sembarang", "sejak:kemarin", "-saja", "x" * 3000, "(a", "a OR"],
)
def test_what_cannot_be_looked_for_is_said_in_words(site: Any, query: str) -> None:
    response = ask(site, "/cari", q=query)
    assert response.status_code in (200, 400)
    assert (response.status_code == 400) == ('role="alert"' in response.text)
    assert "sqlite" not in response.text.lower()


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "\0",
        "a NEAR(b c)",
        "title:x*",
        "\u202e",
        "💥" * 99,
    ],
)
def test_hostile_queries_run_nothing(site: Any, query: str) -> None:
    for path in ("/cari", "/cari.csv", "/cari.json", "/cari.xlsx"):
        response = ask(site, path, q=query, arti="1")
        assert response.status_code in (200, 400)
        assert "<script>alert" not in response.text


def test_empty_search_explains_itself(site: Any) -> None:
    response = ask(site, "/cari")
    assert response.status_code == 200
    assert "DEKAT/8" in response.text


def test_export_is_exactly_what_is_filtered(site: Any) -> None:
    shown = ask(site, "/cari", q="netralitas", status="dugaan")
    rows = ask(site, "/cari.json", q="netralitas", status="dugaan").json()
    assert {row["judul"] for row in rows} == set(titles(shown))
    first = next(
        row for row in rows if row["kunci"] == key("https://kabarmahakam.example/lurah-timbau")
    )
    assert first["tautan"] == "https://kabarmahakam.example/lurah-timbau"
    assert (first["berkas_arsip"], first["letak_arsip"] > 0, len(first["sha256"])) == (
        "uji.warc.gz",
        True,
        64,
    )


def test_csv_holds_every_page_and_opens_in_excel(site: Any) -> None:
    response = ask(site, "/cari.csv", q="logistik", hal="2")
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 25
    assert rows[0]["judul"] == "Logistik 25"


def test_workbook_holds_the_same_rows(site: Any) -> None:
    response = ask(site, "/cari.xlsx", q="logistik")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.values)
    assert len(rows) == 26
    assert dict(zip(rows[0], rows[1], strict=True))["judul"] == "Logistik 25"


def test_workbook_calculates_nothing() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(as_xlsx([{"judul": "=1+1", "n": 2, "isi": "x" * 40_000}]))
    )
    cells = list(book["Artikel"][2])
    assert [(cell.data_type, cell.value) for cell in cells[:2]] == [("s", "=1+1"), ("n", 2)]


def test_meaning_is_a_switch_that_the_address_keeps(site: Any) -> None:
    plain, wider = (
        ask(site, "/cari", q="pengiriman logistik gudang"),
        ask(site, "/cari", q="pengiriman logistik gudang", arti="1"),
    )
    assert set(titles(plain)) < set(titles(wider))
    assert wider.text.count("serupa artinya") == len(titles(wider)) - len(titles(plain))
    assert 'arti=1"' in plain.text
    assert "arti=1&amp;urut=tanggal" in wider.text


def test_a_list_of_names_is_looked_up(site: Any) -> None:
    page = ask(site, "/cari/daftar")
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert token is not None
    fields = {"csrftoken": token[1], "nama": "nama\nLogistik\n<script>alert(1)</script>\n"}
    cookies = {"ds_csrftoken": page.cookies["ds_csrftoken"]}
    shown = asyncio.run(site.client.post("/cari/daftar", data=fields, cookies=cookies))
    assert "1 dari 2 nama disebut" in shown.text
    assert "<script>alert" not in shown.text
    file = asyncio.run(
        site.client.post("/cari/daftar", data={**fields, "berkas": "csv"}, cookies=cookies)
    )
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["artikel"] for row in rows] == ["25", "0"]


def test_a_list_without_its_token_is_refused(site: Any) -> None:
    refused = asyncio.run(site.client.post("/cari/daftar", data={"nama": "Siti"}))
    assert refused.status_code == 403


def test_csv_calculates_nothing() -> None:
    body = as_csv([{"judul": '=HYPERLINK("http://jahat.example")', "sisa": "-1", "angka": -1}])
    row = next(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert row == {"judul": '\'=HYPERLINK("http://jahat.example")', "sisa": "'-1", "angka": "-1"}
