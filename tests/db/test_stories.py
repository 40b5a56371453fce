"""Stories: one event is one story, neighbouring events stay apart, in any order of arrival."""

from __future__ import annotations

import random
import tomllib
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from db import reference
from db.base import Home
from db.stories import stories
from nlp.lexicon.judgement import topics
from tests.db.conftest import Newsroom

DEMO = Path(__file__).parents[2] / "crawler" / "demo" / "articles"

PICKUP = (
    "Sebuah pikap berisi 180 paket sembako dihentikan pengawas di Desa Loa Pelita, Tenggarong "
    "Seberang, Minggu malam. Di dalamnya ada 47 amplop berisi uang Rp100 ribu. Ketua Bawaslu "
    "Kukar Rusdiansyah Mahmud mengatakan dua orang di mobil itu dimintai keterangan."
)
ARTICLES: dict[str, dict[str, Any]] = {
    "first": {
        "title": "Pikap Berisi Sembako dan Amplop Dihentikan di Tenggarong Seberang",
        "text": PICKUP,
        "people": ("Rusdiansyah Mahmud",),
        "published": "2024-10-07T08:00:00+08:00",
    },
    "copied": {
        "title": "Sembako dan Amplop di Pikap, Bawaslu Kukar Minta Keterangan",
        "text": PICKUP + " Hingga kini belum ada tersangka.",
        "people": ("Rusdiansyah Mahmud",),
        "published": "2024-10-07T10:00:00+08:00",
        "outlet": "lain.example",
    },
    "followed": {
        "title": "Bawaslu Kukar Dalami 180 Paket Sembako dari Pikap di Loa Pelita",
        "text": "Bawaslu Kukar mendalami temuan 180 paket sembako dan 47 amplop dari pikap di Desa "
        "Loa Pelita. Rusdiansyah Mahmud menyebut sopir pikap sudah diklarifikasi.",
        "people": ("Rusdiansyah Mahmud",),
        "stage": "klarifikasi",
        "published": "2024-10-09T09:00:00+08:00",
        "outlet": "ketiga.example",
    },
    "next_kabupaten": {
        "title": "Pikap Berisi Sembako Dihentikan Pengawas di Berau",
        "text": "Sebuah pikap berisi sembako dan amplop dihentikan pengawas di Kecamatan Gunung "
        "Tabur, Berau. Ketua Bawaslu Berau meminta keterangan sopir.",
        "region": "64.03",
        "published": "2024-10-07T11:00:00+08:00",
    },
    "month_later": {
        "title": "Bawaslu Kukar Hentikan Pembagian Uang di Muara Kaman",
        "text": "Ketua Bawaslu Kukar Rusdiansyah Mahmud mengatakan pembagian uang kepada warga "
        "Muara Kaman dihentikan pengawas pada Selasa pagi.",
        "people": ("Rusdiansyah Mahmud",),
        "published": "2024-11-12T09:00:00+08:00",
    },
    "other_matter": {
        "title": "Camat Diduga Ajak Staf Pilih Petahana",
        "text": "Seorang camat di Kukar diduga mengajak staf memilih petahana dalam apel pagi.",
        "topic": "netralitas_asn",
        "published": "2024-10-08T09:00:00+08:00",
    },
}
EVENT = {"first", "copied", "followed"}


def add(room: Newsroom, *names: str) -> dict[str, str]:
    return {name: room.add(name, **ARTICLES[name]) for name in names}


def test_one_event_is_one_story_and_its_neighbours_are_others(room: Newsroom) -> None:
    keys = add(room, *ARTICLES)
    expected = {frozenset(keys[name] for name in EVENT)} | {
        frozenset([key]) for name, key in keys.items() if name not in EVENT
    }
    assert room.group() == expected


