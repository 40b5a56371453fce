"""Traps of real news around names and offices, one sentence each; the people are invented."""

from __future__ import annotations

import pytest

from tests.nlp.reading import PUBLISHED, read

Row = tuple[str, str, str | None, str | None]


def officials(text: str, published: str | None = PUBLISHED) -> set[Row]:
    """(name, position, region, acting) of everybody who holds an office."""
    found = read(text, published)._.officials
    return {(o["name"], o["position"], o["region"], o["acting"]) for o in found}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Divisi Humas, Data dan Informasi Bawaslu Pesawaran, Rudi Tamara, mengatakan hal itu.",
            ("Rudi Tamara", "Koordinator Divisi Humas, Data dan Informasi", "18.09", None),
        ),
        (
            "Koordinator Divisi Humas dan Antarlembaga Bawaslu Jateng, Rudi Tamara, hadir.",
            ("Rudi Tamara", "Koordinator Divisi Humas dan Antarlembaga", "33", None),
        ),
        (
            "Ketua KPU Berau periode 2013-2018, Rudi Tamara, hadir.",
            ("Rudi Tamara", "Ketua", "64.03", "mantan"),
        ),
        (
            "Ketua KPU Berau periode 2018-2023, Rudi Tamara, hadir.",
            ("Rudi Tamara", "Ketua", "64.03", None),
        ),
        (
            "Rapat di Karangasem. Ketua Bawaslu Karanagsem I Nengah Tamara hadir.",
            ("I Nengah Tamara", "Ketua", "51.07", None),
        ),
        (
            "Ketua Bawaslu Berau, Rudi S. Kep. Ns, mengaku sudah bertindak.",
            ("Rudi", "Ketua", "64.03", None),
        ),
        (
            "Ketua Bawaslu Berau Rudi M. Tahir mengaku sudah bertindak.",
            ("Rudi M. Tahir", "Ketua", "64.03", None),
        ),
        (
            "Bupati Situbondo diperiksa, kata Juru Bicara KPK Rudi Tamara.",
            ("Rudi Tamara", "Juru Bicara", None, None),
        ),
        (
            "Di Situbondo, Kabareskrim Polri Komjen Rudi Tamara angkat bicara.",
            ("Rudi Tamara", "Kabareskrim", None, None),
        ),
        (
            "Kapolres Kediri Kota AKBP Rudi Tamara hadir.",
            ("Rudi Tamara", "Kapolres", "35.71", None),
        ),
        ("Kapolres Kediri AKBP Rudi Tamara hadir.", ("Rudi Tamara", "Kapolres", "35.06", None)),
        (
            "Hadir pula pasangan Cabup Rudi Tamara-Sari Dewi di Kabupaten Berau.",
            ("Sari Dewi", "Calon Wakil Bupati", "64.03", "calon"),
        ),
        (
            "PSU di Palopo diikuti Putri Laing-Haidir Tamara dan calon wali kota Palopo lain.",
            ("Haidir Tamara", "Calon Wakil Wali Kota", "73.73", "calon"),
        ),
        (
            "Pasangan Calon (Paslon) Nomor Urut 1, Sari Dewi dan Rudi Tamara, datang ke Berau.",
            ("Rudi Tamara", "Calon wakil kepala daerah", "64.03", "calon"),
        ),
        (
            "Hadir pasangan Dodi-Giri , Ishak- Yudha dan Aswari- Irwan di Pilbup Berau.",
            ("Irwan", "Calon Wakil Bupati", "64.03", "calon"),
        ),
        (
            "Ketua Tim Pemenangan Budi Rollo -Sari Saru atau BRS-HARUS, Rudi Tamara, hadir.",
            ("Rudi Tamara", "Ketua Tim Pemenangan", None, None),
        ),
        (
            "Ketua Bawaslu Berau Budi Laing dan anggota Sari Dewi hadir.",
            ("Sari Dewi", "Anggota", "64.03", None),
        ),
        (
            "Dr Budi Laing Dekan FIP Untan, Dr Rudi Tamara, dan lainnya hadir.",
            ("Budi Laing", "dekan", None, None),
        ),
        (
            "Rudi Tamara sebagai Ketua Forum Pemilih Berau yang juga sebagai dosen Unmul, hadir.",
            ("Rudi Tamara", "dosen", None, None),
        ),
        (
            "Pemohon menggugat pencalonan Rudi Tamara sebagai Wakil Bupati di Berau.",
            ("Rudi Tamara", "Calon Wakil Bupati", "64.03", "calon"),
        ),
        (
            "“Sudah,” kata Rudi Tamara, Koordinator JPPR Berau. “Belum semua beres di sini,” ujar "
            "Sekretaris Umum PMII Berau periode 2014-2015 tersebut.",
            ("Rudi Tamara", "Sekretaris Umum", "64.03", "mantan"),
        ),
        (
            "Kepala Kepolisian Daerah Papua, Inspektur Jenderal Polisi Rudi Tamara, hadir.",
            ("Rudi Tamara", "Kapolda", "91", None),
        ),
        (
            "Kepala Pusat Penerangan Hukum Kejaksaan Agung Rudi Tamara hadir di Berau.",
            ("Rudi Tamara", "Kepala Pusat Penerangan Hukum", None, None),
        ),
        (
            "Pangdam XXI Tanjungpura, Mayjen TNI Rudi Tamara, hadir.",
            ("Rudi Tamara", "Pangdam XXI Tanjungpura", None, None),
        ),
        (
            "Kepala Puskesmas Ranga-Ranga, Kecamatan Kalukku Kabupaten Mamuju, Hamzah, dilapor.",
            ("Hamzah", "Kepala Puskesmas Ranga-Ranga", "76.02", None),
        ),
        (
            "Warga Kampung Bur Telege melaporkan kepala kampungnya, SM, di Aceh Tengah.",
            ("SM", "Kepala Kampung Bur Telege", "11.04", None),
        ),
        (
            "Caleg Gerindra Gianyar, Rudi Tamara, datang.",
            ("Rudi Tamara", "Calon Anggota Legislatif", "51.04", "calon"),
        ),
        (
            "Menurut kuasa hukum korban, Rudi Tamara SH, sidang di Berau ditunda.",
            ("Rudi Tamara", "kuasa hukum", "64.03", None),
        ),
        (
            "Suara pasangan nomor urut 2 Prabowo Subianto-Gibran Rakabuming Raka di Berau naik.",
            ("Prabowo Subianto", "Calon Presiden", None, "calon"),
        ),
    ],
)
def test_an_office(text: str, row: Row) -> None:
    assert row in officials(text)


