"""Search latency, with facets and snippets, as the base grows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from sqlite_utils import Database

from db.base import Home
from db.search.search import search
from tests.bench import synthetic
from tests.bench.table import Figure, percentile

BENCH = "search"
SIZES = (1_000, 10_000)
BIG_SIZES = (*SIZES, 100_000, 300_000)
_CHUNK = 1_000  # articles stored in one transaction
_TIMES = 3

QUERIES = (
    "netralitas",
    "pilkada",
    "camat netral",
    "amplop OR sembako",
    '"politik uang"',
    "lurah DEKAT/8 dukungan",
    "bawaslu -imbauan",
    "laporan warga status:dugaan",
    "tema:netralitas_asn",
    "wilayah:64 kampanye",
    "sejak:2022-01-03 status:proses suara",
    "kata yang tidak pernah ada",
)
"""What analysts type: one word common and rare, several, phrases, near, filters, nothing found."""


def measure(sizes: Sequence[int] = SIZES) -> list[Figure]:
    """Ask everything at each size of one growing base; the ratio is to the smallest."""
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        db = Home(Path(folder) / "berita.db").open_berita()
        stored = 0
        for size in sizes:
            for start in range(stored, size, _CHUNK):
                synthetic.store(db, range(start, min(start + _CHUNK, size)))
            stored = size
            figures += _at(db, size, figures)
        db.close()
    return figures


def _at(db: Database, size: int, before: Sequence[Figure]) -> list[Figure]:
    for query in QUERIES:
        search(db, query)
    spent = sorted(_clocked(db, query) for query in QUERIES for _ in range(_TIMES))
    return [
        _figure(f"{name}, {size:,} articles", percentile(spent, share), before[at : at + 1])
        for at, (name, share) in enumerate((("p50", 0.5), ("p95", 0.95)))
    ]


def _figure(what: str, seconds: float, smallest: Sequence[Figure]) -> Figure:
    ratio = 1000 * seconds / smallest[0].value if smallest else None
    note = "to the smallest base" if smallest else ""
    return Figure(BENCH, what, 1000 * seconds, "ms CPU", ratio, note)


def _clocked(db: Database, query: str) -> float:
    start = process_time()
    search(db, query)
    return process_time() - start
