"""Dates as pages write them, and which statement about the publish date is believed."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import dates, published
from crawler.extract.dates import Moment
from crawler.extract.published import TRUST, Statement

WITA = ZoneInfo("Asia/Makassar")
FETCHED = datetime(2024, 11, 21, 3, 15, tzinfo=UTC)

EXACT = {
    "Selasa, 26 Mei 2020 19:35 WIB": "2020-05-26T19:35:00+07:00",
    "Diperbarui 18 Jun 2024, 14:05 WIB": "2024-06-18T14:05:00+07:00",
    "10 Juni 2024 |04:01 WIB": "2024-06-10T04:01:00+07:00",
    "Tayang: Senin, 10 Juni 2024 10:48 WIT": "2024-06-10T10:48:00+09:00",
    "\xa0Jurnalis-Jum'at, 14 Juni 2024 |19:04 WIB": "2024-06-14T19:04:00+07:00",
    "Kabar.com- 18/06/2024, 21:35 WIB": "2024-06-18T21:35:00+07:00",
    "18 Juni 2024 | 20.04 WIB": "2024-06-18T20:04:00+07:00",
    "Selasa, 18 Jun 2024 - 21:48 WIB_x0000_": "2024-06-18T21:48:00+07:00",
    "4,160 Views  | \n   Kamis, 11 Jan 2024 05:00 WIB": "2024-01-11T05:00:00+07:00",
    "Senin | 14-12-2015 | 18:47 WIB": "2015-12-14T18:47:00+07:00",
    "Jumat , 08 September 2017 09:00": "2017-09-08T09:00:00+08:00",
    "SENIN, 29 JANUARI 2024 | 17:58 WIB": "2024-01-29T17:58:00+07:00",
    "Rabu (23/09/2020) pukul 10.00 Wita": "2020-09-23T10:00:00+08:00",
    "- 12 November 2020, 16:36 WIB": "2020-11-12T16:36:00+07:00",
    "Ahad, 3 Pebruari 2019 09:00 WP": "2019-02-03T09:00:00+09:00",
    "Mon, 07 Oct 2024 13:05:00 +0700": "2024-10-07T13:05:00+07:00",
    "October 7, 2024 1:05 pm": "2024-10-07T13:05:00+08:00",
    "Rabu, 2 Oktober 2024 - 14:50:23 PM": "2024-10-02T14:50:23+08:00",
    "2024-10-07T13:05:00+0700": "2024-10-07T13:05:00+07:00",
    "2024-10-07 13:05:00": "2024-10-07T13:05:00+08:00",
    "2024-10-07T05:05:00.000Z": "2024-10-07T13:05:00+08:00",
    "10/21/2020 20:43": "2020-10-21T20:43:00+08:00",
}
DAYS = {
    "2020-06-18": "2020-06-18",
    "2015/08/25": "2015-08-25",
    "24 September 2020": "2020-09-24",
    "06 Jun 2024": "2024-06-06",
    "7 Nopember 2020": "2020-11-07",
    "14/11/2020": "2020-11-14",
    "2024-07-23 00:00:00": "2024-07-23",
}


@pytest.mark.parametrize(("written", "expected"), EXACT.items())
def test_moment(written: str, expected: str) -> None:
    found = dates.read(written, WITA)
    assert found == Moment(datetime.fromisoformat(expected))
    assert found.at.isoformat() == expected


@pytest.mark.parametrize(("written", "expected"), DAYS.items())
def test_day(written: str, expected: str) -> None:
    found = dates.read(written, WITA)
    assert found is not None
    assert (found.at.date().isoformat(), found.day_only, found.guess) == (expected, True, False)


@pytest.mark.parametrize(
    "written",
    ["", "Tidak Ditemukan", "Rabu (9/12)", "31/02/2024", "2024-13-45", "pukul 10.00 Wita", "2024"],
)
def test_no_date(written: str) -> None:
    assert dates.read(written, WITA) is None


@pytest.mark.parametrize(
    "written",
    ["Sabtu (6/10/2024)", "9/10/2020 22:30"],
    ids=["weekday of another day", "day and month may be swapped"],
)
def test_doubtful(written: str) -> None:
    found = dates.read(written, WITA)
    assert found is not None
    assert found.guess


def test_relative_date_needs_the_time_of_the_fetch() -> None:
    assert dates.read("2 jam yang lalu", WITA) is None
    found = dates.read("2 jam yang lalu", WITA, FETCHED)
    assert found == Moment(FETCHED - timedelta(hours=2), guess=True)


@pytest.mark.parametrize(
    "url",
    ["https://x.example/2024/10/07/judul", "https://x.example/berita/7/10/2024/judul"],
)
def test_day_in_an_address(url: str) -> None:
    found = dates.read_url(url, WITA)
    assert found is not None
    assert found.at.date().isoformat() == "2024-10-07"


@given(st.text(string.printable + "–—|’", max_size=80))
def test_nothing_written_raises(written: str) -> None:
    dates.read(written, WITA, FETCHED)
    dates.read_url(written, WITA)


def at(day: int) -> Moment:
    return Moment(datetime(2024, 10, day, 9, 30, tzinfo=WITA))


@pytest.mark.parametrize(("better", "worse"), list(combinations(TRUST, 2)))
def test_the_better_source_is_believed(better: str, worse: str) -> None:
    said = [Statement(better, at(7)), Statement(worse, at(8))]
    found = published.decide(said, FETCHED)
    assert found is not None
    assert (found.source, found.at) == (better, "2024-10-07T09:30:00+08:00")


@given(st.lists(st.tuples(st.sampled_from(TRUST), st.integers(1, 30)), min_size=1))
def test_trust_does_not_depend_on_what_else_is_said(said: list[tuple[str, int]]) -> None:
    ordered = sorted(said, key=lambda pair: TRUST.index(pair[0]))
    found = published.decide([Statement(name, at(day)) for name, day in ordered], FETCHED)
    assert found is not None
    assert (found.source, found.at) == (ordered[0][0], at(ordered[0][1]).at.isoformat())


def test_the_future_is_not_believed() -> None:
    tomorrow = Moment(FETCHED.astimezone(WITA) + timedelta(minutes=1))
    found = published.decide([Statement("json-ld", tomorrow), Statement("url", at(7))], FETCHED)
    assert found is not None
    assert found.source == "url"


def test_a_clock_in_the_head_of_the_page_is_not_believed() -> None:
    now = Moment(FETCHED.astimezone(WITA))
    assert published.decide([Statement("selector", now, inside=False)], FETCHED) is None
    assert published.decide([Statement("selector", now, inside=True)], FETCHED) is not None


def test_a_day_takes_the_hour_of_a_later_source_that_agrees() -> None:
    day = Moment(datetime(2024, 10, 7, tzinfo=WITA), day_only=True)
    agreed = published.decide([Statement("url", day), Statement("feed", at(7))], FETCHED)
    differing = published.decide([Statement("url", day), Statement("feed", at(8))], FETCHED)
    assert agreed is not None
    assert differing is not None
    assert (agreed.at, agreed.source) == ("2024-10-07T09:30:00+08:00", "feed")
    assert (differing.at, differing.source) == ("2024-10-07T00:00:00+08:00", "url-day")


def test_a_date_in_the_text_is_a_guess() -> None:
    said = published.of_text("TENGGARONG - Rapat digelar Rabu (23/09/2020) pukul 10.00.", WITA)
    found = published.decide(said, FETCHED)
    assert found is not None
    assert (found.at, found.source, found.guess) == ("2020-09-23T00:00:00+08:00", "text-day", True)
