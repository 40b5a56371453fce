"""The tables: `berita.db` (what machines made) and `meja.db` (what people decided).

`berita.db` can be thrown away and rebuilt from the archive; `meja.db` is small and precious.
Rows of `meja.db` therefore never point to a row number of `berita.db`: they name an article by
its `key`, which is derived from its canonical URL and survives a rebuild.

Each step is a file of SQL under `migrations/`, run once, in order, in a transaction of its own.
Dates are ISO 8601 text with zone. JSON columns hold lists of `[start, end]` character offsets
into `articles.text` unless said otherwise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database, Migrations

FOLDER = Path(__file__).with_name("migrations")


def _steps(name: str) -> Migrations:
    """The migrations of the base `name`, from its folder."""
    migrations = Migrations(name)
    for path in sorted((FOLDER / name).glob("*.sql")):
        migrations(name=path.stem)(_step(path))
    return migrations


def _step(path: Path) -> Callable[[Database], None]:
    """Execute the file statement by statement: `executescript` would end the transaction."""

    def run(db: Database) -> None:
        statement = ""
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                db.conn.execute(statement)
                statement = ""

    return run


berita = _steps("berita")
meja = _steps("meja")
