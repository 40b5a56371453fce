"""Watches: refused when they could not work, kept as they are otherwise."""

from __future__ import annotations

import json

import pytest

from db.alerts.watches import THEMELESS, WatchError, active, check, install_defaults, save
from nlp.lexicon.judgement import themes
from tests.db.conftest import Newsroom


@pytest.mark.parametrize(
    ("definition", "says"),
    [
        ({}, "paling sedikit satu syarat"),
        ({"words": "  "}, "paling sedikit satu syarat"),
        ({"theme": []}, "paling sedikit satu syarat"),
        ({"tema": ["politik_uang"]}, "syarat tidak dikenal: tema"),
        ({"theme": ["sepakbola"]}, "theme tidak dikenal: sepakbola"),
        ({"topic": ["sepakbola"]}, "topic tidak dikenal"),
        ({"status": ["gawat"]}, "status tidak dikenal"),
        ({"region": ["99.99"]}, "region tidak dikenal"),
        ({"region": [64]}, "region harus berupa daftar teks"),
        ({"words": "-sosialisasi"}, "harus ada kata yang dicari"),
        ({"words": "amplop OR -sosialisasi"}, "harus ada kata yang dicari"),
        ({"words": "!!!"}, "tidak memuat kata"),
        ({"words": '"amplop'}, "kutip"),
        ({"words": ["amplop"]}, "words harus berupa teks"),
        (["amplop"], "objek JSON"),
    ],
)
def test_a_watch_that_could_not_work_is_refused(
    room: Newsroom, definition: dict[str, object], says: str
) -> None:
    with pytest.raises(WatchError, match=says):
        save(room.meja, "Uji", definition)
    assert active(room.meja) == ([], {})


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(WatchError, match=r"region tidak dikenal.*theme tidak dikenal"):
        check({"theme": ["x"], "region": ["y"]})


def test_a_nameless_watch_is_refused(room: Newsroom) -> None:
    with pytest.raises(WatchError, match="nama"):
        save(room.meja, "  ", {"words": "amplop"})


def test_a_saved_watch_can_be_changed_and_switched_off(room: Newsroom) -> None:
    key = save(room.meja, "Amplop", {"words": "amplop OR sembako", "region": "64"})
    save(room.meja, "Amplop Kaltim", {"words": "amplop"}, key=key)
    ((watch,), _) = active(room.meja)
    assert (watch.key, watch.name, watch.words, watch.region) == (
        key,
        "Amplop Kaltim",
        "amplop",
        (),
    )
    save(room.meja, "Amplop Kaltim", {"words": "amplop"}, key=key, active=False)
    assert active(room.meja) == ([], {})


def test_every_theme_has_a_default_watch(room: Newsroom) -> None:
    assert install_defaults(room.meja) == len(themes()) + 1
    watches, _ = active(room.meja)
    assert {theme for watch in watches for theme in watch.theme} == {*themes(), THEMELESS}


def test_defaults_do_not_come_back_over_what_people_decided(room: Newsroom) -> None:
    install_defaults(room.meja)
    key = "tema-politik_uang"
    save(room.meja, "Politik uang Kaltim", {"theme": ["politik_uang"], "region": ["64"]}, key=key)
    room.meja.execute("UPDATE watches SET active = 0 WHERE key = 'tema-survei'")
    assert install_defaults(room.meja) == 0
    by_key = {watch.key: watch for watch in active(room.meja)[0]}
    assert by_key[key].region == ("64",)
    assert "tema-survei" not in by_key


def test_a_watch_spoilt_since_is_shown_and_stops_no_other(room: Newsroom) -> None:
    save(room.meja, "Baik", {"words": "amplop"}, key="baik")
    for key, definition in (("a", "{"), ("b", json.dumps({"theme": ["dihapus"]}))):
        room.meja.table("watches").insert(
            {
                "key": key,
                "name": key,
                "definition": definition,
                "created_at": "2024-01-01",
                "updated_at": "2024-01-01",
            }
        )
    good, bad = active(room.meja)
    assert [watch.key for watch in good] == ["baik"]
    assert bad.keys() == {"a", "b"}
    assert "dihapus" in bad["b"]
