"""`/kliping`: the morning report of a region, to look at and to take along."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Final

from datasette import Response

from db import reports
from db.reports import items, message, wording
from db.reports.kliping import SECTIONS, Kliping
from db.reports.place import Place, find
from db.reports.window import Window, of
from db.site import bases, guard
from db.site.errors import PageError
from nlp import lexicon

SHOWN: Final = 50  # items of a section on the page; the files hold all
_RANGES: Final = {"24 jam": 1, "7 hari": 7, "30 hari": 30}
_FIELD: Final = "%Y-%m-%dT%H:%M"
FORMS: Final = {"docx": "DOCX", "pdf": "PDF", "xlsx": "XLSX", "csv": "CSV", "teks": "Teks"}


@dataclass(frozen=True)
class Wish:
    """What the address asks for; without a region that of the account."""

    region: str
    since: str
    until: str

    @classmethod
    def of(cls, request: Any) -> Wish:
        own = (request.actor or {}).get("region_code")
        region = request.args.get("wilayah")
        return cls(
            region=(own or "") if region is None else region,
            since=request.args.get("sejak") or "",
            until=request.args.get("hingga") or "",
        )

    def read(self) -> tuple[Place, Window]:
        """Raises `ReportError`."""
        where = find(self.region)
        return where, of(self.since, self.until, where.clock)


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    """`/kliping?wilayah=64&sejak=2024-11-23T08:00&hingga=2024-11-24T08:00`"""
    wish = Wish.of(request)
    context: dict[str, Any] = {"wish": wish, "regions": regions(), "problem": None, "report": None}
    try:
        context |= await _preview(datasette, *wish.read())
    except reports.ReportError as error:
        context["problem"] = str(error)
    html = await datasette.render_template("kliping.html", context, request=request)
    return Response.html(html, status=400 if context["problem"] else 200)


@guard.reader
async def download(datasette: Any, request: Any) -> Any:
    """`/kliping.docx` and the other forms, with the same parameters; audited."""
    form = request.url_vars["format"]
    try:
        where, when = Wish.of(request).read()
        found = await _collect(datasette, where, when, bases.EXPORT_PATIENCE_MS)
    except reports.ReportError as error:
        raise PageError(400, str(error)) from error
    content_type, make = reports.FORMS[form]
    body = await asyncio.to_thread(make, found)
    await bases.note(datasette, request.actor, "kliping_diunduh", f"{where.name}, {when}, {form}")
    ending = "txt" if form == "teks" else form
    name = f"kliping-{where.code or 'semua'}-{when.until:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, headers=headers, content_type=content_type)


async def _preview(datasette: Any, where: Place, when: Window) -> dict[str, Any]:
    found = await _collect(datasette, where, when, bases.PATIENCE_MS)
    newest = None
    if not found.items:
        newest = await bases.ask(datasette, lambda db: items.newest(db, where))
    chosen = {
        "wilayah": where.code or "",
        "sejak": f"{when.since:{_FIELD}}",
        "hingga": f"{when.until:{_FIELD}}",
    }
    return {
        "report": found,
        "chosen": chosen,
        "names": SECTIONS,
        "forms": FORMS,
        "shown": SHOWN,
        "ranges": _ranges(where),
        "newest": newest,
        "message": message.text(found).decode(),
        "wording": wording,
    }


async def _collect(datasette: Any, where: Place, when: Window, patience: int) -> Kliping:
    return await bases.ask(datasette, lambda db: reports.collect(db, where, when), patience)


def _ranges(where: Place) -> dict[str, dict[str, str]]:
    """Parameters of the usual windows; all of them end at the last full hour."""
    usual = of(None, None, where.clock)
    found = {}
    for name, days in _RANGES.items():
        since = usual.until - timedelta(days=days)
        found[name] = {
            "wilayah": where.code or "",
            "sejak": f"{since:{_FIELD}}",
            "hingga": f"{usual.until:{_FIELD}}",
        }
    return found


@cache
def regions() -> list[tuple[str, list[tuple[str, str]]]]:
    """Provinces by name, each with itself and its kabupaten and kota as code and name."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for region in lexicon.regions().values():
        whole = f"{region.province} (seluruh provinsi)"
        name = whole if region.level == "provinsi" else region.full_name
        groups.setdefault(region.province, []).append((region.code, name))
    return sorted(groups.items())
