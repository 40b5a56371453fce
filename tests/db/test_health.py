"""The health of sources: each fault from a base that shows it, and none where nothing is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db.base import Home
from db.health import FAULTS, Source, sources
from db.words import labels

NOW = datetime(2024, 11, 20, 6, 0, tzinfo=UTC)
TEXT = "Bawaslu menelusuri laporan warga. " * 20


@dataclass
class Gathering:
    """Two sources; `usual` never fails, so that there is a newest answer."""

    db: Database

    def fetch(self, outlet: str, kind: str = "feed", ago: float = 1, **more: Any) -> int:
        at = (NOW - timedelta(hours=ago)).isoformat(timespec="milliseconds")
        row = {"outlet_id": outlet, "url": f"https://{outlet}/{kind}", "kind": kind}
        known = {"status": 200, "fetched_at": at, **more}
        return int(self.db.table("fetches").insert({**row, **known}).last_pk or 0)

    def articles(self, outlet: str, number: int, ago: float, **more: Any) -> None:
        at = NOW - timedelta(hours=ago)
        fetch = self.fetch(outlet, "page", ago)
        for one in range(number):
            name = f"{outlet}-{ago}-{one}"
            row = {
                "key": name,
                "url": f"https://{outlet}/{name}",
                "outlet_id": outlet,
                "title": name,
                "text": TEXT,
                "published_at": at.isoformat(timespec="seconds"),
                "fetch_id": fetch,
                "first_seen_at": at.isoformat(timespec="milliseconds"),
                "last_seen_at": at.isoformat(timespec="milliseconds"),
                "extractor": "uji",
            }
            self.db.table("articles").insert({**row, **more})

    def weeks(self, outlet: str, numbers: list[int]) -> None:
        """So many articles on the day like today, one week ago and further back."""
        for week, number in enumerate(numbers, start=1):
            self.articles(outlet, number, week * 168 + 5)
        self.articles(outlet, 1, (len(numbers) + 1) * 168)  # known since then

    def look(self, outlet: str = "uji.example") -> Source:
        return next(one for one in sources(self.db.conn, NOW) if one.id == outlet)


@pytest.fixture
def gathering(tmp_path: Path) -> Gathering:
    db = Home(tmp_path / "berita.db").open_berita()
    for name in ("uji.example", "lain.example"):
        row = {"id": name, "name": name, "network": "wordpress", "kind": "lokal"}
        db.table("outlets").insert({**row, "timezone": "Asia/Jakarta"})
    made = Gathering(db)
    made.fetch("lain.example", ago=0.5)
    return made


def test_usual_day_is_healthy(gathering: Gathering) -> None:
    gathering.weeks("uji.example", [6, 4, 5, 20])
    gathering.fetch("uji.example", status=304)
    gathering.articles("uji.example", 5, 3)
    source = gathering.look()
    assert (source.state, source.fault, source.norm) == ("terbaca", None, 5.5)
    assert (source.today.number, source.week) == (5, 5)


def test_not_modified_alone_is_an_answer(gathering: Gathering) -> None:
    gathering.fetch("uji.example", status=304)
    source = gathering.look()
    assert (source.state, source.fault, source.norm) == ("terbaca", None, None)


def test_never_asked(gathering: Gathering) -> None:
    gathering.fetch("uji.example", ago=30)
    assert gathering.look().fault == "tidak_dicoba"


def test_no_answer_names_the_reason(gathering: Gathering) -> None:
    gathering.fetch("uji.example", ago=30)
    gathering.fetch("uji.example", ago=2, status=500, error="HTTP 500")
    gathering.fetch("uji.example", ago=1, status=None, error="tidak tersambung")
    source = gathering.look()
    assert source.fault == "gagal"
    assert {one.reason for one in source.failures} == {"HTTP 500", "tidak tersambung"}
    assert source.answer == "tidak tersambung"


def test_lists_that_are_none(gathering: Gathering) -> None:
    gathering.fetch("uji.example", extract_error="bukan umpan")
    assert gathering.look().fault == "daftar_rusak"


def test_lists_without_news(gathering: Gathering) -> None:
    gathering.weeks("uji.example", [6, 4, 5, 7])
    gathering.fetch("uji.example", status=304)
    assert gathering.look().fault == "tanpa_berita"


def test_pages_without_bodies(gathering: Gathering) -> None:
    gathering.fetch("uji.example")
    gathering.fetch("uji.example", "page", extract_error="isi kosong")
    source = gathering.look()
    assert (source.fault, source.answers.bodiless) == ("tanpa_isi", 1)


def test_far_fewer_than_usual(gathering: Gathering) -> None:
    gathering.weeks("uji.example", [6, 4, 5, 7])
    gathering.articles("uji.example", 2, 3)
    assert gathering.look().fault == "sepi"


def test_quiet_day_of_a_source_that_has_such_days_is_no_illness(gathering: Gathering) -> None:
    gathering.weeks("uji.example", [6, 0, 5, 7])
    gathering.articles("lain.example", 1, 2 * 168 + 5)
    gathering.fetch("uji.example")
    assert gathering.look().fault is None


def test_weeks_in_which_nobody_crawled_are_no_norm(gathering: Gathering) -> None:
    gathering.weeks("uji.example", [6, 5, 7])
    gathering.articles("uji.example", 1, 3000)
    gathering.fetch("uji.example")
    source = gathering.look()
    assert (source.norm, source.fault) == (6, "tanpa_berita")


def test_one_quiet_week_of_many_excuses_nothing(gathering: Gathering) -> None:
    gathering.weeks("uji.example", [6, 0, 5, 7, 6])
    gathering.articles("lain.example", 1, 2 * 168 + 5)
    gathering.fetch("uji.example")
    assert gathering.look().fault == "tanpa_berita"


def test_two_weeks_are_no_norm(gathering: Gathering) -> None:
    gathering.weeks("uji.example", [6, 4])
    gathering.fetch("uji.example")
    source = gathering.look()
    assert (source.norm, source.fault) == (None, None)


def test_articles_without_date(gathering: Gathering) -> None:
    gathering.articles("uji.example", 2, 3, published_at=None)
    gathering.articles("uji.example", 1, 2)
    assert gathering.look().fault == "tanpa_tanggal"


@pytest.mark.parametrize(("part", "fault"), [(0.4, "memendek"), (0.6, None)])
def test_texts_half_as_long(gathering: Gathering, part: float, fault: str | None) -> None:
    gathering.weeks("uji.example", [4, 4, 4])
    gathering.articles("uji.example", 4, 3, text=TEXT[: int(len(TEXT) * part)])
    assert gathering.look().fault == fault


def test_day_ends_with_the_newest_answer_of_any_source(gathering: Gathering) -> None:
    """Whoever crawls once a day at six looks at noon: the day is the one up to six."""
    gathering.weeks("uji.example", [6, 4, 5])
    gathering.articles("uji.example", 5, 20)
    gathering.db.execute("DELETE FROM fetches WHERE outlet_id = 'lain.example'")
    source = gathering.look()
    assert (source.today.number, source.fault) == (5, None)


def test_every_fault_has_a_word() -> None:
    assert set(labels()["fault"]) == {*FAULTS, "sehat"}
