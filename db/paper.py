"""The one look of every document that leaves the house: an A4 sheet in Indonesian with a footer."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.shared import Cm, Pt


def sheet(title: str, footer: str, author: str = "") -> Any:
    """An empty document of python-docx."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.language = "id-ID"
    document.core_properties.author = author
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    page.footer.paragraphs[0].text = footer
    page.footer.paragraphs[0].runs[0].font.size = Pt(8)
    return document


def saved(document: Any) -> bytes:
    """The document as a DOCX file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
