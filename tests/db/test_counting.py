"""Numbers by region and stage, and that each finds exactly the articles that it counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from db import counting, recap
from db.counting import NONE, Count, Scope
from db.recap import AXES
from db.site import tiles
from db.stages import calendars
from nlp import lexicon
from tests.db.conftest import Newsroom

CASE = "Camat diduga membagikan amplop kepada warga di rumahnya. Bawaslu menelusuri laporan itu."
URGED = "Bupati mengimbau aparatur menjaga netralitas selama masa kampanye. Warga menyambut baik."


@pytest.fixture
def filled(room: Newsroom) -> Newsroom:
    """Bima twice, one article of two kabupaten, one of a province alone, one of no place."""
    room.add("kota", "Kota", CASE, region="52.72", published="2024-10-01T08:00:00+08:00")
    room.add("kab", "Kabupaten", CASE + " A", region="52.06", published="2024-11-25T08:00:00+08:00")
    room.add("dua", "Dua", URGED, region="52.06", status="pencegahan", topic="netralitas_asn")
    room.add("prov", "Provinsi", URGED + " B", region="52", status="pencegahan")
    room.add("tanpa", "Tanpa", URGED + " C", region=None, status="netral", topic=None)
    room.add("lain", "Lain", URGED + " D", region="64.02", status="bukan_pemilu")
    also(room, "dua", "52.72")
    return room


def also(room: Newsroom, name: str, region: str) -> None:
    sql = (
        "INSERT INTO article_regions (article_id, region_code, is_main, spans) "
        "SELECT id, ?, 0, '[]' FROM articles WHERE url = ?"
    )
    room.db.execute(sql, [region, f"https://kabar.example/{name}"])


def titles(room: Newsroom, scope: Scope) -> list[str]:
    return sorted(row["title"] for row in counting.articles(room.db.conn, scope))


def test_namesakes_are_apart_and_shared_articles_count_in_each(filled: Newsroom) -> None:
    found = counting.divisions(filled.db.conn, Scope(region="52"))
    assert found == {"52.06": Count(2, 1, 1), "52.72": Count(2, 1, 1)}
    assert titles(filled, Scope(region="52.72")) == ["Dua", "Kota"]
    assert titles(filled, Scope(region="52.06", shared=True)) == ["Dua"]


def test_articles_of_no_place_are_a_group_of_their_own(filled: Newsroom) -> None:
    assert counting.total(filled.db.conn, Scope(region=NONE)) == Count(1, 0)
    assert titles(filled, Scope(region=NONE)) == ["Tanpa"]
    assert titles(filled, Scope(region="52", own=True)) == ["Provinsi"]


def test_provinces_count_an_article_once_however_many_of_their_places_it_names(
    filled: Newsroom,
) -> None:
    assert counting.provinces(filled.db.conn, Scope()) == {"52": Count(4, 2, 0)}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), ["Dua", "Kabupaten", "Kota", "Provinsi", "Tanpa"]),
        (Scope(cases=True), ["Kabupaten", "Kota"]),
        (Scope(since="2024-11-25"), ["Kabupaten"]),
        (Scope(until="2024-10-01"), ["Kota"]),
        (Scope(since="2024-10-01", until="2024-10-01"), ["Kota"]),
        (Scope(theme="politik_uang", region="52.72"), ["Kota"]),
        (Scope(topic="netralitas_asn"), ["Dua"]),
        (Scope(topic=NONE), ["Tanpa"]),
        (Scope(theme=NONE), ["Tanpa"]),
    ],
)
def test_scope_narrows(filled: Newsroom, scope: Scope, expected: list[str]) -> None:
    assert titles(filled, scope) == expected
    assert counting.total(filled.db.conn, scope).articles == len(expected)


def test_copies_count_once(room: Newsroom) -> None:
    for place, outlet in enumerate(("satu.example", "dua.example", "tiga.example")):
        published = f"2024-10-0{place + 1}T08:00:00+07:00"
        room.add("sama", "Camat Bagi Amplop", CASE * 3, outlet=outlet, published=published)
    room.group()
    scope = Scope(region="64.02", once=True)
    assert counting.total(room.db.conn, scope) == Count(1, 1)
    [article] = counting.articles(room.db.conn, scope)
    assert (article["copies"], article["outlet"]) == (3, "Satu")
    assert counting.total(room.db.conn, replace(scope, once=False)) == Count(3, 3)
    # The first one came before the stage: its copy stands for it.
    later = replace(scope, since="2024-10-02")
    assert counting.total(room.db.conn, later) == Count(1, 1)


@pytest.mark.parametrize("axis", list(AXES))
@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("cases", [True, False])
def test_every_number_of_a_recap_leads_to_its_articles(
    filled: Newsroom, axis: str, once: bool, cases: bool
) -> None:
    filled.add("kota2", "Kota", CASE, outlet="b.example", region="52.72",
               published="2024-10-02T08:00:00+08:00")  # fmt: skip
    filled.group()
    region = "52" if axis == "kabupaten" else ""
    scope = Scope(once=once, cases=cases, region=region)
    found = recap.recap(filled.db.conn, calendars()["pilkada_2024"], axis, scope)
    assert found.lines
    for line, stage, number in cells(found):
        listed = counting.articles(filled.db.conn, found.cell(line, stage))
        assert len(listed) == number, (line, stage)


def cells(found: recap.Recap) -> Iterator[tuple[str | None, int, int]]:
    for line in found.lines:
        for stage, number in enumerate(line.numbers):
            yield line.code, stage, number
    for stage, number in enumerate(found.sums):
        yield None, stage, number


def test_recap_puts_articles_into_their_stages(filled: Newsroom) -> None:
    found = recap.recap(filled.db.conn, calendars()["pilkada_2024"], "topik", Scope(once=True))
    numbers = {line.code: line.numbers for line in found.lines}
    assert numbers["politik_uang"] == (0, 0, 0, 2, 1, 0, 0, 0)
    assert found.lines[-1].name == "Tanpa topik"
    [row, *_] = found.rows()
    assert list(row)[:2] == ["Topik", "Kode"]
    assert row["Jumlah"] == sum(found.lines[0].numbers)


def test_stages_follow_each_other_without_gap_or_overlap() -> None:
    for calendar in calendars().values():
        for before, after in zip(calendar.stages, calendar.stages[1:], strict=False):
            assert after.first == before.last + timedelta(days=1), (calendar.id, after.id)
        assert all(stage.first <= stage.last for stage in calendar.stages)


def test_every_province_has_a_tile_of_its_own_place() -> None:
    found = tiles.provinces({"64": Count(9, 7), "65": Count(3, 1)})
    provinces = {r.code for r in lexicon.regions().values() if r.level == "provinsi"}
    assert {tile.code for tile in found} == provinces
    assert len({(tile.row, tile.column) for tile in found}) == len(provinces) == 38
    heat = {tile.code: tile.heat for tile in found}
    assert (heat["64"], heat["65"], heat["11"]) == (5, 1, 0)


def test_all_514_kabupaten_and_kota_have_tiles_with_distinct_names() -> None:
    provinces = [tile.code for tile in tiles.provinces({})]
    found = [tile for code in provinces for tile in tiles.divisions(code, {})]
    assert len(found) == len({tile.code for tile in found}) == 514
    assert len({(tile.code[:2], tile.short) for tile in found}) == 514
