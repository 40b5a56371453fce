"""People: one human being under all names, namesakes apart, people's merges and splits kept."""

from __future__ import annotations

from itertools import permutations

import pytest

from db.analysis import analyse
from db.people import identifying, people
from tests.db.conftest import Newsroom

Mention = tuple[str, str | None, str]
"""Name, office (None: without one), region."""


def add(room: Newsroom, name: str, who: str, region: str, *, office: str | None = "Camat") -> str:
    officials = ((who, office),) if office else ()
    return room.add(
        name, "Judul", f"{who} hadir.", region=region or None, officials=officials, people=(who,)
    )


def identify(room: Newsroom) -> None:
    people.relink(room.db, room.meja)
    identifying.identify(room.db, people.groupings(people.decided(room.meja)))


def humans(room: Newsroom, table: str = "article_people") -> list[str | None]:
    """For every mention the key of the human being."""
    identify(room)
    return [
        key
        for (key,) in room.rows(
            f"SELECT coalesce(w.key, p.key) FROM {table} t "  # noqa: S608
            "LEFT JOIN people p ON p.id = t.person_id LEFT JOIN people w ON w.id = p.same_as "
            "ORDER BY t.article_id, t.id"
        )
    ]


def told(room: Newsroom, mentions: list[Mention]) -> int:
    """Tell of each in an article of its own; how many human beings that are."""
    for number, (who, office, region) in enumerate(mentions):
        add(room, f"berita-{number}", who, region, office=office)
    return len(set(humans(room)))


