"""Signing in, forms and triage against a real server on loopback, with real cookies."""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import time_machine

from db import accounts
from db.accounts import AccountError
from db.base import Home
from db.site import links, serve
from db.site.session import ATTEMPTS, safe_target
from tests.db import site_base
from tests.db.site_base import PASSWORD, Running, key
from tests.db.visitors import desk, sign_in, token, visits

ALERT = f"/peringatan/bawaan-netralitas:{key('https://kabarmahakam.example/lurah-timbau')}:laporan_temuan"
Browser = Callable[[], httpx.Client]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return site_base.make(tmp_path_factory.mktemp("meja"))


@pytest.fixture(scope="module")
def running(home: Home) -> Iterator[Running]:
    with site_base.running(home) as site:
        yield site


@pytest.fixture
def browser(running: Running) -> Iterator[Browser]:
    """A new visitor, with a cookie jar of their own."""
    with visits(running) as visit:
        yield lambda: visit(None)


def decide(visitor: httpx.Client, page: httpx.Response, **fields: str) -> httpx.Response:
    seen = re.search(r'name="terlihat" value="(\d+)"', page.text)
    assert seen
    filled = {"csrftoken": token(page), "terlihat": seen[1], "keadaan": "ditinjau", **fields}
    return visitor.post(ALERT, data=filled)


def test_link_signs_in_once(running: Running, browser: Browser) -> None:
    first, second = browser(), browser()
    assert "Ayu Pratiwi" in first.get(running.link).text
    assert first.get("/peringatan").status_code == 200
    refused = second.get(running.link)
    assert (refused.status_code, "sudah dipakai" in refused.text) == (403, True)
    assert second.get("/peringatan").url.path == "/masuk"


def test_link_expires(home: Home) -> None:
    datasette = serve.build(home, site_base.config())
    with time_machine.travel("2026-01-01T08:00:00+07:00", tick=False) as clock:
        issued = links.issue(datasette, "sari")
        kept = links.issue(datasette, "sari")
        assert links.redeem(datasette, kept) == "sari"
        clock.shift(links.VALID)
        assert links.redeem(datasette, issued) is None


def test_password_signs_in_and_goes_where_it_was_asked(browser: Browser) -> None:
    visitor = browser()
    page = visitor.get("/sumber")
    assert page.url.path == "/masuk"
    target = re.search(r'name="lanjut" value="([^"]+)"', page.text)
    assert target
    fields = {"nama": "sari", "sandi": PASSWORD, "csrftoken": token(page), "lanjut": target[1]}
    assert visitor.post("/masuk", data=fields).url.path == "/sumber"


def test_wrong_password_is_refused_then_delayed(home: Home, browser: Browser) -> None:
    visitor = browser()
    for _ in range(ATTEMPTS):
        assert sign_in(visitor, "mallory", "salah").status_code == 403
    assert sign_in(visitor, "mallory", "salah").status_code == 429
    failed = desk(
        home, "SELECT count(*) FROM audit WHERE action = 'masuk_gagal' AND actor = 'mallory'"
    )
    assert failed == [(ATTEMPTS,)]


def test_account_without_password_takes_none(browser: Browser) -> None:
    assert sign_in(browser(), "ayu", "").status_code == 403


def test_cookie_is_not_for_scripts_and_other_sites(running: Running) -> None:
    with httpx.Client(base_url=running.address) as visitor:
        cookies = sign_in(visitor, "sari").headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("pantau_sesi="))
    assert "HttpOnly" in session
    assert "SameSite=lax" in session
    assert "Max-Age=43200" in session


def test_sign_out_ends_the_session(home: Home, browser: Browser) -> None:
    visitor = browser()
    sign_in(visitor, "sari")
    page = visitor.get("/keluar")
    assert visitor.post("/keluar", data={"csrftoken": token(page)}).url.path == "/masuk"
    assert visitor.get("/peringatan").url.path == "/masuk"
    assert ("keluar", "sari") in desk(home, "SELECT action, actor FROM audit")


def test_closed_account_is_out_at_once(home: Home, browser: Browser) -> None:
    meja = home.open_meja()
    accounts.add(meja, "tono", "Tono", "staf", PASSWORD)
    visitor = browser()
    sign_in(visitor, "tono")
    assert visitor.get("/peringatan").url.path == "/peringatan"
    with meja.conn:
        meja.conn.execute("UPDATE accounts SET active = 0 WHERE username = 'tono'")
    assert visitor.get("/peringatan").url.path == "/masuk"
    assert sign_in(visitor, "tono").status_code == 403


