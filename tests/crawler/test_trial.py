"""A trial read over real HTTP: the sample outlets, one that is gone, one that says no."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.commands import own_outlets
from crawler.demo.library import OUTLETS
from crawler.demo.server import SampleServer, serving
from crawler.outlets import OutletError
from crawler.trial import PAGES, Trial, trial
from db import accounts, added_outlets
from db.added_outlets import AddedError
from db.base import Home
from db.config import Config, load
from tests.end_to_end.conftest import Desk

ROWS = {row["domain"]: row for row in csv.DictReader(OUTLETS.read_text("utf-8").splitlines())}


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with serving() as running:
        yield running


def config(server: SampleServer, **more: object) -> Config:
    read = load(Path("/nonexistent/pantau.toml"))
    read.pengambilan.update(kontak="uji@pantau.example", jeda_detik=0.0, umur_sitemap_hari=0)
    read.pengambilan.update(proksi=server.proxy, **more)
    return read


@pytest.mark.parametrize("domain", list(ROWS)[:3])
def test_trial_shows_what_would_be_stored(server: SampleServer, domain: str) -> None:
    found = trial(ROWS[domain], config(server))
    assert not found.failed
    assert found.lists
    best = found.articles[0]
    assert best["title"]
    assert best["published_at"]
    assert 0 < len(best["text"]) <= 600 < best["length"]
    assert len(found.articles) <= PAGES + 2
    assert json.loads(json.dumps(found.as_dict()))["ok"]
    assert best["title"] in str(found)


def test_trial_asks_for_few_pages(server: SampleServer) -> None:
    before = sum(server.visits.values())
    found = trial(next(iter(ROWS.values())), config(server))
    assert found.announced > 10
    assert sum(server.visits.values()) - before <= 8


def test_silent_site_says_why(server: SampleServer) -> None:
    row = {"domain": "tiada.example", "name": "Tiada", "kind": "lokal", "network": "wordpress"}
    found = trial(row, config(server))
    assert found.failed
    assert found.failures
    assert all(reason for _, reason in found.failures)


def test_bad_row_is_refused_with_all_its_faults(server: SampleServer) -> None:
    row = {"domain": "bukan domain", "name": "", "kind": "lokal", "network": "gaib"}
    with pytest.raises(OutletError) as error:
        trial(row, config(server))
    for fault in ("kolom name kosong", "tidak sah", "jaringan 'gaib' tidak dikenal"):
        assert fault in str(error.value)


def test_command_tells_programs_too(server: SampleServer, tmp_path: Path) -> None:
    desk = Desk(tmp_path, server)
    row = json.dumps(next(iter(ROWS.values())))
    told = json.loads(desk.run("outlets", "--try", row, "--json").stdout)
    assert told["ok"]
    assert told["articles"][0]["title"]
    assert not (tmp_path / "berita.db").exists()
    assert "tulis sebagai JSON" in desk.call("outlets", "--try", "kabar", expect=2)


def test_added_outlet_is_read_beside_the_list(server: SampleServer, tmp_path: Path) -> None:
    home = Home(tmp_path / "berita.db")
    bundled = own_outlets(home, config(server))
    row = {"domain": "baru.example", "name": "Baru", "kind": "lokal", "network": "wordpress"}
    broken = {**row, "domain": "rusak.example", "network": "gaib"}
    with closing(home.open_meja()) as meja:
        accounts.add(meja, "ayu", "Ayu", "admin", None)
        with meja.conn:
            added_outlets.save(meja.conn, row, "ayu")
            added_outlets.save(meja.conn, broken, "ayu")
        with pytest.raises(AddedError, match="sudah ditambah"), meja.conn:
            added_outlets.save(meja.conn, row, "ayu")
        found = own_outlets(home, config(server))
        assert [outlet.id for outlet in found[len(bundled) :]] == ["baru.example"]
        assert found[-1].feeds
        own = own_outlets(home, config(server), OUTLETS)
        assert {outlet.id for outlet in own} == set(ROWS)
        with meja.conn:
            assert added_outlets.remove(meja.conn, "baru.example", "ayu")
            assert not added_outlets.remove(meja.conn, "baru.example", "ayu")
        assert len(own_outlets(home, config(server))) == len(bundled)
        with meja.conn:
            added_outlets.save(meja.conn, row, "ayu")
        assert len(own_outlets(home, config(server))) == len(bundled) + 1


def test_trial_tells_of_a_guessed_time() -> None:
    one = {"title": "A", "published_at": "2024-10-07", "published_is_guess": 1, "length": 9}
    told = Trial("a.example", articles=[{**one, "extractor": "x", "text": "isi", "url": "u"}])
    assert "(perkiraan)" in str(told)
