"""Rows as a CSV file that a spreadsheet opens as it is meant."""

from __future__ import annotations

import csv
import io
from typing import Any


def as_csv(found: list[dict[str, Any]]) -> bytes:
    """With the mark by which Excel knows UTF-8, and nothing that Excel would calculate."""
    stream = io.StringIO()
    if found:
        writer = csv.DictWriter(stream, list(found[0]))
        writer.writeheader()
        writer.writerows({name: _harmless(value) for name, value in row.items()} for row in found)
    return stream.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if formula else value
