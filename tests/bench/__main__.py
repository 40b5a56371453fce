"""`python -m tests.bench`: what is measured side by side in one run; nothing is asserted."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from nlp.annotate import check
from nlp.annotation import Article
from tests.bench import annotate, crawl, extract, pages, search, stories
from tests.bench.table import Figure, as_json, as_text

BENCHES = (annotate.BENCH, crawl.BENCH, extract.BENCH, search.BENCH, pages.BENCH, stories.BENCH)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(BENCHES))
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.option("--big", is_flag=True, help="Bases of up to 300,000 articles; takes an hour or more.")
@click.option(
    "--articles",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Annotate these (JSON lines, or .gz) instead of invented ones.",
)
@click.option("--limit", type=click.IntRange(min=1), default=1_000, help="Of --articles.")
def main(
    names: tuple[str, ...], json_wanted: bool, big: bool, articles: Path | None, limit: int
) -> None:
    """Run the benchmarks NAMES, by default all of them."""
    benches = _benches(big=big, articles=articles, limit=limit)
    figures: list[Figure] = []
    for name in names or BENCHES:
        click.echo(f"{name} ...", err=True)
        figures += benches[name]()
    click.echo(as_json(figures) if json_wanted else as_text(figures))


def _benches(
    *, big: bool, articles: Path | None, limit: int
) -> dict[str, Callable[[], list[Figure]]]:
    read = list(_read(articles, limit)) if articles else None
    return {
        annotate.BENCH: lambda: annotate.measure(read),
        crawl.BENCH: crawl.measure,
        extract.BENCH: extract.measure,
        search.BENCH: lambda: search.measure(search.BIG_SIZES if big else search.SIZES),
        pages.BENCH: lambda: pages.measure(pages.BIG_SIZES if big else pages.SIZES),
        stories.BENCH: lambda: stories.measure(stories.BIG_SIZES if big else stories.SIZES),
    }


def _read(path: Path, limit: int) -> Iterator[Article]:
    """Articles of a file; those without an `id` are numbered."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for number, line in zip(range(limit), file, strict=False):
            record = json.loads(line)
            yield check({"id": str(number), "title": record.get("title"), "text": record["text"]})


if __name__ == "__main__":
    main()
