"""Watches in the site: made, tried, changed and switched by those who may; channels and feeds."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import feedparser
import httpx
import pytest

from db import accounts
from db.alerts import alerts, watches
from db.alerts.previewing import preview
from db.base import Home
from db.delivery import deliver
from db.site import watch_form
from nlp import lexicon
from tests.db import site_base
from tests.db.site_base import PASSWORD, Running
from tests.db.visitors import Visit, token, visits

NEW = "/langganan/baru"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = site_base.make(tmp_path_factory.mktemp("langganan"))
    meja = made.open_meja()
    accounts.add(meja, "tono", "Tono Wibowo", "staf", PASSWORD)
    watches.save(meja, "Amplop milik Sari", {"words": "amplop"}, key="amplop", owner="sari")
    watches.save(meja, "Netralitas", {"theme": ["netralitas_asn"]}, key="bawaan-netralitas")
    meja.close()
    return made


@pytest.fixture(scope="module")
def running(home: Home) -> Iterator[Running]:
    with site_base.running(home) as site:
        yield site


@pytest.fixture
def visit(running: Running) -> Iterator[Visit]:
    with visits(running) as visit:
        yield visit


def send(client: httpx.Client, path: str, action: str, **fields: Any) -> httpx.Response:
    """The form of a watch as the page gave it, with what is filled in."""
    page = client.get(path)
    seen = re.search(r'name="terlihat" value="([^"]*)"', page.text)
    hidden = {"csrftoken": token(page), "terlihat": seen[1] if seen else "", "aksi": action}
    return client.post(path, data={**hidden, **fields})


def desk(home: Home, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(home.meja)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/langganan", NEW, "/langganan/amplop"])
def test_pages_are_for_the_desk(visit: Visit, path: str) -> None:
    assert visit(None).get(path).url.path == "/masuk"
    assert visit("sari").get(path).status_code == 200


@pytest.mark.parametrize("path", ["/langganan/tidak-ada", "/langganan/tidak-ada.atom"])
def test_unknown_watch_is_said(visit: Visit, path: str) -> None:
    page = visit("sari").get(path)
    assert (page.status_code, "Langganan ini tidak ada" in page.text) == (404, True)


def test_list_shows_rings_and_precision(home: Home, visit: Visit) -> None:
    meja = home.open_meja()
    with meja.conn:
        lurah = site_base.key("https://kabarmahakam.example/lurah-timbau")
        for state, verdict in (("ditinjau", None), ("diabaikan", "keliru"), (None, None)):
            meja.execute(
                "INSERT INTO alert_events (alert_key, at, actor, state, verdict) "
                "VALUES (?, '', 'x', ?, ?)",
                [f"bawaan-netralitas:{lurah}:laporan_temuan", state, verdict],
            )
    page = visit("sari").get("/langganan").text
    assert "0 dari 1 tepat" in " ".join(page.split())
    assert "belum ada yang ditinjau" in page
    assert "Sari Lestari" in page


def test_try_lists_what_would_ring_and_keeps_nothing(home: Home, visit: Visit) -> None:
    before = desk(home, "SELECT count(*) FROM watches")
    page = send(visit("sari"), NEW, "coba", tema="netralitas_asn")  # no name yet
    assert "Akan berbunyi 1 kali dalam 30 hari terakhir" in page.text  # two articles, one story
    assert "Lurah Timbau Diduga Ajak Warga Pilih Paslon" in page.text
    assert "9 Nov 2020 sampai 9 Des 2020" in page.text
    assert re.search(r'value="netralitas_asn" checked', page.text)
    assert desk(home, "SELECT count(*) FROM watches") == before


def test_try_before_saving_a_change(home: Home, visit: Visit) -> None:
    kept = desk(home, "SELECT definition FROM watches WHERE key = 'amplop'")
    page = send(visit("sari"), "/langganan/amplop", "coba", kata="lurah")
    assert "Akan berbunyi 1 kali" in page.text
    assert 'name="kata" value="lurah"' in page.text
    wrong = send(visit("sari"), "/langganan/amplop", "simpan", kata="lurah OR (")
    assert (wrong.status_code, "belum diisi" in wrong.text) == (400, True)
    assert desk(home, "SELECT definition FROM watches WHERE key = 'amplop'") == kept


def test_preview_rings_as_alerts_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = site_base.make(tmp_path_factory.mktemp("tinjauan"))
    db, meja = home.open_berita(), home.open_meja()
    with db.conn:
        db.execute("DELETE FROM alerts")
    definition = {"theme": ["netralitas_asn", "politik_uang"]}
    key = watches.save(meja, "Keduanya", definition)
    tried = preview(db, watches.check(definition))
    alerts.raise_alerts(home)
    rung = db.execute("SELECT count(*) FROM alerts WHERE watch_key = ?", [key]).fetchone()[0]
    assert len(tried.rings) == rung == 2


def test_saved_with_owner_and_audit(home: Home, visit: Visit) -> None:
    fields = {
        "nama": "Lurah di Kukar",
        "tema": ["netralitas_asn", "politik_uang"],
        "status": ["dugaan"],
        "wilayah": "Kutai Kartanegara\n73",
        "media": "Kabar Mahakam",
        "orang": "Rahmat Sanjaya\n\n",
        "kata": "lurah OR camat",
    }
    page = send(visit("sari"), NEW, "simpan", **fields)
    assert "Langganan tersimpan." in page.text
    key = page.url.path.rpartition("/")[2]
    owner, kept = desk(home, f"SELECT owner, definition FROM watches WHERE key = '{key}'")[0]  # noqa: S608
    assert owner == "sari"
    assert json.loads(kept) == {
        "theme": ["netralitas_asn", "politik_uang"],
        "status": ["dugaan"],
        "region": ["64.02", "73"],
        "outlet": ["kabarmahakam.example"],
        "person": ["Rahmat Sanjaya"],
        "words": "lurah OR camat",
    }
    assert ("langganan_dibuat", key) in desk(home, "SELECT action, object FROM audit")
    assert "Kabupaten Kutai Kartanegara\nProvinsi Sulawesi Selatan" in page.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"nama": "", "kata": "lurah"}, "Nama langganan belum diisi"),
        ({"nama": "Kosong"}, "paling sedikit satu syarat"),
        ({"nama": "x", "kata": '"lurah'}, "Tanda kutip"),
        ({"nama": "x", "kata": "-lurah"}, "tidak hanya yang dikecualikan"),
        ({"nama": "x", "wilayah": "Atlantis"}, "Wilayah tidak dikenal: Atlantis"),
        ({"nama": "x", "wilayah": "Bogor"}, "dapat berarti"),
        ({"nama": "x", "media": "koran.example"}, "Media tidak dikenal: koran.example"),
        ({"nama": "x", "tema": "sihir"}, "theme tidak dikenal: sihir"),
        ({"nama": "x" * 201, "kata": "lurah"}, "terlalu panjang"),
        ({"nama": "x", "kata": "a" * 2001}, "terlalu panjang"),
    ],
)
def test_faults_are_told_and_the_form_stays_filled(
    home: Home, visit: Visit, fields: dict[str, str], says: str
) -> None:
    before = desk(home, "SELECT count(*) FROM watches")
    page = send(visit("sari"), NEW, "simpan", orang="Rahmat" if "kata" in fields else "", **fields)
    assert (page.status_code, says in page.text) == (400, True)
    if "kata" in fields:
        assert "Rahmat</textarea>" in page.text
    assert desk(home, "SELECT count(*) FROM watches") == before


def test_search_carries_over(visit: Visit) -> None:
    client = visit("sari")
    query = {"q": 'lurah tema:politik_uang pejabat:"Dewi Anggraini"', "status": "dugaan"}
    found = client.get("/cari", params={**query, "wilayah": "64", "sejak": "2020", "hal": "2"})
    link = re.search(r'href="(/langganan/baru\?[^"]+)">Simpan sebagai langganan', found.text)
    assert link
    page = client.get(link[1].replace("&amp;", "&")).text
    for shown in ('name="kata" value="lurah"', 'value="politik_uang" checked',
                  'value="dugaan" checked', ">64</textarea>", ">Dewi Anggraini</textarea>",
                  "<code>sejak:2020</code>"):  # fmt: skip
        assert shown in page


def test_staff_change_their_own_and_superiors_all(home: Home, visit: Visit) -> None:
    other = visit("tono")
    page = other.get("/langganan/amplop")
    assert 'name="kata"' not in page.text
    hidden = {"csrftoken": token(page)}
    for action in ("simpan", "coba", "langganan_dimatikan", "saluran_disimpan"):
        refused = other.post("/langganan/amplop", data={**hidden, "aksi": action})
        assert refused.status_code == 403
    for name in ("sari", "budi"):
        title = f"Amplop menurut {name}"
        assert (
            title
            in send(visit(name), "/langganan/amplop", "simpan", nama=title, kata="amplop").text
        )
    assert desk(home, "SELECT owner FROM watches WHERE key = 'amplop'") == [("sari",)]


def test_switched_off_and_on(home: Home, visit: Visit) -> None:
    client = visit("sari")
    for action, active in (("langganan_dimatikan", 0), ("langganan_dinyalakan", 1)):
        send(client, "/langganan/amplop", action)
        assert desk(home, "SELECT active FROM watches WHERE key = 'amplop'") == [(active,)]
        assert (action, "sari") in desk(home, "SELECT action, actor FROM audit")


def test_the_later_of_two_is_told(visit: Visit) -> None:
    sari, budi = visit("sari"), visit("budi")
    page = budi.get("/langganan/amplop")
    late = {"csrftoken": token(page), "aksi": "simpan", "nama": "Budi", "kata": "amplop"}
    refused = budi.post("/langganan/amplop", data={**late, "terlihat": "2000-01-01T00:00:00+00:00"})
    assert (refused.status_code, "diubah orang lain" in refused.text) == (409, True)
    assert 'value="Budi"' in refused.text
    assert send(sari, "/langganan/amplop", "hapus").status_code == 400


@pytest.mark.parametrize("path", [NEW, "/langganan/amplop"])
def test_forms_need_their_token(visit: Visit, path: str) -> None:
    fields = {"aksi": "simpan", "nama": "x", "kata": "lurah", "csrftoken": "palsu"}
    page = visit("sari").post(path, data=fields)
    assert (page.status_code, "kedaluwarsa" in page.text) == (403, True)


def test_channels_are_kept_switched_and_refused(home: Home, visit: Visit) -> None:
    client = visit("sari")
    wrong = {"jenis": "email", "tujuan": "bukan surel", "cara": "ringkasan", "jam": "6"}
    page = send(client, "/langganan/amplop", "saluran_disimpan", **wrong)
    assert (page.status_code, "Alamat surel keliru" in page.text) == (400, True)
    assert 'value="bukan surel"' in page.text
    right = {**wrong, "tujuan": "humas@bawaslu.example", "zona": "Asia/Makassar"}
    page = send(client, "/langganan/amplop", "saluran_disimpan", **right)
    assert "Ringkasan pukul 06.00 WITA" in page.text
    number = desk(home, "SELECT max(id) FROM channels")[0][0]
    send(client, "/langganan/amplop", "saluran_dimatikan", saluran=number)
    assert desk(home, "SELECT active FROM channels") == [(0,)]
    for bad in ("999", "x", "²"):
        page = send(client, "/langganan/amplop", "saluran_dinyalakan", saluran=bad)
        assert (page.status_code, "Saluran ini tidak ada" in page.text) == (400, True)
    assert ("saluran_dimatikan",) in desk(home, "SELECT action FROM audit")


def test_failing_channel_is_shown(home: Home, visit: Visit) -> None:
    meja = home.open_meja()
    watches.save(meja, "Gagal", {"theme": ["netralitas_asn"]}, key="gagal", owner="sari")
    client = visit("sari")
    target = {"jenis": "webhook", "tujuan": "http://127.0.0.1:9/", "cara": "langsung"}
    send(client, "/langganan/gagal", "saluran_disimpan", **target)
    with meja.conn:
        meja.execute("UPDATE channels SET created_at = '2020-12-09T00:00:00+00:00'")
    alerts.raise_alerts(home)
    assert deliver(home, site_base.config()).failed
    page = client.get("/langganan/gagal").text
    assert "Tidak tersambung" in page
    assert "dicoba lagi" in page
    assert "1 dari 1 gagal" in client.get("/langganan").text
    assert "Tersimpan." in send(client, "/langganan/gagal", "pengiriman_diulang", saluran="1").text


def feed_address(page: httpx.Response) -> str:
    found = re.search(r'class="secret" readonly value="([^"]+)"', page.text)
    assert found
    return found[1]


def test_feed_opens_by_its_address_until_revoked(visit: Visit) -> None:
    path = "/langganan/bawaan-netralitas"
    client, reader = visit("tono"), visit(None)
    address = feed_address(send(client, path, "umpan_dibuat"))  # not the owner: a reader
    answer = reader.get(address)
    feed = feedparser.parse(answer.text)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert feed.feed.title == "Pantau: Netralitas"
    assert feed.entries[0].title == "Dugaan: Lurah Timbau Diduga Ajak Warga Pilih Paslon"
    assert "/peringatan/bawaan-netralitas:" in feed.entries[0].link
    other = address.replace("bawaan-netralitas.atom", "amplop.atom")
    assert reader.get(other).status_code == 403
    assert reader.get(f"{path}.atom?kunci=tebakan").status_code == 403
    assert reader.get(f"{path}.atom").url.path == "/masuk"
    assert client.get(f"{path}.atom").status_code == 200
    newer = feed_address(send(client, path, "umpan_dibuat"))
    assert [reader.get(link).status_code for link in (address, newer)] == [403, 200]
    send(client, path, "umpan_dicabut")
    assert reader.get(newer).status_code == 403


def test_feed_of_a_closed_account_is_closed(home: Home, visit: Visit) -> None:
    meja = home.open_meja()
    accounts.add(meja, "rina", "Rina", "staf", PASSWORD)
    address = feed_address(send(visit("rina"), "/langganan/amplop", "umpan_dibuat"))
    assert visit(None).get(address).status_code == 200
    with meja.conn:
        meja.execute("UPDATE accounts SET active = 0 WHERE username = 'rina'")
    assert visit(None).get(address).status_code == 403


@pytest.mark.parametrize("kept", ["bukan JSON", "[1]", '{"theme": ["sihir"], "region": ["99"]}'])
def test_broken_watch_can_be_opened_and_mended(home: Home, visit: Visit, kept: str) -> None:
    meja = home.open_meja()
    watches.save(meja, "Rusak", {"words": "lurah"}, key="rusak", owner="sari")
    with meja.conn:
        meja.execute("UPDATE watches SET definition = ? WHERE key = 'rusak'", [kept])
    assert visit("sari").get("/langganan/rusak").status_code == 200
    assert visit("tono").get("/langganan/rusak").status_code == 200
    mended = send(visit("sari"), "/langganan/rusak", "simpan", nama="Rusak", kata="lurah")
    assert "Tersimpan." in mended.text


def test_every_region_name_leads_back() -> None:
    for code in lexicon.regions():
        kept = {"words": "", "region": [code]}
        row = {"updated_at": "", "name": "x", "definition": json.dumps(kept)}
        found, faults = watch_form.definition(watch_form.of_watch(row), {})
        assert (found["region"], faults) == ([code], [])
