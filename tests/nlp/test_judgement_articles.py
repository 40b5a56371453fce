"""Whole articles: prevention with violation words, a live case in it, lists, bad input."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from nlp.annotation import STATUSES
from tests.nlp.judging import judge

TEXTS: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("judged_articles.toml").read_text("utf-8")
)


@pytest.mark.parametrize(
    "text", [TEXTS["video_conference"], TEXTS["pledge"]], ids=["vidcon", "ikrar"]
)
def test_violation_words_without_a_case_do_not_ring(text: str) -> None:
    found = judge(text, title=None)
    assert (found["election"], found["status"], found["alert"]) == (True, "pencegahan", False)
    assert found["violations"] == []


def test_a_theme_in_a_list_of_pledges_is_not_the_main_one() -> None:
    assert judge(TEXTS["pledge"], title=None)["topics"][0]["topic"] == "prokes_covid"


def test_a_live_case_in_a_prevention_article_rings() -> None:
    found = judge(TEXTS["live_in_prevention"], "Bawaslu Ajak Warga Tolak Amplop")
    assert found["alert"]
    assert found["status"] == "proses"
    start, end = found["violations"][0]["evidence"]
    assert "berinisial MS" in TEXTS["live_in_prevention"][start:end]


def test_an_old_case_in_a_prevention_article_does_not_ring() -> None:
    found = judge(TEXTS["old_case_in_prevention"], "Bawaslu Ajak Warga Tolak Amplop")
    assert (found["status"], found["alert"]) == ("pencegahan", False)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Pemilihan Ketua RT di Pasar Baru", "Warga memilih ketua RT. Dua calon beradu suara."),
        ("Pilkades Serentak Digelar", "Bupati meminta panitia pilkades netral kepada calon kades."),
        ("Kongres PSSI Pilih Ketua Umum", "Calon ketua umum PSSI memaparkan visi di kongres."),
        ("Pemilu Amerika: Trump Unggul", "Donald Trump unggul dalam pemilu Amerika Serikat."),
        ("ASN Ditangkap karena Sabu", "Polisi menangkap pria berinisial ASN dengan sabu 2 gram."),
        ("Harga Cabai Naik", "Harga cabai di pasar naik menjadi Rp90 ribu per kilogram."),
    ],
)
def test_other_elections_and_other_news(title: str, text: str) -> None:
    found = judge(text, title)
    assert (found["election"], found["status"]) == (False, "bukan_pemilu")
    assert not found["topics"]
    assert not found["violations"]


SHORT_ITEMS = "\n".join(
    f"{number}. Kabupaten nomor {number} mencatat {number * 3} laporan kampanye pilkada"
    for number in range(1, 11)
)
LIVE_BLOG = "\n".join(
    f"{hour:02}.15 WIB Pemungutan suara di TPS {hour} dibuka" for hour in range(7, 20)
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n \t",
        ".",
        "%%% ??? 123",
        "a" * 5_000,
        SHORT_ITEMS,
        LIVE_BLOG,
        TEXTS["law"] * 20,
        "Warga mengantre di TPS 04 Kelurahan Sukajadi saat pemilihan wali kota, Rabu pagi.",
        "Menurut saya pilkada langsung masih perlu, sebab rakyat belajar memilih. " * 12,
        "<p>Bawaslu <b>memanggil</b> camat</p>",
        "The election commission counted the ballots in the evening. " * 5,
        "Bawaslu memanggil camat yang diduga mendukung paslon di Kabupaten Berau. " * 10_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_any_text_gets_an_answer(text: str) -> None:
    found = judge(text, title=None)
    assert found["status"] in STATUSES
    for topic in found["topics"]:
        assert 0 < topic["score"] < 1
        assert all(0 <= start < end <= len(text) for start, end in topic["evidence"])


def test_a_law_text_is_no_case() -> None:
    assert judge(TEXTS["law"] * 20, title=None)["status"] == "pencegahan"
