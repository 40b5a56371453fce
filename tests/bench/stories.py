"""What grouping a new article into stories costs as the base grows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from sqlite_utils import Database

from db.base import Home
from db.stories import stories
from tests.bench import synthetic
from tests.bench.table import Figure

BENCH = "stories"
SIZES = (1_000, 5_000, 10_000)
BIG_SIZES = (*SIZES, 20_000, 50_000, 100_000, 200_000)
_CHUNK = 1_000
_NEW = synthetic.PER_DAY
"""Articles whose grouping is clocked: those of one more day."""


def measure(sizes: Sequence[int] = SIZES, *, new: int = _NEW) -> list[Figure]:
    """Group the last `new` articles of each size; the ratio is to the smallest."""
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        db = Home(Path(folder) / "berita.db").open_berita()
        grown, spent = 0, 0.0
        for size in sizes:
            spent += _grow(db, grown, size - new)
            last = _grouped(db, size - new, size)
            figures.append(_figure(size, last / new, figures))
            grown, spent = size, spent + last
        db.close()
    return [*figures, Figure(BENCH, f"grouping all {grown:,}", spent, "s CPU")]


def _grow(db: Database, start: int, end: int) -> float:
    return sum(_grouped(db, first, min(first + _CHUNK, end)) for first in range(start, end, _CHUNK))


def _grouped(db: Database, start: int, end: int) -> float:
    """Store articles, then group them; the CPU seconds of the grouping alone."""
    synthetic.store(db, range(start, end))
    before = process_time()
    stories.group(db)
    return process_time() - before


def _figure(size: int, seconds: float, before: Sequence[Figure]) -> Figure:
    ratio = 1000 * seconds / before[0].value if before else None
    note = "to the smallest base" if before else f"{synthetic.PER_DAY} articles a day"
    return Figure(
        BENCH, f"new article among {size:,}", 1000 * seconds, "ms CPU/article", ratio, note
    )
