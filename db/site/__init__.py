"""The site as a Datasette plugin: works under `pantau serve` and plain `datasette`.

Every function here is a hook that Datasette calls by its name; the work is in the modules.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from datasette.utils import parse_metadata
from pluggy import HookimplMarker

from db import words
from db.site import bases, cells, errors, guard, headers, routes, session
from db.site.alert import address
from db.site.article import reasons
from db.site.corrected import figure, office

hookimpl = HookimplMarker("datasette")  # Datasette's own one is untyped


@hookimpl(tryfirst=True)
def register_routes() -> list[tuple[str, guard.View]]:
    return routes.ROUTES


@hookimpl(trylast=True)  # the last answer counts
def permission_allowed(datasette: Any, actor: Any, action: str, resource: Any) -> bool | None:
    return guard.decide(datasette, actor, action, resource)


@hookimpl(tryfirst=True)
def actor_from_request(datasette: Any, request: Any) -> Any:
    return session.actor(datasette, request)


@hookimpl
def skip_csrf(scope: dict[str, Any]) -> bool:
    return routes.checks_its_form(scope["path"])


@hookimpl(tryfirst=True)
def forbidden(datasette: Any, request: Any) -> Any:
    return errors.forbidden(datasette, request)


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Replace Datasette's handler, which prints every 404 with all local variables."""
    outcome = yield
    outcome.force_result([errors.handle(datasette, request, exception)])


@hookimpl
def asgi_wrapper() -> Any:
    return headers.wrap


@hookimpl(trylast=True)  # after Datasette's own `escape_fts`
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    bases.prepare(conn, database, datasette)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    env.finalize = words.clean  # whatever page or plugin shows it
    env.filters.update(words.FILTERS, jabatan=office, besaran=figure)
    env.globals.update(
        labels=words.labels, says=words.says, reasons=reasons, role_of=guard.role, address=address
    )


@hookimpl
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    return {"public_site": lambda: guard.is_public(datasette)}


@hookimpl
def render_cell(value: Any, column: str, table: str, database: str) -> Any:
    return cells.render(value, column, table, database)


@hookimpl
def get_metadata() -> dict[str, Any]:
    return metadata()


@cache
def metadata() -> dict[str, Any]:
    """Titles, descriptions and facets of the tables, in Indonesian."""
    path = Path(__file__).with_name("metadata.yaml")
    read: dict[str, Any] = parse_metadata(path.read_text(encoding="utf-8"))
    return read
