"""Alerts: one per story and watch, again when the case moves on, the rest in the quieter list."""

from __future__ import annotations

import json
from typing import Any

import pytest

from db import reference
from db.alerts.alerts import raise_alerts
from db.alerts.watches import save
from db.base import Home
from tests.db.conftest import AT, Newsroom, annotation

STORY = (
    "Pengawas menemukan 47 amplop berisi uang di Desa Loa Pelita. Ketua Bawaslu Kukar Rusdiansyah "
    "Mahmud mengatakan amplop itu disita. Sopir pikap sudah dimintai keterangan."
)
SENTENCE = "Ketua Bawaslu Kukar Rusdiansyah Mahmud mengatakan amplop itu disita."
KEY = "tema-politik_uang"


def add(room: Newsroom, name: str, hour: int, **more: Any) -> str:
    given = {
        "title": "Amplop Disita di Loa Pelita, Bawaslu Kukar Minta Keterangan",
        "text": f"{STORY} Berita {name}.",
        "people": ("Rusdiansyah Mahmud",),
        "sentence": SENTENCE,
        "published": f"2024-10-07T{hour:02}:00:00+08:00",
        "outlet": f"{name}.example",
    }
    key = room.add(name, **{**given, **more})
    room.group()
    return key


def alerts(room: Newsroom) -> list[tuple[Any, ...]]:
    return room.rows("SELECT key FROM alerts ORDER BY id")


def test_one_story_rings_once(room: Newsroom) -> None:
    first = add(room, "satu", 8)
    add(room, "dua", 9)
    report = raise_alerts(room.home)
    assert (report.raised, report.quiet, report.unheard) == (1, 0, 0)
    add(room, "tiga", 10)
    assert raise_alerts(room.home).raised == 0
    assert raise_alerts(room.home).checked == 0
    assert alerts(room) == [(f"{KEY}:{first}:-",)]


def test_an_alert_says_why(room: Newsroom) -> None:
    save(room.meja, "Amplop", {"words": "penyitaan DEKAT amplop", "person": "rusdiansyah"}, key="a")
    add(room, "satu", 8)
    raise_alerts(room.home)
    (row,) = room.db.query("SELECT * FROM alerts WHERE watch_key = 'a'")
    assert row["sentence"] == SENTENCE
    start, end = json.loads(row["span"])
    assert room.rows("SELECT text FROM articles")[0][0][start:end] == SENTENCE
    assert json.loads(row["reasons"]) == [
        {"condition": "kata", "form": "amplop", "root": "amplop"},
        {"condition": "kata", "form": "disita", "root": "sita"},
        {"condition": "orang", "form": "Rusdiansyah Mahmud", "root": "rusdiansyah mahmud"},
        {"condition": "status", "form": "dugaan", "root": ""},
    ]
    assert (row["status"], row["topic"], row["rules_version"]) == ("dugaan", "politik_uang", "uji")


def test_it_rings_again_when_the_case_moves_on_and_only_then(room: Newsroom) -> None:
    add(room, "satu", 8, stage="laporan_temuan")
    add(room, "dua", 9, stage="laporan_temuan")
    add(room, "tiga", 10, stage="klarifikasi", status="proses")
    raise_alerts(room.home)
    add(room, "empat", 11, stage="informasi_awal")
    add(room, "lima", 12, stage="klarifikasi", status="proses")
    raise_alerts(room.home)
    stages = [key.rpartition(":")[2] for (key,) in alerts(room)]
    assert stages == ["laporan_temuan", "klarifikasi"]


def test_an_alert_stays_when_its_article_changes(room: Newsroom) -> None:
    add(room, "satu", 8)
    raise_alerts(room.home)
    before = alerts(room)
    add(room, "satu", 8, status="pencegahan", text="Bawaslu mengimbau warga menolak amplop.")
    assert raise_alerts(room.home).raised == 0
    assert alerts(room) == before


def test_without_a_concrete_case_it_is_quiet(room: Newsroom) -> None:
    add(room, "imbauan", 8, status="pencegahan")
    report = raise_alerts(room.home)
    assert (report.raised, report.quiet) == (0, 1)
    (row,) = room.db.query("SELECT watch_key, status, sentence FROM quiet_matches")
    assert row == {"watch_key": KEY, "status": "pencegahan", "sentence": SENTENCE}


def test_a_theme_that_is_only_mentioned_beside_the_case_is_quiet(room: Newsroom) -> None:
    key = add(room, "satu", 8)
    room.db.execute(
        "INSERT INTO article_topics VALUES (?, 2, 'netralitas_asn', 'netralitas_asn', 0.4, '[]')",
        [room.article(key)["id"]],
    )
    raise_alerts(room.home)
    assert room.rows("SELECT watch_key FROM alerts") == [(KEY,)]
    assert room.rows("SELECT watch_key FROM quiet_matches") == [("tema-netralitas_asn",)]


