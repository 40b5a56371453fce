"""Corrections: a person's word over the machine's, through every rerun, until withdrawn."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest

from db.alerts.alerts import raise_alerts
from db.analysis import analyse, correct
from db.decisions import correcting, following
from db.decisions.correcting import Statement
from db.decisions.corrections import CorrectionError
from db.decisions.restating import LISTS, value
from tests.db.conftest import Newsroom
from tests.db.test_analysis import CASE, URGING


def read(room: Newsroom) -> str:
    key = room.store("camat", "Camat Muara Kaman Dilaporkan ke Bawaslu", CASE)
    analyse(room.home)
    return key


def rows(room: Newsroom, field: str) -> list[dict[str, Any]]:
    return list(room.db.query(f"SELECT * FROM {LISTS[field].table} ORDER BY id"))  # noqa: S608


def say(
    room: Newsroom, key: str, field: str, old: str | None, new: str | None, seen: int = 10**6
) -> int:
    said = Statement(key, field, old, new, "menurut naskahnya")
    with room.meja.conn:
        return correcting.state(room.meja.conn, "sari", said, seen)


def restate(room: Newsroom, key: str, field: str, name: str, changes: dict[str, Any] | None) -> int:
    """Correct the item that holds `name`; no changes reject it."""
    old = next(row for row in rows(room, field) if name in row.values())
    new = None if changes is None else value(LISTS[field], {**old, **changes})
    return say(room, key, field, value(LISTS[field], old), new)


def names(room: Newsroom, query: str) -> list[Any]:
    return [row[0] for row in room.rows(query)]


EMPTY = dict.fromkeys(LISTS["officials"].columns)
OFFICIALS = "SELECT name FROM officials ORDER BY id"


@pytest.mark.parametrize("rerun", [False, True])
def test_an_office_is_restated_and_stays_so(room: Newsroom, rerun: bool) -> None:
    key = read(room)
    restate(
        room, key, "officials", "Rahmat Hidayat", {"position": "Sekretaris Camat", "acting": "Plt"}
    )
    analyse(room.home, rerun=rerun)
    query = "SELECT position, acting FROM officials WHERE name = 'Rahmat Hidayat'"
    assert room.rows(query) == [("Sekretaris Camat", "Plt")]
    assert "Siti Rahma" in names(room, OFFICIALS)


def test_a_name_is_restated_wherever_the_article_has_it(room: Newsroom) -> None:
    key = read(room)
    restate(room, key, "officials", "Siti Rahma", {"name": "Siti Rahmawati"})
    correct(room.home)
    assert "Siti Rahmawati" in names(room, OFFICIALS)
    assert set(names(room, "SELECT speaker FROM quotes")) >= {"Siti Rahmawati"}
    assert "Siti Rahmawati" in names(room, "SELECT name FROM people")


def test_who_is_no_person_is_rejected_everywhere(room: Newsroom) -> None:
    key = read(room)
    assert "Rahmat Hidayat" in json.dumps(names(room, "SELECT actors FROM violations"))
    nobody = value(LISTS["people"], {"name": "Rahmat Hidayat", "role": None})
    say(room, key, "people", nobody, None)
    analyse(room.home, rerun=True)
    assert "Rahmat Hidayat" not in names(room, OFFICIALS)
    assert "Rahmat Hidayat" not in names(room, "SELECT name FROM people")
    assert "Rahmat Hidayat" not in json.dumps(names(room, "SELECT actors FROM violations"))


def test_an_official_the_machine_missed_is_added_with_its_place(room: Newsroom) -> None:
    key = read(room)
    added = {"name": "Muara Kaman", "position": "Lurah", "region_code": "64.02"}
    say(room, key, "officials", None, value(LISTS["officials"], {**EMPTY, **added}))
    analyse(room.home, rerun=True)
    ((spans,),) = room.rows("SELECT spans FROM officials WHERE name = 'Muara Kaman'")
    ((start, end),) = json.loads(spans)
    assert CASE[start:end] == "Muara Kaman"


def test_dates_and_speakers_are_restated(room: Newsroom) -> None:
    key = read(room)
    restate(room, key, "dates", "2024-10-07", {"date": "2024-10-06"})
    speaker = rows(room, "quotes")[0]["text"]
    restate(room, key, "quotes", speaker, {"speaker": "Rahmat Hidayat"})
    analyse(room.home, rerun=True)
    assert "2024-10-07" not in names(room, "SELECT date FROM dates")
    assert "2024-10-06" in names(room, "SELECT date FROM dates")
    assert names(room, f"SELECT speaker FROM quotes WHERE text = '{speaker}'") == ["Rahmat Hidayat"]  # noqa: S608


def test_a_figure_is_restated(room: Newsroom) -> None:
    key = room.store("warga", "Kampanye", f"{CASE} Sebanyak 120 warga menghadiri kampanye itu.")
    analyse(room.home)
    restate(room, key, "figures", "warga", {"value": 12.5, "bound": "sekitar"})
    analyse(room.home, rerun=True)
    query = "SELECT value, bound FROM figures WHERE unit = 'warga'"
    assert room.rows(query) == [(12.5, "sekitar")]


def test_topics_are_added_taken_away_and_made_the_main_one(room: Newsroom) -> None:
    key = read(room)
    topics = "SELECT topic FROM article_topics ORDER BY rank"
    first = names(room, topics)[0]
    say(room, key, "topics", None, "politik_uang")
    say(room, key, "topics", first, None)
    correct(room.home)
    assert first not in names(room, topics)
    assert "politik_uang" in names(room, topics)
    assert names(room, "SELECT topic FROM annotations") == names(room, topics)[:1]
    say(room, key, "topic", None, "apk")
    analyse(room.home, rerun=True)
    assert names(room, "SELECT topic FROM annotations") == names(room, topics)[:1] == ["apk"]


def test_a_region_taken_away_is_no_main_region_either(room: Newsroom) -> None:
    key = read(room)
    assert names(room, "SELECT region_code FROM annotations") == ["64.02"]
    say(room, key, "regions", "64.02", None)
    say(room, key, "regions", None, "64.03")
    correct(room.home)
    assert names(room, "SELECT region_code FROM annotations") == [None]
    assert "64.03" in names(room, "SELECT region_code FROM article_regions")


def test_withdrawing_brings_the_machines_word_back(room: Newsroom) -> None:
    key = read(room)
    before = room.rows("SELECT status, alert, stage FROM annotations")
    number = say(room, key, "status", "dugaan", "netral")
    correct(room.home)
    assert room.rows("SELECT status, alert, stage FROM annotations") == [("netral", 0, None)]
    assert room.rows("SELECT 1 FROM violations") == []
    with room.meja.conn:
        assert correcting.withdraw(room.meja.conn, "budi", key, number)
        assert not correcting.withdraw(room.meja.conn, "sari", key, number)
    correct(room.home)
    assert room.rows("SELECT status, alert, stage FROM annotations") == before
    actions = names(room, "SELECT 1") and [
        row[0] for row in room.meja.execute("SELECT action FROM audit ORDER BY id")
    ]
    assert actions == ["koreksi", "koreksi_dibatalkan"]


def test_a_correction_made_while_nobody_looked_is_found_by_the_next_analysis(
    room: Newsroom,
) -> None:
    key = read(room)
    say(room, key, "status", "dugaan", "netral")
    assert analyse(room.home).analysed == 1
    assert names(room, "SELECT status FROM annotations") == ["netral"]
    assert analyse(room.home).analysed == 0


def test_corrections_outlive_a_rebuilt_base(room: Newsroom) -> None:
    key = read(room)
    say(room, key, "status", "dugaan", "netral")
    restate(room, key, "officials", "Rahmat Hidayat", None)
    room.home.berita.rename(room.home.berita.with_name("lama.db"))
    rebuilt = Newsroom(room.home, room.home.open_berita(), room.meja)
    read(rebuilt)
    assert names(rebuilt, "SELECT status FROM annotations") == ["netral"]
    assert "Rahmat Hidayat" not in names(rebuilt, OFFICIALS)


@pytest.mark.parametrize(
    ("field", "old", "new", "reason", "told"),
    [
        ("status", "dugaan", "netral", " ", "alasan"),
        ("judul", None, "x", "karena", "tidak dikenal"),
        ("status", "netral", "netral", "karena", "sama"),
        ("quotes", None, "x" * 9000, "karena", "panjang"),
    ],
)
def test_what_cannot_be_stated_is_refused(
    room: Newsroom, field: str, old: str | None, new: str | None, reason: str, told: str
) -> None:
    said = Statement("0" * 16, field, old, new, reason)
    with pytest.raises(CorrectionError, match=told):
        correcting.state(room.meja.conn, "sari", said, 0)
    assert list(room.meja.query("SELECT * FROM corrections")) == []


def test_of_two_at_once_the_second_is_told(room: Newsroom) -> None:
    key = read(room)
    say(room, key, "status", "dugaan", "proses", seen=0)
    with pytest.raises(CorrectionError, match="sari lebih dahulu"):
        say(room, key, "status", "dugaan", "netral", seen=0)


@pytest.mark.parametrize("item", ["bukan json", "[1]", '{"name": "x", "position": null}'])
def test_an_item_that_cannot_hold_is_told_and_stops_nothing(room: Newsroom, item: str) -> None:
    key = read(room)
    say(room, key, "officials", None, item)
    say(room, key, "status", "dugaan", "netral")
    report = analyse(room.home, rerun=True)
    assert len(report.failures) == 1
    assert names(room, "SELECT status FROM annotations") == ["netral"]


def test_lessons_for_the_machine_name_no_analyst(room: Newsroom) -> None:
    key = read(room)
    restate(room, key, "officials", "Rahmat Hidayat", {"position": "Sekcam"})
    withdrawn = say(room, key, "status", "dugaan", "netral")
    with room.meja.conn:
        correcting.withdraw(room.meja.conn, "sari", key, withdrawn)
    (lesson,) = correcting.training(room.db, room.meja)
    assert lesson["id"] == key
    assert lesson["url"] == "https://kabar.example/camat"
    assert (lesson["field"], lesson["new"]["position"]) == ("officials", "Sekcam")
    assert lesson["reason"] == "menurut naskahnya"
    assert "sari" not in json.dumps(lesson)


def events(room: Newsroom) -> list[sqlite3.Row]:
    return room.meja.execute("SELECT state, note FROM alert_events ORDER BY id").fetchall()


def test_alerts_follow_and_are_never_taken_away(room: Newsroom) -> None:
    key = read(room)
    raise_alerts(room.home)
    rung = room.rows("SELECT key FROM alerts ORDER BY key")
    assert rung
    said = Statement(key, "status", "dugaan", "netral", "hanya imbauan")
    with room.meja.conn:
        correcting.state(room.meja.conn, "sari", said, 0)
    following.correction(room.home, "sari", said)
    assert room.rows("SELECT key FROM alerts ORDER BY key") == rung
    marked = events(room)
    assert len(marked) == len(rung)
    assert all(state is None and "hanya imbauan" in note for state, note in marked)
    assert "Dugaan menjadi Berita pemilu" in marked[0][1]


def test_what_a_person_calls_a_case_rings(room: Newsroom) -> None:
    key = room.store("imbau", "Bupati Imbau ASN Netral", URGING)
    analyse(room.home)
    raise_alerts(room.home)
    assert room.rows("SELECT key FROM alerts") == []
    said = Statement(key, "status", "pencegahan", "dugaan", "ada laporan di dalamnya")
    with room.meja.conn:
        correcting.state(room.meja.conn, "sari", said, 0)
    following.correction(room.home, "sari", said)
    assert room.rows("SELECT DISTINCT status FROM alerts") == [("dugaan",)]
