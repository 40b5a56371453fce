"""One round of standing guard: added outlets are read too, and what is due goes out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.demo.library import OUTLETS
from crawler.demo.server import SampleServer, serving
from db import accounts, added_outlets
from db.base import Home
from tests.end_to_end.conftest import Desk


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with serving() as running:
        yield running


def test_round_reads_an_added_outlet_and_reports_mailings(
    server: SampleServer, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "meja", server)
    head, listed, more = OUTLETS.read_text("utf-8").splitlines()[:3]
    own = tmp_path / "media.csv"
    own.write_text(f"{head}\n{listed}\n", "utf-8")
    settings = desk.folder / "pantau.toml"
    settings.write_text(settings.read_text("utf-8").replace(str(OUTLETS), str(own)), "utf-8")
    row = next(csv.DictReader([head, more]))
    with closing(Home(desk.folder / "berita.db").open_meja()) as meja:
        accounts.add(meja, "ayu", "Ayu Pratiwi", "admin", None)
        with meja.conn:
            added_outlets.save(meja.conn, row, "ayu")
    told = desk.run("watch", "--rounds", "1").stdout
    assert "Kiriman berkala: 0 terkirim; 0 sumber baru terganggu." in told
    brought = {outlet for (outlet,) in desk.rows("SELECT DISTINCT outlet_id FROM articles")}
    assert brought == {listed.split(",")[0], row["domain"]}
