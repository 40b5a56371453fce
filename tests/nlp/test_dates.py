"""Event dates against the publication and the weekday."""

from __future__ import annotations

import pytest

from tests.nlp.reading import PUBLISHED, pipeline, read


def dates(text: str, published: str | None = PUBLISHED) -> list[str]:
    return [found["date"] for found in read(text, published)._.dates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rapat digelar Rabu (23/09/2020) pukul 10.00 Wita.", ["2020-09-23"]),
        ("Pemungutan suara Rabu (9/12).", ["2020-12-09"]),
        ("Pemungutan suara pada 9 Desember 2020.", ["2020-12-09"]),
        ("Deklarasi pada 25 September 2020 mendatang.", ["2020-09-25"]),
        ("Pertemuan itu terjadi Minggu malam.", ["2020-09-20"]),
        ("Camat itu dipanggil kemarin.", ["2020-09-23"]),
        ("Rapat berlangsung Senin lalu.", ["2020-09-21"]),
        ("Rapat dilanjutkan Senin mendatang.", ["2020-09-28"]),
        ("Ia ditemui Selasa, 22 September 2020.", ["2020-09-22"]),
        ("Laporan masuk Kamis, (17/9/20).", ["2020-09-17"]),
        ("Kampanye 26 September - 5 Desember 2020.", ["2020-09-26", "2020-12-05"]),
        ("Masa tenang 6-8 Desember 2020.", ["2020-12-06", "2020-12-08"]),
        ("Logistik tiba H-3 pencoblosan.", ["2020-12-06"]),
        ("Ditetapkan tanggal 12-12-2020.", ["2020-12-12"]),
        ("Putusan Ahad (20/9).", ["2020-09-20"]),
        ("Kata dia di Tenggarong, Kamis.", ["2020-09-24"]),
        ("Rapat digelar Rabu (23/9/2019).", ["2020-09-23"]),
        ("Rapat digelar Selasa (22/8/2020).", ["2020-09-22"]),
        ("Rapat digelar Selasa (23/9/2020).", ["2020-09-23"]),
        ("Ia lahir Senin (23/9/1946).", ["1946-09-23"]),
    ],
)
def test_days_are_settled(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "SANGATTA (23/9-2020) Panwaslu bersidang.",
        "“Kemarin saya di rumah,” katanya.",
        "Itu terjadi dua minggu lalu menurut PKPU 5/2020.",
        "Kodim 0906/Tgr bersiaga, skor 3/4.",
        "Rapat digelar setiap Senin.",
        "Ia kalah pada Pemilu 2019 kemarin.",
        "Pasal 71 ayat (1) UU Nomor 10 Tahun 2016.",
        "Batasnya 31/02/2020.",
    ],
)
def test_these_are_no_event_dates(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Ia hadir Rabu (30/12).", "2021-01-02", "2020-12-30"),
        ("Ia hadir Sabtu (2/1).", "2020-12-30", "2021-01-02"),
        ("Pilkada Serentak 2020 digelar Rabu (9/12).", None, "2020-12-09"),
        ("Ia hadir Senin malam.", "2020-09-21T23:30:00+00:00", "2020-09-21"),
    ],
)
def test_the_year_comes_from_publication_weekday_or_text(
    text: str, published: str | None, expected: str
) -> None:
    assert dates(text, published) == [expected]


def test_without_a_publication_only_full_dates_count() -> None:
    assert dates("Ia hadir kemarin, Selasa, lalu 5 Mei 2021.", None) == ["2021-05-05"]
    assert dates("Ia hadir pada 5 Mei.", None) == []


def test_a_date_line_above_the_story_stands_in_for_the_publication() -> None:
    text = "Berita Daerah\n24 September 2020\n\nKLIKDAERAH.COM - Ia hadir Senin malam."
    assert dates(text, None) == ["2020-09-21"]


def test_the_zone_of_the_place_decides_the_day() -> None:
    text = "Bawaslu Kota Jayapura bersidang kemarin."
    assert dates(text, "2020-09-24T16:30:00+00:00") == ["2020-09-24"]


@pytest.mark.parametrize(
    ("text", "date", "doubt"),
    [
        ("Rapat digelar Kamis (24/9) di Berau.", "2020-09-24", False),
        ("Rapat digelar Rabu (24/9) di Berau.", "2020-09-24", True),
        ("Rapat digelar Rabu (24/9/2020) di Berau.", "2020-09-24", True),
        ("Rapat digelar 24 September 2020 di Berau.", "2020-09-24", False),
    ],
)
def test_a_weekday_of_another_date_is_doubted(text: str, date: str, doubt: bool) -> None:
    assert [(d["date"], d["doubt"]) for d in read(text, PUBLISHED)._.dates] == [(date, doubt)]


def test_the_address_tells_when_nothing_else_does() -> None:
    doc = pipeline().make_doc("Rapat digelar Selasa (2/4) sesuai UU Nomor 7 Tahun 2017.")
    doc._.url = "https://contoh.example/2019/04/03/rapat"
    for _, component in pipeline().pipeline:
        doc = component(doc)
    assert [day["date"] for day in doc._.dates] == ["2019-04-02"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Musyawarah digelar di Berau, hari ini.", ["2020-09-24"]),
        ("Hingga hari ini laporan belum masuk.", []),
        ("Sidang digelar besok siang, Jumat (25/9/2020).", ["2020-09-25"]),
    ],
)
def test_days_from_the_publication(text: str, dates: list[str]) -> None:
    assert [day["date"] for day in read(text, PUBLISHED)._.dates] == dates
