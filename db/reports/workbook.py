"""The kliping as XLSX: the articles, and beside them the figures and the sources."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any, Final

import xlsxwriter

from db.reports import table, wording
from db.reports.items import Item
from db.reports.kliping import Kliping
from db.words import label

_WIDTHS: Final = {"judul": 60, "tautan": 45, "terbit_terbaca": 26, "status_menurut_media": 38}


def xlsx(kliping: Kliping) -> bytes:
    stream = io.BytesIO()
    # Titles are text, whatever they look like: no formulas, no links made by themselves.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E2EFF0", "border": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _articles(book.add_worksheet("Berita"), kliping, bold, wrap)
        _figures(book.add_worksheet("Rekap"), kliping, bold)
        if kliping.items:
            _regions(book.add_worksheet("Wilayah x tema"), kliping, bold)
    return stream.getvalue()


def _articles(sheet: Any, kliping: Kliping, bold: Any, wrap: Any) -> None:
    rows = list(table.rows(kliping)) or [table.nihil(kliping)]
    for column, name in enumerate(rows[0]):
        sheet.set_column(column, column, _WIDTHS.get(name, 18))
        sheet.write_string(0, column, name, bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row.values()):
            if isinstance(value, int):
                sheet.write_number(line, column, value, wrap)
            else:
                sheet.write_string(line, column, value, wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(rows[0]) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _figures(sheet: Any, kliping: Kliping, bold: Any) -> None:
    found = kliping.sources
    lines: list[tuple[str, str | int]] = [
        ("Wilayah", kliping.place.name),
        ("Rentang terbit", str(kliping.window)),
        ("Disusun", wording.made(kliping)),
        ("Berita", kliping.articles),
        ("Naskah (salinan disatukan)", len(kliping.items)),
        ("Media", kliping.media),
        *((label(status, "status"), total) for status, total in kliping.statuses.items()),
        ("Sumber terbaca", found.read),
        ("Sumber gagal", len(found.failed)),
        ("Sumber tidak dicoba", found.untried),
        ("Artikel belum dinilai", kliping.unjudged),
        *((f"Gagal: {name}", reason) for name, reason in found.failed),
        ("Catatan", wording.sentences()["caution"]),
    ]
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70)
    for line, (name, value) in enumerate(lines):
        sheet.write_string(line, 0, name, bold)
        sheet.write(line, 1, value)


def _regions(sheet: Any, kliping: Kliping, bold: Any) -> None:
    """How many texts tell of each theme in each region; copies count once."""
    counted = Counter((_region(item), item.theme or "tanpa tema") for item in kliping.items)
    regions = sorted({region for region, _ in counted})
    themes = sorted({theme for _, theme in counted})
    for column, name in enumerate(["wilayah", *themes, "jumlah"]):
        sheet.write_string(0, column, name, bold)
    for line, region in enumerate(regions, start=1):
        numbers = [counted[region, theme] for theme in themes]
        sheet.write_string(line, 0, region)
        sheet.write_row(line, 1, [*numbers, sum(numbers)])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(themes) + 1, 16)
    sheet.freeze_panes(1, 1)


def _region(item: Item) -> str:
    return item.region or "wilayah tidak disebut"
