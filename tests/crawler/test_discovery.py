"""Lists: what feeds, sitemaps and listing pages announce."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from parsel import Selector

from crawler.discovery import ListError, read_feed, read_listing, read_sitemap, w3c_time

URL = "http://kabarkita.example/rss/terkini.xml"

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Kabar</title>
<item><title>Bawaslu terima laporan</title><link>/berita/1/laporan</link>
<pubDate>Wed, 20 Nov 2024 10:00:00 +0800</pubDate></item>
<item><title>KPU tetapkan paslon</title><link>http://kabarkita.example/berita/2/paslon</link>
<pubDate>Wed, 20 Nov 2024 10:00:00 +0800</pubDate>
<atom:updated>2024-11-20T12:30:00+08:00</atom:updated></item>
</channel></rss>"""


def test_feed_tells_addresses_titles_and_changes() -> None:
    first, second = read_feed(RSS.encode(), URL).pages
    assert first.url == "http://kabarkita.example/berita/1/laporan"
    assert first.hints["title"] == "Bawaslu terima laporan"
    assert first.hints["published"] == "Wed, 20 Nov 2024 10:00:00 +0800"
    assert first.published_at == "2024-11-20T02:00:00.000+00:00"
    assert first.updated_at is None
    assert second.updated_at == "2024-11-20T04:30:00.000+00:00"


def test_broken_feed_still_gives_its_entries() -> None:
    careless = RSS.replace("Kabar<", "Kabar & &nbsp; Peristiwa<").replace("</channel></rss>", "")
    assert len(read_feed(careless.encode(), URL).pages) == 2


@pytest.mark.parametrize(
    "body", [b"", b"<html><body><h1>Halaman utama</h1></body></html>", b"\x00\x01\x02", b"{}"]
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(ListError):
        read_feed(body, URL)


def test_feed_that_looks_like_a_file_name_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.xml"
    secret.write_text(RSS, encoding="utf-8")
    with pytest.raises(ListError):
        read_feed(str(secret).encode(), URL)


NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>http://kabarkita.example/berita/1/a</loc><lastmod>2024-11-20</lastmod>
<image:image><image:loc>http://kabarkita.example/a.jpg</image:loc></image:image>
<news:news><news:publication_date>2024-11-20T08:00:00+08:00</news:publication_date>
<news:title>Judul</news:title></news:news></url>
<url><loc> </loc></url></urlset>"""


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_news_sitemap_packed_or_not(pack: type[bytes]) -> None:
    (found,) = read_sitemap(pack(NEWS.encode()), URL, "Asia/Makassar").pages
    assert found.url == "http://kabarkita.example/berita/1/a"
    assert found.updated_at == "2024-11-19T16:00:00.000+00:00"
    assert found.hints["title"] == "Judul"
    assert found.hints["published"] == "2024-11-20T08:00:00+08:00"


def test_sitemap_index_leads_to_lists() -> None:
    index = NEWS.replace("urlset", "sitemapindex").replace("url>", "sitemap>")
    contents = read_sitemap(index.encode(), URL, "Asia/Jakarta")
    assert (len(contents.pages), len(contents.lists)) == (0, 1)


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"bukan xml", b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>']
)
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    with pytest.raises(ListError, match="bukan peta situs"):
        read_sitemap(body, URL, "Asia/Jakarta")


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2020-12-09", "Asia/Jayapura", "2020-12-08T15:00:00.000+00:00"),
        ("2020-12-09T14:05:00", "Asia/Jakarta", "2020-12-09T07:05:00.000+00:00"),
        ("2020-12-09T14:05:00Z", "Asia/Jakarta", "2020-12-09T14:05:00.000+00:00"),
        ("kemarin", "Asia/Jakarta", None),
        ("", "Asia/Jakarta", None),
    ],
)
def test_times_of_sitemaps(text: str, zone: str, moment: str | None) -> None:
    assert w3c_time(text, zone) == moment


def test_listing_tells_links_and_where_it_goes_on() -> None:
    page = Selector(
        '<a href="/baca/1/a#isi">A</a><a href="/baca/1/a">A</a><a href="mailto:x@y.example">M</a>'
        '<a href="javascript:void(0)">J</a><a class="page next" href="?hal=2">Berikutnya</a>'
    )
    contents = read_listing(page, "http://kabarkita.example/berita", "generic")
    assert [found.url for found in contents.pages] == ["http://kabarkita.example/baca/1/a"]
    assert [found.url for found in contents.lists] == ["http://kabarkita.example/berita?hal=2"]
