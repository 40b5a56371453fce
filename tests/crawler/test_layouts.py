"""Every layout reads its frozen pages as the file beside each page says.

A page is written by us in the mark-up of its network, with invented content; the `.toml` beside
it says what a careful reader takes from it. A layout without a page fails.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler import networks
from crawler.extract import layouts, page, reading
from crawler.extract.reading import Reading, Source

PAGES = Path(__file__).with_name("pages")
EXAMS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(PAGES.glob("*.toml"))}


def read(exam: dict[str, Any]) -> Reading:
    source = Source(
        network=exam["network"],
        zone=ZoneInfo(exam["timezone"]),
        fetched_at=datetime.fromisoformat(exam["fetched_at"]),
        hints=exam.get("hints", {}),
    )
    bodies = [(PAGES / name).read_bytes() for name in exam["pages"]]
    return reading.read([page.parse(body, exam["url"]) for body in bodies], source)


@pytest.fixture(scope="module", params=EXAMS)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Reading]:
    exam = EXAMS[request.param]
    return exam, read(exam)


def test_layout(case: tuple[dict[str, Any], Reading]) -> None:
    exam, found = case
    assert found.extractor.startswith(exam["extractor"])


def test_fields(case: tuple[dict[str, Any], Reading]) -> None:
    exam, found = case
    assert (found.title, found.author, found.section) == (
        exam["title"],
        exam.get("author"),
        exam.get("section", found.section),
    )


def test_publish_date(case: tuple[dict[str, Any], Reading]) -> None:
    exam, found = case
    assert found.published is not None
    assert (found.published.at, found.published.source) == (
        exam["published_at"],
        exam["published_from"],
    )
    assert not found.published.guess


def test_nothing_of_the_body_is_missing(case: tuple[dict[str, Any], Reading]) -> None:
    exam, found = case
    assert [part for part in exam["must_contain"] if part not in found.text] == []
    assert found.text.startswith(exam["starts"])
    assert found.text.endswith(exam["ends"])
    assert len(found.text.split("\n\n")) == exam["paragraphs"]


def test_nothing_else_is_in_the_body(case: tuple[dict[str, Any], Reading]) -> None:
    exam, found = case
    assert [part for part in exam["must_not_contain"] if part in found.text] == []


@pytest.mark.parametrize("layout", layouts.layouts(), ids=lambda layout: layout.name)
def test_layout_has_a_frozen_page(layout: layouts.Layout) -> None:
    assert any(exam["extractor"] == layout.name for exam in EXAMS.values()), (
        f"write tests/crawler/pages/<network>_<n>.html and .toml for layout {layout.name}"
    )


@pytest.mark.parametrize("layout", layouts.layouts(), ids=lambda layout: layout.name)
def test_layout_serves_known_networks(layout: layouts.Layout) -> None:
    assert set(layout.networks) <= set(networks.networks())


def test_every_page_is_part_of_an_exam() -> None:
    named = {name for exam in EXAMS.values() for name in exam["pages"]}
    assert named == {path.name for path in PAGES.glob("*.html")}


def test_a_page_of_today_is_not_read_by_a_layout_of_the_past() -> None:
    exam = EXAMS["detik_2"] | {"fetched_at": "2024-11-21T00:00:00+00:00"}
    assert read(exam).extractor.startswith("trafilatura")
