"""Quotations and who speaks."""

from __future__ import annotations

import pytest

from tests.nlp.reading import read

LEAD = "Ketua KPU Berau Edi Suharto membuka rapat. "


def direct(text: str) -> list[tuple[str | None, str]]:
    return [(q["speaker"], q["text"]) for q in read(text)._.quotes if not q["indirect"]]


@pytest.mark.parametrize(
    "quotation",
    [
        "“Kami siap melayani,” kata Edi.",
        '"Kami siap melayani," ujar Edi Suharto.',
        "“Kami siap melayani,” katanya.",
        "“Kami siap melayani,” tutur dia.",
        "“Kami siap melayani,” bebernya.",
        '“Kami siap melayani," tutupnya.',
        "Edi menegaskan, “Kami siap melayani,”",
    ],
)
def test_the_speaker_is_the_full_name(quotation: str) -> None:
    assert direct(LEAD + quotation) == [("Edi Suharto", "Kami siap melayani,")]


def test_several_parts() -> None:
    text = LEAD + "“Kami siap,” kata Edi. “Logistik sudah lengkap semua,” katanya."
    assert [said for _, said in direct(text)] == ["Kami siap,", "Logistik sudah lengkap semua,"]


def test_a_mark_left_open_ends_with_the_paragraph() -> None:
    text = LEAD + "“Kami siap melayani semua pemilih.\n\nRapat lalu ditutup."
    assert direct(text) == [("Edi Suharto", "Kami siap melayani semua pemilih.")]


@pytest.mark.parametrize(
    "text", ["Praktik “serangan fajar” dilarang.", 'Ia membuka lomba "Pilkada Damai" di aula.']
)
def test_an_expression_in_marks_is_no_speech(text: str) -> None:
    assert direct(text) == []


def test_an_unnamed_speaker_stays_unnamed() -> None:
    assert direct(LEAD + "“Kami takut keluar,” kata seorang warga.") == [
        (None, "Kami takut keluar,")
    ]


def test_an_office_on_its_own_speaks_for_its_holder() -> None:
    text = "Kapolres Berau AKBP Edi Suharto hadir. “Situasi sudah aman,” kata Kapolres."
    assert direct(text) == [("Edi Suharto", "Situasi sudah aman,")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ketua KPU Berau Edi Suharto mengatakan bahwa logistik siap.", "logistik siap."),
        ("Ketua KPU Berau Edi Suharto (EDS) mengaku logistik siap.", "logistik siap."),
        ("Ketua KPU Berau Edi Suharto mengamini bahwa logistik siap.", "logistik siap."),
        ("Logistik siap,” ungkap Ketua KPU Berau Edi Suharto.", "Logistik siap"),
        ("Menurut Ketua KPU Berau Edi Suharto, logistik siap.", "logistik siap."),
        ("Logistik siap, kata Ketua KPU Berau Edi Suharto.", "Logistik siap"),
        (LEAD + "Ia juga menyampaikan logistik siap.", "logistik siap."),
        (
            "Hal senada disampaikan Ketua KPU Berau Edi Suharto.",
            "Hal senada disampaikan Ketua KPU Berau Edi Suharto.",
        ),
        (
            "Ketua KPU Berau Edi Suharto menemui Camat Segah Sari Dewi. Ia menyebut logistik siap.",
            "logistik siap.",
        ),
        (
            LEAD + "Kepada Bawaslu, Sari Dewi melapor. Ia menyebutkan logistik siap.",
            "logistik siap.",
        ),
    ],
)
def test_indirect_speech(text: str, said: str) -> None:
    found = [(q["speaker"], q["text"], q["indirect"]) for q in read(text)._.quotes]
    assert found == [("Edi Suharto", said, True)]


@pytest.mark.parametrize("accused", ["diduga", "dituding", "kedapatan", "terbukti"])
def test_what_somebody_is_accused_of_saying_is_no_speech_of_theirs(accused: str) -> None:
    text = f"Camat Grogol Edi Suharto {accused} mengajak pegawai memilih pasangan calon nomor 2."
    assert [q["speaker"] for q in read(text)._.quotes] == []


@pytest.mark.parametrize(
    "text",
    [
        "Camat Grogol Edi Suharto tidak hadir, Bawaslu menyatakan kasusnya selesai.",
        "Camat Grogol Edi Suharto dilaporkan mendatangi warga dan mengajak mereka memilih.",
        "Laporan itu disampaikan oleh warga bernama Edi Suharto.",
        "Paslon Darto-Edi Suharto menyebut programnya paling baik.",
        "Pedagang berinisial KR mengaku lupa menutup warungnya.",
        "Pendukung Bupati Berau Edi Suharto mengatakan rapat itu batal.",
        "Seorang saksi berinisial ES melihatnya. Ia mengatakan, kejadiannya pada malam hari.",
    ],
)
def test_who_is_only_named_before_a_verb_of_another_does_not_speak(text: str) -> None:
    assert {q["speaker"] for q in read(text)._.quotes} <= {None}


def test_a_pair_on_the_ballot_does_not_speak_on() -> None:
    text = LEAD + "“Kami siap,” kata Edi. Tim Darto-Lina hadir. “Logistik lengkap semua,” katanya."
    assert {speaker for speaker, _ in direct(text)} == {"Edi Suharto"}


def test_who_told_it_speaks_on() -> None:
    text = (
        LEAD + "“Kami siap,” kata Edi. Hal serupa diungkapkan Bupati Berau Sari Dewi. Dia berharap."
    )
    assert [q["speaker"] for q in read(text)._.quotes] == ["Edi Suharto", "Sari Dewi", "Sari Dewi"]


def test_who_is_named_by_the_way_does_not_speak_on() -> None:
    text = (
        LEAD + "“Kami siap,” kata Edi. Ada layangan saat kampanye Darto. “Itu milik anak,” ujarnya."
    )
    assert {speaker for speaker, _ in direct(text)} == {"Edi Suharto"}
