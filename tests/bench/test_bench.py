"""Every benchmark runs, on a small scale, and gives figures that can be compared."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.bench import annotate, crawl, extract, pages, search, stories
from tests.bench.table import Figure, as_json, as_text, percentile

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    annotate.BENCH: lambda: annotate.measure(count=3),
    crawl.BENCH: lambda: crawl.measure(pages=150),
    extract.BENCH: lambda: extract.measure(count=5),
    search.BENCH: lambda: search.measure((20, 40)),
    pages.BENCH: lambda: pages.measure((20, 40)),
    stories.BENCH: lambda: stories.measure((20, 40), new=10),
}


@pytest.mark.parametrize("name", BENCHES)
def test_a_benchmark_gives_figures_and_a_ratio(name: str) -> None:
    figures = BENCHES[name]()
    assert {figure.bench for figure in figures} == {name}
    assert all(figure.value > 0 for figure in figures)
    assert [figure.ratio for figure in figures if figure.ratio]
    assert as_text(figures).count("\n") == len(figures)
    assert [row["what"] for row in json.loads(as_json(figures))] == [f.what for f in figures]


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 3), (0.95, 5), (1, 5)])
def test_percentile(share: float, value: float) -> None:
    assert percentile([3, 1, 2, 5, 4], share) == value
