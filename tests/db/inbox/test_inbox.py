"""The inbox over HTTP: cases and not alerts, decisions about many, drafts."""

from __future__ import annotations

import io
import re
from typing import Any

import httpx
import pytest
from docx import Document

from db.base import Home
from tests.db.inbox.cases import ENVELOPE, FIRST, SECOND, WITNESS, plain, post
from tests.db.site_base import Running
from tests.db.visitors import Visit, desk, token


def boxes(page: httpx.Response) -> list[str]:
    return re.findall(r'name="pilih" value="([^"]+)"', page.text)


def bulk(client: httpx.Client, page: httpx.Response, chosen: list[str], **fields: str) -> Any:
    kept = {"keadaan": "tetap", "petugas": "tetap", "catatan": "", **fields}
    return client.post("/peringatan", data={"csrftoken": token(page), "pilih": chosen, **kept})


def test_an_edit_after_the_alert_is_shown(home: Home, visit: Visit) -> None:
    client = visit("sari")
    page = client.get(f"/peringatan/{FIRST}").text
    assert ("diubah medianya, 2 versi" in page, "tidak ada lagi di versi" in page) == (True, False)
    db = home.open_berita()
    sentence = db.execute("SELECT sentence FROM alerts WHERE key = ?", [FIRST]).fetchone()[0]
    try:
        with db.conn:
            db.execute("UPDATE alerts SET sentence = 'Dihapus.' WHERE key = ?", [FIRST])
        assert "tidak ada lagi di versi" in client.get(f"/peringatan/{FIRST}").text
    finally:
        with db.conn:
            db.execute("UPDATE alerts SET sentence = ? WHERE key = ?", [sentence, FIRST])


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
