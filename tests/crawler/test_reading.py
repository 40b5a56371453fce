"""Reading pages: trust, encodings, clutter, pages that hold no article, pages that are broken."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import lines, page, plain, reading, records
from crawler.extract.body import lines_of
from crawler.extract.lines import Line
from crawler.extract.page import PageError
from crawler.extract.reading import NoArticle, Source

URL = "https://contoh.example/2024/10/02/camat-dilaporkan-ke-bawaslu-kabupaten/"
FETCHED = datetime(2024, 11, 21, 3, 15, tzinfo=UTC)
SOURCE = Source("wordpress", ZoneInfo("Asia/Makassar"), FETCHED, {})
BODY = (
    "<p>TENGGARONG - Seorang camat di Kabupaten Kutai Kartanegara dilaporkan warga ke Bawaslu "
    "karena diduga mengarahkan dukungan pada sebuah rapat desa yang digelar pekan lalu.</p>"
    "<p>Bawaslu akan meminta keterangan pelapor, terlapor, dan dua saksi pada hari Senin.</p>"
)
STATED = {
    "json-ld": '<script type="application/ld+json">{"@type": "NewsArticle", '
    '"datePublished": "2024-10-08T09:30:00+08:00"}</script>',
    "meta": '<meta property="article:published_time" content="2024-10-07T09:30:00+08:00">',
    "time": '<time datetime="2024-10-06T09:30:00+08:00">6 Oktober</time>',
    "selector": '<span class="entry-date">5 Oktober 2024 09:30 WITA</span>',
}


def html(head: str = "", meta: str = "", body: str = BODY, before: str = "") -> bytes:
    return (
        f"<html><head>{head}</head><body>{before}<article><header class='entry-header'>"
        f"<h1 class='entry-title'>Camat Dilaporkan</h1>{meta}</header>"
        f"<div class='entry-content'>{body}</div></article></body></html>"
    ).encode()


def read(body: bytes, source: Source = SOURCE, content_type: str | None = None) -> reading.Reading:
    return reading.read([page.parse(body, URL, content_type)], source)


def published(body: bytes, source: Source = SOURCE) -> tuple[str, str] | None:
    found = read(body, source).published
    return (found.source, found.at) if found else None


def with_sources(names: list[str]) -> bytes:
    head = "".join(STATED[name] for name in names if name in ("json-ld", "meta"))
    meta = "".join(STATED[name] for name in names if name in ("time", "selector"))
    return html(head, meta)


@pytest.mark.parametrize("first", range(len(STATED)), ids=list(STATED))
def test_each_source_is_trusted_above_those_after_it(first: int) -> None:
    names = list(STATED)[first:]
    assert published(with_sources(names)) == (names[0], f"2024-10-0{8 - first}T09:30:00+08:00")


def test_the_address_is_trusted_above_the_feed_but_takes_its_hour() -> None:
    same, other = (
        Source("wordpress", SOURCE.zone, FETCHED, {"published": f"{day}, 13:05 WITA"})
        for day in ("2 Oktober 2024", "1 Oktober 2024")
    )
    assert published(html()) == ("url-day", "2024-10-02T00:00:00+08:00")
    assert published(html(), same) == ("feed", "2024-10-02T13:05:00+08:00")
    assert published(html(), other) == ("url-day", "2024-10-02T00:00:00+08:00")


@pytest.mark.parametrize(
    "clock",
    [
        "<div class='topbar'><time datetime='2024-11-21T11:00'>21 November 2024</time></div>",
        "<div class='entry-header'><span class='entry-date'>21 November 2024 11:00</span></div>",
    ],
)
def test_the_clock_of_the_page_is_no_publish_date(clock: str) -> None:
    assert published(html(before=clock)) == ("url-day", "2024-10-02T00:00:00+08:00")


def test_an_article_of_the_fetch_day_keeps_its_date() -> None:
    today = html(meta="<time datetime='2024-11-21T09:00:00+08:00'>hari ini</time>")
    assert published(today) == ("time", "2024-11-21T09:00:00+08:00")


def test_json_ld_of_other_articles_is_not_this_one() -> None:
    others = (
        '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": '
        '[{"@type": "NewsArticle", "datePublished": "2019-05-12T10:00:00+08:00"}]}</script>'
    )
    assert published(html(others)) == ("url-day", "2024-10-02T00:00:00+08:00")


@pytest.mark.parametrize(
    ("encoding", "content_type", "head"),
    [
        ("utf-8", None, ""),
        ("utf-8", "text/html; charset=utf-8", ""),
        ("cp1252", "text/html; charset=iso-8859-1", ""),
        ("cp1252", None, "<meta charset='windows-1252'>"),
        ("cp1252", None, ""),
        ("cp1252", "text/html; charset=utf-8", "<meta charset='utf-8'>"),
        ("utf-16", None, ""),
    ],
)
def test_encodings(encoding: str, content_type: str | None, head: str) -> None:
    text = html(head).decode().replace("Senin.", "Senin – “café”.")
    found = read(text.encode(encoding), content_type=content_type)
    assert found.text.endswith("Senin – “café”.")


@pytest.mark.parametrize(
    "clutter",
    [
        "Baca juga: Judul lain",
        "BACA JUGA:Judul Lain",
        "(Baca juga : Judul lain)",
        "Simak juga: Video lain",
        "ADVERTISEMENT SCROLL TO RESUME CONTENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Halaman 2/2",
        "Halaman selanjutnya",
        "Pewarta: Rusdi Contoh",
        "Editor : Marlina Contoh",
        "Redaktur & Reporter : abc/def",
        "COPYRIGHT © KABAR 2024",
        "TAG: Pilkada",
        "Ikuti kami di Google News",
        "WhatsApp",
        "= = = =",
        "(abc/def)",
        "(Kabar.com/Rusdi)",
        "Laporan Wartawan Kabar.com, Rusdi Contoh",
    ],
)
def test_a_line_of_clutter_is_no_text(clutter: str) -> None:
    assert lines.clean([Line("Paragraf pertama yang dibaca orang."), Line(clutter)]) == [
        "Paragraf pertama yang dibaca orang."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Baca Al-Quran bersama menjadi pembuka acara deklarasi itu.",
        "Editor film itu hadir dalam debat terbuka.",
        "Halaman kantor bupati dipenuhi warga.",
        "TANJUNG SELOR – Bawaslu Kalimantan Utara menerima laporan itu (adv)",
        "Ikuti aturan atau didiskualifikasi, kata dia.",
        "1. Menerima sanksi sesuai dengan peraturan yang berlaku",
        "Jangan lewatkan hak pilih Anda pada 27 November, pesan KPU.",
        "Oleh karena itu, laporan dihentikan (Pasal 73).",
    ],
)
def test_a_sentence_that_looks_like_clutter_stays(text: str) -> None:
    assert lines.clean([Line(text)]) == [text]


def test_the_tail_is_cut_only_behind_the_text() -> None:
    paragraph = Line("Sebuah paragraf yang cukup panjang untuk dihitung sebagai isi berita.")
    other = Line("Paragraf lain yang juga cukup panjang untuk dihitung sebagai isi berita.")
    comment = Line("Mantap pak, lanjutkan!")
    found = lines.clean([Line("Komentar"), paragraph, other, Line("TINGGALKAN KOMENTAR"), comment])
    assert found == [paragraph.text, other.text]


def test_references_in_the_midst_of_a_paragraph_go_and_the_rest_stays() -> None:
    body = (
        "<div><p>Awal kalimat <strong>Baca juga: <a href='/1'>Judul lain</a></strong>dan akhirnya."
        "</p><p>Kata <b>Baca Juga:</b> <a href='/2'>Judul Lain Lagi</a> ketua.</p>"
        "<p>Nama <a href='/tag'>Bawaslu</a> tetap ada.</p><p>Baca Juga:</p>"
        "<ul><li><a href='/3'>Judul A</a></li><li><a href='/4'>Judul B</a></li></ul></div>"
    )
    found = lines.clean(lines_of([page.parse(body.encode(), URL).tree]))
    assert found == ["Awal kalimat dan akhirnya.", "Kata ketua.", "Nama Bawaslu tetap ada."]


def test_a_comment_in_the_markup_hides_no_text() -> None:
    body = "<div>Satu <!-- iklan --> dua<br><!-- x -->tiga</div>"
    assert [line.text for line in lines_of([page.parse(body.encode(), URL).tree])] == [
        "Satu dua",
        "tiga",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (html(body=""), "isi kosong"),
        (html(body="<p>Segera tayang.</p>"), "isi terlalu pendek"),
        (html(body="<p>Baca juga: <a href='/1'>Judul lain</a></p>"), "isi kosong"),
    ],
)
def test_pages_without_an_article(body: bytes, reason: str) -> None:
    with pytest.raises(NoArticle, match=reason):
        read(body)


@pytest.mark.parametrize(
    "url",
    [
        "https://contoh.example/tag/pilkada/",
        "https://contoh.example/",
        "https://contoh.example/category/politik/",
    ],
)
def test_a_listing_is_no_article(url: str) -> None:
    with pytest.raises(NoArticle, match="halaman daftar"):
        reading.read([page.parse(html(), url)], SOURCE)


def test_a_page_of_many_articles_is_a_listing() -> None:
    many = "".join(
        f"<article><h1 class='entry-title'>Judul {n}</h1><div class='entry-content'>{BODY}</div>"
        "</article>"
        for n in range(4)
    )
    with pytest.raises(NoArticle, match="halaman daftar"):
        read(f"<html><body>{many}</body></html>".encode())


def test_a_page_without_a_title_gets_the_first_words() -> None:
    untitled = html().replace(b"<h1 class='entry-title'>Camat Dilaporkan</h1>", b"")
    assert read(untitled).title == (
        "Seorang camat di Kabupaten Kutai Kartanegara dilaporkan warga ke Bawaslu karena diduga…"
    )


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html", "text/html; charset=utf-16"]))
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    with suppress(NoArticle, PageError):
        assert read(body, content_type=content_type).text


TAGS = ["p", "div", "article", "table", "td", "a", "script", "time", "meta", "h1", "br", "!--", "x"]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [
            "<div class='entry-content'>",
            "<h1 class='entry-title'>",
            '<script type=\'application/ld+json\'>{"@type": [1, null], "datePublished": {}',
            '<script type=\'application/ld+json\'>[[[{"author": [null, {"name": 3}]}]]]</script>',
            "<time datetime='9999-99-99'>",
            "<link rel=canonical href='http://[x'>",
            "<meta property='article:published_time' content='0000-00-00T99:99'>",
            "&#0;&#xD800;&bogus;",
            "<![CDATA[",
            "<?xml version='1.0' encoding='utf-7'?>",
        ]
    ),
    st.text(max_size=30),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_no_markup_raises(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass") + BODY.encode()
    found = page.parse(body, URL)
    assert found.canonical is None or isinstance(found.canonical, str)
    with suppress(NoArticle):
        assert reading.read([found], SOURCE).text


def test_deeply_nested_markup_is_read() -> None:
    assert "Bawaslu" in read(html(body="<div>" * 300 + BODY)).text


def test_absurdly_nested_markup_is_no_article() -> None:
    with pytest.raises(NoArticle):
        read(html(body="<div>" * 5_000 + BODY))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_no_record_and_no_text_file_raises(text: str, date: str) -> None:
    body = json.dumps({"title": date, "text": text, "date": date}).encode()
    with suppress(NoArticle):
        assert records.read(body, URL, SOURCE).text
    with suppress(NoArticle):
        assert plain.read(text, SOURCE).text


COPIED = """•   21 November 2024 -

