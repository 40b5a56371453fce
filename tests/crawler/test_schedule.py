"""When a known address is asked for again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.schedule import Schedule, stamp
from db.announced import Entry

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
AGES = (timedelta(hours=6), timedelta(hours=24))


def ago(hours: float) -> str:
    return stamp(NOW - timedelta(hours=hours))


FRESH = Entry("k", "u", "o", "page", None, None, None, ago(1), None, None, None, 0)


@pytest.mark.parametrize(
    ("known", "due"),
    [
        ({}, True),
        ({"first_fetched_at": ago(1), "answered_at": ago(1)}, False),
        ({"first_fetched_at": ago(7), "answered_at": ago(7)}, True),
        ({"first_fetched_at": ago(7), "answered_at": ago(0.5)}, False),
        ({"first_fetched_at": ago(25), "answered_at": ago(18)}, True),
        ({"first_fetched_at": ago(99), "answered_at": ago(70)}, False),
        ({"answered_at": ago(1), "updated_at": ago(0.5)}, True),
        ({"answered_at": ago(1), "updated_at": ago(2)}, False),
        ({"answered_at": ago(1), "updated_at": ago(-48)}, False),
        ({"answered_at": ago(1)}, False),  # gone at the first visit
        ({"attempts": 1, "failed_at": ago(0)}, True),
        ({"attempts": 3, "failed_at": ago(1)}, False),
        ({"attempts": 3, "failed_at": ago(3)}, True),
        ({"attempts": 9, "failed_at": ago(999)}, False),
        ({"page_of": "p", "first_fetched_at": ago(7), "answered_at": ago(7)}, False),
        ({"page_of": "p", "answered_at": ago(7), "updated_at": ago(1)}, True),
        ({"kind": "listing", "answered_at": ago(7)}, False),
        ({"kind": "listing"}, True),
        ({"kind": "sitemap", "answered_at": ago(7)}, True),
        ({"kind": "sitemap", "answered_at": ago(7), "updated_at": ago(8)}, False),
        ({"kind": "sitemap", "answered_at": ago(7), "updated_at": ago(1)}, True),
    ],
)
def test_is_due(known: dict[str, Any], due: bool) -> None:
    assert Schedule(NOW, AGES).is_due(replace(FRESH, **known)) is due


@pytest.mark.parametrize(
    ("known", "due"),
    [
        ({"first_fetched_at": ago(99), "answered_at": ago(1)}, True),
        ({"attempts": 9, "failed_at": ago(1)}, True),
        ({"page_of": "p", "answered_at": ago(7)}, False),
    ],
)
def test_recheck_asks_again_for_every_first_page(known: dict[str, Any], due: bool) -> None:
    assert Schedule(NOW, AGES, recheck=True).is_due(replace(FRESH, **known)) is due
