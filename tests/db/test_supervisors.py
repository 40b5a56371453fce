"""Bawaslu as the party of an article and as its source, told apart."""

from __future__ import annotations

import pytest

from db.analysis import analyse
from db.people.supervisors import role_in
from tests.db.conftest import Newsroom

PARTY = [
    "Ketua Bawaslu Kabupaten Purwakarta, Euis Rohmah, dituding membiarkan pelanggaran.",
    "Bawaslu Kota Tarakan diadukan ke DKPP oleh tim hukum pasangan calon.",
    "Dua anggota Panwaslih Aceh Tenggara dilaporkan ke DKPP karena menerima uang.",
    "DKPP memberhentikan secara tetap Sabri Dani dari jabatannya sebagai anggota Panwaslih Aceh.",
    "DKPP menjatuhkan sanksi peringatan keras kepada Ketua Bawaslu Kabupaten Berau.",
    "Tim hukum menggugat Bawaslu Sulawesi Utara ke PTUN.",
    "Massa berunjuk rasa di depan kantor Bawaslu Kota Ambon.",
    "Warga menilai Panwascam Sebatik diduga tidak netral dalam pemilihan.",
    "Teradu adalah Ketua dan Anggota Bawaslu Kabupaten Nabire.",
    "Kritik terhadap kinerja Bawaslu Kukar disampaikan sejumlah lembaga.",
]
SOURCE = [
    "Seorang lurah dilaporkan ke Bawaslu Kota Tarakan atas dugaan tidak netral.",
    "Ketua Bawaslu Berau, Natalia Bawin, mengatakan camat itu dituding berkampanye.",
    "Warga mengadukan camat kepada Bawaslu Kabupaten Berau.",
    "Bawaslu Kukar mengimbau ASN menjaga netralitas.",
    "Menurut Panwaslih Aceh, lima kepala desa diberhentikan bupati.",
    "Bawaslu Bone memanggil camat yang dituding tidak netral.",
    "Laporan terhadap Camat Segah diterima Bawaslu Berau.",
    "KPU Kota Ambon digugat; Bawaslu Kota Ambon memantau sidangnya.",
]


@pytest.mark.parametrize("text", PARTY)
def test_what_is_done_to_it_makes_it_a_party(text: str) -> None:
    found = role_in(text)
    assert found is not None
    assert found.role == "pihak"
    assert text[found.span[0] : found.span[1]] == found.words


@pytest.mark.parametrize("text", SOURCE)
def test_what_it_says_or_does_leaves_it_a_source(text: str) -> None:
    found = role_in(text)
    assert found is not None
    assert (found.role, found.words) == ("narasumber", found.words)


@pytest.mark.parametrize("text", ["", "Bupati Berau membuka pasar.", "KPU Berau digugat warga."])
def test_without_it_there_is_no_role(text: str) -> None:
    assert role_in(text) is None


def test_a_long_line_is_read_in_bounded_time() -> None:
    assert role_in("teradu Anggota Ketua " * 20_000) is None


def test_roles_are_kept_with_the_articles_and_follow_their_text(room: Newsroom) -> None:
    key = room.store("satu", "Bawaslu Diadukan", f"{PARTY[1]} Pilkada 2024 diwarnai aduan.")
    room.store("dua", "Lurah Dilaporkan", f"{SOURCE[0]} Pilkada 2024 makin dekat.")
    room.store("tiga", "Panen Raya", "Panen padi melimpah.")
    analyse(room.home)
    query = "SELECT article_id, role FROM supervisor_roles ORDER BY article_id"
    assert room.rows(query) == [(1, "pihak"), (2, "narasumber")]
    room.store("satu", "Bawaslu Mengimbau", SOURCE[3])
    assert room.article(key)["version"] == 2
    analyse(room.home)
    assert room.rows(query) == [(1, "narasumber"), (2, "narasumber")]


def test_a_base_of_an_older_version_is_brought_up_to_date(room: Newsroom) -> None:
    room.store("satu", "Bawaslu Diadukan", f"{PARTY[1]} Pilkada 2024 diwarnai aduan.")
    analyse(room.home)
    with room.db.conn:
        room.db.execute("DELETE FROM supervisor_roles")
        room.db.execute("DELETE FROM settings WHERE key = 'supervisors_version'")
    analyse(room.home)
    assert room.rows("SELECT role FROM supervisor_roles") == [("pihak",)]
