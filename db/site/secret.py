"""The secret that signs session cookies, kept so that a restart signs nobody out."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from db.base import BaseError, Home


def kept(home: Home) -> str:
    """The secret from the environment, or that of the file `rahasia`, made at the first start.

    Raises `BaseError` when the file cannot be written or read.
    """
    if given := os.environ.get("DATASETTE_SECRET"):
        return given
    path = home.berita.with_name("rahasia")
    try:
        _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise BaseError(f"{path}: tidak dapat dibuka ({error.strerror}).") from error


def _make(path: Path) -> None:
    """Write the file readable by its owner only; leave one that is there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
