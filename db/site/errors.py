"""Pages for what went wrong, in Indonesian."""

from __future__ import annotations

import logging
import sqlite3
from typing import Any, Final
from urllib.parse import quote

from datasette import Response
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from db.site.bases import MissingBaseError

log = logging.getLogger("pantau.situs")

_STATUS: Final = {
    400: "Permintaan ini tidak dapat dipahami.",
    403: "Anda tidak berhak membuka halaman ini.",
    404: "Halaman ini tidak ada.",
}

_TOO_LONG: Final = "Pencarian ini terlalu lama. Persempit dengan kata, wilayah atau waktu."


class PageError(Exception):
    """A request that is answered with a status and a message for the person."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def page(datasette: Any, request: Any, status: int, message: str) -> Any:
    """The error as a page, or as JSON where a program asked."""
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": message, "status": status}, status=status)
    context = {"status": status, "error": message}
    html = await datasette.render_template("error.html", context, request=request)
    return Response.html(html, status=status)


async def forbidden(datasette: Any, request: Any) -> Any:
    """Send people who have not signed in to the sign-in page, and back afterwards."""
    wants_page = request.method == "GET" and not request.path.endswith((".json", ".csv"))
    if request.actor is None and wants_page:
        target = quote(request.full_path, safe="")
        return Response.redirect(datasette.urls.path(f"/masuk?lanjut={target}"))
    if request.actor is None:
        return await page(datasette, request, 403, "Masuk dahulu untuk membuka halaman ini.")
    return await page(datasette, request, 403, _STATUS[403])


async def handle(datasette: Any, request: Any, error: Exception) -> Any:
    status, message = explain(error)
    if status >= 500:
        log.error("%s %s", request.method, request.path, exc_info=error)
    return await page(datasette, request, status, message)


def explain(error: Exception) -> tuple[int, str]:
    """HTTP status and the message for the person."""
    if isinstance(error, PageError):
        return error.status, str(error)
    if isinstance(error, MissingBaseError):
        return 503, str(error)
    if isinstance(error, QueryInterrupted):
        return 503, _TOO_LONG
    if isinstance(error, sqlite3.OperationalError):
        return _base_error(str(error))
    if isinstance(error, Base400 | DatasetteError):
        return error.status, _STATUS.get(error.status, _STATUS[400])
    if isinstance(error, AssertionError):  # how Datasette refuses a POST to a table
        return 400, _STATUS[400]
    return 500, "Terjadi kesalahan di peladen. Ulangi; bila tetap, beri tahu pengelola."


def _base_error(reason: str) -> tuple[int, str]:
    if reason == "interrupted":
        return 503, _TOO_LONG
    if "no such table" in reason:
        return 503, (
            "Basis data ini belum berisi tabel Pantau atau berasal dari versi lain. "
            "Jalankan `pantau serve`, yang menyiapkan tabelnya."
        )
    if "locked" in reason or "busy" in reason:
        return 503, "Basis data sedang dipakai proses lain. Ulangi sebentar lagi."
    if "full" in reason:
        return 507, "Disk penuh: perubahan Anda belum tersimpan."
    return 400, "Permintaan ini tidak dapat dijalankan pada basis data."
