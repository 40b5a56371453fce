"""`/cari`: one box, facets beside the hits, every choice in the address, exports of all of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from datasette import Response

from db.base import Home
from db.search.meaning import Meaning, meaning
from db.search.query import QueryError
from db.search.search import FACETS, SearchResult, matching_ids, search
from db.site import bases, export, guard
from db.site.pages import Page
from db.words import day, label
from nlp.lexicon import judgement
from nlp.models import ModelError

SIZE: Final = 20
FILTERS: Final = ("tema", "status", "wilayah", "pejabat", "media", "sejak", "hingga")
"""Parameters of the address that narrow the search; in the box they are typed as `tema:...`."""

_ORDERS: Final = {"relevan": "relevance", "tanggal": "date"}
_PROVINCES: Final = "SELECT code, short_name FROM regions WHERE level = 'provinsi'"
_SHOWN: Final = 12  # values of a facet


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    """`/cari?q=...`"""
    page = Page.of(request, SIZE)
    context = {
        "page": page,
        "q": request.args.get("q") or "",
        "chosen": [
            {"name": name, "without": sign, "value": label(bare, "status")}
            for name, (sign, bare) in ((name, _signed(value)) for name, value in page.params)
            if name in FILTERS
        ],
        "order": _order(request),
        "by_meaning": request.args.get("arti") == "1",
        **await _answer(datasette, request, page),
    }
    html = await datasette.render_template("cari.html", context, request=request)
    return Response.html(html, status=400 if context["problem"] else 200)


@guard.reader
async def download(datasette: Any, request: Any) -> Any:
    """`/cari.csv`, `.xlsx`, `.json`: every hit, with link, archive place and hash."""
    query = typed_query(request)
    try:
        by = await _meaning(datasette, request)
        ids = await bases.ask(
            datasette, lambda db: matching_ids(db, query, by), bases.EXPORT_PATIENCE_MS
        )
    except (QueryError, ModelError) as error:
        return Response.json({"ok": False, "error": str(error)}, status=400)
    rows = await export.rows(datasette, ids)
    await bases.note(datasette, request.actor, "hasil_diekspor", query)
    return export.response(rows, request.url_vars["format"])


async def _answer(datasette: Any, request: Any, page: Page) -> dict[str, Any]:
    query = typed_query(request)
    empty: dict[str, Any] = {"result": None, "problem": None, "facets": []}
    if not query.strip():
        return empty
    order = _ORDERS[_order(request)]
    try:
        by = await _meaning(datasette, request)
        result = await bases.ask(
            datasette,
            lambda db: search(db, query, limit=SIZE, offset=page.offset, sort=order, by=by),
        )
    except (QueryError, ModelError) as error:
        return {**empty, "problem": str(error)}
    page.has_next = result.total > page.offset + SIZE
    return {"result": result, "problem": None, "facets": await _facets(datasette, result, page)}


async def _meaning(datasette: Any, request: Any) -> Meaning | None:
    """`arti=1` searches by meaning too; the vectors are brought up to date with more patience."""
    if request.args.get("arti") != "1":
        return None
    home = Home(Path(bases.base(datasette, "berita").path))

    def ready(db: sqlite3.Connection) -> Meaning:
        by = meaning(home)
        by.near.refresh(db)
        return by

    return await bases.ask(datasette, ready, bases.EXPORT_PATIENCE_MS)


def typed_query(request: Any) -> str:
    """What is in the box, with the parameters of the address as typed filters."""
    typed = [
        f'{sign}{name}:"{bare}"'
        for name in FILTERS
        for sign, bare in map(_signed, request.args.getlist(name))
        if bare
    ]
    return " ".join([request.args.get("q") or "", *typed])


def _signed(value: str) -> tuple[str, str]:
    """`-bukan_pemilu` excludes; a quotation mark could end the filter."""
    bare = value.replace('"', " ").strip()
    return ("-", bare[1:]) if bare.startswith("-") else ("", bare)


def _order(request: Any) -> str:
    wanted = request.args.get("urut")
    return wanted if wanted in _ORDERS else "relevan"


async def _facets(datasette: Any, result: SearchResult, page: Page) -> list[dict[str, Any]]:
    """What the hits are about, each value with its number and the address that chooses it."""
    names = await _names(datasette)
    chosen = set(page.params)
    shown = []
    for facet in FACETS:
        parameter = "wilayah" if facet == "provinsi" else facet
        values = list(result.facets.get(facet, {}).items())
        if facet == "bulan":
            values.sort(reverse=True)
        choices = [
            {
                "name": names(facet, value),
                "number": number,
                "chosen": (parameter, value) in chosen,
                "href": _choose(page, facet, parameter, value),
            }
            for value, number in values[:_SHOWN]
        ]
        if choices:
            shown.append({"name": facet, "choices": choices, "more": len(values) - _SHOWN})
    return shown


def _choose(page: Page, facet: str, parameter: str, value: str) -> str:
    if facet == "bulan":
        return page.link(sejak=value, hingga=value)
    return page.link(**{parameter: value})


async def _names(datasette: Any) -> Callable[[str, str], str]:
    """The words for the codes of the facets."""
    outlets = await bases.rows(datasette, "SELECT id, name FROM outlets")
    regions = await bases.rows(datasette, _PROVINCES)
    known: dict[str, dict[str, str]] = {
        "media": {row["id"]: row["name"] for row in outlets},
        "provinsi": {row["code"]: row["short_name"] for row in regions},
        "tema": judgement.themes(),
    }

    def name(facet: str, value: str) -> str:
        if facet == "bulan":
            return day(f"{value}-01").split(" ", 2)[2]
        return known.get(facet, {}).get(value) or label(value, "status")

    return name