def test_new_password_ends_old_sessions(home: Home, browser: Browser) -> None:
    meja = home.open_meja()
    accounts.add(meja, "rina", "Rina", "staf", PASSWORD)
    visitor = browser()
    sign_in(visitor, "rina")
    with meja.conn:
        meja.conn.execute("UPDATE accounts SET password_hash = NULL WHERE username = 'rina'")
    assert visitor.get("/peringatan").url.path == "/masuk"


def test_session_expires(home: Home) -> None:
    datasette = serve.build(home, site_base.config(sesi_jam=2))
    asyncio.run(datasette.invoke_startup())
    with time_machine.travel("2026-01-01T08:00:00+07:00", tick=False) as clock:
        link = f"/-/masuk/{links.issue(datasette, 'sari')}"
        cookies = dict(asyncio.run(datasette.client.get(link)).cookies)
        clock.shift(2 * 3600)
        assert asyncio.run(datasette.client.get("/sumber", cookies=cookies)).status_code == 200
        clock.shift(1)
        assert asyncio.run(datasette.client.get("/sumber", cookies=cookies)).status_code == 302


@pytest.mark.parametrize("path", ["/masuk", "/keluar", ALERT])
@pytest.mark.parametrize("given", [None, "", "palsu", "é"])
def test_forms_need_their_token(browser: Browser, path: str, given: str | None) -> None:
    visitor = browser()
    sign_in(visitor, "sari")
    fields = {"keadaan": "ditinjau", "nama": "sari", "sandi": PASSWORD}
    if given is not None:
        fields["csrftoken"] = given
    response = visitor.post(path, data=fields)
    assert (response.status_code, "kedaluwarsa" in response.text) == (403, True)


def test_form_without_any_cookie_is_refused(running: Running) -> None:
    fields = {"nama": "sari", "sandi": PASSWORD, "csrftoken": "x"}
    assert httpx.post(f"{running.address}/masuk", data=fields).status_code == 403


