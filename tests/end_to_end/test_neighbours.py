"""The files are open to others: plain Scrapy, sqlite-utils and Datasette work on them."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from crawler.demo.library import OUTLETS, articles
from crawler.demo.server import SampleServer
from tests.end_to_end.conftest import ROOT, Desk

CRAWLER = ROOT / "crawler"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, server: SampleServer) -> Desk:
    """A finished base, gathered by plain Scrapy from the crawler folder."""
    made = Desk(tmp_path_factory.mktemp("tetangga"), server)
    scrapy(
        "crawl",
        "outlet",
        *("-a", f"outlets={OUTLETS}", "-s", f"PANTAU_BASE={made.folder / 'berita.db'}"),
        *("-s", "DOWNLOAD_DELAY=0", "-s", "PANTAU_SITEMAP_DAYS=0"),
        proxy=server.proxy,
    )
    for command in ("extract", "analyse", "alert"):
        made.call(command)
    return made


def scrapy(*words: str, proxy: str = "") -> str:
    return tool("scrapy", *words, folder=CRAWLER, http_proxy=proxy, no_proxy="")


def tool(name: str, *words: str, folder: Path = ROOT, **variables: str) -> str:
    """What a neighbour's own command prints."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name(name)), *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | variables,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_scrapy_knows_the_spider() -> None:
    assert scrapy("list") == "outlet\n"


def test_plain_scrapy_fills_base_and_archive(desk: Desk) -> None:
    assert desk.rows("SELECT count(*) FROM articles") == [(len(articles()),)]
    assert list((desk.folder / "arsip").glob("*.warc.gz"))


def test_sqlite_utils_reads_tables_and_views(desk: Desk) -> None:
    base = str(desk.folder / "berita.db")
    tables = json.loads(tool("sqlite-utils", "tables", base, "--counts"))
    counts = {row["table"]: row["count"] for row in tables}
    assert counts["articles"] == len(articles())
    assert all(counts[name] for name in ("officials", "figures", "quotes", "stories", "alerts"))
    [row] = json.loads(tool("sqlite-utils", "rows", base, "dugaan", "--limit", "1"))
    assert all(row[name] for name in ("terbit", "tema", "topik", "status"))


def test_sqlite_utils_searches(desk: Desk) -> None:
    words = ("articles", "netralitas", "-c", "title", "-c", "text")
    found = json.loads(tool("sqlite-utils", "search", str(desk.folder / "berita.db"), *words))
    assert found
    assert all("netralitas" in f"{row['title']} {row['text']}".casefold() for row in found)


def test_datasette_inspects_the_base(desk: Desk) -> None:
    told = json.loads(tool("datasette", "inspect", str(desk.folder / "berita.db")))
    assert told["berita"]["tables"]["articles"]["count"] == len(articles())


@pytest.mark.parametrize(
    "path",
    [
        "/berita.json",
        "/berita/articles.json?_search=netralitas&_facet=outlet_id",
        "/berita/dugaan.json",
        "/berita.json?sql=select+count(*)+from+stories",
    ],
)
def test_plain_datasette_serves_it_to_root(desk: Desk, path: str) -> None:
    answer = asyncio.run(_asked(desk.folder / "berita.db", path))
    assert answer.status_code == 200
    assert answer.json()["tables" if path == "/berita.json" else "rows"]


async def _asked(base: Path, path: str) -> Any:
    datasette = Datasette([str(base)])
    await datasette.invoke_startup()
    cookie = datasette.sign({"a": {"id": "root"}}, "actor")
    return await datasette.client.get(path, cookies={"ds_actor": cookie})