@pytest.mark.parametrize(
    ("definition", "rings"),
    [
        ({"theme": ["politik_uang"]}, True),
        ({"topic": ["politik_uang"]}, True),
        ({"topic": ["mahar_politik"]}, False),
        ({"theme": ["politik_uang"], "region": ["64"]}, True),
        ({"theme": ["politik_uang"], "region": ["64.02"]}, True),
        ({"theme": ["politik_uang"], "region": ["64.03", "33"]}, False),
        ({"region": ["64"]}, True),
        ({"status": ["dugaan"]}, True),
        ({"status": ["rekap"]}, False),
        ({"outlet": ["satu.example"]}, True),
        ({"outlet": ["dua.example"]}, False),
        ({"person": ["Rusdiansyah Mahmud"]}, True),
        ({"person": ["Mahmud"]}, True),
        ({"person": ["Mah"]}, False),
        ({"words": "menyita amplop"}, True),
        ({"words": '"menyita amplop"'}, False),
        ({"words": "amplop DEKAT/2 sita"}, True),
        ({"words": "amplop DEKAT/1 keterangan"}, False),
        ({"words": "amplop -sopir"}, False),
        ({"words": "(sembako ATAU amplop) keterangan"}, True),
    ],
)
def test_all_conditions_of_a_watch_must_hold(
    room: Newsroom, definition: dict[str, Any], rings: bool
) -> None:
    save(room.meja, "Uji", definition, key="uji")
    add(room, "satu", 8)
    raise_alerts(room.home)
    assert room.rows("SELECT count(*) FROM alerts WHERE watch_key = 'uji'") == [(int(rings),)]


def test_a_new_watch_is_held_against_what_is_already_there(room: Newsroom) -> None:
    add(room, "satu", 8)
    raise_alerts(room.home)
    save(room.meja, "Baru", {"words": "amplop"}, key="baru")
    assert raise_alerts(room.home).raised == 1
    assert raise_alerts(room.home).checked == 0
    save(room.meja, "Baru", {"words": "sopir"}, key="baru")
    assert raise_alerts(room.home).raised == 0  # the story has rung for this watch


def test_no_number_of_matches_is_too_many(room: Newsroom) -> None:
    for number in range(230):
        room.store(f"b{number}", f"Berita {number}", f"Amplop nomor {number} ditemukan.")
    save(room.meja, "Semua", {"words": "amplop"}, key="semua")
    for (key,) in room.rows("SELECT key FROM articles"):
        room.judge(key, annotation(room.article(key)["text"], topic=None))
    raise_alerts(room.home)
    assert room.rows("SELECT count(*) FROM alerts WHERE watch_key = 'semua'") == [(230,)]


def test_a_case_without_a_theme_does_not_go_unheard(room: Newsroom) -> None:
    add(room, "satu", 8, topic=None)
    assert raise_alerts(room.home).raised == 1
    assert room.rows("SELECT watch_key FROM alerts") == [("tema-tanpa_tema",)]


def test_a_case_no_watch_asks_for_is_counted(room: Newsroom) -> None:
    raise_alerts(room.home)
    room.meja.execute("UPDATE watches SET active = 0 WHERE key = ?", [KEY])
    add(room, "satu", 8)
    report = raise_alerts(room.home)
    assert (report.raised, report.unheard) == (0, 1)


def test_a_spoilt_watch_is_reported(room: Newsroom) -> None:
    save(room.meja, "Rusak", {"words": "amplop"}, key="rusak")
    room.meja.execute("UPDATE watches SET definition = '{' WHERE key = 'rusak'")
    add(room, "satu", 8)
    report = raise_alerts(room.home)
    assert list(report.bad_watches) == ["Rusak"]
    assert report.raised == 1


def test_a_rebuilt_base_rings_under_the_names_people_know(room: Newsroom) -> None:
    add(room, "dua", 9)
    raise_alerts(room.home)
    before = alerts(room)
    room.meja.table("alert_events").insert(
        {"alert_key": before[0][0], "at": AT, "actor": "sari", "state": "ditinjau"}
    )
    room.db.close()
    for file in room.home.berita.parent.glob("berita.db*"):
        file.unlink()
    rebuilt = _rebuilt(room.home)
    add(rebuilt, "satu", 8)
    add(rebuilt, "dua", 9)
    raise_alerts(rebuilt.home)
    assert alerts(rebuilt) == before


def _rebuilt(home: Home) -> Newsroom:
    room = Newsroom(home, home.open_berita(), home.open_meja())
    reference.load(room.db)
    return room
