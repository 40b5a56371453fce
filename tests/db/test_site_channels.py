"""The channels of a watch tried and removed from the site; the list of what did not ring."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import httpx
import pytest

from db.alerts import channels, watches
from db.alerts.alerts import raise_alerts
from db.alerts.channels import Channel
from db.base import Home
from db.delivery import deliver
from tests.db import receivers, site_base
from tests.db.inbox.cases import post
from tests.db.receivers import Letters
from tests.db.site_base import Running
from tests.db.visitors import desk, visiting

WATCH = "/langganan/netral"


@pytest.fixture(scope="module")
def letters() -> Iterator[Letters]:
    with receivers.smtp() as running:
        yield running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, letters: Letters) -> Home:
    """A base whose settings lie beside it, as in an office."""
    home = site_base.make(tmp_path_factory.mktemp("saluran"))
    settings = f"smtp_port = {letters.port}\nsmtp_host = '127.0.0.1'\nsmtp_keamanan = ''\n"
    sender = "dari = 'Pantau <pantau@bawaslu.example>'\nbatas_detik = 5\n"
    toml = home.berita.with_name("pantau.toml")
    toml.write_text(f"[pengiriman]\n{settings}{sender}", encoding="utf-8")
    meja = home.open_meja()
    watches.save(meja, "Netral", {"theme": ["netralitas_asn"]}, key="netral", owner="sari")
    meja.close()
    raise_alerts(home)
    return home


@pytest.fixture(scope="module")
def running(made: Home) -> Iterator[Running]:
    with site_base.running(made) as site:
        yield site


@pytest.fixture
def home(made: Home) -> Home:
    with sqlite3.connect(made.meja) as meja:
        for table in ("deliveries", "delivery_attempts", "channels", "audit"):
            meja.execute(f"DELETE FROM {table}")  # noqa: S608 - own names
    meja.close()
    return made


@pytest.fixture
def sari(home: Home, running: Running) -> Iterator[httpx.Client]:
    with visiting(running, "sari") as client:
        yield client


def channel(home: Home, kind: str, target: str) -> str:
    meja = home.open_meja()
    with meja.conn:
        channels.save(meja.conn, "netral", Channel(kind, target))
        meja.execute("UPDATE channels SET created_at = '2020-12-09T00:00:00+00:00'")
    return str(desk(home, "SELECT max(id) FROM channels")[0][0])


def test_a_trial_reaches_the_receiver_and_the_log(
    home: Home, sari: httpx.Client, letters: Letters
) -> None:
    number = channel(home, "email", "humas@bawaslu.example")
    page = post(sari, WATCH, aksi="saluran_diuji", saluran=number)
    assert "Uji terkirim" in page.text
    assert letters.taken[-1]["Subject"] == "[Pantau] Uji kiriman: Netral"
    assert "Bukan peringatan." in letters.taken[-1].get_content()
    assert desk(home, "SELECT alerts, error FROM delivery_attempts") == [(0, None)]
    assert desk(home, "SELECT * FROM deliveries") == []
    assert ("saluran_diuji", "sari") in desk(home, "SELECT action, actor FROM audit")


def test_a_failed_trial_says_why(home: Home, sari: httpx.Client) -> None:
    with receivers.http() as calls:
        number = channel(home, "webhook", calls.address)
        calls.answers = [(503, {})]
        page = post(sari, WATCH, aksi="saluran_diuji", saluran=number)
        assert "Uji gagal: Webhook menjawab 503" in page.text
        assert "health-gagal" in page.text
        page = post(sari, WATCH, aksi="saluran_diuji", saluran=number)
        assert calls.heard[-1].data["uji"] is True
    assert "health-gagal" not in page.text


@pytest.mark.parametrize("number", ["", "x", "999", "²"])
def test_a_channel_that_is_none_is_not_tried(home: Home, sari: httpx.Client, number: str) -> None:
    page = post(sari, WATCH, aksi="saluran_diuji", saluran=number)
    assert "Uji gagal: Saluran ini tidak ada." in page.text
    assert desk(home, "SELECT * FROM delivery_attempts") == []


def test_only_who_may_edit_the_watch_tries_its_channels(
    home: Home, running: Running, letters: Letters
) -> None:
    number = channel(home, "email", "humas@bawaslu.example")
    meja = home.open_meja()
    with meja.conn:
        meja.execute("UPDATE watches SET owner = 'budi' WHERE key = 'netral'")
    before = len(letters.taken)
    try:
        with visiting(running, "sari") as client:
            for action in ("saluran_diuji", "saluran_dihapus"):
                assert post(client, WATCH, aksi=action, saluran=number).status_code == 403
    finally:
        with meja.conn:
            meja.execute("UPDATE watches SET owner = 'sari' WHERE key = 'netral'")
    assert len(letters.taken) == before


def test_a_removed_channel_sends_no_more_and_keeps_its_log(home: Home, sari: httpx.Client) -> None:
    with receivers.http() as calls:
        calls.answers = [(500, {})]
        number = channel(home, "webhook", calls.address)
        assert deliver(home, site_base.config()).failed
        page = post(sari, WATCH, aksi="saluran_dihapus", saluran=number)
        assert "Belum ada saluran" in page.text
        assert "Webhook menjawab 500" in page.text  # in the log
        assert desk(home, "SELECT DISTINCT state, error FROM deliveries") == [
            ("gagal", "Saluran dihapus.")
        ]
        for action in ("saluran_dinyalakan", "saluran_dihapus"):
            assert post(sari, WATCH, aksi=action, saluran=number).status_code == 400
        post(sari, WATCH, aksi="pengiriman_diulang", saluran=number)
        deliver(home, site_base.config())
        assert len(calls.heard) == 1
        fields = {"jenis": "webhook", "tujuan": calls.address, "zona": "Asia/Jakarta"}
        post(sari, WATCH, aksi="saluran_disimpan", **fields)
        assert deliver(home, site_base.config()).sent == 0  # what rang before it is not sent
    assert desk(home, "SELECT active, removed_at FROM channels") == [(1, None)]
    assert ("saluran_dihapus",) in desk(home, "SELECT action FROM audit")


def test_what_did_not_ring_is_listed(sari: httpx.Client) -> None:
    page = sari.get(WATCH)
    assert "2 cocok tanpa kasus konkret" in page.text
    quiet = sari.get(f"{WATCH}/senyap").text
    for title in ("Bupati Imbau ASN Netral", "Laporan terhadap Camat Dihentikan"):
        assert title in quiet
    assert "Lurah Timbau" not in quiet
    assert "Imbauan atau pencegahan menurut Suara Solo" in quiet
    assert sari.get("/langganan/tidak-ada/senyap").status_code == 404
