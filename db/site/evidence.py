"""The archived copy of a page, as a route answers with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.evidence import EvidenceError, read
from db.site.errors import PageError


def payload(folder: Path, fetch: dict[str, Any]) -> bytes:
    """The body of one archived answer, as it came.

    Raises `PageError` when the file is missing, unreadable, or no longer what was fetched.
    """
    try:
        copy = read(folder, fetch)
    except EvidenceError as error:
        raise PageError(404 if error.missing else 409, str(error)) from error
    if copy.fault:
        raise PageError(409, copy.fault)
    return copy.received