def test_large_and_broken_forms_are_refused(running: Running) -> None:
    assert httpx.post(f"{running.address}/masuk", content=b"x" * 1_000_001).status_code == 413
    headers = {"content-type": "application/x-www-form-urlencoded"}
    broken = httpx.post(f"{running.address}/masuk", content=b"nama=\xff", headers=headers)
    assert broken.status_code == 400


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/sumber?keadaan=gagal", "/sumber?keadaan=gagal"),
        ("//jahat.example", "/"),
        ("/\\jahat.example", "/"),
        ("https://jahat.example", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("/keluar", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_sign_in_leads_nowhere_else(target: str | None, kept: str) -> None:
    assert safe_target(target) == kept


def test_triage_is_kept_with_who_and_when(home: Home, browser: Browser) -> None:
    visitor = browser()
    sign_in(visitor, "sari")
    page = decide(
        visitor,
        visitor.get(ALERT),
        keadaan="ditindaklanjuti",
        petugas="budi",
        catatan="Sudah ditelepon.",
    )
    assert "Tersimpan." in page.text
    for shown in ("Sari Lestari", "Petugas: Budi Hartono", "Sudah ditelepon."):
        assert shown in page.text
    assert '<span class="chip state-ditindaklanjuti">' in page.text
    event = desk(home, "SELECT actor, state, assignee FROM alert_events ORDER BY id DESC LIMIT 1")
    assert event == [("sari", "ditindaklanjuti", "budi")]
    audited = desk(home, "SELECT actor, detail FROM audit WHERE action = 'peringatan_diputuskan'")
    assert ("sari", "ditindaklanjuti") in audited


def test_dismissal_needs_a_reason_and_keeps_what_was_chosen(home: Home, browser: Browser) -> None:
    before = desk(home, "SELECT count(*) FROM alert_events")
    visitor = browser()
    sign_in(visitor, "sari")
    page = decide(visitor, visitor.get(ALERT), keadaan="diabaikan", petugas="ayu", catatan="  ")
    assert (page.status_code, "perlu alasan" in page.text) == (400, True)
    assert re.search(r'value="diabaikan" checked', page.text)
    assert re.search(r'<option value="ayu" selected', page.text)
    assert desk(home, "SELECT count(*) FROM alert_events") == before


@pytest.mark.parametrize(
    "fields",
    [
        {"keadaan": "dihapus"},
        {"keadaan": ""},
        {"petugas": "siapa"},
        {"catatan": "x" * 5001},
    ],
)
def test_impossible_decisions_are_refused(browser: Browser, fields: dict[str, str]) -> None:
    visitor = browser()
    sign_in(visitor, "sari")
    assert decide(visitor, visitor.get(ALERT), **fields).status_code == 400


def test_the_later_of_two_analysts_is_told(home: Home, browser: Browser) -> None:
    sari, budi = browser(), browser()
    sign_in(sari, "sari")
    sign_in(budi, "budi")
    page_of_sari, page_of_budi = sari.get(ALERT), budi.get(ALERT)
    assert decide(sari, page_of_sari, keadaan="ditinjau").status_code == 200
    late = decide(budi, page_of_budi, keadaan="diabaikan", catatan="Bukan wilayah kami")
    assert late.status_code == 409
    assert "Belum tersimpan: Sari Lestari lebih dahulu" in late.text
    assert "Bukan wilayah kami" in late.text
    assert desk(home, "SELECT state FROM alert_events ORDER BY id DESC LIMIT 1") == [("ditinjau",)]
    assert decide(budi, late, keadaan="diabaikan", catatan="Bukan wilayah kami").status_code == 200
    assert desk(home, "SELECT state FROM alert_events ORDER BY id DESC LIMIT 1") == [("diabaikan",)]


def test_hostile_note_is_text(browser: Browser) -> None:
    visitor = browser()
    sign_in(visitor, "sari")
    page = decide(visitor, visitor.get(ALERT), catatan="<script>alert(1)</script>\u202eterbalik")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\ufffdterbalik" in page.text


def test_other_writers_are_not_locked_out(home: Home, browser: Browser) -> None:
    """A web write that stayed open would stop everybody else at the same file."""
    visitor = browser()
    sign_in(visitor, "sari")
    decide(visitor, visitor.get(ALERT), keadaan="ditinjau")
    connection = sqlite3.connect(home.meja, timeout=0)
    with connection:
        connection.execute(
            "INSERT INTO audit (at, actor, action, object) VALUES ('', 'x', 'x', 'x')"
        )
    connection.close()


def test_nothing_secret_is_printed(home: Home) -> None:
    with site_base.running(home) as site:
        assert httpx.get(site.link).status_code == 302
        httpx.get(f"{site.address}/-/masuk/tebakan")
        httpx.get(f"{site.address}/nihil")
        site.process.terminate()
        printed = "".join(site.process.communicate(timeout=30))
    assert site.link.rsplit("/", 1)[1] not in printed
    assert "tebakan" not in printed


def test_port_in_use_is_said_in_words(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(serve.ServeError, match=f"Port {port} di 127.0.0.1 sudah dipakai"):
            serve.serve(home, port=port, config=site_base.config(), sign_in=False)


def test_plain_datasette_serves_the_same_pages(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("datasette")
    command = [str(program), str(home.berita), str(home.meja), "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as run:
        try:
            assert run.stderr
            while "Uvicorn running" not in run.stderr.readline():
                assert run.poll() is None
            page = httpx.get(f"http://127.0.0.1:{port}/masuk")
            assert "Masuk ke Pantau" in page.text
            assert httpx.get(f"http://127.0.0.1:{port}/berita/articles").status_code == 302
        finally:
            run.terminate()


@pytest.mark.parametrize(
    ("username", "name", "role", "password", "says"),
    [
        ("Sari Baru", "Sari", "staf", None, "tidak sah"),
        ("x", "Sari", "staf", None, "tidak sah"),
        ("baru", " ", "staf", None, "tidak boleh kosong"),
        ("baru", "Sari", "raja", None, "tidak dikenal"),
        ("baru", "Sari", "staf", "pendek", "terlalu pendek"),
        ("sari", "Sari", "staf", None, "sudah ada"),
    ],
)
def test_bad_accounts_are_refused(
    home: Home, username: str, name: str, role: str, password: str | None, says: str
) -> None:
    with pytest.raises(AccountError, match=says):
        accounts.add(home.open_meja(), username, name, role, password)


def test_first_admin_is_found_or_made(tmp_path: Path, home: Home) -> None:
    assert accounts.first_admin(home.open_meja()) == "ayu"
    empty = Home(tmp_path / "berita.db").open_meja()
    accounts.add(empty, "admin", "Bukan admin", "staf", None)
    assert accounts.first_admin(empty) == "admin2"
    assert accounts.first_admin(empty) == "admin2"
