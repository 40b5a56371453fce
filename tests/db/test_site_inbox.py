"""The inbox over HTTP: cases and not alerts, decisions about many, clocks, drafts, the calendar."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from docx import Document
from icalendar import Calendar

from db.base import Home
from tests.db import site_base
from tests.db.site_base import PASSWORD, Running, key

LURAH = key("https://kabarmahakam.example/lurah-timbau")
FIRST = f"bawaan-netralitas:{LURAH}:laporan_temuan"
SECOND = f"lurah-kukar:{LURAH}:klarifikasi"
ENVELOPE = f"bawaan-politik_uang:{key('https://gowatoday.example/amplop')}:proses"
WITNESS = "Baso Tenriola"
KNOWN = {"aksi": "diketahui", "waktu": "2020-12-10T08:30", "rezim": "pilkada"}
Visit = Callable[[str], httpx.Client]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two cases: the first rang for two watches, at two stages; the second has a witness."""
    home = site_base.make(tmp_path_factory.mktemp("kotak"))
    db = home.open_berita()
    with db.conn:
        row = next(iter(db.query("SELECT * FROM alerts WHERE key = ?", [FIRST])))
        row |= {"id": None, "key": SECOND, "watch_key": "lurah-kukar", "watch_name": "Lurah Kukar"}
        row |= {"stage": "klarifikasi", "raised_at": "2020-12-09T09:01:00+00:00"}
        db.table("alerts").insert(row)
        spans = json.dumps([site_base.span(site_base.ENVELOPES, WITNESS)])
        witness = {"article_id": 3, "name": WITNESS, "role": "saksi", "spans": spans}
        db.table("article_people").insert(witness)
    db.close()
    return home


@pytest.fixture(scope="module")
def running(made: Home) -> Iterator[Running]:
    with site_base.running(made) as site:
        yield site


@pytest.fixture
def home(made: Home) -> Home:
    """Nobody has done anything yet."""
    with sqlite3.connect(made.meja) as meja:
        for table in ("alert_events", "clock_marks", "calendar_feeds", "audit"):
            meja.execute(f"DELETE FROM {table}")  # noqa: S608 - own names
    meja.close()
    return made


@pytest.fixture
def visit(home: Home, running: Running) -> Iterator[Visit]:
    with ExitStack() as opened:
        yield lambda name: opened.enter_context(visiting(running, name))


@contextmanager
def visiting(running: Running, name: str) -> Iterator[httpx.Client]:
    """Somebody who has signed in."""
    with httpx.Client(base_url=running.address, follow_redirects=True, timeout=30) as client:
        fields = {"nama": name, "sandi": PASSWORD, "csrftoken": token(client.get("/masuk"))}
        assert client.post("/masuk", data=fields).status_code == 200
        yield client


def token(page: httpx.Response) -> str:
    found = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert found
    return found[1]


def boxes(page: httpx.Response) -> list[str]:
    return re.findall(r'name="pilih" value="([^"]+)"', page.text)


def bulk(client: httpx.Client, page: httpx.Response, chosen: list[str], **fields: str) -> Any:
    kept = {"keadaan": "tetap", "petugas": "tetap", "catatan": "", **fields}
    return client.post("/peringatan", data={"csrftoken": token(page), "pilih": chosen, **kept})


