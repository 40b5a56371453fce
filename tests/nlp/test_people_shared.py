"""Offices that several people share, hold again or are written short."""

from __future__ import annotations

import pytest

from tests.nlp.reading import read


def held(text: str) -> set[tuple[str, str, str | None]]:
    return {(o["name"], o["position"], o["acting"]) for o in read(text)._.officials}


CASES = [
    (
        "Laporan ditujukan kepada ketua KPU Berau dan anggota KPU Berau, masing-masing "
        "Rahmat Hidayat, Sari Dewi, dan Yusuf Halim.",
        {
            ("Rahmat Hidayat", "Ketua", None),
            ("Sari Dewi", "Anggota", None),
            ("Yusuf Halim", "Anggota", None),
        },
    ),
    (
        "Pengadu melaporkan Rahmat Hidayat dan Sari Dewi selaku Ketua dan Anggota Bawaslu Berau.",
        {("Rahmat Hidayat", "Ketua", None), ("Sari Dewi", "Anggota", None)},
    ),
    (
        "Kades yang dipanggil Panwaslu Berau:\n\n1. Rahmat Kades Gadon\n\n2. Suparjo Kades Jipang",
        {
            ("Rahmat", "Kepala Desa Gadon", None),
            ("Suparjo", "Kepala Desa Jipang", None),
        },
    ),
    (
        "Kuasa hukum Rahmat Hidayat, Yusuf Halim, mengatakan gugatan sudah didaftarkan.",
        {("Yusuf Halim", "kuasa hukum", None)},
    ),
    (
        "Bawaslu memeriksa calon Bupati petahana Kabupaten Berau, Rahmat Hidayat.",
        {("Rahmat Hidayat", "Calon Bupati", "petahana")},
    ),
    (
        "Bawaslu memeriksa bakal calon bupati petahana Berau, Rahmat Hidayat.",
        {("Rahmat Hidayat", "Bakal Calon Bupati", "bakal_calon")},
    ),
    (
        "KPU memeriksa berkas dua bapaslon. Bapaslon itu diminta melengkapinya. "
        "Berkas calon Bupati Berau Rahmat Hidayat belum lengkap.",
        {("Rahmat Hidayat", "Bakal Calon Bupati", "bakal_calon")},
    ),
    (
        "KPU menetapkan dua bapaslon. Bapaslon itu diundang. "
        "Calon Bupati Berau Rahmat Hidayat hadir.",
        {("Rahmat Hidayat", "Calon Bupati", "calon")},
    ),
    (
        "Teguran itu dibenarkan Sekjen Partai Golkar, Rahmat Hidayat.",
        {("Rahmat Hidayat", "Sekretaris Jenderal", None)},
    ),
    (
        "Imbauan itu disampaikan Yusuf Halim, Ketua Panitia Pengawas Pemilihan Kabupaten Bireuen.",
        {("Yusuf Halim", "Ketua", None)},
    ),
    (
        "Hadir Kordiv hukum dan penyelesaian sengketa Bawaslu Papua, Sari Dewi, Kordiv pencegahan, "
        "partisipasi masyarakat dan hubungan masyarakat Bawaslu Papua, Yusuf Halim pada acara itu.",
        {
            ("Sari Dewi", "Koordinator Divisi hukum dan penyelesaian sengketa", None),
            (
                "Yusuf Halim",
                "Koordinator Divisi pencegahan, partisipasi masyarakat dan hubungan masyarakat",
                None,
            ),
        },
    ),
    (
        "Putusan itu dibenarkan Humas PN Manokwari, Yusuf Halim.",
        {("Yusuf Halim", "Humas", None)},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[str(i) for i in range(len(CASES))])
def test_who_holds_what(text: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert held(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Menurut majelis hakim, terdakwa Rahmat Hidayat terbukti bersalah.",
        "Pemilihan Kepala Desa Sukamaju Wetan berlangsung menarik.",
        "Silaturahmi digelar di Gedung Rahmi Pendopo Bupati Berau.",
    ],
)
def test_no_holder(text: str) -> None:
    assert held(text) == set()


def test_petahana_alone_is_nobody() -> None:
    assert held("Bawaslu menyoroti pasangan calon Bupati Petahana yang memutasi pejabat.") == set()
