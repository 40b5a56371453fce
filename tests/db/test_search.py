"""Search: what is found, in which order, with which words marked; nothing typed breaks it."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from typing import Any

import pytest

from db.search.query import QueryError
from db.search.search import matching_ids, search
from tests.db.conftest import Newsroom

TEXTS: dict[str, tuple[str, str, dict[str, Any], str | None]] = {
    "camat": (
        "Camat Diduga Langgar Netralitas",
        "Bawaslu memeriksa camat Tenggarong yang diduga tidak netral dalam masa kampanye.",
        {"topic": "netralitas_asn", "officials": (("Ahmad Fauzan", "Camat"),)},
        "2024-10-07T08:00:00+08:00",
    ),
    "amplop": (
        "Amplop Dibagikan di Berau",
        "Warga melaporkan pembagian amplop. Praktik politik uang itu terjadi di Tanjung Redeb, "
        "tulis laporan yang diterima wali kota.",
        {"region": "64.03", "topic": "politik_uang"},
        "2024-11-26T20:00:00+08:00",
    ),
    "imbauan": (
        "Bupati Imbau ASN Netral",
        "Bupati mengimbau seluruh pegawai menjaga netralitas. Uang kas politik bukan urusan kita.",
        {"status": "pencegahan", "topic": "netralitas_asn", "region": "33.04"},
        "2020-09-24T08:00:00+07:00",
    ),
    "panen": (
        "Panen Raya",
        "Panen padi melimpah, kata walikota & camat <script>alert(1)</script>.",
        {"status": "bukan_pemilu", "topic": None, "region": "33"},
        None,
    ),
}


@pytest.fixture
def filled(room: Newsroom) -> Newsroom:
    for name, (title, text, judged, published) in TEXTS.items():
        outlet = "koran.example" if name == "panen" else "kabar.example"
        room.add(name, title, text, published=published, outlet=outlet, **judged)
    return room


def found(room: Newsroom, query: str) -> set[str]:
    return {hit.url.rpartition("/")[2] for hit in search(room.db, query).hits}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("melanggar", "camat"),
        ("kenetralan", "camat imbauan"),
        ("camat netral", "camat"),
        ("camat DAN netral", "camat"),
        ("amplop ATAU panen", "amplop panen"),
        ("amplop|panen", "amplop panen"),
        ("netralitas -bupati", "camat"),
        ("netralitas BUKAN (bupati OR camat)", ""),
        ("NOT netralitas", "amplop panen"),
        ('"politik uang"', "amplop"),
        ("“politik uang”", "amplop"),
        ('-"politik uang"', "camat imbauan panen"),
        ('"politik uang" OR "panen padi"', "amplop panen"),
        ("uang politik", "amplop imbauan"),
        ("politik DEKAT/0 uang", "amplop"),
        ("politik DEKAT/3 uang", "amplop imbauan"),
        ("camat DEKAT/8 (kampanye OR sawah)", "camat"),
        ('"politik uang" DEKAT/9 amplop', "amplop"),
        ("walikota", "amplop panen"),
        ('"wali kota"', "amplop"),
        ("dan", ""),
        ("tema:netralitas_asn", "camat imbauan"),
        ('tema:"Netralitas ASN" -status:pencegahan', "camat"),
        ("status:dugaan", "camat amplop"),
        ("status:dugaan status:pencegahan", "camat amplop imbauan"),
        ("wilayah:64", "camat amplop"),
        ('wilayah:"Kabupaten Berau"', "amplop"),
        ("wilayah:berau -wilayah:64", ""),
        ('pejabat:"ahmad fauzan"', "camat"),
        ("media:koran.example", "panen"),
        ("media:Koran camat", "panen"),
        ("sejak:2024", "camat amplop"),
        ("sejak:2024-10-08", "amplop"),
        ("sejak:8/10/2024 hingga:2024-11", "amplop"),
        ("hingga:2024-10 netralitas", "camat imbauan"),
        ("http://x tema", ""),
    ],
)
def test_what_is_found(filled: Newsroom, query: str, names: str) -> None:
    assert found(filled, query) == set(names.split())


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Tulis"),
        ("   ", "Tulis"),
        ("!!! ???", "Tulis"),
        ('""', "Tulis"),
        ("-", "Tulis"),
        ('"politik uang', "kutip"),
        ("(camat", "kurung"),
        ("camat)", "kurung"),
        ("camat DEKAT", "DEKAT"),
        ("DEKAT/3 camat", "DEKAT"),
        ("camat DEKAT (a b)", "DEKAT"),
        ("tema:sepakbola", "Tema tidak dikenal"),
        ("status:gawat", "Status tidak dikenal"),
        ("wilayah:Atlantis", "Wilayah tidak dikenal"),
        ("sejak:kemarin", "Tanggal tidak dikenal"),
        ("tema:", "belum diisi"),
        ("(" * 50 + "a" + ")" * 50, "kurung"),
        ("kata " * 200, "Terlalu banyak"),
        ("NOT " * 400 + "a", "Terlalu banyak"),
        ("x" * 5000, "terlalu panjang"),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_words(
    filled: Newsroom, query: str, says: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(says)):
        search(filled.db, query)


HOSTILE = [
    "camat'; DROP TABLE articles; --",
    "title:camat",
    "camat*",
    "^camat",
    "{title text} : camat",
    "camat AND",
    "OR camat",
    "AND OR camat",
    "camat OR OR netral",
    "NOT NOT camat",
    "- - camat",
    "(((camat)))",
    "() camat",
    "NEAR(camat netral, 3)",
    "DEKAT/999999999999999999999 camat",
    "camat NEAR/99999 netral",
    "\0camat",
    "\ud800camat",
    "camat\u202eten",
    'ca\'mat o""o',
    "%_%",
    "pejabat:%",
    "pejabat:\\",
    "media:'--",
    "1.000 75,5 -3",
    "é à ñ 漢字 кандидат 🗳️",
    "rowid",
    "wilayah:64 wilayah:33 -media:x sejak:2020 hingga:2030 camat",
    "<script>alert(1)</script>",
    "tema:netralitas_asn OR camat",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_input_is_a_query_or_a_message(filled: Newsroom, query: str) -> None:
    before = filled.rows("SELECT count(*) FROM articles")
    with suppress(QueryError):
        search(filled.db, query)
    assert filled.rows("SELECT count(*) FROM articles") == before


def test_a_word_in_the_title_counts_more(filled: Newsroom) -> None:
    first, *_ = search(filled.db, "camat OR netral").hits
    assert first.title.startswith("Camat")


def test_sorting_by_date_puts_the_newest_first(filled: Newsroom) -> None:
    hits = search(filled.db, "NOT sepakbola", sort="date").hits
    assert [hit.published_at for hit in hits] == [
        "2024-11-26T20:00:00+08:00",
        "2024-10-07T08:00:00+08:00",
        "2020-09-24T08:00:00+07:00",
        None,
    ]


def test_facets_count_every_hit_and_not_only_the_page(filled: Newsroom) -> None:
    result = search(filled.db, "NOT sepakbola", limit=1)
    assert (result.total, len(result.hits)) == (4, 1)
    assert result.facets == {
        "tema": {"netralitas_asn": 2, "politik_uang": 1},
        "status": {"dugaan": 2, "pencegahan": 1, "bukan_pemilu": 1},
        "provinsi": {"64": 2, "33": 2},
        "media": {"kabar.example": 3, "koran.example": 1},
        "bulan": {"2024-10": 1, "2024-11": 1, "2020-09": 1},
    }


def test_pages_follow_each_other(filled: Newsroom) -> None:
    pages = [search(filled.db, "NOT sepakbola", limit=2, offset=at).hits for at in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 0]
    assert len({hit.key for page in pages for hit in page}) == 4


def test_matching_ids_are_all_of_them(filled: Newsroom) -> None:
    assert len(matching_ids(filled.db, "NOT sepakbola")) == 4
    assert matching_ids(filled.db, "melanggar") == [1]


def test_the_words_looked_for_are_marked_in_escaped_text(filled: Newsroom) -> None:
    (hit,) = search(filled.db, "panen wali").hits
    assert hit.title_html == "<mark>Panen</mark> Raya"
    assert "kata <mark>walikota</mark> &amp; camat &lt;script&gt;" in hit.snippet_html
    assert html.unescape(re.sub("</?mark>", "", hit.snippet_html)) == TEXTS["panen"][1]


def test_a_long_text_shows_the_passage_with_most_of_the_words(room: Newsroom) -> None:
    filler = "Uang kas dihitung bendahara. " * 200
    room.store("panjang", "Berita", f"{filler}Politik uang dilaporkan warga. {filler}")
    (hit,) = search(room.db, "politik uang warga").hits
    assert hit.snippet_html.startswith("… ")
    assert (
        "<mark>Politik</mark> <mark>uang</mark> dilaporkan <mark>warga</mark>" in hit.snippet_html
    )


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("netralitsa", "netralitas"),
        ("Tengarong sepeda", "tenggarong sepeda"),
        ('"politik uamg"', '"politik uang"'),
        ("camat sepakbola", None),
        ("xyzzyq", None),
    ],
)
def test_a_mistyped_word_gets_a_suggestion(filled: Newsroom, query: str, meant: str | None) -> None:
    result = search(filled.db, query)
    assert (result.total, result.suggestion) == (0, meant)
