"""What every command shares: the opened base, the progress bar, the printed report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from db.base import Home
    from db.config import Config

Progress = Callable[[int, int | None], None]

json_option = click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")


def rooms(ctx: click.Context, *, must_exist: bool = False) -> tuple[Home, Config]:
    """The base and the settings that the group prepared."""
    home, config = ctx.obj
    if must_exist and not home.berita.exists():
        raise click.ClickException(f"{home.berita}: tidak ada. Periksa --db.")
    return home, config


@contextmanager
def bar(description: str) -> Iterator[Progress]:
    """A progress bar on stderr, off when that is no terminal; it is told (done, total)."""
    from tqdm import tqdm

    with tqdm(desc=description, disable=None, file=sys.stderr) as shown:

        def update(done: int, total: int | None) -> None:
            shown.total = total
            shown.update(done - shown.n)

        yield update


def finish(report: Any, *, as_json: bool = False) -> None:
    """Print a report; exit with 1 when something that was asked for could not be done."""
    text = json.dumps(report.as_dict(), ensure_ascii=False) if as_json else str(report)
    click.echo(text)
    if report.failed:
        sys.exit(1)
