"""Crawling: our crawl against bare Scrapy on the same pages of a local server.

Each crawl is a process of its own, so its CPU time is that of a child. Starting up is left out: a
crawl of few pages is subtracted from one of many.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import synthetic
from tests.bench.table import Figure
from tests.crawler.site import BASE, FEED, Newsroom, Site, feed, newsroom

BENCH = "crawl"
_FEW = 10


def measure(*, pages: int = 400) -> list[Figure]:
    """Crawl `pages` pages both ways, and `_FEW` more to know what starting up costs."""
    ours, theirs = (_cpu_per_page(way, pages) for way in (_crawl_ours, _crawl_bare))
    note = f"to bare Scrapy; {pages} pages; ours obeys robots.txt, archives and records"
    return [
        Figure(BENCH, "pantau", 1000 * ours, "ms CPU/page", ours / theirs, note),
        Figure(BENCH, "bare Scrapy", 1000 * theirs, "ms CPU/page"),
    ]


def _cpu_per_page(way: Callable[[Newsroom, list[str]], None], pages: int) -> float:
    start_up, whole = (_cpu(way, count) for count in (_FEW, _FEW + pages))
    return (whole - start_up) / pages


def _cpu(way: Callable[[Newsroom, list[str]], None], pages: int) -> float:
    """CPU seconds of a child that crawls that many pages of a new site."""
    with TemporaryDirectory() as folder, newsroom(Path(folder)) as room:
        urls = _publish(room.site, pages)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        way(room, urls)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        asked = set(room.site.urls())
    if missing := set(urls) - asked:
        raise RuntimeError(f"{len(missing)} pages were not crawled, such as {min(missing)}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _publish(site: Site, pages: int) -> list[str]:
    urls = [f"{BASE}/2024/11/01/berita-nomor-{number}/" for number in range(pages)]
    for number, url in enumerate(urls):
        made = synthetic.article(number)
        paragraphs = "".join(f"<p>{text}</p>" for text in made.text.split("\n\n"))
        site.put(url, f"<html><body><h1>{made.title}</h1>{paragraphs}</body></html>")
    site.put(FEED, feed(*urls), type="application/rss+xml")
    return urls


def _crawl_ours(room: Newsroom, urls: list[str]) -> None:
    report = room.crawl()
    if report.total("pages_new") != len(urls):
        raise RuntimeError(str(report))


def _crawl_bare(room: Newsroom, urls: list[str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.bench.bare_spider"],
        input="\n".join(urls),
        text=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"http_proxy": room.site.proxy, "no_proxy": ""},
        check=True,
    )
