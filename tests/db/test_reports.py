"""The kliping: what is in it, where it stands, and the files opened again as their readers do."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
import time_machine
from sqlite_utils import Database

from db import reports
from db.base import Home
from db.reports import ReportError, bodies, items, place, window
from db.reports.kliping import Kliping
from db.reports.masking import masked
from tests.db import site_base
from tests.db.site_base import LURAH, OUTLETS, add_article, annotate

DAY = {"region": "64", "since": "2020-12-09", "until": "2020-12-09"}
QUIET = {**DAY, "since": "2019-01-01", "until": "2019-01-02"}
LINK = "https://kabarmahakam.example/lurah-timbau"
TITLE = "Lurah Timbau Diduga Ajak Warga Pilih Paslon"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_base.make(tmp_path_factory.mktemp("kliping")).berita.parent


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(made, tmp_path / "rumah")) / "berita.db")


@pytest.fixture
def berita(home: Home) -> Database:
    return home.open_berita()


def kliping(db: Database, region: str | None, since: str, until: str) -> Kliping:
    where = place.find(region)
    return reports.collect(db.conn, where, window.of(since, until, where.clock))


def docx_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    links = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    # paragraph.text includes the text of hyperlinks
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *links])


def pdf_text(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def xlsx_text(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)


READ: dict[str, Callable[[bytes], str]] = {
    "docx": docx_text,
    "pdf": pdf_text,
    "xlsx": xlsx_text,
    "csv": lambda data: data.decode("utf-8-sig"),
    "teks": lambda data: data.decode(),
}


def test_every_form_is_read_here() -> None:
    assert set(READ) == set(reports.FORMS)


@pytest.mark.parametrize("form", list(READ))
def test_file_names_title_medium_status_and_link(home: Home, form: str) -> None:
    text = READ[form](reports.make(home, form=form, **DAY))
    assert TITLE in text
    assert "Dugaan menurut Kabar Mahakam" in text
    assert LINK in text
    assert "Kabupaten Kutai Kartanegara" in text


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "csv"])
def test_file_carries_time_with_zone_and_proof(home: Home, berita: Database, form: str) -> None:
    text = READ[form](reports.make(home, form=form, **DAY))
    sha = next(iter(berita.query("SELECT sha256 FROM fetches WHERE id = 2")))["sha256"]
    assert "14.05 WITA" in text
    assert sha in text
    assert "arsip/uji.warc.gz" in text


@pytest.mark.parametrize("form", list(READ))
def test_no_news_is_said_with_the_sources(home: Home, form: str) -> None:
    """Of the two outlets that could tell of region 73, one failed and none was read."""
    text = READ[form](reports.make(home, form=form, **{**QUIET, "region": "73"}))
    assert "nihil" in text.lower()
    if form in ("csv", "xlsx"):
        assert re.search(r"sumber_terbaca[\s\S]*sumber_gagal", text)
    else:
        assert "0 dari 1 terbaca, 1 gagal" in text
    if form == "csv":
        assert text.strip().endswith(",0,1,0,0")


def test_failed_sources_are_named_with_the_reason(home: Home) -> None:
    text = docx_text(reports.make(home, form="docx", **{**QUIET, "region": "73"}))
    assert "Gowa Today (HTTP 500)" in text


def test_copies_are_one_item_with_the_number_of_media(berita: Database) -> None:
    found = kliping(berita, "64.02", "2020-12-09", "2020-12-09")
    [item] = found.sections["pelanggaran"]
    assert (item.title, item.media, len(item.copies)) == (TITLE, 2, 1)
    assert (found.articles, found.media, len(found.items)) == (2, 2, 1)
    assert item.copies[0].gone


@pytest.mark.parametrize("form", ["docx", "csv"])
def test_copies_are_listed_with_their_own_link(home: Home, form: str) -> None:
    text = READ[form](reports.make(home, form=form, **DAY))
    assert "https://gowatoday.example/lurah-kukar" in text


def test_every_election_article_stands_on_exactly_one_page(berita: Database) -> None:
    found = kliping(berita, None, "2020-12-01", "2020-12-31")
    shown = [one.url for item in found.items for one in item.all]
    wanted = berita.query("SELECT url FROM articles a JOIN annotations n ON n.article_id = a.id "
                          "WHERE n.election")  # fmt: skip
    assert sorted(shown) == sorted(row["url"] for row in wanted)
    assert found.statuses == {"dugaan": 1, "proses": 1, "tidak_terbukti": 1, "pencegahan": 1}


def test_what_was_dropped_is_shown_like_what_is_suspected(home: Home) -> None:
    wide = {"region": "33", "since": "2020-12-01", "until": "2020-12-31"}
    text = docx_text(reports.make(home, form="docx", **wide))
    assert "Tidak terbukti atau dibantah menurut Suara Solo" in text
    assert text.index("Isu pelanggaran") < text.index("1. Laporan terhadap Camat Dihentikan")


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2020-12-09T14:05", "2020-12-09T14:06", 1),  # the beginning belongs to the window
        ("2020-12-09T14:04", "2020-12-09T14:05", 0),  # the end does not
        ("2020-12-09T06:05+00:00", "2020-12-09T06:06+00:00", 1),
        ("2020-12-09T13:05+07:00", "2020-12-09T13:06+07:00", 1),
        ("2020-12-09T13:05", "2020-12-09T13:06", 0),
    ],
)
def test_window_is_on_the_clock_of_the_region(
    berita: Database, since: str, until: str, found: int
) -> None:
    assert kliping(berita, "64", since, until).articles == found


@pytest.mark.parametrize(
    ("region", "shown"),
    [("64", "14.05 WITA"), ("32", "13.05 WIB"), ("91", "15.05 WIT"), (None, "13.05 WIB")],
)
def test_times_are_shown_on_the_clock_of_the_region(
    home: Home, berita: Database, region: str | None, shown: str
) -> None:
    if region not in ("64", None):
        with berita.conn:
            place_row = {"article_id": 1, "region_code": region, "is_main": 0, "spans": "[]"}
            berita.table("article_regions").insert(place_row)
    text = xlsx_text(reports.make(home, form="xlsx", **{**DAY, "region": region}))
    assert f"9 Des 2020 {shown}" in text


@time_machine.travel("2024-12-09T00:40:00+00:00", tick=False)
def test_default_is_the_day_up_to_the_last_full_hour() -> None:
    where = place.find("64")
    found = window.of(None, None, where.clock)
    assert str(found) == (
        "Minggu, 8 Desember 2024 08.00 WITA sampai Senin, 9 Desember 2024 08.00 WITA"
    )


def test_article_without_time_counts_by_when_it_was_seen(berita: Database) -> None:
    with berita.conn:
        number = add_article(berita, "https://gowatoday.example/x", OUTLETS[1][0], "X", "x", None)
        annotate(berita, number, "netral", None, "64.02")
    found = kliping(berita, "64.02", "2020-12-09T15:00", "2020-12-09T15:01")
    assert [item.published_at for item in found.items] == [None]
    text = reports.FORMS["csv"][1](found).decode()
    assert "tanpa waktu terbit; pertama terlihat 9 Des 2020 15.00 WITA" in text


def test_article_that_waits_for_analysis_is_counted(berita: Database) -> None:
    with berita.conn:
        add_article(berita, "https://kabarmahakam.example/baru", OUTLETS[0][0], "Baru", "baru",
                    "2020-12-09T10:00:00+08:00")  # fmt: skip
    found = kliping(berita, "64", "2020-12-09", "2020-12-09")
    assert found.unjudged == 1
    assert "1 artikel belum dinilai" in reports.FORMS["teks"][1](found).decode()


def test_region_that_is_only_mentioned_is_marked(berita: Database) -> None:
    with berita.conn:
        row = {"article_id": 3, "region_code": "64.02", "is_main": 0, "spans": "[]"}
        berita.table("article_regions").insert(row)
    found = kliping(berita, "64", "2020-12-01", "2020-12-31")
    assert {item.title: item.elsewhere for item in found.items} == {
        TITLE: False,
        "Panwaslu Temukan 45 Amplop": True,
    }
    assert found.items[-1].title == "Panwaslu Temukan 45 Amplop"
    assert "(daerah ini hanya disebut)" in reports.FORMS["teks"][1](found).decode()


def test_summary_weighs_topic_before_status_and_number(berita: Database) -> None:
    found = kliping(berita, None, "2020-12-01", "2020-12-31")
    assert [(issue.newest.status, issue.media) for issue in found.issues] == [
        ("proses", 1),  # money: the topic is critical
        ("dugaan", 2),
        ("tidak_terbukti", 1),
    ]


def test_issue_tells_where_the_matter_stands_and_what_was_said_before(berita: Database) -> None:
    with berita.conn:
        number = add_article(
            berita, "https://suarasolo.example/lurah", OUTLETS[2][0],
            "Laporan terhadap Lurah Timbau Dihentikan", "Dihentikan.", "2020-12-09T20:00:00+08:00",
        )  # fmt: skip
        annotate(berita, number, "tidak_terbukti", "netralitas_asn", "64.02")
        link = {"article_id": number, "story_id": 1, "score": 0.7, "copy_of": None}
        berita.table("story_articles").insert(link)
    found = kliping(berita, "64", "2020-12-09", "2020-12-09")
    [issue] = found.issues
    assert (issue.newest.status, issue.earlier, issue.media) == ("tidak_terbukti", ("dugaan",), 3)


HEADLINES = [
    ("Ketua Bawaslu Sleman Diadukan ke DKPP", "pihak"),
    ("Warga Adukan Ketua KPU ke DKPP", "pihak"),
    ("DKPP berhentikan tetap dua anggota Panwaslih Aceh Tenggara", "pihak"),
    ("Ketua KPPS di Ngawi Jadi Tersangka", "pihak"),
    ("Bawaslu Kota Tegal Dinilai Lamban", "pihak"),
    ("Camat Dilaporkan ke Bawaslu Sleman", "narasumber"),
    ("Bawaslu Telusuri Camat yang Dilaporkan Warga", "narasumber"),
    ("Bawaslu: Camat Diperiksa Pekan Ini", "narasumber"),
    ("Bawaslu Menindak Lurah yang Diadukan Warga", "narasumber"),
    ("Camat Diperiksa Inspektorat", ""),
]


@pytest.mark.parametrize(("title", "expected"), HEADLINES)
def test_body_as_party_is_told_from_body_as_source(title: str, expected: str) -> None:
    assert bodies.part(title, "", "netralitas_asn", "dugaan", []) == expected


@pytest.mark.parametrize(
    ("topic", "status", "role", "expected"),
    [
        ("penyelenggara_tidak_netral", "proses", None, "pihak"),
        ("penyelenggara_tidak_netral", "pencegahan", None, "narasumber"),
        ("politik_uang", "dugaan", "teradu", "pihak"),
        ("politik_uang", "dugaan", None, "narasumber"),
    ],
)
def test_topic_and_role_make_a_body_a_party(
    topic: str, status: str, role: str | None, expected: str
) -> None:
    people = [{"institution": "KPU Kabupaten Kukar", "role": role}]
    assert bodies.part("Kabar pagi", "", topic, status, people) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("Majelis memeriksa anggota KPPS.", "pihak"), ("Majelis memeriksa hakim.", "")],
)
def test_topic_alone_accuses_no_body(sentence: str, expected: str) -> None:
    topic = "penyelenggara_tidak_netral"
    assert bodies.part("Sidang Etik Dibuka", sentence, topic, "proses", []) == expected


def test_party_stands_apart_from_violations(berita: Database) -> None:
    with berita.conn:
        number = add_article(
            berita, "https://kabarmahakam.example/dkpp", OUTLETS[0][0],
            "Ketua Bawaslu Diadukan ke DKPP", "Diadukan.", "2020-12-09T09:00:00+08:00",
        )  # fmt: skip
        annotate(berita, number, "dugaan", "penyelenggara_tidak_netral", "64.02")
    found = kliping(berita, "64", "2020-12-09", "2020-12-09")
    assert [item.title for item in found.sections["pihak"]] == ["Ketua Bawaslu Diadukan ke DKPP"]
    assert [item.title for item in found.sections["pelanggaran"]] == [TITLE]


def test_recap_counts_texts_by_region_and_theme(home: Home) -> None:
    wide = {"region": None, "since": "2020-12-01", "until": "2020-12-31"}
    book = openpyxl.load_workbook(io.BytesIO(reports.make(home, form="xlsx", **wide)))
    assert [[cell.value for cell in row] for row in book["Wilayah x tema"]] == [
        ["wilayah", "Netralitas ASN", "Politik uang", "jumlah"],
        ["Kabupaten Gowa", 0, 1, 1],
        ["Kabupaten Kutai Kartanegara", 1, 0, 1],  # two media, one text
        ["Kabupaten Sukoharjo", 2, 0, 2],
    ]


@pytest.mark.parametrize(
    ("role", "shown"),
    [("warga", "Lurah Timbau, R.S., diduga"), (None, "Lurah Timbau, Rahmat Sanjaya, diduga")],
)
def test_ordinary_people_are_quoted_by_initials(
    home: Home, berita: Database, role: str | None, shown: str
) -> None:
    with berita.conn:
        berita.execute("UPDATE article_people SET role = ? WHERE name = 'Rahmat Sanjaya'", [role])
    assert shown in docx_text(reports.make(home, form="docx", **DAY))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("satu dua tiga", "satu dua…"), ("satu dua", "satu dua"), ("satuduatigaempat", "satuduati…")],
)
def test_long_line_is_cut_between_words(text: str, shown: str) -> None:
    assert items.plain(text, 10) == shown


def test_part_of_a_name_is_masked_and_other_words_are_not() -> None:
    text = "Siti Aminah melapor; Aminah membawa rekaman, kata Aminahwati dan Rani."
    expected = "S.A. melapor; A. membawa rekaman, kata Aminahwati dan Rani."
    assert masked(text, ["Siti Aminah"]) == expected


HOSTILE = {
    "markup": "<script>alert(1)</script> <b>Tebal</b> &amp; <img src=x>",
    "formula": '=HYPERLINK("https://jahat.example","klik")',
    "control": "Judul\x00\x07\x1b[31m dengan\x0bkendali \ud800",
    "direction": "Judul \u202egnay kilabret\u2066",
    "emoji": "Judul 🗳️ العربية 中文",
    "chat": "*Tebal* _miring_ ~coret~ `kode`",
    "lines": "Judul\n\n=1+1\r\nbaris",
    "long": "kata" * 250_000,
    "empty": " \u200b ",
}


@pytest.mark.parametrize("form", list(READ))
@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_title_is_text_in_every_file(
    home: Home, berita: Database, form: str, name: str
) -> None:
    title = HOSTILE[name].encode("utf-8", "replace").decode()
    with berita.conn:
        berita.execute("UPDATE articles SET title = ? WHERE id = 1", [title])
        berita.execute("UPDATE articles SET text = ? WHERE id = 1", [title])
        berita.execute("UPDATE outlets SET name = ? WHERE id = ?", [title[:500], OUTLETS[0][0]])
    data = reports.make(home, form=form, **DAY)
    text = READ[form](data)
    assert len(data) < 200_000
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\u202a-\u202e\u2066-\u2069]", text)
    assert LINK in text


def test_title_that_looks_like_a_formula_stays_text(home: Home, berita: Database) -> None:
    with berita.conn:
        berita.execute("UPDATE articles SET title = ? WHERE id = 1", [HOSTILE["formula"]])
    book = openpyxl.load_workbook(io.BytesIO(reports.make(home, form="xlsx", **DAY)))
    titles = [cell for cell in book["Berita"]["C"] if str(cell.value).startswith("=HYPER")]
    assert [cell.data_type for cell in titles] == ["s"]
    assert ",\"'=HYPERLINK" in reports.make(home, form="csv", **DAY).decode()


def test_address_that_is_no_web_page_is_no_link(home: Home, berita: Database) -> None:
    with berita.conn:
        berita.execute("UPDATE articles SET url = 'javascript:alert(1)' WHERE id = 1")
    document = docx.Document(io.BytesIO(reports.make(home, form="docx", **DAY)))
    links = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert links == ["https://gowatoday.example/lurah-kukar"]
    assert b"/URI (javascript" not in reports.make(home, form="pdf", **DAY)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"region": "Atlantis"}, "Wilayah tidak dikenal: Atlantis"),
        ({"region": "Jayapura"}, "beberapa wilayah; pilih kodenya: 91.03"),
        ({"since": "kemarin"}, "Waktu tidak dikenal: kemarin"),
        ({"since": "2020-02-31"}, "Waktu tidak dikenal: 2020-02-31"),
        ({"since": "0001-01-01"}, "Waktu tidak dikenal: 0001-01-01"),
        ({"until": "2020-12-08"}, "Rentang waktu kosong"),
    ],
)
def test_bad_wishes_are_refused_in_indonesian(
    home: Home, change: dict[str, str], says: str
) -> None:
    with pytest.raises(ReportError, match=re.escape(says)):
        reports.make(home, form="csv", **{**DAY, **change})


def test_region_can_be_named(berita: Database) -> None:
    assert kliping(berita, "Kukar", "2020-12-09", "2020-12-09").place.code == "64.02"


def test_too_much_is_refused_instead_of_cut(home: Home, berita: Database) -> None:
    with berita.conn:
        berita.execute(
            "INSERT INTO articles (key, url, outlet_id, title, text, published_at, fetch_id, "
            "first_seen_at, last_seen_at, extractor) SELECT 'k' || value, 'u' || value, ?, 'J', "
            "?, '2020-12-09T09:00:00+08:00', 1, '', '', 'x' FROM json_each(?)",
            [OUTLETS[0][0], LURAH[:40], str(list(range(2_000)))],
        )
        berita.execute(
            "INSERT INTO annotations (article_id, version, election, status, alert, rules_version, "
            "annotated_at) SELECT id, 1, 1, 'netral', 0, 'x', '' FROM articles WHERE key LIKE 'k%'"
        )
    with pytest.raises(ReportError, match="lebih dari 2000 berita"):
        reports.make(home, form="csv", **{**DAY, "region": None})