@pytest.mark.parametrize(
    "order", list(permutations(["first", "copied", "followed", "month_later"]))
)
def test_any_order_of_arrival_gives_the_same_stories(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    room = newsroom(tmp_path)
    for name in order:
        add(room, name)
        room.group()
    assert room.rows(
        "SELECT a.url, c.url FROM stories s JOIN story_articles sa ON sa.story_id = s.id "
        "JOIN articles a ON a.id = sa.article_id LEFT JOIN articles c ON c.id = sa.copy_of "
        "WHERE s.articles > 1 ORDER BY a.url"
    ) == [
        ("https://kabar.example/first", None),
        ("https://ketiga.example/followed", None),
        ("https://lain.example/copied", "https://kabar.example/first"),
    ]
    assert room.rows("SELECT articles, accounts, stage, title FROM stories ORDER BY articles") == [
        (1, 1, None, ARTICLES["month_later"]["title"]),
        (3, 2, "klarifikasi", ARTICLES["first"]["title"]),
    ]


def newsroom(folder: Path) -> Newsroom:
    home = Home(folder / "berita.db")
    room = Newsroom(home, home.open_berita(), home.open_meja())
    reference.load(room.db)
    return room


def told(path: Path) -> tuple[str, dict[str, Any]]:
    """A sample article as `Newsroom.add` takes it, with what its gold facts say."""
    article = tomllib.loads(path.read_text("utf-8"))
    gold = article["gold"]
    topic = gold["topics"][0] if gold["topics"] else None
    return path.stem, {
        "title": article["title"],
        "text": article["body"],
        "published": article["published_at"].isoformat(),
        "outlet": article["outlet"],
        "status": gold["status"],
        "topic": topic if topic in topics() else None,
        "region": gold["region"] or None,
        "dates": tuple(gold["dates"]),
    }


def grouped(room: Newsroom) -> list[tuple[Any, ...]]:
    return room.rows(
        "SELECT s.key, a.key, c.key FROM stories s JOIN story_articles sa ON sa.story_id = s.id "
        "JOIN articles a ON a.id = sa.article_id LEFT JOIN articles c ON c.id = sa.copy_of "
        "WHERE s.articles > 1 ORDER BY 1, 2"
    )


@pytest.fixture(scope="module")
def all_at_once(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    room = newsroom(tmp_path_factory.mktemp("sekaligus"))
    for name, article in map(told, sorted(DEMO.glob("*.toml"))):
        room.add(name, **article)
    room.group()
    return grouped(room)


@pytest.mark.parametrize("seed", range(3))
def test_the_sample_articles_form_the_same_stories_in_any_order_and_portions(
    tmp_path: Path, all_at_once: list[tuple[Any, ...]], seed: int
) -> None:
    dice = random.Random(seed)
    arriving = list(map(told, sorted(DEMO.glob("*.toml"))))
    dice.shuffle(arriving)
    room = newsroom(tmp_path)
    while arriving:
        for name, article in arriving[: (portion := dice.randint(1, 25))]:
            room.add(name, **article)
        del arriving[:portion]
        room.group()
    assert grouped(room) == all_at_once
    assert len({story for story, _, _ in all_at_once}) >= 10


STAGES = (
    ("2024-10-07", "Lurah Sungai Dama Dilaporkan karena Ikut Kampanye", "dilaporkan"),
    ("2024-10-16", "Bawaslu Periksa Lurah Sungai Dama yang Ikut Kampanye", "diperiksa"),
    ("2024-10-27", "Berkas Lurah Sungai Dama yang Ikut Kampanye ke Polisi", "dilimpahkan"),
    ("2024-11-07", "Lurah Sungai Dama yang Ikut Kampanye Divonis", "divonis"),
)


def test_a_case_told_at_every_stage_is_one_story_however_long_it_lasts(room: Newsroom) -> None:
    keys = [
        room.add(
            f"tahap-{number}",
            title,
            f"Lurah Sungai Dama Hamdani Syukur {stage} karena ikut kampanye pasangan calon di "
            "Lapangan Pemuda Samarinda. Hamdani Syukur mengenakan kaus pasangan calon itu.",
            published=f"{day}T09:00:00+08:00",
            region="64.72",
            topic="netralitas_asn",
        )
        for number, (day, title, stage) in enumerate(STAGES)
    ]
    assert room.group() == {frozenset(keys)}


def test_two_cases_of_one_kind_in_one_kabupaten_and_week_stay_apart(room: Newsroom) -> None:
    first = room.add(
        "muara-jawa",
        "Camat Muara Jawa Dilaporkan karena Unggahan Dukungan",
        "Camat Muara Jawa Suprapto Wiyono dilaporkan ke Bawaslu Kukar karena unggahan dukungan "
        "kepada pasangan calon di media sosial.",
        topic="netralitas_asn",
        dates=("2024-10-07",),
    )
    second = room.add(
        "kembang-janggut",
        "Kepala Puskesmas Kembang Janggut Hadiri Rapat Tim Sukses",
        "Kepala Puskesmas Kembang Janggut Rina Maharani dilaporkan ke Bawaslu Kukar setelah foto "
        "kehadirannya di rapat tim sukses beredar.",
        topic="netralitas_asn",
        dates=("2024-10-07",),
    )
    assert room.group() == {frozenset([first]), frozenset([second])}


def test_news_without_election_is_no_story(room: Newsroom) -> None:
    room.add("harga", "Harga Cabai Naik", "Harga cabai naik.", status="bukan_pemilu", topic=None)
    assert room.group() == set()


def test_an_article_that_turns_out_no_election_news_leaves_its_story(room: Newsroom) -> None:
    keys = add(room, "first", "followed")
    room.group()
    room.correct(keys["followed"], "status", "bukan_pemilu")
    add(room, "followed")
    assert room.group() == {frozenset([keys["first"]])}


def test_a_changed_text_is_compared_again(room: Newsroom) -> None:
    keys = add(room, "first", "followed")
    room.group()
    room.add("followed", **{**ARTICLES["other_matter"], "outlet": "ketiga.example"})
    assert room.group() == {frozenset([keys["first"]]), frozenset([keys["followed"]])}


def test_a_split_article_stays_away(room: Newsroom) -> None:
    keys = add(room, "first", "copied", "followed")
    room.group()
    room.decide("story", "split", keys["first"], keys["copied"])
    apart = room.group()
    assert not any({keys["first"], keys["copied"]} <= story for story in apart)
    add(room, "month_later")
    room.db.execute("DELETE FROM settings WHERE key = 'stories_version'")  # everything anew
    assert apart < room.group()


def test_merged_stories_stay_together_until_they_are_split_again(room: Newsroom) -> None:
    keys = add(room, "first", "followed", "next_kabupaten")
    before = room.group()
    room.decide("story", "merge", keys["first"], keys["next_kabupaten"])
    assert room.group() == {frozenset(keys.values())}
    room.decide("story", "split", keys["first"], keys["next_kabupaten"])
    assert room.group() == before


def test_a_merge_elsewhere_leaves_other_stories_as_they_are(room: Newsroom) -> None:
    keys = add(room, *ARTICLES)
    before = room.group()
    room.decide("story", "merge", keys["next_kabupaten"], keys["month_later"])
    merged = frozenset([keys["next_kabupaten"], keys["month_later"]])
    assert room.group() == {s for s in before if not s <= merged} | {merged}
    room.db.execute("DELETE FROM settings WHERE key = 'stories_version'")  # everything anew
    assert merged in room.group()


def test_a_story_is_found_by_the_key_of_any_of_its_articles(room: Newsroom) -> None:
    keys = add(room, "followed")
    room.group()
    keys |= add(room, "first")
    room.group()
    found = [stories.find(room.db, key) for key in keys.values()]
    assert [story and story["key"] for story in found] == [keys["first"], keys["first"]]
    assert stories.find(room.db, "tidak ada") is None


def test_grouping_again_changes_nothing(room: Newsroom) -> None:
    add(room, *ARTICLES)
    room.group()
    before = room.rows("SELECT * FROM story_articles ORDER BY article_id")
    assert stories.group(room.db, room.meja).compared == 0
    assert room.rows("SELECT * FROM story_articles ORDER BY article_id") == before
