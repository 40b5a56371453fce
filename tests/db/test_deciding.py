"""Merges and splits of stories: kept through reruns, taken back as a whole, two people at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import reference
from db.alerts.alerts import raise_alerts
from db.base import Home
from db.decisions import deciding, following
from db.decisions.deciding import DecisionError, Deed, Pair
from db.site.story_deeds import separate
from db.site.unfolding import closure, ladder, unfold
from tests.db.conftest import Newsroom
from tests.db.test_stories import EVENT, add


def decide(room: Newsroom, pairs: list[Pair], keys: list[str], seen: int = 0) -> int:
    with room.meja.conn:
        return deciding.decide(room.meja.conn, "sari", Deed("story", pairs, keys, seen, "sebab"))


@pytest.mark.parametrize("chosen", [["first"], ["copied"], ["followed"], ["first", "followed"]])
def test_chosen_articles_are_split_off_and_stay_so(room: Newsroom, chosen: list[str]) -> None:
    keys = add(room, *EVENT)
    assert room.group() == {frozenset(keys.values())}
    off = [keys[name] for name in chosen]
    rest = [key for key in keys.values() if key not in off]
    deed = decide(room, separate(rest, off), rest)
    expected = {frozenset(off), frozenset(rest)}
    assert room.group() == expected
    room.add("first", title="Judul lain", text="Teks lain sama sekali.", people=())
    add(room, *EVENT)
    assert room.group() == expected
    with room.meja.conn:
        assert deciding.undo(room.meja.conn, "budi", "story", deed)
        assert not deciding.undo(room.meja.conn, "sari", "story", deed)
    assert room.group() == {frozenset(keys.values())}


def test_stories_are_merged_and_a_rebuilt_base_knows(room: Newsroom, tmp_path: Path) -> None:
    keys = add(room, "first", "other_matter")
    decide(room, [("merge", keys["first"], keys["other_matter"])], [keys["first"]])
    assert room.group() == {frozenset(keys.values())}
    home = Home(tmp_path / "baru" / "berita.db")
    rebuilt = Newsroom(home, home.open_berita(), room.meja)
    reference.load(rebuilt.db)
    again = add(rebuilt, "other_matter", "first")
    assert rebuilt.group() == {frozenset(again.values())}


def test_of_two_at_once_the_second_is_told(room: Newsroom) -> None:
    keys = list(add(room, *EVENT).values())
    decide(room, separate(keys[:2], keys[2:]), keys)
    with pytest.raises(DecisionError, match="sari lebih dahulu"):
        decide(room, separate(keys[:1], keys[1:]), keys)
    seen = deciding.newest(room.meja.conn, "story", keys)
    decide(room, separate(keys[:1], keys[1:]), keys, seen)


def test_an_article_split_off_may_ring_by_itself(room: Newsroom) -> None:
    keys = add(room, "first", "copied")
    room.group()
    raise_alerts(room.home)
    rung = room.rows("SELECT count(DISTINCT article_id) FROM alerts")
    decide(room, separate([keys["first"]], [keys["copied"]]), list(keys.values()))
    following.stories(room.home, keys.values())
    assert rung == [(1,)]
    assert room.rows("SELECT count(DISTINCT article_id) FROM alerts") == [(2,)]


def article(key: str, status: str, stage: str | None) -> dict[str, str | None]:
    return {"key": key, "status": status, "stage": stage}


def test_only_what_is_new_is_an_event_and_the_end_is_shown() -> None:
    told = unfold(
        [
            article("a", "dugaan", "laporan_temuan"),
            article("b", "proses", "klarifikasi"),
            article("c", "proses", "laporan_temuan"),  # recalls the report
            article("d", "pencegahan", None),
            article("e", "tidak_terbukti", "selesai_tanpa_tindak"),
            article("f", "tidak_terbukti", "selesai_tanpa_tindak"),
        ]
    )
    assert [row["event"] for row in told] == [
        "laporan_temuan",
        "klarifikasi",
        None,
        None,
        "selesai_tanpa_tindak",
        None,
    ]
    steps = ladder(told)
    assert [step["order"] for step in steps] == list(range(1, 13))
    assert [step["article"]["key"] for step in steps if step["article"]] == ["a", "b", "e"]
    ended = closure(told)
    assert ended is not None
    assert ended["key"] == "f"
    assert closure(told[:3]) is None
