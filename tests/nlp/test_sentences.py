"""Sentence ends, datelines and zones."""

from __future__ import annotations

import pytest

from nlp.components.sentences import sentences
from nlp.reading import Reading, case_of, clean
from tests.nlp.reading import read


def pieces(text: str) -> list[tuple[str, str]]:
    reading = Reading.of(text)
    return [
        (s.zone, text[s.start : s.end]) for s in sentences(reading.text, reading.case == "lower")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Drs. H. Amin, S.H., M.H. memeriksa saksi.",
        "Denda Rp. 5.000 menurut No. 5 dibayar.",
        "Ia tiba pukul 10.00 di Jl. Sudirman.",
        "M. Tahir datang bersama J. Kalla.",
        "Plt. Camat Sebatik hadir.",
        "“Siapa yang datang?” tanya dia.",
        "Angkanya 1,2 juta atau 7.974.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert [piece for _, piece in pieces(text)] == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ketua hadir. Ia pulang.", 2),
        ("Ia setuju.Kemudian ia pulang.", 2),
        ("Rapat dipimpin Amin, S.H. Menurut dia, semua siap.", 2),
        ("“Kami siap. Semua ada,” kata Edi. Lalu ia pergi.", 3),
        ("bupati hadir. camat juga hadir.", 2),
        ("Baris pertama tanpa titik\nBaris kedua", 2),
        ("Baris yang dipotong\nlalu disambung di sini.", 1),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert len(pieces(text)) == count


@pytest.mark.parametrize(
    ("dateline", "story"),
    [
        ("Tanjung Selor (ANTARA) - TANJUNG SELOR –", "Pelaksana tugas hadir."),
        ("KLIKKALTIM.COM -", "Jelang pilkada, rapat digelar."),
        ("TRIBUNKALTARA.COM, NUNUKAN -", "Ketua Bawaslu hadir."),
        ("SEMARANG, KOMPAS.com -", "Ketua Bawaslu hadir."),
        ("KBRN, Jakarta:", "Ketua Bawaslu hadir."),
        ("SANGATTA (25/6-2018)", "Panwaslu memanggil camat."),
        ("Jakarta -", "Bawaslu RI hadir."),
        ("Ambon, 3/4 (Antaranews Maluku) -", "KPU hadir."),
        ("Liputan6.com, Jakarta", "Menteri hadir."),
    ],
)
def test_the_dateline_is_no_part_of_a_sentence(dateline: str, story: str) -> None:
    assert pieces(f"{dateline} {story}") == [("dateline", dateline), ("lead", story)]


def test_an_office_and_a_dash_are_no_dateline() -> None:
    assert pieces("Ketua Bawaslu - yang baru dilantik - hadir.")[0][0] == "lead"


def test_zones() -> None:
    text = (
        "Rapat digelar hari Rabu.\n\nIsinya:\n\n1.Menjaga damai\n\n2.Menolak uang\n\n"
        "Sebelumnya, rapat serupa gagal. Peserta kurang.\n\nEditor : Sulastri"
    )
    assert [zone for zone, _ in pieces(text)] == [
        "lead", "body", "list", "list", "background", "background", "background",
    ]  # fmt: skip


def test_spacy_sentences_carry_the_zone() -> None:
    doc = read("NUNUKAN - Ketua hadir. Ia pulang.")
    assert [(s.text.strip(), s._.zone) for s in doc.sents] == [
        ("NUNUKAN -", "dateline"),
        ("Ketua hadir.", "lead"),
        ("Ia pulang.", "lead"),
    ]


def test_markup_is_blanked_without_moving_anything() -> None:
    raw = "<p>Ketua&nbsp;KPU</p><!-- iklan -->Ia &amp; dia"
    cleaned = clean(raw)
    assert len(cleaned) == len(raw)
    assert cleaned.split() == ["Ketua", "KPU", "Ia", "&", "dia"]


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Ketua Bawaslu Kabupaten Berau hadir dalam rapat pleno.", "normal"),
        ("ketua bawaslu kabupaten berau hadir dalam rapat pleno.", "lower"),
        ("KETUA BAWASLU KABUPATEN BERAU HADIR DALAM RAPAT PLENO.", "upper"),
    ],
)
def test_lost_capitals_are_noticed(text: str, case: str) -> None:
    assert case_of(text) == case