def post(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """The form of the page, with what is filled in."""
    page = client.get(path)
    seen = re.search(r'name="terlihat" value="(\d+)"', page.text)
    when = re.search(r'name="waktu" value="([^"]+)"', page.text)
    hidden = {"csrftoken": token(page), "terlihat": seen[1] if seen else "0"}
    return client.post(
        path, data={**hidden, "waktu": when[1] if when else "", "zona": "WITA", **fields}
    )


def desk(home: Home, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(home.meja)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def plain(page: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_one_row_for_a_case_with_all_that_rang_for_it(visit: Visit) -> None:
    page = visit("sari").get("/peringatan")
    assert [len(tokens.split()) for tokens in boxes(page)] == [2, 1]
    for shown in ("Lurah Kukar", "Netralitas aparatur", "Semua 2", "Baru 2"):
        assert shown in plain(page)


@pytest.mark.parametrize(
    ("query", "cases"),
    [
        ("langganan=lurah-kukar", [1]),
        ("tema=politik_uang", [1]),
        ("keadaan=ditinjau", []),
        ("provinsi=64", [2]),
        ("status=dugaan&provinsi=73", []),
        ("keadaan=' OR 1=1", []),
    ],
)
def test_filters_choose_alerts_and_with_them_cases(
    visit: Visit, query: str, cases: list[int]
) -> None:
    page = visit("sari").get(f"/peringatan?{query}")
    assert [len(tokens.split()) for tokens in boxes(page)] == cases


def test_many_are_decided_at_once(home: Home, visit: Visit) -> None:
    client = visit("sari")
    page = client.get("/peringatan")
    done = bulk(client, page, boxes(page), keadaan="ditinjau", petugas="budi", catatan="Dicek.")
    assert "3 peringatan tersimpan." in done.text
    kept = desk(home, "SELECT alert_key, state, assignee, note FROM alert_events ORDER BY 1")
    assert kept == [
        (alert, "ditinjau", "budi", "Dicek.") for alert in sorted((FIRST, SECOND, ENVELOPE))
    ]
    audited = desk(home, "SELECT object FROM audit WHERE action = 'peringatan_diputuskan'")
    assert len(audited) == 3
    assert "petugas Budi Hartono" in plain(client.get("/peringatan"))


def test_giving_to_somebody_leaves_the_state(home: Home, visit: Visit) -> None:
    client = visit("sari")
    bulk(client, client.get("/peringatan"), [f"0:{FIRST}"], petugas="budi")
    assert desk(home, "SELECT state, assignee FROM alert_states") == [(None, "budi")]
    page = client.get(f"/peringatan/{FIRST}")
    assert '<span class="chip state-baru">' in page.text


def test_what_somebody_else_decided_meanwhile_is_left_out(home: Home, visit: Visit) -> None:
    sari, budi = visit("sari"), visit("budi")
    seen_by_budi = budi.get("/peringatan")
    bulk(sari, sari.get("/peringatan"), [f"0:{FIRST}"], keadaan="ditinjau")
    late = bulk(budi, seen_by_budi, boxes(seen_by_budi), keadaan="diabaikan", catatan="Lama.")
    assert "2 peringatan tersimpan." in late.text
    assert "1 peringatan tidak ikut" in late.text
    assert "Sari Lestari lebih dahulu" in late.text
    assert "Catatan Anda: “Lama.”" in late.text
    states = dict(desk(home, "SELECT alert_key, state FROM alert_states"))
    assert states == {FIRST: "ditinjau", SECOND: "diabaikan", ENVELOPE: "diabaikan"}


@pytest.mark.parametrize(
    ("chosen", "fields", "says"),
    [
        ([], {"keadaan": "ditinjau"}, "Pilih dahulu"),
        (["bukan token"], {"keadaan": "ditinjau"}, "Pilih dahulu"),
        ([f"x:{FIRST}"], {"keadaan": "ditinjau"}, "Pilih dahulu"),
        ([f"0:{FIRST}"], {}, "Pilih keadaan atau petugas"),
        ([f"0:{FIRST}"], {"keadaan": "dihapus"}, "Pilih keadaan"),
        ([f"0:{FIRST}"], {"keadaan": "diabaikan"}, "perlu alasan"),
        ([f"0:{FIRST}"], {"petugas": "siapa"}, "Petugas itu tidak ada"),
    ],
)
def test_impossible_choices_are_refused(
    home: Home, visit: Visit, chosen: list[str], fields: dict[str, str], says: str
) -> None:
    client = visit("sari")
    answer = bulk(client, client.get("/peringatan"), chosen, **fields)
    assert (answer.status_code, says in answer.text) == (400, True)
    assert desk(home, "SELECT * FROM alert_events") == []


def test_bulk_needs_its_token(visit: Visit) -> None:
    answer = visit("sari").post("/peringatan", data={"pilih": f"0:{FIRST}", "keadaan": "ditinjau"})
    assert (answer.status_code, "kedaluwarsa" in answer.text) == (403, True)


def test_a_decision_takes_the_case_along_or_not(home: Home, visit: Visit) -> None:
    client = visit("sari")
    together = re.search(r'name="serta" value="([^"]+)"', client.get(f"/peringatan/{FIRST}").text)
    assert together
    post(client, f"/peringatan/{FIRST}", keadaan="ditinjau", serta=together[1])
    assert len(desk(home, "SELECT * FROM alert_events")) == 2
    post(client, f"/peringatan/{FIRST}", keadaan="ditindaklanjuti")
    assert len(desk(home, "SELECT * FROM alert_events")) == 3


def test_wrong_needs_a_reason_counts_and_can_be_taken_back(home: Home, visit: Visit) -> None:
    client, path = visit("sari"), f"/peringatan/{FIRST}"
    refused = post(client, path, aksi="keliru")
    assert (refused.status_code, "Tulis mengapa" in refused.text) == (400, True)
    page = post(client, path, aksi="keliru", alasan="Hanya imbauan.")
    assert "Cabut tanda keliru" in page.text
    state = "SELECT state, verdict FROM alert_states"
    assert desk(home, state) == [("diabaikan", "keliru")]
    assert desk(home, "SELECT note FROM alert_events") == [("Hanya imbauan.",)]
    post(client, path, aksi="tepat")
    assert desk(home, state) == [("ditinjau", "tepat")]
    audited = "SELECT action FROM audit WHERE action LIKE 'peringatan%'"
    assert desk(home, audited) == [("peringatan_keliru",), ("peringatan_tepat",)]


def test_no_clock_runs_by_itself(home: Home, visit: Visit) -> None:
    client = visit("sari")
    page = plain(client.get(f"/peringatan/{FIRST}"))
    assert "Perkiraan, bukan tenggat resmi." in page
    assert "Kejadian menurut artikel Rabu, 9 Desember 2020" in page
    assert "Batas dihitung sejak kejadian Rabu, 16 Desember 2020" in page
    assert "Tidak ada jam yang berjalan" in client.get("/tenggat").text
    other = plain(client.get(f"/peringatan/{ENVELOPE}"))
    assert "Kejadian menurut artikel tidak disebut" in other
    assert "Batas dihitung sejak terbit Selasa, 15 Desember 2020" in other
    assert desk(home, "SELECT * FROM clock_marks") == []


def test_a_clock_is_started_by_name_and_seen_everywhere(home: Home, visit: Visit) -> None:
    client = visit("sari")
    page = plain(post(client, f"/peringatan/{FIRST}", **KNOWN))
    assert "Diketahui Kamis, 10 Desember 2020 08.30 WITA oleh Sari Lestari" in page
    assert "sampai Kamis, 17 Desember 2020 lewat" in page
    assert "Diketahui Kamis, 10 Desember" in plain(client.get(f"/peringatan/{SECOND}"))
    listed = plain(client.get("/tenggat"))
    assert "Lurah Timbau Diduga Ajak Warga Pilih Paslon" in listed
    assert "Menetapkan temuan atau menerima laporan sampai Kamis, 17 Desember 2020" in listed
    assert "Tidak ada jam" in client.get("/tenggat?wilayah=73").text
    [(marked, actor)] = desk(home, "SELECT moment, actor FROM clock_marks")
    assert (marked, actor) == ("2020-12-10T08:30+08:00", "sari")
    assert ("jam_diketahui", "sari") in desk(home, "SELECT action, actor FROM audit")


def test_the_second_officer_is_told_who_was_first(home: Home, visit: Visit) -> None:
    post(visit("sari"), f"/peringatan/{FIRST}", **KNOWN)
    budi = visit("budi")
    for path in (FIRST, SECOND):
        late = post(budi, f"/peringatan/{path}", **KNOWN)
        assert (late.status_code, "sudah berjalan: Sari Lestari" in late.text) == (400, True)
    stale = {**KNOWN, "terlihat": "0"}
    late = post(budi, f"/peringatan/{FIRST}", **stale)
    assert (late.status_code, "Sari Lestari lebih dahulu" in late.text) == (409, True)
    assert len(desk(home, "SELECT * FROM clock_marks")) == 1


def test_what_was_typed_stays_when_it_is_refused(visit: Visit) -> None:
    client, path = visit("sari"), f"/peringatan/{FIRST}"
    post(client, path, keadaan="ditinjau", petugas="budi")
    page = post(client, path, **{**KNOWN, "waktu": "2099-01-01T08:30", "zona": "WIT"})
    assert "belum terjadi" in page.text
    assert 'name="waktu" value="2099-01-01T08:30"' in page.text
    assert "<option selected>WIT</option>" in page.text
    assert '<option value="budi" selected>' in page.text  # the other form is as it was


def test_only_who_started_a_clock_or_who_stands_above_calls_it_off(
    home: Home, visit: Visit
) -> None:
    path = f"/peringatan/{FIRST}"
    post(visit("budi"), path, **KNOWN)
    off = {"aksi": "dibatalkan", "keterangan": "salah perkara"}
    refused = post(visit("sari"), path, **off)
    assert "hanya ia atau atasan" in refused.text
    assert "Batalkan" not in refused.text
    post(visit("budi"), path, **off)
    post(visit("sari"), path, **KNOWN)
    post(visit("budi"), path, **off)  # atasan
    assert "Tidak ada jam" in visit("sari").get("/tenggat").text
    assert len(desk(home, "SELECT * FROM clock_marks")) == 4


def test_registered_starts_handling(visit: Visit) -> None:
    client, path = visit("sari"), f"/peringatan/{FIRST}"
    post(client, path, aksi="diketahui", waktu="2024-10-10T08:30", rezim="pilkada")
    more = {"waktu": "2024-10-11T09:00", "keterangan": "001/TM/PB/Kab/23.04/X/2024"}
    page = plain(post(client, path, aksi="diregistrasi", **more))
    assert "Menangani sampai Senin, 14 Oktober 2024" in page
    assert "001/TM/PB/Kab/23.04/X/2024" in page
    page = plain(post(client, path, aksi="selesai", keterangan="Diteruskan ke BKN."))
    assert "Diteruskan ke BKN." in page
    assert "Tidak ada jam" in client.get("/tenggat").text


def test_calendar_by_secret_address_until_it_is_revoked(home: Home, visit: Visit) -> None:
    client = visit("sari")
    post(
        client, f"/peringatan/{FIRST}", aksi="diketahui", waktu="2020-12-10T08:30", rezim="pilkada"
    )
    page = post(client, "/tenggat", aksi="kalender_dibuat")
    address = re.search(r'value="(http[^"]+tenggat\.ics[^"]+)"', page.text)
    assert address
    answer = httpx.get(address[1])
    [event] = Calendar.from_ical(answer.text).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2020-12-17"
    assert "Perkiraan, bukan tenggat resmi." in str(event["description"])
    assert httpx.get(str(event["url"])).status_code == 302  # sign in first
    assert httpx.get(address[1] + "x").status_code == 403
    assert client.get("/tenggat.ics").status_code == 200
    post(client, "/tenggat", aksi="kalender_dicabut")
    assert httpx.get(address[1]).status_code == 403
    assert httpx.get(address[1].partition("?")[0]).status_code == 302
    actions = desk(home, "SELECT action FROM audit WHERE action LIKE 'kalender%'")
    assert actions == [("kalender_dibuat",), ("kalender_dicabut",)]


@pytest.mark.parametrize("action", ["", "lain", "diketahui"])
def test_unknown_wishes_at_the_list_of_clocks_are_refused(visit: Visit, action: str) -> None:
    assert post(visit("sari"), "/tenggat", aksi=action).status_code == 400


def test_draft_is_shown_downloaded_masked_and_audited(home: Home, visit: Visit) -> None:
    client, path = visit("sari"), f"/peringatan/{ENVELOPE}/informasi-awal"
    assert f"{WITNESS}, menurut Gowa Today" in client.get(path).text
    masked = client.get(f"{path}?samarkan=1").text
    assert ("Tenriola" in masked, "B.T., menurut Gowa Today" in masked) == (False, True)
    document = Document(io.BytesIO(client.get(f"{path}.docx").content))
    assert document.paragraphs[0].text == "Draf informasi awal (Formulir A)"
    assert client.get("/peringatan/tidak-ada/informasi-awal").status_code == 404
    actions = "SELECT action FROM audit WHERE action LIKE 'draf%'"
    assert desk(home, actions) == [("draf_dibuka",), ("draf_dibuka",), ("draf_diunduh",)]


@pytest.mark.parametrize(
    "path", ["/tenggat", f"/peringatan/{FIRST}/informasi-awal", "/langganan/x/senyap"]
)
def test_pages_are_for_the_desk(running: Running, path: str) -> None:
    answer = httpx.get(running.address + path)
    assert (answer.status_code, answer.headers["location"][:7]) == (302, "/masuk?")
