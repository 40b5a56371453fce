"""Figures: value, unit, bound, and what is none."""

from __future__ import annotations

import pytest

from nlp.numerals import words_value
from tests.nlp.reading import read

Row = tuple[float, float | None, str | None, str | None]


def figures(text: str) -> list[Row]:
    found = read(text)._.figures
    return [(f["value"], f["value_max"], f["unit"], f["bound"]) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada 7.974 personel gabungan.", (7974, None, "personel", None)),
        ("Ada 1,2 juta pemilih.", (1_200_000, None, "pemilih", None)),
        ("Ia memberi Rp 50 ribu.", (50_000, None, "rupiah", None)),
        ("Uang Rp100.000 disita.", (100_000, None, "rupiah", None)),
        ("Anggaran Rp1,5 miliar dipakai.", (1.5e9, None, "rupiah", None)),
        ("Ia menunggu setengah jam.", (0.5, None, "jam", None)),
        ("Ada dua ratus lima puluh TPS.", (250, None, "TPS", None)),
        ("Ada sebelas saksi.", (11, None, "saksi", None)),
        ("Tersisa dua belas kepala desa.", (12, None, "kepala desa", None)),
        ("Puluhan ribu warga hadir.", (10_000, 99_000, "warga", "lebih_dari")),
        ("Ratusan orang hadir.", (100, 999, "orang", "lebih_dari")),
        ("Naik 5-10 persen.", (5, 10, "persen", None)),
        ("Ada antara 5 dan 10 kasus.", (5, 10, "kasus", None)),
        ("Uang Rp50 ribu-Rp100 ribu.", (50_000, 100_000, "rupiah", None)),
        ("Partisipasi lebih dari 75 persen.", (75, None, "persen", "lebih_dari")),
        ("Kurang lebih 1.000 data belum direkam.", (1000, None, "data", "sekitar")),
        ("Penjara maksimal 36 bulan.", (36, None, "bulan", "kurang_dari")),
        ("Denda paling banyak Rp36 juta.", (36e6, None, "rupiah", "kurang_dari")),
        ("Denda maksimal paling banyak 12 juta.", (12e6, None, "rupiah", "kurang_dari")),
        ("Ada dua bakal pasangan calon.", (2, None, "bakal pasangan calon", None)),
        ("Ditemukan 25 nama pemilih ganda.", (25, None, "nama pemilih ganda", None)),
        ("Ada 100 lebih kades.", (100, None, "kades", "lebih_dari")),
        ("Ada 50-an ASN.", (50, None, "ASN", "sekitar")),
        ("Waktunya 12 (dua belas) hari kerja.", (12, None, "hari kerja", None)),
        ("Ada 64 kotak suara.", (64, None, "kotak suara", None)),
        ("Di 10 kabupaten/kota digelar.", (10, None, "kabupaten/kota", None)),
        ("Perolehan 54,3% tercatat.", (54.3, None, "persen", None)),
        ("Ada 9.388 alat peraga kampanye.", (9388, None, "alat peraga kampanye", None)),
        (
            "Ada dua dugaan pelanggaran administrasi.",
            (2, None, "dugaan pelanggaran administrasi", None),
        ),
        ("Polda mengirim dua pejabatnya.", (2, None, "pejabat", None)),
        ("TPS berjumlah 97.", (97, None, "TPS", None)),
        ("Daftar pemilih tetap (DPT) 669.835.", (669_835, None, "pemilih", None)),
        ("Partai itu meraih suara sah, 4997.", (4997, None, "suara", None)),
        ("Logistik dikirim ke enam daerah.", (6, None, "daerah", None)),
        ("Satu tindak pidana pemilu diperiksa.", (1, None, "tindak pidana pemilu", None)),
        ("Panitia menerima uang 75 ribu tapi tanpa kuitansi.", (75_000, None, "rupiah", None)),
        ("Dua ketua PPS ditegur.", (2, None, "ketua PPS", None)),
        ("Gudang itu masih menyimpan satu dus tinta.", (1, None, "dus", None)),
        ("Satu atau dua lembar terlipat.", (1, 2, "lembar", None)),
        ("Tujuh warga negara asing menonton karnaval.", (7, None, "warga negara asing", None)),
        ("Undangan dikirim ke 514 panitia.", (514, None, "panitia", None)),
        ("Tercatat 77 jumlah pengaduan.", (77, None, "pengaduan", None)),
        ("Jumlah pemilih di pulau itu adalah 143.", (143, None, "pemilih", None)),
        ("Panggung debat pemilu 2 orang pemandu.", (2, None, "orang", None)),
        ("Pada 8 Juni 2021, atau empat hari sebelumnya.", (4, None, "hari", None)),
        ("Kehadiran mencapai 71.25 persen.", (71.25, None, "persen", None)),
        ("Anggaran Rp 1.5 miliar dipakai.", (1.5e9, None, "rupiah", None)),
        ("Dukungan yang dihitung sebanyak 18.450.", (18_450, None, "dukungan", None)),
        ("Undangannya berisi satu tautan.", (1, None, "tautan", None)),
        ("Sembilan calon kepala daerah menari.", (9, None, "calon kepala daerah", None)),
        ("Gedung baru itu menelan Rp 12 milliar.", (12e9, None, "rupiah", None)),
        ("Sekitar belasan TPS memakai tenda.", (11, 19, "TPS", "lebih_dari")),
        ("Kehadiran 51,30\u00c2\u00a0persen.", (51.3, None, "persen", None)),
    ],
)
def test_figures_are_read(text: str, expected: Row) -> None:
    assert figures(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Kodim 0906/Tgr bersiaga.",
        "Paslon nomor urut 2 hadir.",
        "Pasal 71 ayat (1) UU Nomor 10 Tahun 2016.",
        "Hubungi 081234567890.",
        "Rudi (48) dan Ani (50 tahun) hadir, berusia 30 tahun.",
        "Pukul 10.00 WIB atau 11.30 Wita.",
        "Rapat Rabu (23/9) dan 9 Desember 2020.",
        "Di TPS 05 dan RT 02 RW 03, lantai 3.",
        "Pandemi Covid-19 di tahun 2020.",
        "Salah satu calon hadir satu per satu.",
        "Bak mobil setengah kosong.",
        "1.Menerima sanksi\n2.Menjaga damai",
        "Laga berakhir 3-1 untuk mereka.",
        "Menurut PKPU Nomor 17 dan 18 Tahun 2024.",
        "Dandim 1705 Nabire dan (Kodim) 1627 Rote Ndao hadir.",
        "Acara di SMP (Sekolah) Negeri 1 Wawonii.",
        "Ini rapat yang ke 3 bulan ini.",
        "Spanduknya bertuliskan coblos 2 batal.",
        "Buku itu membahas Pasal 12 dan 13 undang-undang desa.",
        "Lomba itu agenda lima tahunan.",
        "Arsip 27-ABC-RTV/IV/2022 dibuka.",
        "Arsip pemilihan kepala daerah 2010 kabupaten itu lengkap.",
        "Pasar murah dibuka 5 Ramadan.",
        "Penari itu memberi salam dua jari.",
        "Warga Daerah Pemilihan 4 Jakarta Barat menanam pohon.",
    ],
)
def test_these_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_what_a_percentage_measures() -> None:
    found = read("Harapan kami tingkat partisipasi masyarakat lebih dari 75 persen.")._.figures
    assert found[0]["about"] == "tingkat partisipasi masyarakat"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("dua puluh satu", 21),
        ("seratus lima", 105),
        ("seribu dua ratus", 1200),
        ("tiga ratus ribu", 300_000),
        ("dua setengah", 2.5),
        ("satu juta dua ratus lima puluh ribu", 1_250_000),
    ],
)
def test_words_add_up(words: str, value: float) -> None:
    assert words_value(words) == (value, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada delapan dari total 11 kontainer.", [(8, "kontainer"), (11, "kontainer")]),
        ("Ada 10 dari 25 kecamatan.", [(10, "kecamatan"), (25, "kecamatan")]),
        ("DPT 90 pemilih: laki-laki berjumlah 41.", [(90, "pemilih"), (41, "pemilih")]),
    ],
)
def test_a_part_counts_what_the_whole_counts(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(value, unit) for value, _, unit, _ in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Batas dana kampanye Rp. 26,427,284,250 per pasangan.", [(26427284250.0, "rupiah")]),
        ("Ia diminta Rp 5 M, lalu Rp 2,5 M lagi.", [(5e9, "rupiah"), (2.5e9, "rupiah")]),
        ("Saldonya nol rupiah.", [(0.0, "rupiah")]),
        ("Ada enam oknum ASN yang diperiksa.", [(6.0, "ASN")]),
        ("Pemeriksaan dimulai jam 9 pagi, lanjut jam 3 sore.", []),
        ("Formulir Model C 1 beserta lampirannya hilang.", []),
        ("DPT mencapai 1.241.196 mata pilih.", [(1241196.0, "mata pilih")]),
        ("Surat suara yang rusak sebanyak 222.529 sesuai laporan.", [(222529.0, "surat suara")]),
        (
            "Ada 2.298 kotak suara rusak. Yang aman ada 12.417 dan sudah dipindah.",
            [(2298.0, "kotak suara"), (12417.0, "kotak suara")],
        ),
        ("Ada delapan laporan. Satu di antaranya lengkap.", [(8.0, "laporan"), (1.0, "laporan")]),
        ("Tinta dibagi ke 1500-TPS.", [(1500.0, "TPS")]),
        (
            "PDIP meraih 8 kursi, Golkar 6, dan Gerindra 5.",
            [(8.0, "kursi"), (6.0, "kursi"), (5.0, "kursi")],
        ),
        (
            "Golkar 12.345, PDIP 10.222, dan PKB 9.120 suara.",
            [(12345.0, "suara"), (10222.0, "suara"), (9120.0, "suara")],
        ),
        (
            "Kecamatan Segah 1. Darto 4.793 suara, 2. Rina 3.865 suara, Kelay 1. Darto 500 suara.",
            [(4793.0, "suara"), (3865.0, "suara"), (500.0, "suara")],
        ),
        ("Masa kerjanya 24 bulan (2 tahun).", [(24.0, "bulan"), (2.0, "tahun")]),
        (
            "Dari 31 kegiatan, sembilan di antaranya daring.",
            [(31.0, "kegiatan"), (9.0, "kegiatan")],
        ),
        ("Dari sebelas PPK itu, tiga dilatih ulang.", [(11.0, "PPK"), (3.0, "PPK")]),
        (
            "Cetakan menurut DPT sebanyak 42.300 plus 2 persen.",
            [(42300.0, "pemilih"), (2.0, "persen")],
        ),
        ("Pasangan kedua meraih 7.415 atau 33 persen.", [(7415.0, "suara"), (33.0, "persen")]),
        (
            "Ada 300.000 pemilih di dua kabupaten, yakni Sambas (210.500) dan Sekadau (89.500).",
            [
                (300000.0, "pemilih"),
                (2.0, "kabupaten"),
                (210500.0, "pemilih"),
                (89500.0, "pemilih"),
            ],
        ),
    ],
)
def test_what_real_news_counts(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(f["value"], f["unit"]) for f in read(text)._.figures] == expected
