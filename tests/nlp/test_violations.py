"""What is kept of a concrete case."""

from __future__ import annotations

import pytest

from nlp.annotate import annotate
from nlp.annotation import Annotation, Article
from nlp.explain import explain
from nlp.lexicon.judgement import stages, themes, topics
from tests.nlp.judging import judge, pipeline

CASE = """TENGGARONG - Bawaslu Kabupaten Kutai Kartanegara
memeriksa camat berinisial HS pada Senin (5/10/2020).
HS diduga mengajak warga memilih pasangan calon nomor urut dua dalam Pilkada 2020.
Laporan warga sudah diregistrasi."""


def dated(published_at: str) -> Annotation:
    article = Article(
        id="1",
        text=CASE,
        title="Bawaslu Periksa Camat soal Netralitas ASN",
        published_at=published_at,
    )
    return next(iter(annotate([article], pipeline())))


def test_a_case_has_topic_stage_actor_and_evidence() -> None:
    [case] = dated("2020-10-06")["violations"]
    assert (case["topic"], case["status"], case["stage"]) == (
        "netralitas_asn",
        "proses",
        "klarifikasi",
    )
    assert case["actors"] == ["HS"]
    assert case["date"] == "2020-10-05"
    assert case["region"] == "64.02"
    start, end = case["evidence"]
    assert "memeriksa camat" in CASE[start:end]
    assert "memeriksa" in case["keywords"]


def test_norms_follow_regime_and_date() -> None:
    before = dated("2020-10-06")["violations"][0]["norms"]
    assert any(norm.startswith("UU 10/2016") for norm in before)
    assert not any(norm.startswith(("UU 7/2017", "UU 20/2023", "PP 94/2021")) for norm in before)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Video camat mendukung calon bupati viral.", "informasi_awal"),
        ("Camat dilaporkan warga ke Bawaslu karena mendukung calon bupati.", "laporan_temuan"),
        ("Camat itu diteruskan ke BKN karena mendukung calon bupati.", "rekomendasi_penerusan"),
        ("Kades ditetapkan tersangka karena mendukung calon bupati.", "penyidikan"),
        ("Jaksa menuntut kades dua bulan penjara dalam kasus kampanye calon bupati.", "penuntutan"),
        ("Kades divonis dua bulan penjara karena mengampanyekan calon bupati.", "putusan"),
        ("Camat dijatuhi sanksi teguran tertulis karena mendukung calon bupati.", "sanksi"),
        ("Kasus camat yang mendukung calon bupati dihentikan.", "selesai_tanpa_tindak"),
    ],
)
def test_stages(text: str, stage: str) -> None:
    assert judge(text)["violations"][0]["stage"] == stage


def test_whom_others_take_sides_for_is_not_accused() -> None:
    text = """
TANAH GROGOT - Bawaslu Paser memanggil seorang camat, Senin (14/10/2024). Camat itu terekam \
mengajak warga memilih calon bupati petahana pada sebuah hajatan di Batu Engau.
Ketua Bawaslu, Rosnani Lantara, mengatakan pemeriksaan berlangsung tiga jam dan dua saksi hadir. \
Hasil kajian dibawa ke rapat pleno pada Pilkada 2024 ini, lalu diteruskan bila terbukti."""
    found = judge(text, "Camat yang Ajak Warga Pilih Petahana Diperiksa Bawaslu Paser")
    assert found["violations"][0]["actors"] == ["seorang camat"]


CLERK = (
    "Bawaslu Paser memeriksa Camat Batu Engau Budi Santosa karena diduga tidak netral sebagai ASN"
)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        (f"{CLERK} dan mengampanyekan calon bupati nomor urut 2, Rahmat Tolla.", ["Budi Santosa"]),
        (f"{CLERK}. Perkara ini diadukan oleh Siti Rahma dan Edi Palimbong.", ["Budi Santosa"]),
        (
            "DKPP memberhentikan anggota KPU Paser Budi Santosa karena melanggar kode etik "
            "penyelenggara pemilu, dalam sidang yang diketuai Siti Rahma, didampingi anggota Edi "
            "Palimbong dan Rahmat Tolla.",
            ["Budi Santosa"],
        ),
        (
            "Pemuda berinisial RB ditahan polisi karena menganiaya pengawas TPS bernama Edi "
            "Palimbong di halaman balai desa saat penghitungan suara Pilkada Paser.",
            ["RB"],
        ),
        (
            "Bawaslu Paser memeriksa seorang ASN karena diduga tidak netral: mengajak warga "
            "memilih Rahmat Tolla dan Siti Rahma, pasangan calon bupati.",
            ["seorang ASN", "ASN"],
        ),
        (
            "Paslon Nomor Urut 2 diduga melakukan kampanye di masjid. Bawaslu memeriksa saksi "
            "dugaan pelanggaran kampanye di tempat ibadah itu.",
            ["Paslon Nomor Urut 2"],
        ),
        (
            "Bawaslu Paser menelusuri selebaran yang memfitnah calon bupati Rahmat Tolla. Dua "
            "warga berinisial KD dan LM, diduga menyebarkannya pada masa tenang.",
            ["KD", "LM"],
        ),
        (
            f"Ketua tim pasangan calon, Edi Palimbong, resmi melaporkan seorang lurah. {CLERK}.",
            ["Budi Santosa"],
        ),
    ],
    ids=[
        "gains",
        "reports",
        "judges",
        "suffers",
        "gains unnamed",
        "numbered",
        "slandered",
        "accuses",
    ],
)
def test_who_stands_beside_a_case_is_not_accused(text: str, accused: list[str]) -> None:
    assert set(judge(text)["violations"][0]["actors"]) <= set(accused)
    assert accused[0] in judge(text)["violations"][0]["actors"]