Utamakan Keselamatan Petugas

Simulasi Pemungutan Suara di Masa Hujan, KPU Berau Siapkan Tenda

Berau - Redaksi
3 Oktober 2024
Simulasi Pemungutan Suara di Masa Hujan, KPU Berau Siapkan Tenda Petugas menata tenda di lapangan.

BERAUKINI.EXAMPLE - Komisi Pemilihan Umum Kabupaten Berau menggelar simulasi di lapangan terbuka.

Ketua KPU Berau mengatakan tenda dipasang sehari sebelumnya.

1.Pemilih lanjut usia didahulukan

TINGGALKAN KOMENTAR
"""


def test_a_copied_page_is_read_without_its_frame() -> None:
    found = plain.read(COPIED, SOURCE)
    assert found.title == "Simulasi Pemungutan Suara di Masa Hujan, KPU Berau Siapkan Tenda"
    assert found.text.startswith("BERAUKINI.EXAMPLE - Komisi")
    assert found.text.endswith("1.Pemilih lanjut usia didahulukan")
    assert found.published is not None
    assert (found.published.at, found.published.source, found.published.guess) == (
        "2024-10-03T00:00:00+08:00",
        "import-day",
        False,
    )


def test_a_text_without_a_head_keeps_its_dateline_and_has_no_date() -> None:
    text = (
        "Tanjung Selor (KABARNUSA) - TANJUNG SELOR – Pelaksana Tugas Kepala Badan Kesatuan Bangsa "
        "dan Politik mengikuti konferensi video bersama kementerian, Rabu (9/12)."
        "\nPertemuan itu membahas kesiapan logistik."
    )
    found = plain.read(text, SOURCE)
    assert found.text == text.replace("\n", "\n\n")
    assert found.title.startswith("Pelaksana Tugas Kepala Badan")
    assert found.published is None


def test_a_date_above_the_title_is_a_guess() -> None:
    found = plain.read(COPIED.replace("3 Oktober 2024\n", ""), SOURCE)
    assert found.published is not None
    assert found.published.guess
