"""What names an election without being about one, and what repeats a claim to refute it."""

from __future__ import annotations

import pytest

from tests.nlp.judging import judge

CHECK = (
    "Beredar unggahan [arsip] berisi narasi bahwa calon bupati nomor urut 2 didiskualifikasi "
    "karena terbukti membagikan uang.\n\nTim pemeriksa fakta menelusuri klaim itu. Foto dalam "
    "unggahan diambil dari sidang lain.\n\nKesimpulan: konten yang menyesatkan."
)
JUDGES = (
    "Majelis Kehormatan Mahkamah Konstitusi (MKMK) memberhentikan seorang hakim dari jabatan "
    "ketua. Tim pemenangan capres menilai putusan itu memulihkan martabat lembaga.\n\n"
    "Hakim itu terbukti melanggar kode etik dalam perkara batas usia calon presiden, kata juru "
    "bicara tim, dan harus mundur."
)
MENTIONS = (
    "Bupati meresmikan jembatan gantung di Kecamatan Muara Lawa, Kamis. Jembatan sepanjang 90 "
    "meter itu dibangun dengan dana provinsi.\n\nWarga dulu menyeberang dengan perahu. Anak "
    "sekolah sering terlambat saat air naik, kata seorang guru.\n\nKepala dinas mengatakan "
    "jembatan kedua akan dibangun tahun depan di hulu sungai.\n\nBupati, mantan calon gubernur "
    "pada Pilkada 2018, meminta warga merawat jembatan itu bersama."
)


def test_a_fact_check_is_no_case_whatever_the_claim() -> None:
    found = judge(CHECK, "Calon Bupati Nomor Urut 2 Didiskualifikasi")
    assert (found["election"], found["status"], found["alert"]) == (True, "tidak_terbukti", False)
    assert [topic["theme"] for topic in found["topics"]] == ["hoaks_sara"]
    assert any(reason["rule"] == "jenis.periksa_fakta" for reason in found["reasons"])


def test_the_same_claim_without_a_check_rings() -> None:
    claim = CHECK.split("\n\n")[0].replace(" [arsip] berisi narasi", "")
    assert judge(claim, "Calon Bupati Nomor Urut 2 Didiskualifikasi")["alert"]


def test_a_ruling_on_judges_is_no_case_of_a_participant() -> None:
    found = judge(JUDGES, "Tim Capres: Putusan MKMK Pulihkan Martabat")
    assert not found["alert"]
    assert any(reason["rule"] == "jenis.perkara_lain" for reason in found["reasons"])


def test_an_organiser_beside_the_ruling_is_a_party() -> None:
    text = "DKPP memberhentikan ketua KPU kabupaten karena terbukti melanggar kode etik. " * 2
    assert judge(text, "Usai Putusan MKMK, DKPP Berhentikan Ketua KPU Kabupaten")["alert"]


def test_another_crime_in_the_title_is_another_story() -> None:
    text = "Anggota DPR hadir di sidang kasus korupsi. Rapat uji calon KPU dan Bawaslu ditunda."
    assert not judge(text, "Sidang Kasus Korupsi KTP Digelar")["election"]
    assert judge(text, "Sidang Kasus Korupsi Dana Hibah Pilkada Digelar")["election"]


@pytest.mark.parametrize("times", [1, 3])
def test_a_mention_does_not_make_an_election_article(times: int) -> None:
    assert not judge("\n\n".join([MENTIONS] * times), "Jembatan Gantung Diresmikan")["election"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Pendaftaran KIP Kuliah Dibuka", "KIP Kuliah menanggung biaya kuliah. " * 8),
        ("PPK Gelora Siapkan Konser", "PPK mengelola kawasan. Calon penonton mendaftar. " * 6),
        ("Awas Modus APK", "Penipu mengirim APK undangan. Calon korban diminta memasangnya. " * 5),
    ],
)
def test_letters_that_mean_something_else(title: str, text: str) -> None:
    assert not judge(text, title)["election"]


def test_a_long_article_needs_no_more_words_than_a_middling_one() -> None:
    told = "Warga datang ke TPS sejak pagi dan pulang setelah mencoblos surat suara. " * 120
    assert judge(told, "Pilkada Berjalan Lancar, KPU Hitung Suara")["election"]


ROUTINE = (
    "KPU Kabupaten Berau menerima berkas calon bupati, Senin. Petugas memastikan acara tertib dan "
    "meminta para pendukung menjaga ketertiban.\n\nKetua KPU berharap tahapan pilkada lancar."
)


def test_a_planned_stage_is_neutral_though_order_is_urged() -> None:
    found = judge(ROUTINE, "KPU Berau Buka Pendaftaran Calon Bupati")
    assert (found["status"], found["topics"]) == ("netral", [])


def test_a_case_in_the_title_of_a_planned_stage_rings() -> None:
    text = (
        "Bawaslu Berau memeriksa ketua PPK yang diduga menggelembungkan suara saat rekapitulasi "
        "pilkada, Senin.\n\nPPK itu dilaporkan saksi paslon nomor urut 1."
    )
    assert judge(text, "Rekapitulasi Ditunda, Ketua PPK Diduga Gelembungkan Suara")["alert"]
