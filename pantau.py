"""The command line: opens the doors of the rooms below and holds no logic of its own.

Each command imports its room when it runs, so that `pantau --help` is instant.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from crawler.outlets import Outlet
    from db.base import Home
    from db.config import Config

Progress = Callable[[int, int | None], None]


def told_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is meant for the user."""
    from crawler.desk import CrawlError
    from crawler.outlets import OutletError
    from db.accounts import AccountError
    from db.base import BaseError
    from db.config import ConfigError
    from db.query import QueryError
    from db.reports.errors import ReportError
    from db.site.serve import ServeError
    from db.watches import WatchError
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


def own_outlets(config: Config, path: Path | None = None) -> list[Outlet]:
    """The outlets of `--outlets`, of pantau.toml, or the bundled ones."""
    from crawler.outlets import load

    configured = config.pengambilan["sumber"]
    return load(path or (Path(configured) if configured else None))


json_option = click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
outlets_option = click.option(
    "--outlets",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas media sendiri, bentuknya seperti outlets.csv bawaan.",
)


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
    chosen = select(own_outlets(config, outlets), only)
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


@main.command()
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
        report = run(home, rerun=rerun, outlets=own_outlets(config, outlets), progress=progress)
    finish(report, as_json=as_json)


@main.command("import")
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
        report = import_files(home, files, outlets=own_outlets(config), progress=progress)
    finish(report, as_json=as_json)


@main.command()
@click.option("--rerun", is_flag=True, help="Nilai ulang semua artikel.")
@click.option("--limit", type=click.IntRange(min=1), help="Paling banyak sekian artikel.")
@json_option
@click.pass_context
def analyse(ctx: click.Context, rerun: bool, limit: int | None, as_json: bool) -> None:
    """Nilai artikel yang baru atau berubah: pejabat, angka, wilayah, topik, status, peristiwa.

    Contoh: pantau analyse
    """
    from db.analysis import analyse as run

    home, _ = rooms(ctx)
    with bar("artikel") as progress:
        report = run(home, rerun=rerun, limit=limit, progress=progress)
    finish(report, as_json=as_json)


@main.command()
@json_option
@click.pass_context
def alert(ctx: click.Context, as_json: bool) -> None:
    """Bunyikan langganan atas artikel yang baru dinilai.

    Contoh: pantau alert --json
    """
    from db.alerts import raise_alerts

    home, _ = rooms(ctx)
    finish(raise_alerts(home), as_json=as_json)


@main.command()
@json_option
@click.pass_context
def deliver(ctx: click.Context, as_json: bool) -> None:
    """Kirim peringatan yang menunggu lewat surel, webhook, dan Telegram.

    Contoh: pantau deliver
    """
    from db.delivery import deliver as run

    home, config = rooms(ctx, must_exist=True)
    finish(run(home, config), as_json=as_json)


@main.command()
@click.option("--add", "name", metavar="NAMA", help="Simpan langganan baru dengan nama ini.")
@click.option("--definition", default="{}", help="Syaratnya sebagai JSON, lihat README.")
@json_option
@click.pass_context
def watches(ctx: click.Context, name: str | None, definition: str, as_json: bool) -> None:
    """Daftar langganan, atau tambah satu; yang keliru ditolak dengan alasannya.

    Contoh: pantau watches --add "Camat Kaltara" --definition '{"region": ["65"], "words": "camat"}'
    """
    from db import watches as store

    home, _ = rooms(ctx)
    with closing(home.open_meja()) as meja:
        store.install_defaults(meja)
        if name:
            store.save(meja, name, store.read(definition))
        rows = list(meja.query("SELECT key, name, definition, active FROM watches ORDER BY key"))
    for row in rows:
        text = f"{row['key']:32} {'' if row['active'] else '(mati) '}{row['name']}"
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else text)


@main.command()
@click.option("--every", default=15, show_default=True, help="Menit antara dua putaran.")
@click.option("--rounds", type=click.IntRange(min=1), help="Berhenti sesudah sekian putaran.")
@click.pass_context
def watch(ctx: click.Context, every: int, rounds: int | None) -> None:
    """Berjaga: ambil, ekstrak, nilai, bunyikan, berulang-ulang sampai dihentikan.

    Contoh: pantau watch --every 10
    """
    from crawler.watch import rounds as turns

    home, config = rooms(ctx)
    for report in turns(home, config, own_outlets(config), minutes=every, count=rounds):
        click.echo(report)


@main.command()
@click.option("--host", help="Alamat tempat situs mendengar; bawaan dari pantau.toml.")
@click.option("--port", type=int, help="Bawaan dari pantau.toml; 0 berarti bebas.")
@click.option("--sign-in", is_flag=True, help="Cetak tautan masuk sekali pakai untuk admin.")
@click.pass_context
def serve(ctx: click.Context, host: str | None, port: int | None, sign_in: bool) -> None:
    """Sajikan basis lewat Datasette.

    Contoh: pantau serve --sign-in
    """
    from db.site.serve import serve as run

    home, config = rooms(ctx)
    host = host or config.situs["alamat"]
    port = config.situs["port"] if port is None else port
    run(home, host=host, port=port, config=config, sign_in=sign_in)


@main.command()
@click.argument("username")
@click.option("--name", required=True, help="Nama lengkap.")
@click.option("--role", type=click.Choice(["staf", "atasan", "admin"]), default="staf")
@click.password_option(help="Ditanyakan bila tidak diberikan.")
@click.pass_context
def account(ctx: click.Context, username: str, name: str, role: str, password: str) -> None:
    """Buat akun untuk masuk ke situs.

    Contoh: pantau account siti --name "Siti Rahma" --role staf
    """
    from db.accounts import add

    home, _ = rooms(ctx)
    with closing(home.open_meja()) as meja:
        add(meja, username, name, role, password)
    click.echo(f"Akun {username} ({role}) dibuat.")


