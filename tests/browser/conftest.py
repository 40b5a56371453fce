"""A site of the module's own `home` in a real Chromium; pages at the desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from db.base import Home
from tests.browser import window
from tests.db import site_base
from tests.db.site_base import Running

HERE = Path(__file__).parent
PATIENCE = 20_000
"""Milliseconds: the first correction loads the language pipeline."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def running(home: Home) -> Iterator[Running]:
    with site_base.running(home) as site:
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not window.CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    expect.set_options(timeout=PATIENCE)
    with window.chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def session(running: Running, chromium: Browser) -> Any:
    """The cookies of whoever followed the printed link, an admin."""
    return window.session(chromium, running)


@pytest.fixture(params=list(window.SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(running: Running, chromium: Browser, session: Any, size: str) -> Iterator[Page]:
    with window.page(chromium, running, session, size) as opened:
        yield opened
