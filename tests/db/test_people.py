"""People: one row for one human being, namesakes apart, people's merges and splits kept."""

from __future__ import annotations

import pytest

from db import people
from tests.db.conftest import Newsroom


def add(room: Newsroom, name: str, who: str, region: str, *, office: bool = True) -> str:
    officials = ((who, "Camat"),) if office else ()
    return room.add(
        name, "Judul", f"{who} hadir.", region=region, officials=officials, people=(who,)
    )


def keys(room: Newsroom, table: str = "officials") -> list[str | None]:
    return [
        key
        for (key,) in room.rows(
            f"SELECT p.key FROM {table} t LEFT JOIN people p ON p.id = t.person_id "  # noqa: S608
            "ORDER BY t.article_id, t.id"
        )
    ]


def test_one_name_in_one_region_is_one_person(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02")
    add(room, "dua", "AHMAD FAUZAN", "64.02", office=False)
    assert keys(room, "article_people") == ["ahmad fauzan@64.02"] * 2
    assert room.rows("SELECT name, region_code FROM people") == [("Ahmad Fauzan", "64.02")]


def test_namesakes_of_two_regions_stay_two(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02")
    add(room, "dua", "Ahmad Fauzan", "33.10")
    assert keys(room) == ["ahmad fauzan@64.02", "ahmad fauzan@33.10"]


@pytest.mark.parametrize("initials", ["AS", "MT", "M.S.", "H.A", "A B"])
def test_initials_name_nobody(room: Newsroom, initials: str) -> None:
    add(room, "satu", initials, "64.02")
    assert keys(room) == keys(room, "article_people") == [None]
    assert room.rows("SELECT * FROM people") == []


@pytest.mark.parametrize(("office", "key"), [(True, "ismed@64.02"), (False, None)])
def test_a_single_name_is_somebody_only_in_office(
    room: Newsroom, office: bool, key: str | None
) -> None:
    add(room, "satu", "Ismed", "64.02", office=office)
    assert keys(room, "article_people") == [key]


def test_a_merge_and_its_undoing_reach_what_is_already_stored(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02")
    add(room, "dua", "A. Fauzan Noor", "64.02")
    room.decide("person", "merge", "ahmad fauzan@64.02", "a fauzan noor@64.02")
    assert people.relink(room.db, room.meja) == 2
    assert keys(room) == ["ahmad fauzan@64.02"] * 2
    add(room, "tiga", "A. Fauzan Noor", "64.02")
    assert keys(room)[-1] == "ahmad fauzan@64.02"
    assert people.relink(room.db, room.meja) == 0
    room.decide("person", "split", "ahmad fauzan@64.02", "a fauzan noor@64.02")
    people.relink(room.db, room.meja)
    assert keys(room) == ["ahmad fauzan@64.02"] + ["a fauzan noor@64.02"] * 2


def test_somebody_else_of_that_name_can_be_split_off_an_article(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02")
    other = add(room, "dua", "Ahmad Fauzan", "64.02")
    room.decide("person", "split", "ahmad fauzan@64.02", other)
    people.relink(room.db, room.meja)
    assert keys(room) == ["ahmad fauzan@64.02", f"ahmad fauzan@64.02#{other}"]


def test_merges_in_a_circle_end(room: Newsroom) -> None:
    made = people.groupings(
        [("merge", "a", "b"), ("merge", "b", "c"), ("merge", "c", "a"), ("merge", "d", "c")]
    )
    assert {made.canonical(key) for key in "abcd"} == {"d"}


def test_people_nobody_mentions_any_more_are_forgotten(room: Newsroom) -> None:
    add(room, "satu", "Ahmad Fauzan", "64.02")
    add(room, "satu", "Siti Rahma", "64.02")
    people.sweep(room.db)
    assert room.rows("SELECT name FROM people") == [("Siti Rahma",)]
