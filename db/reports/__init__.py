"""Reports: what happened in a region, as a file for people who do not open the site."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from db.base import Home, told
from db.reports import document, message, place, printed, table, window, workbook
from db.reports.errors import ReportError
from db.reports.kliping import Kliping, collect

FORMS: Final[dict[str, tuple[str, Callable[[Kliping], bytes]]]] = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        document.docx,
    ),
    "pdf": ("application/pdf", printed.pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.xlsx),
    "csv": ("text/csv; charset=utf-8", table.csv),
    "teks": ("text/plain; charset=utf-8", message.text),
}
"""Name of a form: its content type, and what makes it."""

__all__ = ["FORMS", "Kliping", "ReportError", "collect", "make", "save"]


def make(
    home: Home, *, region: str | None, since: str | None, until: str | None, form: str
) -> bytes:
    """The kliping of a region (None: all) as a file in one of `FORMS`.

    `since` and `until` are read on the clock of the region, by default the 24 hours up to the
    last full hour. Raises `ReportError` and `BaseError`.
    """
    where = place.find(region)
    when = window.of(since, until, where.clock)
    with told(home.berita), closing(home.open_berita()) as db:
        found = collect(db.conn, where, when)
    return FORMS[form][1](found)


def save(data: bytes, path: Path) -> None:
    """Write a whole file or nothing: a kliping of yesterday stays when today's fails.

    Raises `ReportError`.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise ReportError(
            f"{path}: tidak dapat ditulis. Periksa nama, izin dan foldernya serta sisa ruang disk "
            f"({error.strerror})."
        ) from error
