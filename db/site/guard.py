"""Who may see and do what. Every route of ours asks here itself; Datasette's ask the same hook."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Final

DESK: Final = "pantau-meja"
"""The action of reading and writing what analysts decide."""

View = Callable[[Any, Any], Awaitable[Any]]

_ABOVE_STAFF: Final = ("atasan", "admin")


def role(actor: dict[str, Any] | None) -> str | None:
    """The actor's role; the root of `datasette --root` is an admin."""
    if not actor:
        return None
    return "admin" if actor.get("id") == "root" else actor.get("role")


def is_public(datasette: Any) -> bool:
    """Whether anybody may read: `publik` of the plugin's settings."""
    return bool((datasette.plugin_config("pantau") or {}).get("publik"))


def decide(datasette: Any, actor: dict[str, Any] | None, action: str, resource: Any) -> bool | None:
    """The answer to Datasette's question, or None to let the more general question decide."""
    rank = role(actor)
    if action == "view-instance":
        return rank is not None or is_public(datasette)
    if action == DESK:
        return rank is not None
    if action == "execute-sql":
        return rank == "admin" and resource == "berita"
    if action == "view-database" and resource != "berita":
        return resource == "meja" and rank in _ABOVE_STAFF
    if action == "view-table" and tuple(resource) == ("meja", "accounts"):
        return False  # password hashes
    if action in {"view-database-download", "debug-menu", "permissions-debug"}:
        return False
    return None


def reader(view: View) -> View:
    """A route for whoever may read."""
    return _asking("view-instance", view)


def desk(view: View) -> View:
    """A route for signed-in analysts."""
    return _asking(DESK, view)


def _asking(action: str, view: View) -> View:
    @wraps(view)
    async def asked(datasette: Any, request: Any) -> Any:
        await datasette.ensure_permissions(request.actor, [action])
        return await view(datasette, request)

    return asked
