"""Outlets: the bundled list and files of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.outlets import Outlet, OutletError, load

HEAD = "domain,name,province_code,kind,network,base_url,feeds,sitemaps,listings\n"


def own(tmp_path: Path, *rows: str, head: str = HEAD) -> list[Outlet]:
    path = tmp_path / "sumber.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return load(path)


def test_bundled_outlets_all_have_something_to_read() -> None:
    outlets = load()
    assert len(outlets) == 359
    assert all(outlet.feeds or outlet.sitemaps or outlet.listings for outlet in outlets)
    assert {outlet.timezone for outlet in outlets} == {
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
    }


@pytest.mark.parametrize(
    ("code", "timezone"),
    [
        ("", "Asia/Jakarta"),
        ("61", "Asia/Jakarta"),
        ("65", "Asia/Makassar"),
        ("81", "Asia/Jayapura"),
    ],
)
def test_timezone_comes_from_the_province(tmp_path: Path, code: str, timezone: str) -> None:
    (outlet,) = own(tmp_path, f"kabarkita.example,Kabar Kita,{code},lokal,wordpress,,,,")
    assert (outlet.timezone, outlet.province_code) == (timezone, code or None)


def test_row_without_lists_uses_those_of_its_network(tmp_path: Path) -> None:
    (outlet,) = own(tmp_path, "kabar.example,Kabar,65,lokal,antara,,,,")
    assert outlet.feeds == ("https://kabar.example/rss/terkini.xml",)
    assert outlet.base_url == "https://kabar.example"


def test_row_with_a_list_uses_that_alone(tmp_path: Path) -> None:
    row = "kabar.example,Kabar,65,lokal,antara,http://kabar.example,,,/indeks /berita?hal=1"
    (outlet,) = own(tmp_path, row)
    assert outlet.listings == ("http://kabar.example/indeks", "http://kabar.example/berita?hal=1")
    assert (outlet.feeds, outlet.sitemaps) == ((), ())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b.example,B,65,lokal,tribunn,,,,", "jaringan 'tribunn' tidak dikenal"),
        ("b.example,B,99,lokal,tribun,,,,", "kode provinsi '99' tidak dikenal"),
        ("b.example,B,64.02,lokal,tribun,,,,", "kode provinsi '64.02' tidak dikenal"),
        ("a.example,B,65,lokal,tribun,,,,", "domain 'a.example' sudah ada di baris 2"),
        ("https://b.example,B,65,lokal,tribun,,,,", "domain 'https://b.example' tidak sah"),
        ("b.example,B,65,lokal,tribun,ftp://b.example,,,", "base_url 'ftp://b.example' bukan"),
        ("b.example,B,65,lokal,tribun,,rss.xml,,", "alamat 'rss.xml' di kolom feeds tidak sah"),
        ("b.example,B,65,lokal,tribun,,,,http://[b", "alamat 'http://[b' di kolom listings"),
        ("b.example,,65,,tribun,,,,", "kolom name kosong"),
        (",B,65,lokal,tribun,,,,", "kolom domain kosong"),
    ],
)
def test_bad_row_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(OutletError) as caught:
        own(tmp_path, "a.example,A,65,lokal,tribun,,,,", "c.example,C,65,lokal,tribun,,,,", row)
    assert f"baris 4: {said}" in str(caught.value)
    assert "sumber.csv" in str(caught.value)


def test_all_bad_rows_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(OutletError) as caught:
        own(tmp_path, "a.example,A,99,lokal,tribunn,,,,", "a.example,A,65,lokal,tribun,,,,")
    assert len(str(caught.value).splitlines()) == 3


def test_missing_column_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OutletError, match="kolom kind, network tidak ada"):
        own(tmp_path, head="domain,name\n")
    with pytest.raises(OutletError, match="tidak terbaca"):
        load(tmp_path / "tidakada.csv")


@pytest.mark.parametrize(
    ("domain", "url", "owned"),
    [
        ("detik.com", "https://news.detik.com/berita/d-1/a", True),
        ("m.medcom.id", "https://www.medcom.id/a", True),
        ("kabar.example", "https://www.kabar.example/a", True),
        ("kabar.example", "https://kabar.example.jahat.example/a", False),
        ("kaltara.antaranews.com", "https://kaltim.antaranews.com/berita/1/a", False),
    ],
)
def test_outlet_owns_its_domain_alone(tmp_path: Path, domain: str, url: str, owned: bool) -> None:
    (outlet,) = own(tmp_path, f"{domain},Kabar,,lokal,generic,,,,")
    assert outlet.owns(url) is owned
