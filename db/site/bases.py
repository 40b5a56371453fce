"""Reading and writing the two bases from a page."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from datasette.utils import escape_fts, sqlite_timelimit

from db import audit
from nlp.stems import stem_text

Result = TypeVar("Result")
Row = dict[str, Any]

PATIENCE_MS: Final = 2_000
EXPORT_PATIENCE_MS: Final = 30_000

_EMPTY_DESK = """
    ATTACH DATABASE 'file::memory:?mode=memory' AS meja;
    CREATE TABLE meja.accounts (username, name, role, active);
    CREATE TABLE meja.alert_events (id, alert_key, at, actor, state, assignee, note, verdict);
    CREATE TABLE meja.alert_states (alert_key, state, assignee, verdict, last_event, changed_at);
"""


class MissingBaseError(Exception):
    """A base that this Datasette does not serve; the message is in Indonesian."""


def base(datasette: Any, name: str) -> Any:
    """The Datasette database `berita` or `meja`."""
    try:
        return datasette.databases[name]
    except KeyError:
        raise MissingBaseError(
            f"{name}.db tidak dibuka. Jalankan `pantau serve`, atau `datasette berita.db meja.db`."
        ) from None


def has_desk(datasette: Any) -> bool:
    return "meja" in datasette.databases


def archive(datasette: Any) -> Path:
    """The folder of the WARC files, beside `berita.db`."""
    return Path(base(datasette, "berita").path).with_name("arsip")


async def rows(datasette: Any, sql: str, params: Any = (), name: str = "berita") -> list[Row]:
    found = await base(datasette, name).execute(sql, params)
    return [dict(row) for row in found.rows]


async def row(datasette: Any, sql: str, params: Any = (), name: str = "berita") -> Row | None:
    found = await rows(datasette, sql, params, name)
    return found[0] if found else None


async def ask(
    datasette: Any, question: Callable[[sqlite3.Connection], Result], patience: int = PATIENCE_MS
) -> Result:
    """What `question` finds in `berita.db`; cut off after `patience` milliseconds."""

    def limited(connection: sqlite3.Connection) -> Result:
        with sqlite_timelimit(connection, patience):
            return question(connection)

    answer: Result = await base(datasette, "berita").execute_fn(limited)
    return answer


async def write(datasette: Any, task: Callable[[sqlite3.Connection], Result]) -> Result:
    """Run `task` on `meja.db` in one transaction.

    Datasette 0.65 commits nothing by itself, and a transaction left open locks the file.
    """

    def inside(connection: sqlite3.Connection) -> Result:
        with connection:
            return task(connection)

    result: Result = await base(datasette, "meja").execute_write_fn(inside)
    return result


async def note(datasette: Any, actor: Row | None, action: str, noun: str) -> None:
    """Audit something that leaves the base: a copy, an export."""
    if actor and has_desk(datasette):
        who = str(actor["id"])
        await write(datasette, lambda meja: audit.record(meja, who, action, noun))


def prepare(connection: sqlite3.Connection, name: str, datasette: Any) -> None:
    """Teach a new connection Indonesian roots, and let `berita` read `meja`."""
    connection.create_function("escape_fts", 1, stemmed_query, deterministic=True)
    if name != "berita":
        return
    if has_desk(datasette):
        path = Path(base(datasette, "meja").path).absolute().as_uri()
        connection.execute("ATTACH DATABASE ? AS meja", (f"{path}?mode=ro",))
    else:
        connection.executescript(_EMPTY_DESK)
    connection.set_authorizer(_no_password_hash)


def stemmed_query(query: str | None) -> str:
    """What somebody typed as an FTS5 query over roots; nothing typed finds nothing."""
    return str(escape_fts(stem_text(query or ""))) or '""'


def _no_password_hash(action: int, table: str | None, column: str | None, *_: Any) -> int:
    hidden = action == sqlite3.SQLITE_READ and (table, column) == ("accounts", "password_hash")
    return sqlite3.SQLITE_DENY if hidden else sqlite3.SQLITE_OK