def test_a_denial_is_no_evidence_of_a_live_case() -> None:
    text = (
        "Camat Batu Engau, Budi Santosa, membantah dirinya tidak netral dalam Pilkada Paser. "
        "Bawaslu Paser memanggil camat itu karena diduga mengajak ASN memilih calon bupati. "
        "Budi mengaku tidak pernah mengajak siapa pun dan tidak terbukti bersalah."
    )
    [case] = judge(text, "Bawaslu Paser Periksa Camat soal Netralitas ASN")["violations"]
    start, end = case["evidence"]
    assert text[start:end].startswith("Bawaslu Paser memanggil")


def test_unnamed_actors_keep_their_words() -> None:
    found = judge("Bawaslu memanggil oknum camat yang diduga berkampanye untuk paslon.")
    assert "oknum camat" in found["violations"][0]["actors"]


def test_a_case_whose_words_name_no_topic_has_the_likeliest() -> None:
    text = """
SINGKAWANG - Bawaslu Kota Singkawang meminta keterangan Bupati Bengkayang yang menjadi tamu dalam \
pertemuan di sebuah rumah makan, Kamis (24/9/2020). Ia menjawab sembilan belas pertanyaan.
Anggota Bawaslu Singkawang, Yuliana Serang, mengatakan klarifikasi itu menindaklanjuti laporan \
seorang warga pekan lalu. Dua saksi sudah datang lebih dulu.
“Kami mendalami apa yang disampaikan beliau di depan hadirin. Hasilnya dibawa ke pleno,” katanya. \
Pilkada di kota itu diikuti dua pasangan calon.
Bupati irit bicara seusai diperiksa. Ia mempersilakan wartawan bertanya kepada Bawaslu."""
    found = judge(text, "Bawaslu Singkawang Periksa Bupati Bengkayang Tiga Jam")
    assert found["alert"]
    assert [topic["theme"] for topic in found["topics"]] == ["penyalahgunaan_wewenang"]
    assert found["topics"][0]["score"] < 0.9
    assert [case["topic"] for case in found["violations"]] == ["penyalahgunaan_wewenang"]


def test_the_taxonomy_is_whole() -> None:
    assert (len(topics()), len(themes()), len(stages())) == (27, 19, 12)
    assert {topic.theme for topic in topics().values()} == set(themes())
    assert [stage.order for stage in stages().values()] == list(range(1, 13))
    assert all(topic.norms for topic in topics().values())


def test_explanation_names_words_scope_and_sums() -> None:
    text = "Bawaslu mengimbau ASN menjauhi kampanye, sebab panwascam memanggil pelanggar pilkada."
    said = explain(Article(id="1", text=text, title="Bawaslu Imbau ASN Netral"))
    assert "Status: pencegahan" in said
    assert '"mengimbau" (huruf 8)' in said
    assert "berada dalam imbauan" in said
    assert "jumlah bukti: kasus" in said


def test_an_office_is_told_once_and_in_its_fullest_words() -> None:
    text = (
        "Bawaslu Ngawi menjatuhkan sanksi kepada anggota PPK Mantingan pada Pilkada 2024. "
        "Anggota PPK itu terbukti menggelembungkan suara calon bupati pada rekapitulasi. "
        "PPK tersebut dinyatakan melanggar kode etik dan diberi peringatan tertulis oleh KPU. "
        "Menurut Bawaslu, penggelembungan suara oleh anggota PPK itu terjadi dua kali."
    )
    actors = judge(text, "Anggota PPK di Ngawi Disanksi")["violations"][0]["actors"]
    lowered = [actor.lower() for actor in actors]
    assert "anggota ppk" in lowered
    assert "ppk" not in lowered
    assert len(lowered) == len(set(lowered)) <= 3


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        (
            "Lurah Loa Pelita Budi Santosa diperiksa Bawaslu Tarakan karena diduga mengajak warga "
            "memilih calon wali kota nomor urut 2. “Saya khilaf,” kata Budi Santosa. Ketua Bawaslu "
            "Tarakan Siti Rahma mengatakan lurah itu menjawab 20 pertanyaan.",
            ["Budi Santosa"],
        ),
        (
            "DKPP memberhentikan anggota Panwaslih Aceh Tenggara Budi Santosa karena menerima uang "
            "dari calon legislatif pada Pemilu 2024. Ketua Majelis DKPP Siti Rahma membacakan "
            "putusan pelanggaran kode etik penyelenggara pemilu itu di Jakarta.",
            ["Budi Santosa"],
        ),
        (
            "Bawaslu Paser menemukan mobil dinas Bupati Paser Budi Santosa dipakai untuk kampanye "
            "salah satu calon gubernur. Budi Santosa membantah. “Mobil itu di bengkel,” katanya.",
            ["Budi Santosa"],
        ),
    ],
    ids=["speaks", "organises", "heads a region"],
)
def test_who_speaks_or_organises_may_be_accused(text: str, accused: list[str]) -> None:
    assert judge(text)["violations"][0]["actors"] == accused
