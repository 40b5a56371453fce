"""`/rekap`: topics, themes or regions against the stages of an election; and what a number counts.

`/rekap/berita` lists the articles of any scope, so that every number leads to them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from datasette import Response

from db import counting, recap
from db.counting import Scope
from db.site import bases, export, guard, scope
from db.site.errors import PageError
from db.site.pages import Page
from db.site.region import span
from db.stages import Calendar, calendars
from nlp import lexicon
from nlp.lexicon import judgement

SIZE: Final = 50
MOST: Final = 20_000
"""Articles in a file; more than a spreadsheet is of use for."""
_USUAL: Final = "pilkada_2024"


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    """`/rekap?kalender=pilkada_2024&baris=topik&kasus=1`"""
    calendar, axis, wanted = _wish(request)
    found = await _recap(datasette, calendar, axis, wanted)
    context = {
        "found": found,
        "calendar": calendar,
        "calendars": calendars(),
        "axis": axis,
        "axes": recap.AXES,
        "scope": wanted,
        "cell": lambda line, stage: scope.query(found.cell(line, stage)),
        "query": scope.query(
            wanted, kalender=calendar.id, baris=axis, sekali="1" if wanted.once else "0"
        ),
        "themes": judgement.themes(),
        "provinces": _provinces(),
    }
    return Response.html(await datasette.render_template("rekap.html", context, request=request))


@guard.reader
async def download(datasette: Any, request: Any) -> Any:
    """`/rekap.csv`, `/rekap.xlsx`: the same table; audited."""
    calendar, axis, wanted = _wish(request)
    found = await _recap(datasette, calendar, axis, wanted, bases.EXPORT_PATIENCE_MS)
    form = request.url_vars["format"]
    await bases.note(datasette, request.actor, "rekap_diunduh", f"{calendar.name}, {axis}, {form}")
    return export.response(found.rows(), form, f"rekap-{calendar.id}-{axis}")


@guard.reader
async def articles(datasette: Any, request: Any) -> Any:
    """`/rekap/berita?wilayah=64.02&sejak=2024-09-25&hingga=2024-11-23`"""
    wanted, page = scope.read(request), Page.of(request, SIZE)
    found = await bases.ask(
        datasette, lambda db: counting.articles(db, wanted, SIZE + 1, page.offset)
    )
    context = {
        "articles": page.cut(found),
        "page": page,
        "scope": wanted,
        "words": _words(wanted),
        "span": span(wanted),
        "total": await bases.ask(datasette, lambda db: counting.total(db, wanted)),
        "query": scope.query(wanted),
    }
    html = await datasette.render_template("rekap_berita.html", context, request=request)
    return Response.html(html)


@guard.reader
async def articles_file(datasette: Any, request: Any) -> Any:
    """`/rekap/berita.csv`, `.xlsx`: the articles behind a number; audited."""
    wanted, form = scope.read(request), request.url_vars["format"]
    found = await bases.ask(
        datasette, lambda db: counting.articles(db, wanted, MOST), bases.EXPORT_PATIENCE_MS
    )
    note = f"{', '.join(_words(wanted)) or 'semua'}, {span(wanted)}, {form}"
    await bases.note(datasette, request.actor, "rekap_diunduh", note)
    return export.response([_row(article) for article in found], form, "rekap-berita")


def _wish(request: Any) -> tuple[Calendar, str, Scope]:
    """Calendar, axis and what narrows; copies count once unless `sekali=0` asks for all."""
    name, axis = request.args.get("kalender") or _USUAL, request.args.get("baris") or "topik"
    if name not in calendars() or axis not in recap.AXES:
        raise PageError(400, "Pilih kalender tahapan dan baris yang ada di daftar.")
    wanted = replace(
        scope.read(request), since="", until="", once=request.args.get("sekali") != "0"
    )
    if axis == "kabupaten" and len(wanted.region) != 2:
        raise PageError(400, "Pilih provinsinya dulu untuk rekap per kabupaten/kota.")
    if axis == "provinsi":
        wanted = replace(wanted, region="")
    return calendars()[name], axis, wanted


async def _recap(
    datasette: Any, calendar: Calendar, axis: str, wanted: Scope, patience: int = bases.PATIENCE_MS
) -> recap.Recap:
    return await bases.ask(datasette, lambda db: recap.recap(db, calendar, axis, wanted), patience)


def _provinces() -> list[tuple[str, str]]:
    found = [region for region in lexicon.regions().values() if region.level == "provinsi"]
    return [(region.code, region.short_name) for region in found]


def _words(wanted: Scope) -> list[str]:
    """What narrows the scope, besides its days."""
    region = recap.name("provinsi", wanted.region) if wanted.region else ""
    named = [
        f"{region} saja, tanpa kabupaten/kota" if wanted.own else region,
        recap.name("tema", wanted.theme) if wanted.theme else "",
        recap.name("topik", wanted.topic) if wanted.topic else "",
        "kasus saja" if wanted.cases else "",
        "berwilayah ganda" if wanted.shared else "",
        "salinan dihitung sekali" if wanted.once else "",
    ]
    return [word for word in named if word]


def _row(article: Any) -> dict[str, Any]:
    names = {
        "kunci": "key", "judul": "title", "media": "outlet", "terbit": "published_at",
        "status": "status", "topik": "topic_name", "wilayah_utama": "region",
        "semua_wilayah": "regions", "salinan": "copies", "cerita": "story_key", "tautan": "url",
    }  # fmt: skip
    return {name: article[field] for name, field in names.items()}
