"""The command line: opens the doors of the rooms below and holds no logic of its own.

Each command imports its room when it runs, so that `pantau --help` is instant.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from crawler import commands as gathering
from db import commands as desk

if TYPE_CHECKING:
    from nlp.evaluation.gold import GoldRecord


def told_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is meant for the user."""
    from crawler.desk import CrawlError
    from crawler.outlets import OutletError
    from db.accounts import AccountError
    from db.alerts.watches import WatchError
    from db.base import BaseError
    from db.config import ConfigError
    from db.reports.errors import ReportError
    from db.search.query import QueryError
    from db.site.serve import ServeError
    from nlp.evaluation.floors import ExamError
    from nlp.evaluation.gold import GoldError
    from nlp.models import ModelError

    return (
        *(AccountError, BaseError, ConfigError, CrawlError, ExamError, GoldError),
        *(ModelError, OutletError, QueryError, ReportError, ServeError, WatchError),
    )


class Pantau(click.Group):
    """Turns the errors that are meant for people into a message and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if isinstance(error, told_errors()):
                raise click.ClickException(str(error)) from error
            raise


@click.group(cls=Pantau, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pantau")
@click.option(
    "--db",
    "berita",
    type=click.Path(dir_okay=False, path_type=Path),
    default="berita.db",
    show_default=True,
    help="Basis data; meja.db, arsip/ dan pantau.toml ada di sebelahnya.",
)
@click.pass_context
def main(ctx: click.Context, berita: Path) -> None:
    """Pantau: memantau berita pemilu daerah."""
    from db.base import Home
    from db.config import load

    ctx.obj = (Home(berita), load(berita.with_name("pantau.toml")))


@main.command()
@click.option("--serve/--no-serve", default=True, help="Buka situsnya sesudah selesai.")
@click.option("--port", default=8001, show_default=True)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    help="Tempat basis contoh; isinya dibuat ulang.",
)
def demo(serve: bool, port: int, folder: Path) -> None:
    """Ambil, analisis, dan sajikan sembilan media contoh.

    Contoh: pantau demo --no-serve
    """
    from crawler.demo import show
    from db.base import Home
    from db.config import load
    from db.site.serve import serve as open_site

    home = Home(folder / "berita.db")
    click.echo(show.go(home))
    if serve:
        config = load(folder / "pantau.toml")
        open_site(home, port=port, config=config, sign_in=True)


@main.command()
@click.argument(
    "source", type=click.File("r", encoding="utf-8", errors="surrogateescape"), default="-"
)
def annotate(source: IO[str]) -> None:
    """Beri anotasi pada artikel: JSON lines masuk, JSON lines keluar, tanpa basis data.

    Contoh: pantau annotate < artikel.jsonl > anotasi.jsonl
    """
    from nlp.lines import annotate_lines

    failures = 0
    for line in annotate_lines(source):
        failures += line.is_error
        click.echo(line.text, err=line.is_error)
    if failures:
        sys.exit(1)


@main.command()
@click.option("--gold", type=click.Path(exists=True, path_type=Path), help="Berkas emas (.jsonl).")
@click.option("--texts", type=click.Path(exists=True, path_type=Path), help="Folder teksnya.")
@click.option("--split", help="Hanya bagian ini dari berkas emas, misalnya dev.")
@click.option("--errors", is_flag=True, help="Sebutkan setiap butir yang salah dan terlewat.")
@click.option("--stories", is_flag=True, help="Ukur rangkaian berita; --gold menyebut kelompoknya.")
@click.option("--models", type=click.Path(exists=True, path_type=Path), help="Folder korpus uji.")
@click.option("--update", is_flag=True, help="Naikkan batas bawah model dan tulis kartunya.")
@click.option("--allow-lower", multiple=True, help="Izinkan batas ujian ini turun (boleh diulang).")
def evaluate(
    gold: Path | None,
    texts: Path | None,
    split: str | None,
    errors: bool,
    stories: bool,
    **exam: Any,
) -> None:
    """Ukur bahasa terhadap jawaban emas; tanpa pilihan: terhadap artikel contoh.

    Contoh: pantau evaluate --gold nlp/evaluation/facts.jsonl --texts folder --split dev --errors
    """
    from crawler.demo.gold import sample_gold
    from nlp.evaluation import gold as golds
    from nlp.evaluation import labels, score, table

    if stories:
        examine_stories(gold, texts, split, errors=errors)
        return
    records = labels.joined(gold, texts, split) if gold and texts else []
    if exam["models"]:
        examine(records, **exam)
        return
    records = records or (golds.read(gold) if gold else sample_gold())
    click.echo(table.table(score.score(golds.answered(records)), errors=errors))


def examine_stories(
    gold: Path | None, texts: Path | None, split: str | None, *, errors: bool
) -> None:
    """Tell how well articles of one event are put into one story."""
    from db.stories.story_exam import examine as run

    if gold is None or texts is None:
        raise click.UsageError("--stories memerlukan --gold dan --texts.")
    score = run(gold, texts, split)
    click.echo("\n".join([*(score.errors() if errors else ()), str(score)]))


def examine(
    articles: Sequence[GoldRecord], models: Path, update: bool, allow_lower: Sequence[str]
) -> None:
    """Put the models through their exams; exit with 1 when one is below its floor.

    `articles`, real ones that were kept aside, examine the names of persons too. A floor falls only
    where `allow_lower` names its exam.
    """
    from nlp.evaluation import floors
    from nlp.evaluation import models as exams

    if unknown := set(allow_lower) - floors.read().keys():
        raise click.UsageError(f"--allow-lower: tidak ada ujian bernama {', '.join(unknown)}.")
    scores = exams.evaluate(models, articles)
    click.echo(exams.table(scores))
    if update:
        for line in floors.update(scores, allow_lower=allow_lower):
            click.echo(line)
        exams.write_cards(scores)
    if not all(score.passed for score in scores):
        sys.exit(1)


for command in (*gathering.COMMANDS, *desk.COMMANDS):
    main.add_command(command)


if __name__ == "__main__":
    main()
