"""`/cari`"""

from __future__ import annotations

from typing import Any

from db.site import guard
from db.site.errors import PageError


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    raise PageError(503, "Halaman pencarian belum siap.")


@guard.reader
async def export(datasette: Any, request: Any) -> Any:
    raise PageError(503, "Halaman pencarian belum siap.")
