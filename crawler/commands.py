"""The commands that gather: each opens one door of this room."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.terminal import bar, finish, json_option, rooms

if TYPE_CHECKING:
    from crawler.outlets import Outlet
    from crawler.trial import Trial
    from db.base import Home
    from db.config import Config

outlets_option = click.option(
    "--outlets",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas media sendiri, bentuknya seperti outlets.csv bawaan.",
)


def own_outlets(home: Home, config: Config, path: Path | None = None) -> list[Outlet]:
    """The outlets of `--outlets`; else of pantau.toml or the bundled ones, and those added by form.

    An added one that cannot be used is named on stderr.
    """
    from crawler.outlets import added, load

    configured = config.pengambilan["sumber"]
    listed = load(path or (Path(configured) if configured else None))
    if path or not home.meja.exists():
        return listed
    with closing(home.open_meja()) as meja:
        more, problems = added(meja.conn)
    for problem in problems:
        click.echo(f"Sumber tambahan dilewati: {problem}", err=True)
    known = {outlet.id for outlet in listed}
    return [*listed, *(outlet for outlet in more if outlet.id not in known)]


@click.command()
@outlets_option
@click.option("--only", multiple=True, metavar="DOMAIN", help="Hanya media ini; boleh diulang.")
@click.option("--recheck", is_flag=True, help="Tengok ulang semua halaman yang sudah dikenal.")
@json_option
@click.pass_context
def crawl(
    ctx: click.Context, outlets: Path | None, only: tuple[str, ...], recheck: bool, as_json: bool
) -> None:
    """Ambil daftar dan halaman baru dari media ke dalam arsip.

    Contoh: pantau crawl --only kaltara.antaranews.com
    """
    from crawler.configure import overrides
    from crawler.outlets import select
    from crawler.run import crawl as run

    home, config = rooms(ctx)
    chosen = select(own_outlets(home, config, outlets), only)
    with bar("halaman") as progress:
        report = run(
            home,
            chosen,
            recheck=recheck,
            proxy=config.pengambilan["proksi"] or None,
            settings=overrides(config.pengambilan),
            progress=lambda counts: progress(counts["pages"], counts["pages"] + counts["waiting"]),
        )
    finish(report, as_json=as_json)


@click.command()
@click.option(
    "--rerun", is_flag=True, help="Bangun ulang semua artikel dari arsip, tanpa jaringan."
)
@outlets_option
@json_option
@click.pass_context
def extract(ctx: click.Context, rerun: bool, outlets: Path | None, as_json: bool) -> None:
    """Jadikan halaman yang terarsip sebagai artikel.

    Contoh: pantau extract --rerun
    """
    from crawler.extract import run

    home, config = rooms(ctx)
    with bar("artikel") as progress:
        report = run(
            home, rerun=rerun, outlets=own_outlets(home, config, outlets), progress=progress
        )
    finish(report, as_json=as_json)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def import_(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Masukkan artikel dari berkas: JSON lines, CSV, teks, HTML, atau WARC; boleh .gz.

    Contoh: pantau import kliping.jsonl.gz
    """
    from crawler.imports import import_files

    home, config = rooms(ctx)
    with bar("baris") as progress:
        report = import_files(home, files, outlets=own_outlets(home, config), progress=progress)
    finish(report, as_json=as_json)


@click.command()
@click.option("--every", default=15, show_default=True, help="Menit antara dua putaran.")
@click.option("--rounds", type=click.IntRange(min=1), help="Berhenti sesudah sekian putaran.")
@click.pass_context
def watch(ctx: click.Context, every: int, rounds: int | None) -> None:
    """Berjaga: ambil, ekstrak, nilai, bunyikan, berulang-ulang sampai dihentikan.

    Contoh: pantau watch --every 10
    """
    from crawler.watch import rounds as turns

    home, config = rooms(ctx)

    def known() -> list[Outlet]:
        return own_outlets(home, config)

    for report in turns(home, config, known, minutes=every, count=rounds):
        click.echo(report)


@click.command()
@outlets_option
@click.option("--try", "row", metavar="BARIS", help="Baca coba satu media; barisnya sebagai JSON.")
@json_option
@click.pass_context
def outlets(ctx: click.Context, outlets: Path | None, row: str | None, as_json: bool) -> None:
    """Daftar dan periksa media; berkas yang salah disebut baris demi baris.

    Contoh: pantau outlets --outlets media-saya.csv
    """
    from dataclasses import asdict

    home, config = rooms(ctx)
    if row is not None:
        finish(tried(row, config), as_json=as_json)
        return
    for outlet in own_outlets(home, config, outlets):
        row = f"{outlet.id:40} {outlet.network:12} {outlet.province_code or '-':3} {outlet.name}"
        click.echo(json.dumps(asdict(outlet), ensure_ascii=False) if as_json else row)


def tried(row: str, config: Config) -> Trial:
    """A trial read of the outlet that a row describes, as JSON with the columns of outlets.csv."""
    from crawler.trial import trial

    try:
        cells = {str(name): str(cell) for name, cell in json.loads(row).items()}
    except (ValueError, AttributeError):
        example = (
            '{"domain": "kabar.example", "name": "Kabar", "kind": "lokal", "network": "wordpress"}'
        )
        raise click.BadParameter(f"tulis sebagai JSON, misalnya {example}") from None
    return trial(cells, config)


COMMANDS = (crawl, extract, import_, watch, outlets)
