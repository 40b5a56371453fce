"""The kliping as DOCX, to be edited before it goes to the head of the office."""

from __future__ import annotations

from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from db.paper import saved, sheet
from db.reports import wording
from db.reports.items import Item
from db.reports.kliping import SECTIONS, Kliping
from db.words import link

_GREY: Final = RGBColor(0x56, 0x61, 0x69)
_WIDTHS: Final = (0.9, 6.0, 2.6, 2.6, 2.5, 2.4)


def docx(kliping: Kliping) -> bytes:
    caution = wording.sentences()["caution"]
    document = sheet(wording.heading(kliping), caution, author="Pantau")
    _cover(document, kliping)
    if kliping.items:
        _summary(document, kliping)
        _contents(document, kliping)
        _sections(document, kliping)
    else:
        document.add_paragraph(wording.nothing(kliping)).runs[0].bold = True
    _sources(document, kliping)
    return saved(document)


def _cover(document: Any, kliping: Kliping) -> None:
    document.add_heading(wording.heading(kliping), level=0)
    for line in (wording.span(kliping), wording.made(kliping), wording.totals(kliping)):
        document.add_paragraph(line)
    document.add_paragraph(wording.eyes(kliping))


def _summary(document: Any, kliping: Kliping) -> None:
    document.add_heading("Ringkasan", level=1)
    document.add_paragraph(wording.counts(kliping))
    if not kliping.issues:
        document.add_paragraph("Tidak ada isu pelanggaran atau isu lembaga.")
    for issue in kliping.issues:
        paragraph = document.add_paragraph(style="List Number")
        paragraph.add_run(issue.newest.title).bold = True
        paragraph.add_run(f". {wording.stands(issue)}")


def _contents(document: Any, kliping: Kliping) -> None:
    document.add_heading("Daftar berita", level=1)
    head, *rows = wording.contents(kliping)
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    table.autofit = False
    _cells(table.rows[0], head, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        _cells(table.add_row(), row)


def _cells(row: Any, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold, Pt(9)


def _sections(document: Any, kliping: Kliping) -> None:
    number = 0
    for name, items in kliping.sections.items():
        document.add_heading(SECTIONS[name], level=1)
        if not items:
            document.add_paragraph(wording.sentences()["none_here"])
        theme = None
        for item in items:
            if name == "pelanggaran" and item.theme != theme:
                theme = item.theme
                document.add_heading(theme or "Tanpa tema", level=2)
            number += 1
            _item(document, number, item)


def _item(document: Any, number: int, item: Item) -> None:
    document.add_heading(f"{number}. {item.title}", level=3)
    document.add_paragraph().add_run(wording.status(item)).bold = True
    document.add_paragraph(wording.facts(item))
    document.add_paragraph(wording.quote(item)).paragraph_format.left_indent = Cm(0.8)
    for one in item.all:
        paragraph = document.add_paragraph()
        if one is not item:
            paragraph.add_run(f"Juga {one.outlet}, {wording.published(one)}: {one.title} ")
        _link(paragraph, one.url)
        _small(document, wording.proof(one))


def _link(paragraph: Any, address: str) -> None:
    """A clickable address; python-docx has no call for it."""
    if not link(address):
        paragraph.add_run(address)
        return
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), target)
    run = paragraph.add_run(address)
    run.font.underline = True
    run.font.color.rgb = RGBColor(0x0F, 0x5B, 0x66)
    element.append(run._r)
    paragraph._p.append(element)


def _small(document: Any, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(8), _GREY


def _sources(document: Any, kliping: Kliping) -> None:
    document.add_heading("Sumber", level=1)
    document.add_paragraph(wording.eyes(kliping))
    if failed := wording.failures(kliping):
        document.add_paragraph(failed)
