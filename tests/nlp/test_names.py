"""Names in forms that hide them, and words that only look like names."""

from __future__ import annotations

import pytest

from tests.nlp.reading import read


def everybody(text: str) -> set[str]:
    doc = read(text)
    return {o["name"] for o in doc._.officials} | {p["name"] for p in doc._.people}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hal itu dikatakan Ketua KPU Maros Nor ikhsan kepada wartawan.", {"Nor ikhsan"}),
        ("Hal itu dikatakan Kabid Humas Polda Papua, Kombes AM Tamara, di sana.", {"AM Tamara"}),
        ("Paslon Rudi HB Tamara-Sari Wulandari menang.", {"Rudi HB Tamara", "Sari Wulandari"}),
        ("TJ, salah satu terduga pelaku, ditangkap polisi di rumahnya kemarin.", {"TJ"}),
        ("Panelis debat itu terdiri atas Prof. Karim Suryadi dan seorang lagi.", {"Karim Suryadi"}),
        ("Rapat itu digelar di Hotel Patra Jasa-Parapat bagi paslon nomor urut 2.", set()),
        ("Apel itu dihadiri Bhabinkamtibmas, peleton Satlantas dan satuan lain.", set()),
        ("Ketua KPU Maros dipilih pekan lalu, kata Rudi Tamara di sana.", {"Rudi Tamara"}),
    ],
)
def test_names_and_no_names(text: str, names: set[str]) -> None:
    assert everybody(text) == names


def test_a_pair_called_incumbent_are_both() -> None:
    officials = read("Pasangan petahana Rudi Tamara-Sari Wulandari unggul.")._.officials
    assert [(o["name"], o["acting"]) for o in officials] == [
        ("Rudi Tamara", "petahana"),
        ("Sari Wulandari", "petahana"),
    ]


def test_who_is_elected_is_no_candidate_any_more() -> None:
    text = (
        "KPU menetapkan pasangan calon nomor urut 1, Rudi Tamara-Sari Wulandari (RASA) sebagai "
        "Bupati dan Wakil Bupati Kabupaten Sorong terpilih."
    )
    assert [(o["name"], o["position"], o["acting"]) for o in read(text)._.officials] == [
        ("Rudi Tamara", "Bupati", "terpilih"),
        ("Sari Wulandari", "Wakil Bupati", "terpilih"),
    ]


def test_a_pair_of_a_regency_runs_for_no_province() -> None:
    text = (
        "KPU menerima calon Gubernur Sumatera Barat Rudi Tamara. Yang gagal untuk Kabupaten Solok "
        "Selatan yakni pasangan Galang Pratama-Sari Wulandari."
    )
    held = {o["name"]: o["position"] for o in read(text)._.officials}
    assert held["Galang Pratama"] == "Calon kepala daerah"