@main.command()
@click.argument("query")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance")
@json_option
@click.pass_context
def search(ctx: click.Context, query: str, limit: int, sort: str, as_json: bool) -> None:
    """Cari artikel: kata, "frasa", OR, -kata, tema:, status:, wilayah:, sejak:, hingga:.

    Contoh: pantau search 'netralitas camat status:dugaan'
    """
    from db.listing import as_records, as_text
    from db.search import search as run

    home, _ = rooms(ctx, must_exist=True)
    with closing(home.open_berita()) as db:
        found = run(db, query, limit=limit, sort=sort)
    click.echo(
        json.dumps(as_records(found), ensure_ascii=False)
        if as_json
        else as_text(found, colour=sys.stdout.isatty())
    )


@main.command()
@click.option("--region", metavar="WILAYAH", help="Kode atau nama; tanpa ini semua wilayah.")
@click.option("--since", metavar="WAKTU", help="2024-11-24 atau 2024-11-24T08:00, jam wilayahnya.")
@click.option("--until", metavar="WAKTU", help="Tanggal saja berarti sampai akhir hari itu.")
@click.option(
    "--form",
    type=click.Choice(["docx", "xlsx", "pdf", "csv", "teks"]),
    default="docx",
    show_default=True,
    help="teks: pesan singkat untuk WhatsApp.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    required=True,
    help="Berkas hasilnya; - berarti keluaran standar.",
)
@click.pass_context
def report(
    ctx: click.Context,
    region: str | None,
    since: str | None,
    until: str | None,
    form: str,
    output: Path,
) -> None:
    """Susun kliping satu wilayah: bawaannya berita 24 jam terakhir sampai jam penuh terdekat.

    Contoh: pantau report --region 65 --since 2024-11-24 --form docx --output kliping.docx
    """
    from db.reports import make, save

    home, _ = rooms(ctx)
    data = make(home, region=region, since=since, until=until, form=form)
    if output == Path("-"):
        click.echo(data, nl=False)
    else:
        save(data, output)


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
@click.argument("article")
@click.pass_context
def explain(ctx: click.Context, article: str) -> None:
    """Terangkan penilaian satu artikel (alamat atau kuncinya), isyarat demi isyarat.

    Contoh: pantau explain 3f2a9c0d11e7b845
    """
    from db.analysis import find
    from nlp.explain import explain as run

    home, _ = rooms(ctx, must_exist=True)
    with closing(home.open_berita()) as db:
        found = find(db, article)
    if found is None:
        raise click.ClickException(f"Tidak ada artikel dengan alamat atau kunci {article!r}.")
    click.echo(run(found))


@main.command()
@click.option("--gold", type=click.Path(exists=True, path_type=Path), help="Berkas emas (.jsonl).")
@click.option("--texts", type=click.Path(exists=True, path_type=Path), help="Folder teksnya.")
@click.option("--split", help="Hanya bagian ini dari berkas emas, misalnya dev.")
@click.option("--errors", is_flag=True, help="Sebutkan setiap butir yang salah dan terlewat.")
@click.option("--models", type=click.Path(exists=True, path_type=Path), help="Folder korpus uji.")
@click.option("--update", is_flag=True, help="Naikkan batas bawah model dan tulis kartunya.")
@click.option("--allow-lower", is_flag=True, help="Izinkan batas bawah turun.")
def evaluate(
    gold: Path | None, texts: Path | None, split: str | None, errors: bool, **exam: Any
) -> None:
    """Ukur bahasa terhadap jawaban emas; tanpa pilihan: terhadap artikel contoh.

    Contoh: pantau evaluate --gold nlp/evaluation/facts.jsonl --texts folder --split dev --errors
    """
    from crawler.demo.gold import sample_gold
    from nlp.evaluation import gold as golds
    from nlp.evaluation import labels, score, table

    if exam["models"]:
        examine(**exam)
        return
    if gold and texts:
        records = labels.joined(gold, texts, split)
    else:
        records = golds.read(gold) if gold else sample_gold()
    click.echo(table.table(score.score(golds.answered(records)), errors=errors))


def examine(models: Path, update: bool, allow_lower: bool) -> None:
    """Put the models through their exams; exit with 1 when one is below its floor."""
    from nlp.evaluation import floors
    from nlp.evaluation import models as exams

    scores = exams.evaluate(models)
    click.echo(exams.table(scores))
    if update:
        for line in floors.update([s for s in scores if s.passed], allow_lower=allow_lower):
            click.echo(line)
        exams.write_cards(scores)
    if not all(score.passed for score in scores):
        sys.exit(1)


@main.command()
@outlets_option
@json_option
@click.pass_context
def outlets(ctx: click.Context, outlets: Path | None, as_json: bool) -> None:
    """Daftar dan periksa media; berkas yang salah disebut baris demi baris.

    Contoh: pantau outlets --outlets media-saya.csv
    """
    from dataclasses import asdict

    _, config = rooms(ctx)
    for outlet in own_outlets(config, outlets):
        row = f"{outlet.id:40} {outlet.network:12} {outlet.province_code or '-':3} {outlet.name}"
        click.echo(json.dumps(asdict(outlet), ensure_ascii=False) if as_json else row)


if __name__ == "__main__":
    main()
