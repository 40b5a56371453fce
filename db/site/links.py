"""One-time sign-in links. Only digests are kept, and only in the memory of the running site."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from weakref import WeakKeyDictionary

VALID: Final = timedelta(minutes=15)

_issued: WeakKeyDictionary[Any, dict[str, tuple[str, datetime]]] = WeakKeyDictionary()


def issue(datasette: Any, username: str) -> str:
    """A token that signs `username` in once, within `VALID`."""
    token = secrets.token_urlsafe(32)
    expires = datetime.now(UTC) + VALID
    _issued.setdefault(datasette, {})[_digest(token)] = (username, expires)
    return token


def redeem(datasette: Any, token: str) -> str | None:
    """Whose link it was; it works no second time."""
    username, expires = _issued.get(datasette, {}).pop(_digest(token), (None, datetime.now(UTC)))
    return username if datetime.now(UTC) < expires else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
