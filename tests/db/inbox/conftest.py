"""A site with two cases in its inbox; what people do in one test is forgotten by the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from db.base import Home
from tests.db import site_base
from tests.db.inbox import cases
from tests.db.site_base import Running

Visit = Callable[[str], httpx.Client]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return cases.make(tmp_path_factory.mktemp("kotak"))


@pytest.fixture(scope="module")
def running(made: Home) -> Iterator[Running]:
    with site_base.running(made) as site:
        yield site


@pytest.fixture
def home(made: Home) -> Home:
    cases.forget(made)
    return made


@pytest.fixture
def visit(home: Home, running: Running) -> Iterator[Visit]:
    """Somebody signed in, by name."""
    with ExitStack() as opened:
        yield lambda name: opened.enter_context(cases.visiting(running, name))
