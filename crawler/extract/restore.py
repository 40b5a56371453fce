"""Filling a base that was lost or lags behind from the archive, before everything is read anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler import archive
from crawler import outlets as bundled
from crawler.outlets import NATIONAL_TIMEZONE, Outlet
from db import fetches

_COLUMNS = ("id", "name", "network", "kind", "province_code", "timezone")


def responses(db: Database, folder: Path, outlets: Iterable[Outlet]) -> None:
    """Add to `fetches` what only the archive knows, its outlets first."""
    unknown = archive.index(folder, db).unknown_outlets
    if unknown:
        known = {outlet.id: outlet for outlet in [*bundled.load(), *outlets]}
        rows = [outlet_row(known[name]) if name in known else stranger(name) for name in unknown]
        fetches.save_outlets(db, rows)
        archive.index(folder, db)


def outlet_row(outlet: Outlet) -> dict[str, Any]:
    """The row of `outlets` for a declared outlet."""
    return {column: getattr(outlet, column) for column in _COLUMNS}


def stranger(name: str) -> dict[str, Any]:
    """The row of an outlet that no file declares: it came with an import."""
    values = (name, name, "generic", "impor", None, NATIONAL_TIMEZONE)
    return dict(zip(_COLUMNS, values, strict=True))
