"""The kliping as PDF, to be sent and filed as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    CondPageBreak,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from db.reports import wording
from db.reports.items import Item
from db.reports.kliping import SECTIONS, Kliping
from db.words import link

_INK: Final = HexColor("#1d2528")
_SOFT: Final = HexColor("#566169")
_ACCENT: Final = HexColor("#0f5b66")
_LINE: Final = HexColor("#b9c2be")
_HEAD: Final = HexColor("#e2eff0")
_WIDTHS: Final = (0.9 * cm, 6.0 * cm, 2.6 * cm, 2.6 * cm, 2.5 * cm, 2.4 * cm)

_ROOM: Final = 6 * cm
"""What the head of the list needs below it on its page."""


def pdf(kliping: Kliping) -> bytes:
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        margins=2 * cm,
        title=wording.heading(kliping),
        author="Pantau",
        lang="id-ID",
        **{f"{side}Margin": 2 * cm for side in ("left", "right", "top", "bottom")},
    )
    document.build(list(_story(kliping)), onFirstPage=_foot, onLaterPages=_foot)
    return stream.getvalue()


def _story(kliping: Kliping) -> Iterator[Any]:
    yield _said(wording.heading(kliping), "title")
    for line in (wording.span(kliping), wording.made(kliping), wording.totals(kliping)):
        yield _said(line)
    yield _said(wording.eyes(kliping))
    if kliping.items:
        yield from _summary(kliping)
        yield from (CondPageBreak(_ROOM), _said("Daftar berita", "h1"))
        yield _contents(kliping)
        yield from _sections(kliping)
    else:
        yield _said(wording.nothing(kliping), "strong")
    if failed := wording.failures(kliping):
        yield from (_said("Sumber yang gagal", "h1"), _said(failed))


def _summary(kliping: Kliping) -> Iterator[Any]:
    yield _said("Ringkasan", "h1")
    yield _said(wording.counts(kliping))
    if not kliping.issues:
        yield _said("Tidak ada isu pelanggaran atau isu lembaga.")
    for number, issue in enumerate(kliping.issues, start=1):
        yield _said(f"{number}. {issue.newest.title}", "strong")
        yield _said(wording.stands(issue))


def _contents(kliping: Kliping) -> Any:
    head, *rows = wording.contents(kliping)
    cells = [[_said(text, "cell_head") for text in head]]
    cells += [[_said(text, "cell") for text in row] for row in rows]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
        ("BACKGROUND", (0, 0), (-1, 0), _HEAD),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(cells, colWidths=_WIDTHS, repeatRows=1, style=TableStyle(style))


def _sections(kliping: Kliping) -> Iterator[Any]:
    number = 0
    for name, items in kliping.sections.items():
        ahead = [_said(SECTIONS[name], "h1")]
        if not items:
            yield from (*ahead, _said(wording.sentences()["none_here"]))
        theme = None
        for item in items:
            if name == "pelanggaran" and item.theme != theme:
                theme = item.theme
                ahead.append(_said(theme or "Tanpa tema", "h2"))
            number += 1
            yield KeepTogether([*ahead, *_item(number, item)])
            ahead = []


def _item(number: int, item: Item) -> Iterator[Any]:
    yield _said(f"{number}. {item.title}", "strong")
    yield _said(wording.status(item))
    yield _said(wording.facts(item), "soft")
    yield _said(wording.quote(item), "quote")
    for one in item.all:
        if one is not item:
            yield _said(f"Juga {one.outlet}, {wording.published(one)}: {one.title}")
        yield _address(one.url)
        yield _said(wording.proof(one), "small")


def _said(text: str, style: str = "body") -> Any:
    """Plain text: nothing in it is markup, and signs the font lacks show as a question mark."""
    return Paragraph(escape(_drawable(text)), _styles()[style])


def _address(address: str) -> Any:
    if not link(address):
        return _said(address, "small")
    shown = escape(_drawable(address))
    return Paragraph(f'<a href="{shown}">{shown}</a>', _styles()["link"])


def _drawable(text: str) -> str:
    glyphs = _font().face.charToGlyph
    return "".join(sign if ord(sign) in glyphs else "?" for sign in text)


@cache
def _font() -> Any:
    """ReportLab brings Bitstream Vera; every Latin letter is in it, on every machine."""
    for name, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd")
    return pdfmetrics.getFont("Vera")


@cache
def _styles() -> dict[str, ParagraphStyle]:
    _font()

    def style(name: str, size: float, **more: Any) -> ParagraphStyle:
        given = {"fontName": "Vera", "textColor": _INK, "spaceAfter": 3, **more}
        return ParagraphStyle(name, fontSize=size, leading=size * 1.4, **given)

    bold = {"fontName": "VeraBd"}
    found = (
        style("title", 17, **bold, textColor=_ACCENT, spaceAfter=8),
        style("h1", 13, **bold, textColor=_ACCENT, spaceBefore=14, spaceAfter=6),
        style("h2", 10.5, **bold, spaceBefore=8),
        style("strong", 9.5, **bold, spaceBefore=8),
        style("body", 9),
        style("soft", 8.5, textColor=_SOFT),
        style("quote", 8.5, leftIndent=14),
        style("small", 7, textColor=_SOFT),
        style("link", 8, textColor=_ACCENT),
        style("cell", 7.5, spaceAfter=0),
        style("cell_head", 7.5, **bold, spaceAfter=0),
    )
    return {one.name: one for one in found}


def _foot(canvas: Any, document: Any) -> None:
    note = _said(wording.sentences()["caution"], "small")
    note.wrap(A4[0] - 5.5 * cm, 1.5 * cm)
    note.drawOn(canvas, 2 * cm, 0.7 * cm)
    canvas.setFont("Vera", 7)
    canvas.drawRightString(A4[0] - 2 * cm, 0.9 * cm, str(document.page))
