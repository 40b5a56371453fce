"""A crawl that is stopped or killed at any moment goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.archive import read
from crawler.desk import CrawlError, Desk
from db import announced
from db.base import Home
from tests.crawler.site import (
    BASE,
    FEED,
    HOST,
    Newsroom,
    Site,
    article,
    feed,
    full_outlet,
    newsroom,
    outlet,
    page,
    sitemap,
)

SCRIPT = """
import signal, sys
from pathlib import Path
from db.base import Home
from tests.crawler.site import QUICK, full_outlet
from crawler.run import crawl
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell has it ignored
crawl(Home(Path(sys.argv[1])), [full_outlet()], proxy=sys.argv[2], settings=QUICK)
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path) as room:
        furnish(room.site)
        yield room


def furnish(site: Site) -> None:
    """A feed, a sitemap index and a listing of two pages; one article of two pages."""
    named = {number: article(number) for number in range(1, 10)}
    site.put(FEED, feed(*(named[n] for n in (1, 2, 3))), etag=True)
    site.put(f"{BASE}/sitemap.xml", sitemap(f"{BASE}/map-1.xml", index=True), etag=True)
    site.put(f"{BASE}/map-1.xml", sitemap(*(named[n] for n in (3, 4, 5))), etag=True)
    following = f'<a rel="next" href="{BASE}/berita/?hal=2">»</a>'
    site.put(f"{BASE}/berita/", page("Indeks", named[6], named[7]) + following, etag=True)
    site.put(f"{BASE}/berita/?hal=2", page("Indeks 2", named[8], named[9]), etag=True)
    for url in named.values():
        site.put(url, page(url, f"{url}2/"), etag=True)
        site.put(f"{url}2/", page(f"{url} halaman 2", url), etag=True)


def start(room: Newsroom) -> subprocess.Popen[bytes]:
    """Crawl in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(room.home.berita), room.site.proxy],
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )


def run_until(room: Newsroom, number: int, how: signal.Signals) -> bool:
    """Crawl, sending `how` to the whole group when request `number` arrives; True if it ended."""
    room.site.asked.clear()
    process: list[subprocess.Popen[bytes]] = []
    struck: list[int] = []

    def strike() -> None:
        if len(room.site.asked) >= number and not struck:  # two may arrive at once
            struck.append(number)
            os.killpg(process[0].pid, how)

    room.site.on_request = strike
    process.append(start(room))
    process[0].wait()
    room.site.on_request = lambda: None
    return process[0].returncode == 0


def pages(room: Newsroom) -> dict[str, str]:
    """The hash of the newest body by address."""
    return {row["url"]: row["sha256"] for row in room.rows("kind = 'page' AND status = 200")}


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_crawls_end_like_an_undisturbed_one(room: Newsroom, how: signal.Signals) -> None:
    assert not any(run_until(room, number, how) for number in (2, 3, 4, 5))
    room.crawl(full_outlet())
    expected = {article(n) for n in range(1, 10)} | {f"{article(n)}2/" for n in range(1, 10)}
    assert pages(room).keys() == expected
    for row in room.rows("warc_file IS NOT NULL"):
        place = row["warc_file"], row["warc_offset"], row["warc_length"]
        assert read(room.home.archive, *place).place.sha256 == row["sha256"]
    db = room.home.open_berita()
    assert all(entry.answered_at for entry in announced.entries(db, HOST))
    db.close()


def test_killed_parent_leaves_no_crawler_behind(room: Newsroom) -> None:
    room.site.put(FEED, "", delay=20)
    process = start(room)
    while not room.site.asked:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert desk_when_free(room.home, patience=200)


def desk_when_free(home: Home, patience: int) -> bool:
    for _ in range(patience):
        try:
            Desk(home, [outlet()], "Pantau").close()
        except CrawlError:
            time.sleep(0.05)
        else:
            return True
    return False


@pytest.mark.parametrize(
    ("folder", "variables", "arguments", "said"),
    [
        ("crawler", {}, ["list"], "outlet"),
        (".", {"SCRAPY_SETTINGS_MODULE": "crawler.settings"}, ["list"], "outlet"),
    ],
)
def test_scrapy_finds_the_spider(
    folder: str, variables: dict[str, str], arguments: list[str], said: str
) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=root / folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [said]


def test_scrapy_crawls_with_an_outlets_file(room: Newsroom, tmp_path: Path) -> None:
    outlets = tmp_path / "sumber.csv"
    outlets.write_text(
        "domain,name,kind,network,base_url,feeds\n"
        f"{HOST},Kabar Kita,lokal,wordpress,{BASE},/feed/\n"
        "lain.example,Lain,lokal,wordpress,,\n",
        encoding="utf-8",
    )
    arguments = ["-a", f"outlets={outlets}", "-a", f"only={HOST}"]
    settings = ["-s", f"PANTAU_BASE={room.home.berita}", "-s", "DOWNLOAD_DELAY=0"]
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "outlet", *arguments, *settings],
        cwd=Path(__file__).parents[2] / "crawler",
        env=os.environ | {"http_proxy": room.site.proxy, "no_proxy": ""},
        check=True,
    )
    assert len(pages(room)) == 6
