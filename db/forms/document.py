"""The draft as DOCX, to be finished by hand."""

from __future__ import annotations

from typing import Any, Final

from docx.shared import Cm, Pt, RGBColor

from db.forms.draft import Draft, Field
from db.paper import saved, sheet
from db.words import clean, moment

_GREY: Final = RGBColor(0x56, 0x61, 0x69)
_WIDTHS: Final = (5.0, 12.0)
_BLANK: Final = "." * 60


def docx(made: Draft) -> bytes:
    document = sheet(made.title, made.caution)
    document.add_heading(made.title, level=0)
    document.add_paragraph(made.case).runs[0].bold = True
    for line in (made.caution, made.mask_note, made.number, f"Disusun {moment(made.made_at)}"):
        if line:
            document.add_paragraph(line)
    for section in made.sections:
        document.add_heading(section.title, level=1)
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        table.autofit = False
        for field in section.fields:
            _row(table, field)
    _end(document, made)
    return saved(document)


def _row(table: Any, field: Field) -> None:
    name, filled = table.add_row().cells
    name.width, filled.width = (Cm(width) for width in _WIDTHS)
    name.paragraphs[0].add_run(field.name)
    for place, statement in enumerate(field.statements):
        paragraph = filled.paragraphs[0] if place == 0 else filled.add_paragraph()
        quote = f" “{statement.quote}”" if statement.quote else ""
        paragraph.add_run(str(clean(f"{statement.text}{quote}")))
        paragraph.add_run(f" [{statement.source}]").font.superscript = True


def _end(document: Any, made: Draft) -> None:
    document.add_paragraph()
    for line in made.signature:
        document.add_paragraph(f"{line}: {_BLANK}")
    document.add_heading("Sumber", level=1)
    for number, source in enumerate(made.sources, start=1):
        run = document.add_paragraph().add_run(str(clean(f"[{number}] {source}")))
        run.font.size, run.font.color.rgb = Pt(8.5), _GREY
