"""Counting days, dated rules, and what officers may press when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from db import accounts
from db.clocks import days, deadlines, pressing
from db.clocks.clock import Clock
from db.clocks.pressing import OFFSETS, ClockError, Press
from db.clocks.running import Case, running
from tests.db.conftest import Newsroom

NOW = "2024-10-10T09:00:00+07:00"


@pytest.fixture
def desk(room: Newsroom) -> Iterator[Newsroom]:
    """A newsroom whose clock stands still, with two officers."""
    for name in ("sari", "budi"):
        accounts.add(room.meja, name, name.title(), "staf", None)
    with time_machine.travel(NOW, tick=False):
        yield room


def press(room: Newsroom, mark: str, *articles: str, actor: str = "sari", **more: Any) -> str:
    wish: dict[str, Any] = {"moment": datetime.fromisoformat(NOW), "regime": "pilkada", **more}
    with room.meja.conn:
        return pressing.press(room.meja.conn, Press(mark, actor, articles or ("a",), **wish))


def clock(room: Newsroom, *articles: str) -> Clock:
    [found] = pressing.of_case(room.meja.conn, articles or ("a",))
    return found


def kept(room: Newsroom, sql: str) -> list[tuple[Any, ...]]:
    return room.meja.execute(sql).fetchall()


def listed(room: Newsroom, region: str | None = None) -> list[Case]:
    room.db.execute("ATTACH DATABASE ? AS meja", [str(room.home.meja)])
    try:
        return running(room.db.conn, region)
    finally:
        room.db.execute("DETACH DATABASE meja")


@pytest.mark.parametrize(
    ("start", "number", "counting", "last"),
    [
        ("2024-10-10", 7, "kalender", "2024-10-17"),
        ("2024-10-10", 3, "kalender", "2024-10-13"),  # Saturday and Sunday count
        ("2024-10-11", 1, "kerja", "2024-10-14"),  # over a weekend
        ("2024-11-25", 2, "kerja", "2024-11-28"),  # over the election day
        ("2024-04-05", 7, "kerja", "2024-04-24"),  # over Idul Fitri with its collective leave
        ("2024-12-24", 2, "kerja", "2024-12-30"),  # over Christmas and its collective leave
        ("2020-12-23", 3, "kerja", "2020-12-30"),
        ("2024-02-28", 2, "kalender", "2024-03-01"),  # a leap year
    ],
)
def test_days_are_counted_as_the_rule_says(
    start: str, number: int, counting: str, last: str
) -> None:
    counted = days.count(date.fromisoformat(start), number, counting)
    assert (counted.last.isoformat(), counted.unknown) == (last, ())


def test_a_year_without_holidays_is_named() -> None:
    counted = days.count(date(2026, 12, 28), 7, "kerja")
    assert counted.unknown == (2027,)
    assert days.count(date(2026, 12, 28), 7, "kalender").unknown == ()


@pytest.mark.parametrize("year", sorted(days.holidays()))
def test_every_year_of_holidays_is_its_own_and_whole(year: int) -> None:
    found = days.holidays()[year]
    assert {day.year for day in found} == {year}
    fixed = {(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)}
    assert fixed <= {(day.month, day.day) for day in found}


def test_rules_are_dated_and_never_two_at_once() -> None:
    known = deadlines.rules()
    assert {rule.regime for rule in known} == set(deadlines.REGIMES)
    for rule in known:
        assert rule.counting in days.COUNTINGS
        assert rule.mark in ("diketahui", "diregistrasi")
        twins = [one for one in known if one.id == rule.id and one.since <= rule.since]
        assert all(one is rule or (one.until and one.until < rule.since) for one in twins)


@pytest.mark.parametrize(
    ("regime", "day", "found"),
    [
        ("pilkada", "2020-10-01", [("pilkada_laporan", "2020-10-08", "Perbawaslu 8/2020")]),
        ("pilkada", "2024-09-30", [("pilkada_laporan", "2024-10-07", "Perbawaslu 9/2024")]),
        (
            "pemilu",
            "2024-02-07",
            [
                ("pemilu_temuan", "2024-02-14", "Pasal 454 ayat (5)"),
                ("pemilu_laporan", "2024-02-21", "Pasal 454 ayat (6)"),
            ],
        ),
        ("pilkada", "2015-12-09", []),
        ("pilwana", "2024-10-01", []),
    ],
)
def test_the_rule_of_the_day_counts(
    regime: str, day: str, found: list[tuple[str, str, str]]
) -> None:
    ran = deadlines.after(regime, "diketahui", date.fromisoformat(day))
    assert [(one.rule.id, one.last.isoformat()) for one in ran] == [row[:2] for row in found]
    assert all(row[2] in one.rule.basis for one, row in zip(ran, found, strict=True))


def test_a_clock_goes_from_known_to_registered_to_done(desk: Newsroom) -> None:
    assert pressing.of_case(desk.meja.conn, ["a"]) == []
    press(desk, "diketahui")
    [finding] = clock(desk).open
    assert (finding.last, finding.left(clock(desk).today)) == (date(2024, 10, 17), 7)
    press(desk, "diregistrasi", note="001/TM/PB/Kab/X/2024")
    assert [one.rule.days for one in clock(desk).open] == [3, 5]
    press(desk, "selesai", note="diteruskan ke BKN")
    assert clock(desk).open == []
    assert clock(desk).done is not None
    actions = kept(desk, "SELECT action FROM audit WHERE action LIKE 'jam%'")
    assert actions == [("jam_diketahui",), ("jam_diregistrasi",), ("jam_selesai",)]


def test_a_clock_called_off_leaves_no_clock_but_its_marks(desk: Newsroom) -> None:
    press(desk, "diketahui")
    press(desk, "dibatalkan", note="salah perkara")
    assert pressing.of_case(desk.meja.conn, ["a"]) == []
    press(desk, "diketahui", actor="budi")
    assert clock(desk).known.actor_name == "Budi"
    assert kept(desk, "SELECT count(*) FROM clock_marks") == [(3,)]


@pytest.mark.parametrize(
    ("marks", "wish", "says"),
    [
        ([], {"mark": "diregistrasi"}, "belum atau tidak lagi berjalan"),
        ([], {"mark": "selesai", "note": "x"}, "belum atau tidak lagi berjalan"),
        ([], {"mark": "diketahui", "regime": ""}, "Pilih pilkada atau pemilu"),
        ([], {"mark": "diketahui", "regime": "pilkades"}, "Pilih pilkada atau pemilu"),
        ([], {"mark": "diketahui", "moment": "2024-10-10T09:03:00+07:00"}, "belum terjadi"),
        ([], {"mark": "diketahui", "moment": "0024-10-10T09:00:00+07:00"}, "terlalu lama"),
        ([], {"mark": "diketahui", "note": "x" * 2001}, "terlalu panjang"),
        (["diketahui"], {"mark": "diketahui"}, "sudah berjalan: Sari"),
        (["diketahui"], {"mark": "selesai"}, "Tulis alasannya"),
        (["diketahui"], {"mark": "dibatalkan"}, "Tulis alasannya"),
        (
            ["diketahui"],
            {"mark": "diregistrasi", "moment": "2024-10-10T08:59:00+07:00"},
            "tidak mungkin mendahului",
        ),
        (["diketahui", "diregistrasi"], {"mark": "diregistrasi"}, "sudah ditandai diregistrasi"),
    ],
)
def test_what_does_not_fit_is_refused(
    desk: Newsroom, marks: list[str], wish: dict[str, Any], says: str
) -> None:
    for mark in marks:
        press(desk, mark)
    before = kept(desk, "SELECT * FROM clock_marks")
    moment = datetime.fromisoformat(wish.pop("moment", NOW))
    with pytest.raises(ClockError, match=says):
        press(desk, wish.pop("mark"), moment=moment, **wish)
    assert kept(desk, "SELECT * FROM clock_marks") == before


def test_articles_of_one_case_share_their_clock(desk: Newsroom) -> None:
    press(desk, "diketahui", "a", "b")
    with pytest.raises(ClockError, match="sudah berjalan"):
        press(desk, "diketahui", "b", "a")
    press(desk, "diregistrasi", "b", "a")
    assert clock(desk, "b", "a").registered is not None


@pytest.mark.parametrize(
    ("given", "zone", "read"),
    [
        ("2024-10-07T08:00", "WIB", "2024-10-07T01:00:00+00:00"),
        ("2024-10-07T08:00", "WITA", "2024-10-07T00:00:00+00:00"),
        ("2024-10-07T08:00", "WIT", "2024-10-06T23:00:00+00:00"),
    ],
)
def test_the_zone_of_the_officer_counts(given: str, zone: str, read: str) -> None:
    moment = pressing.read_moment(given, zone)
    assert moment.astimezone(UTC).isoformat() == read
    assert moment.utcoffset() == OFFSETS[zone].utcoffset(None)


@pytest.mark.parametrize(
    ("given", "zone"),
    [("", "WIB"), ("kemarin", "WIB"), ("2024-10-07T08:00", "UTC"), ("2024-10-07T08:00Z", "WIB")],
)
def test_a_moment_that_is_none_is_refused(given: str, zone: str) -> None:
    with pytest.raises(ClockError, match="Isi tanggal dan jam"):
        pressing.read_moment(given, zone)


def test_the_day_is_that_of_the_region(desk: Newsroom) -> None:
    moment = datetime(2024, 10, 10, 0, 30, tzinfo=OFFSETS["WIT"])  # 22.30 WIB of the 9th
    press(desk, "diketahui", moment=moment)
    assert [one.last for one in clock(desk).open] == [date(2024, 10, 17)]


def test_running_clocks_are_listed_by_what_is_left(desk: Newsroom) -> None:
    keys = {
        name: desk.add(name, f"Kasus {name}", "Teks.", status="dugaan", region=region)
        for name, region in (("lama", "64.02"), ("baru", "65.01"), ("selesai", "64.02"))
    }
    now = datetime.fromisoformat(NOW)
    press(desk, "diketahui", keys["baru"])
    press(desk, "diketahui", keys["lama"], moment=now - timedelta(days=5))
    press(desk, "diketahui", keys["selesai"])
    press(desk, "selesai", keys["selesai"], note="bukan pelanggaran")
    press(desk, "diketahui", "tidakadadibasis0", moment=now - timedelta(days=9))
    found = [(case.about["title"], case.left) for case in listed(desk)]
    assert found == [(None, -2), ("Kasus lama", 2), ("Kasus baru", 7)]
    assert [case.about["title"] for case in listed(desk, "64")] == ["Kasus lama"]


def test_a_day_before_all_rules_has_a_clock_without_a_limit(desk: Newsroom) -> None:
    press(desk, "diketahui", moment=datetime(2018, 6, 1, 8, tzinfo=OFFSETS["WIB"]))
    [case] = listed(desk)
    assert (case.next, case.left) == (None, None)
