"""Officials, other people, and the short mentions that belong to them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.reading import read

EXAMPLES = tomllib.loads(Path(__file__).with_name("officials.toml").read_text("utf-8"))["contoh"]
OUT_OF_SIGHT = {11, 41}
"""Examples whose region stands in a part of the article that is not quoted."""
SAME_INSTITUTION = {
    "Dispora Provinsi Maluku": "Dinas Pemuda dan Olahraga Provinsi Maluku",
    "sekolah dasar (desa tidak disebut)": "",
}

Row = tuple[str, str, str, str, str]


def officials(text: str) -> set[Row]:
    return {
        (o["name"], o["position"], o["institution"] or "", o["region"] or "", o["acting"] or "")
        for o in read(text)._.officials
    }


def expected(row: dict[str, Any], with_region: bool) -> Row:
    status = row["status"]
    acting = "" if status == "definitif" else status.capitalize() if status[0] == "p" else status
    institution = SAME_INSTITUTION.get(row["lembaga"], row["lembaga"])
    return (row["nama"], row["jabatan"], institution, row["wilayah"] if with_region else "", acting)


@pytest.mark.parametrize(
    ("example", "row"),
    [(e, row) for e in EXAMPLES for row in e["emas"] if row["nama"] and row["status"]],
    ids=lambda value: str(value.get("id") or value["nama"]),
)
def test_worked_examples(example: dict[str, Any], row: dict[str, Any]) -> None:
    assert expected(row, example["id"] not in OUT_OF_SIGHT) in officials(example["kalimat"])


@pytest.mark.parametrize(
    ("example", "row"),
    [(e, row) for e in EXAMPLES for row in e["emas"] if row["nama"] and not row["status"]],
    ids=lambda value: str(value.get("id") or value["nama"]),
)
def test_people_without_office(example: dict[str, Any], row: dict[str, Any]) -> None:
    found = read(example["kalimat"])._.people
    assert row["nama"] in {person["name"] for person in found}


def test_an_office_without_a_name_is_nobody() -> None:
    assert officials("Pj Bupati Buleleng memberi teguran. Kapolres Nunukan menolak hadir.") == set()


@pytest.mark.parametrize(
    ("text", "name", "position", "acting"),
    [
        ("Pejabat Bupati Berau Rudi Tamara hadir.", "Rudi Tamara", "Bupati", "Pj"),
        ("Plt. Sekda Berau, Rudi Tamara, hadir.", "Rudi Tamara", "Sekretaris Daerah", "Plt"),
        ("Mantan Ketua KPU Berau Rudi Tamara hadir.", "Rudi Tamara", "Ketua", "mantan"),
        ("Cawabup Berau Rudi Tamara hadir.", "Rudi Tamara", "Calon Wakil Bupati", "calon"),
        (
            "Bakal calon bupati Rudi Tamara hadir.",
            "Rudi Tamara",
            "Bakal Calon Bupati",
            "bakal_calon",
        ),
        ("Rudi Tamara, Ketua Bawaslu Berau, hadir.", "Rudi Tamara", "Ketua", None),
        ("Rudi Tamara yang juga Ketua KPU Berau itu hadir.", "Rudi Tamara", "Ketua", None),
        ("Kata Kabag Prokom Rudi Tamara.", "Rudi Tamara", "Kabag Prokom", None),
        ("Hakim Ketua Siwi Handayani hadir.", "Siwi Handayani", "Hakim Ketua", None),
        (
            "Dosen ilmu politik Universitas Mulawarman, Rudi Tamara, menilai.",
            "Rudi Tamara",
            "dosen ilmu politik",
            None,
        ),
    ],
)
def test_offices_and_status(text: str, name: str, position: str, acting: str | None) -> None:
    found = [(o["name"], o["position"], o["acting"]) for o in read(text)._.officials]
    assert (name, position, acting) in found


def test_a_list_of_officials() -> None:
    text = (
        "Rapat di Kutai Kartanegara dihadiri Kepala Kesbangpol Rinda Desianti, Kepala Diskominfo "
        "Bahteramsyah, Kabag Prokom Ismed, Kodim 0906/Tgr, Polres, dan KPU."
    )
    assert {row[:2] for row in officials(text)} == {
        ("Rinda Desianti", "Kepala Kesbangpol"),
        ("Bahteramsyah", "Kepala Diskominfo"),
        ("Ismed", "Kabag Prokom"),
    }


def test_short_mentions_belong_to_the_full_name() -> None:
    text = "Ketua KPU Berau Edi Suharto hadir. Menurut Edi, logistik siap. Suharto lalu pulang."
    spans = read(text)._.officials[0]["spans"]
    assert [text[start:end] for start, end in spans] == ["Edi Suharto", "Edi", "Suharto"]


def test_a_street_is_no_mention() -> None:
    text = "Ketua KPU Berau Ahmad Yani hadir. Kantornya di Jalan Ahmad Dahlan."
    spans = read(text)._.officials[0]["spans"]
    assert [text[start:end] for start, end in spans] == ["Ahmad Yani"]


def test_initials_stay_initials() -> None:
    text = "Dua orang, masing-masing berinisial RM dan SD, diperiksa. RM pulang lebih dulu."
    found = {p["name"]: [text[a:b] for a, b in p["spans"]] for p in read(text)._.people}
    assert found == {"RM": ["RM", "RM"], "SD": ["SD"]}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Seorang warga, Petrus Waine (41), melapor.", "Petrus Waine", "warga"),
        ("Pelapor bernama Rusli bin Hamzah hadir.", "Rusli bin Hamzah", "pelapor"),
        ("Kedua terdakwa, Jumri dan Husaini, hadir.", "Husaini", "terdakwa"),
        ("Paslon nomor urut 1, Markus Laing-Siti Rahmah (MARI), hadir.", "Siti Rahmah", "paslon"),
    ],
)
def test_roles(text: str, name: str, role: str) -> None:
    assert (name, role) in [(p["name"], p["role"]) for p in read(text)._.people]


@pytest.mark.parametrize(
    "text",
    [
        "Warga Tumpaan menolak.",
        "Pakta Integritas dibacakan di Gedung Serbaguna.",
        "Ia berbicara kepada KabarMinahasa.",
        "Tempat Pemungutan Suara dibuka.",
        "Menurut Badan Pusat Statistik, angka itu naik.",
    ],
)
def test_capitals_alone_are_nobody(text: str) -> None:
    doc = read(text)
    assert (doc._.people, doc._.officials) == ([], [])


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_lost_capitals_lose_no_official(change: Callable[[str], str]) -> None:
    text = "Ketua Bawaslu Kukar Edi Suharto mengatakan laporan sudah diterima dan akan diperiksa."
    assert [o["name"] for o in read(change(text))._.officials] == ["Edi Suharto"]