def test_one_name_in_one_region_is_one_person(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02")
    add(room, "dua", "AHMAD FAUZAN", "64.02", office=None)
    assert humans(room) == ["ahmad fauzan@64.02"] * 2
    assert room.rows("SELECT name, region_code FROM people") == [("Ahmad Fauzan", "64.02")]


@pytest.mark.parametrize("initials", ["AS", "MT", "M.S.", "H.A", "A B"])
def test_initials_name_nobody(room: Newsroom, initials: str) -> None:
    add(room, "satu", initials, "64.02")
    add(room, "dua", initials, "64.02")
    assert humans(room, "officials") == humans(room) == [None, None]
    assert room.rows("SELECT * FROM people") == []


@pytest.mark.parametrize(("office", "key"), [("Camat", "ismed@64.02"), (None, None)])
def test_a_single_name_is_somebody_only_in_office(
    room: Newsroom, office: str | None, key: str | None
) -> None:
    add(room, "satu", "Ismed", "64.02", office=office)
    assert humans(room) == [key]


FULL = "Ahmad Fauzan Mulyono"
ONE: dict[str, list[Mention]] = {
    "spelling": [("Achmad Fauzan", None, "64.02"), ("Ahmad Fauzan", None, "64.02")],
    "degrees": [("H. Ahmad Fauzan, S.H.", "Bupati", "64.02"), ("Ahmad Fauzan", None, "64.02")],
    "muhammad": [("Moch. Rizal Anwar", None, "64.02"), ("Muhammad Rizal Anwar", None, "64.02")],
    "old letters": [("Soeprapto Wirya", None, "33.10"), ("Suprapto Wirya", None, "33.10")],
    "shorter": [("Ahmad Fauzan", "Bupati", "64.02"), (FULL, "Bupati", "64.02")],
    "initial": [("A. Fauzan Mulyono", "Bupati", "64.02"), (FULL, "Bupati", "64.02")],
    "slip": [("Ahmad Fauzam Mulyono", "Bupati", "64.02"), (FULL, "Bupati", "64.02")],
    "single": [("Ismed", "Wali Kota", "64.71"), ("Ismed Kesuma", "Wali Kota", "64.71")],
    "deputy": [("Ahmad Fauzan", "Plt Bupati", "64.02"), (FULL, "Bupati", "64.02")],
    "province": [("Ahmad Fauzan", "Bupati", "64.02"), ("Ahmad Fauzan", None, "64")],
}


@pytest.mark.parametrize("case", ONE)
def test_names_of_one_human_being(room: Newsroom, case: str) -> None:
    assert told(room, ONE[case]) == 1


SHORT = "Ahmad Fauzan"
TWO: dict[str, list[Mention]] = {
    "two kabupaten": [(SHORT, "Camat", "64.02"), (SHORT, "Camat", "33.10")],
    "neighbours": [(SHORT, "Camat", "64.02"), (SHORT, None, "64.03")],
    "spelling elsewhere": [("Achmad Fauzan", "Bupati", "64.02"), (SHORT, "Bupati", "64.03")],
    "other surname": [(SHORT, "Bupati", "64.02"), ("Ahmad Rahman", "Bupati", "64.02")],
    "shorter, no office": [(SHORT, None, "64.02"), (FULL, None, "64.02")],
    "other office": [(SHORT, "Camat", "64.02"), (FULL, "Bupati", "64.02")],
    "office many hold": [(SHORT, "Anggota", "64.02"), (FULL, "Anggota", "64.02")],
    "province, both in office": [(SHORT, "Camat", "64.02"), (SHORT, "Kepala Dinas", "64")],
    "plain at the province": [(SHORT, None, "64.02"), (SHORT, None, "64")],
    "only an initial": [("A. Fauzan", None, "64.02"), (SHORT, None, "64.02")],
    "country and kabupaten": [(SHORT, "Presiden", ""), (SHORT, "Camat", "64.02")],
}


@pytest.mark.parametrize("case", TWO)
def test_names_the_machine_keeps_apart(room: Newsroom, case: str) -> None:
    assert told(room, TWO[case]) == 2


def test_a_short_name_that_fits_two_belongs_to_neither(room: Newsroom) -> None:
    mentions: list[Mention] = [
        ("Ahmad Fauzan Mulyono", "Bupati", "64.02"),
        ("Ahmad Fauzan Rahman", "Bupati", "64.02"),
        ("Ahmad Fauzan", "Bupati", "64.02"),
    ]
    assert told(room, mentions) == 3


def test_a_province_never_joins_two_kabupaten(room: Newsroom) -> None:
    mentions: list[Mention] = [
        ("Ahmad Fauzan", None, "64.02"),
        ("Ahmad Fauzan", "Kepala Dinas", "64"),
        ("Ahmad Fauzan", None, "64.03"),
    ]
    assert told(room, mentions) == 3


def test_an_office_of_the_whole_country_has_no_region(room: Newsroom) -> None:
    room.add(
        "satu", "Judul", "Presiden Ahmad Fauzan hadir.", region=None,
        officials=(("Ahmad Fauzan", "Presiden"),),
    )  # fmt: skip
    assert humans(room, "officials") == ["ahmad fauzan@nasional"]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_any_order_of_arrival_ends_in_the_same_people(
    room: Newsroom, order: tuple[int, ...]
) -> None:
    mentions: list[Mention] = [
        ("Ahmad Fauzan Mulyono", "Bupati", "64.02"),
        ("A. Fauzan Mulyono", "Bupati", "64.02"),
        ("Achmad Fauzan", None, "64.02"),
        ("Ahmad Fauzan", "Bupati", "64.02"),
    ]
    for number in order:
        who, office, region = mentions[number]
        add(room, f"berita-{number}", who, region, office=office)
        identify(room)
    assert set(humans(room)) == {"ahmad fauzan mulyono@64.02"}
    scores = dict(room.rows("SELECT name, score FROM people WHERE same_as IS NOT NULL"))
    assert scores["A. Fauzan Mulyono"] == pytest.approx(0.92)


def test_a_merge_and_its_undoing_reach_what_is_already_stored(room: Newsroom) -> None:
    add(room, "satu", "Basuki Rahmat", "64.02")
    add(room, "dua", "Ujang", "64.02")
    room.decide("person", "merge", "basuki rahmat@64.02", "ujang@64.02")
    assert humans(room) == ["basuki rahmat@64.02"] * 2
    add(room, "tiga", "Ujang", "64.02")
    assert len(set(humans(room))) == 1
    assert people.relink(room.db, room.meja) == 0
    room.meja.execute("UPDATE groupings SET undone_at = '2024-12-01', undone_by = 'sari'")
    room.meja.conn.commit()
    assert humans(room) == ["basuki rahmat@64.02", "ujang@64.02", "ujang@64.02"]


def test_a_merge_leaves_everybody_else_alone(room: Newsroom) -> None:
    for number, who in enumerate(("Ujang", "Basuki", "Tatang")):
        add(room, f"berita-{number}", who, "64.02")
    room.decide("person", "merge", "ujang@64.02", "basuki@64.02")
    assert len(set(humans(room))) == 2


def test_a_person_splits_what_the_machine_put_together(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02", office="Bupati")
    add(room, "dua", "Ahmad Fauzan Mulyono", "64.02", office="Bupati")
    assert len(set(humans(room))) == 1
    room.decide("person", "split", "ahmad fauzan@64.02", "ahmad fauzan mulyono@64.02")
    assert len(set(humans(room))) == 2
    add(room, "tiga", "Ahmad Fauzan", "64.02", office="Bupati")
    assert len(set(humans(room))) == 2


def test_somebody_else_of_that_name_can_be_split_off_an_article(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02")
    other = add(room, "dua", "Ahmad Fauzan", "64.02")
    room.decide("person", "split", "ahmad fauzan@64.02", other)
    assert humans(room) == ["ahmad fauzan@64.02", f"ahmad fauzan@64.02#{other}"]
    room.meja.execute("UPDATE groupings SET undone_at = '2024-12-01', undone_by = 'sari'")
    room.meja.conn.commit()
    assert humans(room) == ["ahmad fauzan@64.02"] * 2


def test_merges_in_a_circle_and_against_a_split_end(room: Newsroom) -> None:
    for number, who in enumerate(("Ujang", "Basuki", "Tatang")):
        add(room, f"berita-{number}", who, "64.02")
    a, b, c = "ujang@64.02", "basuki@64.02", "tatang@64.02"
    for pair in ((a, b), (b, c), (c, a)):
        room.decide("person", "merge", *pair)
    assert len(set(humans(room))) == 1
    room.decide("person", "split", a, c)
    assert len(set(humans(room))) == 2


def test_people_nobody_mentions_any_more_are_forgotten(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02")
    identify(room)
    add(room, "satu", "Siti Rahma", "64.02")
    people.sweep(room.db)
    identify(room)
    assert room.rows("SELECT name FROM people") == [("Siti Rahma",)]
    assert room.rows("SELECT name, articles FROM profiles") == [("Siti Rahma", 1)]


def test_a_profile_sums_up_all_names(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan Mulyono", "64.02", office="Bupati")
    add(room, "dua", "A. Fauzan Mulyono", "64.02", office="Bupati")
    identify(room)
    assert room.rows("SELECT names, position, articles, cases FROM profiles") == [
        ("a fauzan mulyono | ahmad fauzan mulyono", "Bupati", 2, 2)
    ]


def test_decisions_survive_a_rerun(room: Newsroom) -> None:
    for number, who in enumerate(("Rahmat Hidayat", "Siti Rahma")):
        room.store(
            f"berita-{number}",
            "Judul",
            f"Ketua Bawaslu Kutai Kartanegara {who} mengawasi kampanye Pilkada.",
        )
    analyse(room.home)
    keys = [key for (key,) in room.rows("SELECT key FROM people ORDER BY key")]
    assert len(keys) == 2
    room.decide("person", "merge", *keys)
    for _ in range(2):
        analyse(room.home, rerun=True)
        assert len(set(humans(room, "officials"))) == 1
