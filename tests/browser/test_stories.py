"""User stories 5 and 12 in a real browser: how a case unfolds, and clusters of two meanings."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from db.analysis import analyse
from db.base import Home
from tests.browser import casebook, window
from tests.browser.test_people import address
from tests.db.conftest import Newsroom

STORY = address("lapor").replace("artikel", "cerita")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return casebook.make(tmp_path_factory.mktemp("cerita"))


@pytest.fixture(scope="module")
def home(room: Newsroom) -> Home:
    return room.home


def test_story_05_a_case_is_told_by_stage_to_its_end(page: Page) -> None:
    page.goto(STORY)
    assert window.fits(page)
    expect(page.locator(".lead").first).to_contain_text("3 artikel, 3 sumber mandiri")
    steps = page.locator(".ladder li")
    expect(steps).to_have_count(12)
    expect(page.locator(".ladder .reached")).to_have_text(
        [
            r"2 Laporan / temuan disampaikan7 Okt 2024",
            "5 Klarifikasi9 Okt 2024",
            "12 Berhenti14 Okt 2024",
        ]
    )
    turns = page.locator(".turn")
    expect(turns.first).to_contain_text("Dugaan menurut Kabar")
    expect(turns.last).to_contain_text("Tidak terbukti atau dibantah menurut Kabar")
    first, last = turns.first.bounding_box(), turns.last.bounding_box()
    assert first is not None
    assert last is not None
    assert abs(first["width"] - last["width"]) < 1
    expect(page.locator(".timeline .event")).to_have_count(3)


def test_story_05_background_adds_no_event(page: Page, room: Newsroom) -> None:
    """The second article recalls the report of Monday, and reports a hearing only."""
    ((stages,),) = room.rows(
        "SELECT group_concat(stage) FROM violations v JOIN articles a ON a.id = v.article_id "
        "WHERE a.title LIKE 'Bawaslu Kutai%'"
    )
    assert stages == "klarifikasi"
    page.goto(STORY)
    second = page.locator(".timeline li").nth(1)
    expect(second.locator(".event")).to_have_text("Klarifikasi")


def test_story_05_an_article_is_split_off_kept_and_taken_back(page: Page, room: Newsroom) -> None:
    page.goto(STORY)
    page.get_by_label("Pisahkan Laporan Camat Muara Kaman Dihentikan").check()
    page.get_by_text("Pisahkan yang dicentang").click()
    page.locator("#pisah").get_by_label("Alasan").fill("perkara lain")
    page.locator("#pisah").get_by_role("button", name="Pisahkan").click()
    expect(page.get_by_role("status")).to_contain_text("Artikel dipisah")
    expect(page.locator(".timeline li")).to_have_count(2)
    expect(page.locator(".turn").last).to_contain_text("Belum ada berita tentang akhir perkara")
    analyse(room.home, rerun=True)
    page.reload()
    expect(page.locator(".timeline li")).to_have_count(2)
    history = page.locator("#riwayat li").first
    expect(history).to_contain_text("Ayu Pratiwi memisah")
    expect(history).to_contain_text("perkara lain")
    history.get_by_role("button", name="Batalkan").click()
    expect(page.locator(".timeline li")).to_have_count(3)


def test_story_05_two_stories_are_merged_and_taken_apart(page: Page, room: Newsroom) -> None:
    page.goto(STORY)
    page.get_by_text("Gabungkan dengan cerita lain").click()
    page.locator("#gabung").get_by_label("alamat").fill(address("imbau"))
    page.locator("#gabung").get_by_role("button", name="Gabungkan").click()
    expect(page.get_by_role("status")).to_contain_text("Cerita digabung")
    expect(page.locator(".timeline li")).to_have_count(4)
    page.goto(address("imbau").replace("artikel", "cerita"))
    expect(page.locator(".timeline li")).to_have_count(4)
    page.locator("#riwayat li").first.get_by_role("button", name="Batalkan").click()
    expect(page.get_by_role("status")).to_contain_text("dibatalkan")


def test_story_05_a_senseless_merge_is_refused(page: Page) -> None:
    page.goto(STORY)
    page.get_by_text("Gabungkan dengan cerita lain").click()
    page.locator("#gabung").get_by_label("alamat").fill("bukan alamat")
    page.locator("#gabung").get_by_role("button", name="Gabungkan").click()
    expect(page.get_by_role("alert")).to_contain_text("tidak ditemukan")
    expect(page.locator(".timeline li")).to_have_count(3)


@pytest.mark.parametrize("word", ["klaster", "kluster", "cluster"])
def test_story_12_every_spelling_finds_all_three(page: Page, word: str) -> None:
    page.goto(f"/cari?q={word}")
    hits = page.locator(".hits li")
    expect(hits).to_have_count(3)
    for spelling in ("Klaster", "Kluster", "Cluster"):
        expect(page.locator(".hits")).to_contain_text(f"Muncul {spelling} Pilkada")


def test_story_12_clusters_of_covid_are_a_topic_and_no_word_of_the_screens(
    page: Page, room: Newsroom
) -> None:
    topics = room.rows(
        "SELECT DISTINCT n.topic FROM annotations n JOIN articles a ON a.id = n.article_id "
        "WHERE a.title LIKE 'Muncul %'"
    )
    assert topics == [("prokes_covid",)]
    page.goto("/cari?q=klaster%20tema:protokol_kesehatan")
    expect(page.locator(".hits li")).to_have_count(3)
    page.goto("/cerita")
    expect(page.locator(".lead")).to_contain_text("rangkaian berita")
    for spelling in ("klaster", "kluster", "cluster"):
        expect(page.locator(".lead")).not_to_contain_text(spelling)
