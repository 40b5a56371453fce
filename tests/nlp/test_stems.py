"""Roots: families of words meet, look-alikes stay apart."""

from __future__ import annotations

import pytest

from nlp import stems

FAMILIES = {
    "netral": "netralitas kenetralan menetralkan ketidaknetralan Netral",
    "langgar": "pelanggaran melanggar dilanggar pelanggar",
    "pilih": "pemilihan memilih pemilih terpilih dipilih",
    "pemilu": "pemilu kepemiluan Pemilunya",
    "tetap": "penetapan menetapkan ditetapkan tetap",
    "awas": "pengawasan mengawasi diawasi pengawas",
    "libat": "keterlibatan melibatkan terlibat",
    "salahguna": "penyalahgunaan menyalahgunakan disalahgunakan",
    "bagi": "bagi-bagi membagi-bagikan pembagian membagikan dibagikan",
    "klaster": "klaster kluster cluster",
    "imbau": "imbau himbau mengimbau menghimbau imbauan himbauan",
    "wali kota": "walikota Walikotanya",
    "asn": "ASN ASN-nya",
    "temu": "menemukan ditemukan temuan",
    "tuntut": "menuntut dituntut tuntutan",
    "pihak": "memihak keberpihakan berpihak",
    "rusak": "perusakan pengrusakan merusak dirusak",
    "mutasi": "mutasi memutasi dimutasi",
    "kampanye": "kampanye berkampanye mengampanyekan dikampanyekan kampanyenya",
    "salah": "salah bersalah kesalahan",
}
OWN_ROOTS = "berita bali kepala kepada petahana kata ketua media bupati partai Kediri Kutai adalah"
APART = [
    ("kepala", "pala"),
    ("kepada", "pada"),
    ("pemilu", "pilu"),
    ("adalah", "ada"),
    ("keuangan", "uang"),
    ("perangkat", "angkat"),
    ("Kediri", "diri"),
    ("Pemalang", "malang"),
    ("pula", "mula"),
    ("ular", "menular"),
]


@pytest.mark.parametrize(
    ("word", "root"), [(word, root) for root, family in FAMILIES.items() for word in family.split()]
)
def test_words_of_one_family_have_one_root(word: str, root: str) -> None:
    assert stems.stem(word) == root


@pytest.mark.parametrize("word", OWN_ROOTS.split())
def test_a_word_that_only_looks_affixed_is_its_own_root(word: str) -> None:
    assert stems.stem(word) == word.lower()


@pytest.mark.parametrize(("one", "other"), APART)
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    assert stems.stem(one) != stems.stem(other)


@pytest.mark.parametrize(
    ("short", "long"),
    [("kades", "kepala desa"), ("paslon", "pasangan calon"), ("bansos", "bantuan sosial")],
)
def test_a_contraction_is_indexed_as_its_long_form(short: str, long: str) -> None:
    assert stems.stem_text(short) == stems.stem_text(long)


def test_a_text_keeps_the_order_of_its_words() -> None:
    text = "Bawaslu: 1.000 laporan — dugaan ‘politik-uang’ Jum’at."
    assert stems.stem_text(text) == "bawaslu 1 000 lapor duga politik uang jumat"


def test_words_carry_their_offsets() -> None:
    text = "Diduga, ASN-nya melanggar"
    found = [(root, text[start:end]) for root, start, end in stems.words(text)]
    assert found == [("duga", "Diduga"), ("asn", "ASN-nya"), ("langgar", "melanggar")]


def test_no_words_no_roots() -> None:
    assert stems.stem_text(" … \n") == ""
