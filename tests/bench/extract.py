"""Extraction: our reading of the sample pages against trafilatura alone, on the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import process_time
from zoneinfo import ZoneInfo

import trafilatura

from crawler.demo.library import address, sites, url
from crawler.demo.pages import Outlet
from crawler.extract import page, reading
from crawler.extract.reading import Source
from tests.bench.table import Figure

BENCH = "extract"
_FETCHED = datetime(2024, 12, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """A page as it came, and what is known of where it came from."""

    url: str
    body: bytes
    content_type: str
    source: Source


def measure(*, count: int = 90) -> list[Figure]:
    """Read up to `count` sample pages both ways."""
    samples = _samples()[:count]
    for way in (_ours, _theirs):  # fills the caches of both
        way(samples[0])
    ours, theirs = _clocked(_ours, samples), _clocked(_theirs, samples)
    note = f"time to that of trafilatura; {len(samples)} pages"
    return [
        Figure(BENCH, "pantau", len(samples) / ours, "pages/s", ours / theirs, note),
        Figure(BENCH, "trafilatura alone", len(samples) / theirs, "pages/s"),
    ]


def _samples() -> list[Sample]:
    return [
        _sample(outlet, path)
        for outlet in map(Outlet, sites().values())
        for path in map(address, outlet.articles)
    ]


def _sample(outlet: Outlet, path: str) -> Sample:
    answer = outlet.answer(path, "", None)
    declared = outlet.site.outlet
    source = Source(declared.network, ZoneInfo(declared.timezone), _FETCHED)
    return Sample(url(outlet.by_path[path]), answer.body, answer.content_type, source)


def _clocked(way: Callable[[Sample], object], samples: list[Sample]) -> float:
    start = process_time()
    for sample in samples:
        way(sample)
    return process_time() - start


def _ours(sample: Sample) -> object:
    parsed = page.parse(sample.body, sample.url, sample.content_type)
    return reading.read([parsed], sample.source)


def _theirs(sample: Sample) -> object:
    return trafilatura.bare_extraction(sample.body, url=sample.url, with_metadata=True)
