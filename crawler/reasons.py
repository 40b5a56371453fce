"""Why a request brought nothing, in Indonesian."""

from __future__ import annotations

from http import HTTPStatus

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

REASONS: dict[type[Exception], str] = {
    CannotResolveHostError: "nama host tidak ditemukan",
    DownloadCancelledError: "halaman terlalu besar",
    DownloadConnectionRefusedError: "sambungan ditolak",
    DownloadTimeoutError: "waktu tunggu habis",
    ResponseDataLossError: "jawaban terpotong",
    DownloadFailedError: "sambungan terputus",
}

LOOP = "pengalihan berputar"
UNREADABLE_ROBOTS = "robots.txt tidak terbaca"

REFUSALS = {
    "Forbidden by robots.txt": "robots.txt",
    "max redirections": LOOP,
    "DOWNLOAD_MAXSIZE": "halaman terlalu besar",
}
"""Words in Scrapy's own refusals."""


def reason_of(error: BaseException | None) -> str:
    """Name the cause; an unknown one keeps its own words."""
    if isinstance(error, IgnoreRequest):
        text = str(error)
        return next((reason for words, reason in REFUSALS.items() if words in text), text)
    for kind, reason in REASONS.items():
        if isinstance(error, kind):
            return reason
    return f"{type(error).__name__}: {error}"[:200]


def reason_of_status(status: int) -> str:
    """Name an HTTP status."""
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"
