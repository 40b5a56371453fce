"""What the pages of the site take as the base grows, each answered whole: SQL, templates, HTML."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

from sqlite_utils import Database

from db import config
from db.alerts import alerts
from db.base import Home, writing
from db.people import people
from db.search import embeddings
from db.site import serve
from db.stories import stories
from tests.bench import synthetic
from tests.bench.search import QUERIES
from tests.bench.table import Figure, percentile

BENCH: Final = "pages"
SIZES: Final = (1_000, 5_000)
BIG_SIZES: Final = (*SIZES, 100_000)
_CHUNK: Final = 1_000
_TIMES: Final = 5

FIXED: Final = (
    *("/", "/peringatan", "/cerita", "/langganan", "/pejabat", "/kliping?wilayah=64"),
    *("/wilayah/64", "/rekap", "/sumber", "/tenggat"),
)
KEYED: Final = {
    "/artikel/": "SELECT key FROM articles",
    "/cerita/": "SELECT key FROM stories",
    "/peringatan/": "SELECT id FROM alerts",
    "/pejabat/": "SELECT replace(key, ' ', '-') FROM people WHERE key NOT LIKE '%#%'",
}


def measure(sizes: Sequence[int] = SIZES) -> list[Figure]:
    """Open every kind of page at each size of one growing base; the ratio is to the smallest."""
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "berita.db")
        stored = 0
        for size in sizes:
            fill(home, stored, size)
            stored = size
            figures += asyncio.run(clocked(home, size, figures))
    return figures


def fill(home: Home, start: int, end: int) -> None:
    """Articles with everything that is derived of them, up to their alerts."""
    db, meja = home.open_berita(), home.open_meja()
    for first in range(start, end, _CHUNK):
        synthetic.store(db, range(first, min(first + _CHUNK, end)))
        _link(db)
        stories.group(db, meja)
    embeddings.update(db, embeddings.model(home))
    alerts.raise_alerts(home)
    db.close()
    meja.close()


def _link(db: Database) -> None:
    decided = people.groupings([])
    unlinked = "SELECT DISTINCT article_id FROM article_people WHERE person_id IS NULL"
    with writing(db):
        for (article_id,) in db.execute(unlinked).fetchall():
            people.link(db, article_id, decided)


async def clocked(home: Home, size: int, before: Sequence[Figure]) -> list[Figure]:
    """p50 and p95 of the search pages and of all others, in milliseconds of the wall."""
    site = serve.build(home, config.load(Path("pantau.toml")))
    await site.invoke_startup()
    entry = await site.client.get(serve.sign_in_path(home, site))
    cookies = dict(entry.cookies)
    kinds = {"search": list(_searches()), "other pages": list(_others(home))}
    figures: list[Figure] = []
    for kind, addresses in kinds.items():
        opened = addresses * _TIMES
        spent = [await _opened(site, address, cookies) for address in opened]
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            what = f"{kind} {name}"
            figures.append(_figure(what, size, 1000 * percentile(spent, share), before))
    return figures


def _searches() -> Iterable[str]:
    for query in QUERIES:
        yield f"/cari?q={query}"
        yield f"/cari?q={query}&arti=1"


def _others(home: Home) -> Iterable[str]:
    yield from FIXED
    db = home.open_berita()
    for path, sql in KEYED.items():
        for (key,) in db.execute(f"{sql} ORDER BY random() LIMIT 5").fetchall():
            yield f"{path}{key}"
    db.close()


async def _opened(site: Any, address: str, cookies: dict[str, str]) -> float:
    start = perf_counter()
    response = await site.client.get(address, cookies=cookies, follow_redirects=True)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return perf_counter() - start


def _figure(what: str, size: int, value: float, before: Sequence[Figure]) -> Figure:
    first = next((f.value for f in before if f.what.startswith(f"{what}, ")), None)
    ratio = value / first if first else None
    note = "to the smallest base" if first else ""
    return Figure(BENCH, f"{what}, {size:,} articles", value, "ms", ratio, note)
