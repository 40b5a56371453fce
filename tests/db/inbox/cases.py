"""An inbox with two cases, and people who work in it over HTTP."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import httpx

from db.base import Home
from tests.db import site_base
from tests.db.site_base import key
from tests.db.visitors import token

LURAH = key("https://kabarmahakam.example/lurah-timbau")
FIRST = f"bawaan-netralitas:{LURAH}:laporan_temuan"
SECOND = f"lurah-kukar:{LURAH}:klarifikasi"
ENVELOPE = f"bawaan-politik_uang:{key('https://gowatoday.example/amplop')}:proses"
WITNESS = "Baso Tenriola"
DECIDED = ("alert_events", "clock_marks", "calendar_feeds", "audit")


def make(folder: Path) -> Home:
    """Two cases: the first rang for two watches, at two stages; the second has a witness."""
    home = site_base.make(folder)
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


def forget(home: Home) -> None:
    """Nobody has done anything yet."""
    with sqlite3.connect(home.meja) as meja:
        for table in DECIDED:
            meja.execute(f"DELETE FROM {table}")  # noqa: S608 - own names
    meja.close()


def post(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """The form of the page, with what is filled in."""
    page = client.get(path)
    seen = re.search(r'name="terlihat" value="(\d+)"', page.text)
    when = re.search(r'name="waktu" value="([^"]+)"', page.text)
    hidden = {"csrftoken": token(page), "terlihat": seen[1] if seen else "0"}
    return client.post(
        path, data={**hidden, "waktu": when[1] if when else "", "zona": "WITA", **fields}
    )


def plain(page: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
