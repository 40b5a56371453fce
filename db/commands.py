"""The commands on a base: each opens one door of this room."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import IO

import click

from db.terminal import bar, finish, json_option, rooms


@click.command()
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


@click.command()
@json_option
@click.pass_context
def alert(ctx: click.Context, as_json: bool) -> None:
    """Bunyikan langganan atas artikel yang baru dinilai.

    Contoh: pantau alert --json
    """
    from db.alerts.alerts import raise_alerts

    home, _ = rooms(ctx)
    finish(raise_alerts(home), as_json=as_json)


@click.command()
@json_option
@click.pass_context
def deliver(ctx: click.Context, as_json: bool) -> None:
    """Kirim peringatan yang menunggu, kliping terjadwal, dan kabar sumber yang berhenti terbaca.

    Contoh: pantau deliver
    """
    from db.delivery import deliver as run
    from db.mailings import send

    home, config = rooms(ctx, must_exist=True)
    report = run(home, config)
    report.mailings = send(home, config)
    finish(report, as_json=as_json)


@click.command()
@click.option("--add", "name", metavar="NAMA", help="Simpan langganan baru dengan nama ini.")
@click.option("--definition", default="{}", help="Syaratnya sebagai JSON, lihat README.")
@json_option
@click.pass_context
def watches(ctx: click.Context, name: str | None, definition: str, as_json: bool) -> None:
    """Daftar langganan, atau tambah satu; yang keliru ditolak dengan alasannya.

    Contoh: pantau watches --add "Camat Kaltara" --definition '{"region": ["65"], "words": "camat"}'
    """
    from db.alerts import watches as store

    home, _ = rooms(ctx)
    with closing(home.open_meja()) as meja:
        store.install_defaults(meja)
        if name:
            store.save(meja, name, store.read(definition))
        rows = list(meja.query("SELECT key, name, definition, active FROM watches ORDER BY key"))
    for row in rows:
        text = f"{row['key']:32} {'' if row['active'] else '(mati) '}{row['name']}"
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else text)


@click.command()
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


@click.command()
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


@click.command()
@click.argument("query")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance")
@click.option("--meaning", is_flag=True, help="Juga yang menyebut hal serupa dengan kata lain.")
@json_option
@click.pass_context
def search(
    ctx: click.Context, query: str, limit: int, sort: str, meaning: bool, as_json: bool
) -> None:
    """Cari artikel: kata, "frasa", OR, -kata, tema:, status:, wilayah:, sejak:, hingga:.

    Contoh: pantau search 'netralitas camat status:dugaan'
    """
    from db.search.listing import as_records, as_text
    from db.search.meaning import meaning as understood
    from db.search.search import search as run

    home, _ = rooms(ctx, must_exist=True)
    with closing(home.open_berita()) as db:
        by = understood(home) if meaning else None
        found = run(db, query, limit=limit, sort=sort, by=by)
    click.echo(
        json.dumps(as_records(found), ensure_ascii=False)
        if as_json
        else as_text(found, colour=sys.stdout.isatty())
    )


@click.command()
@click.argument("query", default="")
@click.option("--corrections", is_flag=True, help="Koreksi orang sebagai data latih.")
@click.pass_context
def export(ctx: click.Context, query: str, corrections: bool) -> None:
    """Keluarkan artikel sebagai JSON lines, semua atau yang cocok; dapat diimpor lagi.

    Contoh: pantau export 'status:dugaan wilayah:65' > kaltara.jsonl
    """
    from db.decisions.correcting import training
    from db.exporting import articles

    home, _ = rooms(ctx, must_exist=True)
    with closing(home.open_berita()) as db, closing(home.open_meja()) as meja:
        for record in training(db, meja) if corrections else articles(db, query):
            click.echo(json.dumps(record, ensure_ascii=False))


@click.command()
@click.argument("source", type=click.File("r", encoding="utf-8-sig"))
@click.option("--region", default="", metavar="WILAYAH", help="Kode atau nama.")
@json_option
@click.pass_context
def names(ctx: click.Context, source: IO[str], region: str, as_json: bool) -> None:
    """Cari banyak nama sekaligus: satu per baris, atau kolom nama dari sebuah CSV.

    Contoh: pantau names calon.csv --region 65 > hasil.csv
    """
    from db.search import batch
    from db.tabular import as_csv

    home, _ = rooms(ctx, must_exist=True)
    wanted = batch.names(source.read())
    with closing(home.open_berita()) as db:
        found = batch.records(batch.look_up(db.conn, wanted, region))
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else as_csv(found), nl=as_json)


@click.command()
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


@click.command()
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


COMMANDS = (
    analyse,
    alert,
    deliver,
    watches,
    serve,
    account,
    search,
    names,
    export,
    report,
    explain,
)
