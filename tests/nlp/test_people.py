"""Officials, other people, and the short mentions that belong to them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlp.annotate import annotate
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


Candidates = list[tuple[str, str, str | None]]


def held(text: str) -> Candidates:
    return [(o["name"], o["position"], o["acting"]) for o in read(text)._.officials]


PAIR: Candidates = [
    ("Rudi Tamara", "Calon Bupati", "calon"),
    ("Sari Wulandari", "Calon Wakil Bupati", "calon"),
]


@pytest.mark.parametrize(
    "text",
    [
        "Tiga pasangan calon bupati bertarung. Ia melaporkan pasangan Rudi Tamara-Sari Wulandari.",
        "Ia melaporkan pasangan Rudi Tamara – Sari Wulandari. Calon bupati lain diam.",
        "Rudi Tamara/Sari Wulandari, pasangan calon bupati, hadir.",
        "Calon Bupati dan Wakil Bupati Berau nomor urut 1 Rudi Tamara-Sari Wulandari hadir.",
        "Calon bupati (cabup) - calon wakil bupati, Rudi Tamara - Sari Wulandari, hadir.",
        "Pilbup Berau diikuti paslon nomor urut 2, Rudi Tamara dan Sari Wulandari.",
        "Paslon Rudi Tamara-Sari Wulandari mengikuti pemilihan bupati di Berau.",
    ],
)
def test_a_pair_runs_for_the_office_that_the_article_names(text: str) -> None:
    assert held(text) == PAIR


@pytest.mark.parametrize(
    "text",
    [
        "MK menolak pasangan Rudi Tamara-Sari Wulandari.",
        "Selain Pilgub, warga memilih bupati dan wakil bupati. Pilgub diikuti pasangan"
        " Rudi Tamara-Sari Wulandari.",
    ],
)
def test_the_title_tells_what_the_pairs_run_for(text: str) -> None:
    title = "Gugatan Pilgub Lampung Ditolak"
    found = next(annotate([{"id": "a", "title": title, "text": text}]))["officials"]
    assert [o["position"] for o in found] == ["Calon Gubernur", "Calon Wakil Gubernur"]


@pytest.mark.parametrize(
    ("full", "nickname"),
    [
        ("Syaifullah Yusuf", "Gus Ipul"),
        ("Ridwan Kamil", "Kang Emil"),
        ("Agus Harimurti Yudhoyono", "AHY"),
    ],
)
def test_a_nickname_that_all_know_is_no_second_person(full: str, nickname: str) -> None:
    text = f"Calon gubernur {full} hadir di Maros. Menurut {nickname}, warga siap."
    assert held(text) == [(full, "Calon Gubernur", "calon")]
    assert not read(text)._.people


def test_a_pair_of_an_unnamed_race_runs_for_head_of_region() -> None:
    assert held("Paslon nomor urut 2, Rudi Tamara dan Sari Wulandari, hadir.") == [
        ("Rudi Tamara", "Calon kepala daerah", "calon"),
        ("Sari Wulandari", "Calon wakil kepala daerah", "calon"),
    ]


def test_an_everyday_word_behind_a_hyphen_is_the_second_of_a_pair() -> None:
    names = [name for name, _, _ in held("Paslon nomor urut 2, Rudi Tamara-Surya, hadir.")]
    assert names == ["Rudi Tamara", "Surya"]


def test_pairs_that_are_not_yet_confirmed() -> None:
    text = "Tiga bapaslon gubernur mendaftar. Terakhir pasangan Rudi Tamara-Sari Wulandari."
    assert [acting for _, _, acting in held(text)] == ["bakal_calon", "bakal_calon"]


def test_two_offices_in_hand_are_no_candidacies() -> None:
    assert held("Bupati dan Wakil Bupati Berau, Rudi Tamara dan Sari Wulandari, hadir.") == [
        ("Rudi Tamara", "Bupati", None),
        ("Sari Wulandari", "Wakil Bupati", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Debat diikuti tiga pasangan calon bupati yaitu Rudi Tamara-Sari Wulandari nomor urut 1, "
        "Edwin-Ramlis nomor urut 2, dan Fadlan-Asrul.",
        "Ada tiga pasangan calon bupati: Rudi Tamara dan Sari Wulandari (nomor urut 1), Edwin "
        "dan Ramlis (nomor urut 2), serta Fadlan dan Asrul (nomor urut 3).",
    ],
)
def test_every_pair_of_a_list_is_read(text: str) -> None:
    names = ["Rudi Tamara", "Sari Wulandari", "Edwin", "Ramlis", "Fadlan", "Asrul"]
    assert [name for name, _, _ in held(text)] == names


def test_a_short_name_in_a_list_of_pairs_is_somebody_else() -> None:
    text = "Empat paslon yakni Rafi Tamara-Ahmad Fadlan nomor urut 3 dan Fadlan-Asrul nomor urut 4."
    assert [name for name, _, _ in held(text)] == [
        "Rafi Tamara",
        "Ahmad Fadlan",
        "Fadlan",
        "Asrul",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Ketua tim pemenangan pasangan Rudi Tamara dan Sari Wulandari, Edi Suharto, hadir.",
            "Edi Suharto",
        ),
        (
            "Edi Suharto, ketua tim pemenangan pasangan Rudi Tamara-Sari Wulandari, hadir.",
            "Edi Suharto",
        ),
        ("Ketua tim pemenangan pasangan BERKAH, Edi Suharto, hadir.", "Edi Suharto"),
        ("Ketua tim pemenangan Paslon 1, Edi Suharto, hadir.", "Edi Suharto"),
        ("Ketua tim pemenangan Rudi - Sari, Edi Suharto, hadir.", "Edi Suharto"),
    ],
)
def test_whom_a_team_serves_does_not_lead_it(text: str, name: str) -> None:
    leaders = [who for who, position, _ in held(text) if position == "Ketua Tim Pemenangan"]
    assert leaders == [name]


def test_a_bracket_behind_a_name_says_who_it_is() -> None:
    text = (
        "Panelis itu ialah Rudi Tamara (Dosen UIN Mahmud Yunus), Sari Wulandari (PNS Berau dan "
        "mantan Ketua KPU Berau), serta Edi Suharto (Rektor Universitas Mohammad Natsir)."
    )
    assert held(text) == [
        ("Rudi Tamara", "dosen", None),
        ("Sari Wulandari", "Ketua", "mantan"),
        ("Edi Suharto", "rektor", None),
    ]


@pytest.mark.parametrize(
    "office",
    [
        "Koordinator Divisi Pencegahan pada Bawaslu Berau",
        "Komisioner Divisi Pencegahan Bawaslu Berau",
        "Ketua Koordinator Divisi Pencegahan (P2) Bawaslu Berau",
        "Anggota Bawaslu Berau Divisi Pencegahan",
    ],
)
def test_divisions_in_every_wording(office: str) -> None:
    assert held(f"{office} Rudi Tamara hadir.") == [
        ("Rudi Tamara", "Koordinator Divisi Pencegahan", None)
    ]


def test_an_officer_follows_the_title() -> None:
    text = "Hadir Kapolres Berau AKBP Rudi Tamara, Dandim 0902 Letkol Inf Edi Suharto."
    assert [row[:2] for row in held(text)] == [
        ("Rudi Tamara", "Kapolres"),
        ("Edi Suharto", "Dandim 0902"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ketua KPU Berau Hari Dermanta hadir.", ["Hari Dermanta"]),
        ("Ketua KPU Berau Hari Pahlawan libur.", []),
        ("Upah bagi camat Rp 175 dan lurah, ASN, naik.", []),
        ("Menteri Sosial Rudi Tamara hadir.", ["Rudi Tamara"]),
        ("Akademisi Prof. A.A. Istri Wulandari, SH., MH., hadir.", ["A.A. Istri Wulandari"]),
    ],
)
def test_who_is_a_name_and_what_is_not(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in held(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Debat digelar di Gedung Hoeridjah Adam.",
        "Ia menempuh S2 di Universitas Mohammad Yamin.",
        "Ia berbicara kepada Rudi News.",
        "Bantuan datang dari Desa Dewi Sari.",
    ],
)
def test_names_of_institutions_are_nobody(text: str) -> None:
    assert read(text)._.people == []


def test_two_spellings_with_an_initial_are_one() -> None:
    text = "Ketua KPU Berau Ikram Malan Sangaji hadir. Ketua KPU Berau Ikram M. Sangaji pulang."
    assert [name for name, _, _ in held(text)] == ["Ikram Malan Sangaji"]


def test_a_long_row_of_initials_is_read_to_its_end() -> None:
    assert held("A." * 5_000 + " hadir. Ketua KPU Berau Rudi Tamara hadir.") == [
        ("Rudi Tamara", "Ketua", None)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sari Wulandari siap menjadi cawabup Rudi Tamara.",
            [("Rudi Tamara", "Calon Bupati", "calon")],
        ),
        ("Kemarin cawabup Rudi Tamara hadir.", [("Rudi Tamara", "Calon Wakil Bupati", "calon")]),
    ],
)
def test_the_one_a_deputy_serves_is_no_deputy(text: str, expected: Candidates) -> None:
    assert held(text) == expected
