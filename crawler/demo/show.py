"""The demo: two days in the life of the sample outlets, from their pages to alerts."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from crawler import extract, run
from crawler.demo.library import OUTLETS
from crawler.demo.server import serving
from crawler.outlets import load
from crawler.report import CrawlReport
from db.alerts.alerts import raise_alerts
from db.analysis import analyse
from db.base import Home

SETTINGS = {
    "DOWNLOAD_DELAY": 0,  # our own server on loopback needs no rest
    "PANTAU_SITEMAP_DAYS": 36_500,  # the events are of 2020 and 2024
}


@dataclass(frozen=True)
class DemoReport:
    """What the demo did; as text, a short summary in Indonesian."""

    first: CrawlReport
    second: CrawlReport
    counts: dict[str, int]

    def __str__(self) -> str:
        n = self.counts
        return (
            f"Hari pertama: {self.first}\n"
            f"Hari kedua: {self.second}\n"
            f"{n['articles']} artikel dari {n['outlets']} media, {n['versions']} pernah disunting, "
            f"{n['gone']} dihapus medianya.\n"
            f"{n['election']} berita pemilu, {n['concrete']} memuat kasus konkret, "
            f"dirangkai menjadi {n['stories']} peristiwa.\n"
            f"{n['alerts']} peringatan; {n['people']} orang, {n['officials']} sebutan jabatan, "
            f"{n['quotes']} kutipan, {n['figures']} angka."
        )


def go(home: Home) -> DemoReport:
    """Crawl twice, a day apart as the outlets tell it, and analyse; an earlier demo is replaced."""
    shutil.rmtree(home.berita.parent, ignore_errors=True)
    outlets = load(OUTLETS)
    with serving() as server:
        first = run.crawl(home, outlets, proxy=server.proxy, settings=SETTINGS)
        _understand(home)
        server.second_visit()
        second = run.crawl(home, outlets, recheck=True, proxy=server.proxy, settings=SETTINGS)
        _understand(home)
    return DemoReport(first, second, _counts(home))


def _understand(home: Home) -> None:
    extract.run(home)
    analyse(home)
    raise_alerts(home)


_COUNTS = {
    "articles": "SELECT count(*) FROM articles",
    "outlets": "SELECT count(DISTINCT outlet_id) FROM articles",
    "versions": "SELECT count(*) FROM articles WHERE version > 1",
    "gone": "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL",
    "election": "SELECT count(*) FROM annotations WHERE election",
    "concrete": "SELECT count(*) FROM annotations WHERE alert",
    "stories": "SELECT count(*) FROM stories",
    "alerts": "SELECT count(*) FROM alerts",
    "people": "SELECT count(*) FROM people",
    "officials": "SELECT count(*) FROM officials",
    "quotes": "SELECT count(*) FROM quotes",
    "figures": "SELECT count(*) FROM figures",
}


def _counts(home: Home) -> dict[str, Any]:
    with closing(home.open_berita()) as db:
        return {name: db.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()}
