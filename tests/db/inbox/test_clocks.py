"""The clock of a case over HTTP: pressed by name, seen everywhere, in the calendar."""

from __future__ import annotations

import re

import httpx
import pytest
from icalendar import Calendar

from db.base import Home
from tests.db.inbox.cases import ENVELOPE, FIRST, SECOND, plain, post
from tests.db.visitors import Visit, desk

KNOWN = {"aksi": "diketahui", "waktu": "2020-12-10T08:30", "rezim": "pilkada"}


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
    assert plain(client.get("/peringatan")).count("perkiraan: lewat") == 1  # of two cases
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
