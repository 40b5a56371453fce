"""A site with two cases in its inbox; what people do in one test is forgotten by the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.base import Home
from tests.db import site_base
from tests.db.inbox import cases
from tests.db.site_base import Running
from tests.db.visitors import Visit, visits


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
    with visits(running) as visit:
        yield visit