@pytest.mark.parametrize(
    "text",
    [
        "Divisi Hukum menolak hadir di Berau.",
        "Pemilihan Ketua OSIS di Berau diikuti pasangan Rudi Tamara-Sari Dewi.",
        "Putra Desa Malola yang kini menjabat sebagai Dekan itu pulang ke Berau.",
        "Panitia Deklarasi Projo, Ketua DPD Projo Provinsi Riau, dan lainnya absen.",
        "Jubir Bantah Ada Politik Uang\nRudi Tamara datang ke Berau pada hari itu.",
    ],
)
def test_no_office(text: str) -> None:
    assert officials(text) == set()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Totok mengatakan, semua TPS di Berau aman.", {"Totok"}),
        ("Kepada Bimakini.com Kamis lalu, pihak KPU Berau membantah.", set()),
        ("“Begitu,” ucap Pembina OSIS SMP 21 Berau, Yusmaniar.", {"Yusmaniar"}),
        ("TPS 7 Bukit Melati Indah dan RW 9 Griya Permata di Berau aman.", set()),
        ("Perludem mengatakan, semua TPS di Berau aman.", set()),
        ("Pelapor bernama Alfa Febri Tamara hadir di Berau.", {"Alfa Febri Tamara"}),
        (
            "Dua warga, Budi Rofiuddin dan Sari Dewi, hadir. Rofi pulang.",
            {"Budi Rofiuddin", "Sari Dewi"},
        ),
        (
            "“Menjatuhkan sanksi pada teradu M Tamara, Aryati, Galang Pratama,” demikian putusan.",
            {"M Tamara", "Aryati", "Galang Pratama"},
        ),
        ("Panen dijual pasangan suami istri Wagiman dan Rahwati kemarin.", {"Wagiman", "Rahwati"}),
        ("Dua pemilih, yaitu Soni Tamara dan Deristyanto, diusir.", {"Soni Tamara", "Deristyanto"}),
        ("Madrasah Ibtidaiyah (MI) Nurul Huda di Berau ditutup.", set()),
        ("Laporan Forum Advokat Rantau di Berau diterima.", set()),
        ("Kantor itu di Jalan Jaksa Rudi Tamara, Berau.", set()),
        ("Warga bernama Ade Tamara alias Jaro Wage hadir. Jaro Wage diam.", {"Ade Tamara"}),
        ("Terduga pelaku MH dan AN pergi ke Berau.", {"MH", "AN"}),
        ("Terduga pelaku, Novi, alias Edo, diperiksa.", {"Novi"}),
        ("Posko Pemenangan di Pemkota Kotamobagu ramai.", set()),
        (
            "Pasangan Yakob Weremda-Sari Tamara hadir. Yakob Waremda pulang.",
            {"Yakob Weremda", "Sari Tamara"},
        ),
    ],
)
def test_people(text: str, people: set[str]) -> None:
    assert {person["name"] for person in read(text)._.people} == people


def test_initials_do_not_speak_for_their_accuser() -> None:
    text = (
        "Ketua KPU Berau Rudi Tamara mengatakan, ada temuan di akun milik SU. Di situ ada foto SU "
        "berpose. “Keterangan itu sudah kami catat semuanya,” ucapnya. ASN berinisial SU itu diam."
    )
    assert {quote["speaker"] for quote in read(text)._.quotes} == {"Rudi Tamara"}
