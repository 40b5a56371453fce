"""Rows as a file that a spreadsheet opens as it is meant."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

import xlsxwriter

_TEXT_ONLY: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""Titles are text, whatever they look like: no formulas, no links made by themselves."""
_CELL: Final = 32_000  # characters that a cell of a workbook holds, a little less than Excel's end


def as_csv(found: list[dict[str, Any]]) -> bytes:
    """With the mark by which Excel knows UTF-8, and nothing that Excel would calculate."""
    stream = io.StringIO()
    if found:
        writer = csv.DictWriter(stream, list(found[0]))
        writer.writeheader()
        writer.writerows({name: _harmless(value) for name, value in row.items()} for row in found)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(found: list[dict[str, Any]], name: str = "Artikel") -> bytes:
    """One sheet with a frozen, filtered head line."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _TEXT_ONLY) as book:
        sheet = book.add_worksheet(name)
        head = book.add_format({"bold": True, "bg_color": "#E2EFF0", "border": 1})
        for line, row in enumerate(found, start=1):
            for column, (key, value) in enumerate(row.items()):
                if line == 1:
                    sheet.write_string(0, column, key, head)
                _put(sheet, line, column, value)
        sheet.freeze_panes(1, 0)
        if found:
            sheet.autofilter(0, 0, len(found), len(found[0]) - 1)
    return stream.getvalue()


def _put(sheet: Any, line: int, column: int, value: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(line, column, value)
    elif value is not None:
        sheet.write_string(line, column, str(value)[:_CELL])


def _harmless(value: Any) -> Any:
    formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if formula else value
