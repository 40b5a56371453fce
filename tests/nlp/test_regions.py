"""Regions: homonyms, abbreviations, everyday words, and where it happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.lexicon import districts, regions
from tests.nlp.reading import pipeline, read


def codes(text: str, outlet: str | None = None) -> list[str]:
    return [region["code"] for region in read(text, outlet=outlet)._.regions]


def main(text: str) -> str | None:
    return next((r["code"] for r in read(text)._.regions if r["main"]), None)


def test_all_regions_are_there() -> None:
    levels = [region.level for region in regions().values()]
    assert [levels.count(level) for level in ("provinsi", "kabupaten", "kota")] == [38, 416, 98]
    assert set(districts()) == {code for code in regions() if len(code) > 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bawaslu Kaltara dan Bawaslu Kukar serta KPU Minut hadir.", ["65", "64.02", "71.06"]),
        ("Pemkab KBB dan Bupati Pangkep hadir.", ["32.17", "73.10"]),
        ("Bupati Bima menemui Wali Kota Bima.", ["52.06", "52.72"]),
        ("KPU Kabupaten Banjar dan KPU Kota Banjar hadir.", ["63.03", "32.79"]),
        ("Bupati Murung Raya dan Bupati Musi Rawas hadir.", ["62.12", "16.05"]),
        ("Ia tinggal di Halmahera Utara (Halut), Maluku Utara.", ["82.03", "82"]),
        ("Acara di Martapura, Kalimantan Selatan.", ["63.03", "63"]),
        ("Kejadian di Marisa, Kabupaten Pohuwato, Gorontalo.", ["75.04", "75"]),
        ("Camat Pengasih ditegur.", ["34.01"]),
        ("Bawaslu Provinsi Papua Tengah dan KPU Nabire hadir.", ["94", "94.01"]),
        ("Badan Pengawas Pemilu (Bawaslu) Maros memanggil lurah.", ["73.09"]),
    ],
)
def test_names_mean_their_region(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Menurut pati Polri, batu itu jatuh ke metro.",
        "Metro TV menyiarkan debat.",
        "Palu sudah diketuk hakim.",
        "Kaur Pemerintahan desa itu ditegur.",
        "PPS mulai bekerja.",
        "Jalan Surabaya ditutup.",
        "Mereka buru pelaku sampai puncak.",
        "Cosmas Batubara hadir.",
        "Ia lulus dari Universitas Negeri Padang dan UIN Mahmud Yunus Batusangkar.",
        "Dosen Universitas Gadjah Mada (UGM) Yogyakarta hadir.",
        "Mereka melaporkan pasangan Bima Th Wenyi.",
        "Seorang warga Desa Serang hadir.",
        "TPS itu di Kecamatan Kota.",
    ],
)
def test_everyday_words_and_names_of_other_things_are_no_regions(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bupati Pati ditegur.", ["33.18"]),
        ("Bawaslu Kota Batu bersidang.", ["35.79"]),
        ("KPU Kaur bersidang.", ["17.04"]),
        ("Warga di Kota Metro memilih.", ["18.72"]),
        (
            "Suara terbanyak di Papua Tengah ada di Paniai, diikuti Puncak dan Mimika.",
            ["94", "94.03", "94.05", "94.04"],
        ),
    ],
)
def test_weak_names_count_with_a_cue(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_the_outlet_helps_with_a_homonym() -> None:
    assert codes("Mereka tiba di Banjar.", outlet="63") == ["63.03"]
    assert codes("Mereka tiba di Banjar.", outlet="32") == ["32.79"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jakarta - Bawaslu RI menegur Bawaslu Berau. Hal itu dikatakan di Jakarta, Jumat.",
            "64.03",
        ),
        ("Bawaslu Kabupaten Berau, Kalimantan Timur, memanggil camat.", "64.03"),
        ("KPU Kalimantan Timur mendata Berau, Paser, Bontang, dan Kutai Barat.", "64"),
        (
            "Gubernur Sulut memuji KPU Minahasa Utara. KPU Minahasa Utara siap. KPU Minahasa "
            "Utara punya 5 gudang.",
            "71.06",
        ),
        ("Tanjung Selor (ANTARA) - Bawaslu Kaltara menggelar rapat.", "65"),
        ("NUNUKAN - Pengawas menertibkan alat peraga.", "65.03"),
        ("Rapat digelar tadi pagi.", None),
    ],
)
def test_the_main_region_is_where_it_happened(text: str, expected: str | None) -> None:
    assert main(text) == expected


def test_a_town_where_somebody_only_spoke_is_no_region_of_the_story() -> None:
    text = "Bawaslu Kutai Kartanegara bersidang, katanya ketika dihubungi dari Samarinda, Rabu."
    assert codes(text) == ["64.02"]


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_lost_capitals_lose_no_region(change: Callable[[str], str]) -> None:
    text = "Bawaslu Kukar memeriksa camat di Kutai Kartanegara karena dugaan pelanggaran"
    assert codes(change(text)) == ["64.02"]


def test_a_dateline_in_the_province_s_capital_is_left_out() -> None:
    text = "TERNATE - KPU Kabupaten Halmahera Selatan, Maluku Utara, membuka pendaftaran."
    assert "82.71" not in codes(text)


@pytest.mark.parametrize(
    ("text", "code", "names"),
    [
        (
            "Rapat di Desa Risa, Kecamatan Woha, Kabupaten Bima, selesai.",
            "52.06",
            ["Desa Risa", "Kecamatan Woha"],
        ),
        (
            "KPU Kabupaten Berau datang. Warga Kampung Bebera melapor.",
            "64.03",
            ["Kampung Bebera"],
        ),
        ("Panwaslu Kecamatan Tualang dan Bawaslu Siak menolak.", "14.08", []),
    ],
)
def test_smaller_places_lie_in_their_kabupaten(text: str, code: str, names: list[str]) -> None:
    regions = {region["code"]: region for region in read(text)._.regions}
    found = regions[code]["localities"]
    assert [locality["name"] for locality in found] == names
    for locality in found:
        start, end = locality["span"]
        assert locality["name"].endswith(text[start:end])


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Bawaslu Sultra Catat Puluhan Laporan",
            "Bawaslu Sultra mencatat laporan di Kabupaten Konawe Utara, Kabupaten Konawe, "
            "Kabupaten Kolaka dan Kabupaten Muna Barat. Konawe Utara terbanyak.",
            "74",
        ),
        (
            "Kapolri Tegaskan Netralitas",
            "Kapolri Rudi Tamara menindak personel dari Sulut dan Sulsel. Mantan Kapolda Metro "
            "Jaya itu tidak memberi ampun.",
            None,
        ),
        (
            "Ratusan TPS Gelar Ulang",
            "Anggota Bawaslu Sari Dewi menyebut 103 TPS, di Papua 25 TPS dan di Sulawesi Tengah "
            "19 TPS.",
            None,
        ),
        (
            "Polisi Siaga di Serang",
            "SERANG – Kapolres Serang AKBP Rudi Tamara menyiagakan personel.",
            "36.04",
        ),
        (
            "Gudang Tinta Dicek",
            "Gudang tinta tiga kabupaten di Provinsi Jambi dicek: Bungo, Tebo, dan Kabupaten "
            "Merangin. Ketua KPU Jambi Sari Dewi memuji ketiganya. Di Merangin ada dua gudang.",
            "15",
        ),
        (
            "Pelajar Gemar Berdebat",
            "KPU memuji pelajar. Di Riau, misalnya, ada 40 klub, juga di Jambi dan Maluku.",
            None,
        ),
        (
            "Arsip Negara Dirapikan",
            "Mendagri Rudi Tamara membuka pelatihan arsip di Senggigi, Nusa Tenggara Barat, Senin "
            "(3/5/2021).",
            None,
        ),
        (
            "Calon Beradu Resep",
            "Bakal calon Gubernur Banten Rudi Tamara dan bakal calon Wali Kota Bitung Sari Dewi "
            "beradu resep. Ketua Bawaslu Edi Suharto menjadi juri mereka.",
            None,
        ),
        (
            "Pantun Calon Presiden",
            "Calon presiden Rudi Tamara membaca pantun. “Ini dari nenek,” katanya saat ditemui di "
            "Kabupaten Sambas, Kalimantan Barat.",
            None,
        ),
        (
            "Payung Warna-warni",
            "Ketua Bawaslu Edi Suharto mengatakan payung warna-warni di Kendari itu hiasan. Ia "
            "berbicara dalam lokakarya di Jakarta, Selasa.",
            None,
        ),
        ("Lomba Mural di Kota Bontang, Kalimantan Timur", "Tiga pelukis menang.", "64.74"),
        (
            "Perpustakaan Pengawas",
            "Komisioner Bawaslu Sari Dewi di Jakarta menyebut 812 buku, terbanyak di Provinsi "
            "Lampung.",
            None,
        ),
        (
            "Sidang Dibuka untuk Pelajar",
            "Mahkamah Konstitusi mengajak pelajar menonton sidang sengketa Pemilihan Bupati Lahat "
            "dan Pemilihan Bupati Keerom.",
            None,
        ),
        (
            "Caleg Memelihara Lebah",
            "Calon legislatif DPRD Singkawang Rudi Tamara memelihara lebah, kata juru bicara Mabes "
            "Polri Sari Dewi di Jakarta, Rabu.",
            "61.72",
        ),
        ("Pameran Foto Cagub DKI", "Jakarta – Dua pameran dibuka.", "31"),
        ("Kuis Kepresidenan", "YOGYA Kuis tentang Pilpres ramai diikuti pelajar.", None),
        (
            "Badan Pengawas Pemilu Riau Latih 30 Pemantau",
            "Badan Pengawas Pemilu Riau melatih 30 pemantau, termasuk dua guru di Kabupaten Siak.",
            "14",
        ),
        ("Akun Palsu Serang Rudi-Sari", "Juru bicara keduanya menyesalkan unggahan itu.", None),
        ("KPU Serang Tetapkan Rudi-Sari", "Kader partai itu bersyukur.", "36.73"),
        ("Polres Metro Periksa Saksi", "Polres Metro Jakarta Barat memeriksa dua saksi.", "31.73"),
        ("Sebutan Mitra", "Polri Mitra Masyarakat, kata spanduk itu.", None),
        ("TPS 2 Wajo Ulang", "KPU Kota Baubau menggelar PSU di TPS 2 Wajo.", "74.72"),
    ],
)
def test_where_the_story_happened(title: str, text: str, expected: str | None) -> None:
    doc = pipeline().make_doc(text)
    doc._.title = title
    for _, component in pipeline().pipeline:
        doc = component(doc)
    assert next((r["code"] for r in doc._.regions if r["main"]), None) == expected
