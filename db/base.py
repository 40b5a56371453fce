"""Opening the two files, with their migrations applied and the reasons when that fails."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from db import schema

BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""


_SAYINGS = {
    "locked": f"sedang dikunci proses lain lebih dari {BUSY_SECONDS} detik. Coba lagi.",
    "busy": f"sedang dikunci proses lain lebih dari {BUSY_SECONDS} detik. Coba lagi.",
    "is full": "disk penuh. Kosongkan ruang, lalu ulangi; yang sudah tersimpan tetap utuh.",
    "No space left": "disk penuh. Kosongkan ruang, lalu ulangi; yang sudah tersimpan tetap utuh.",
    "not a database": "bukan basis data SQLite.",
    "malformed": "berkas rusak. Pulihkan cadangannya atau bangun ulang dari arsip.",
    "readonly": "tidak boleh ditulis. Periksa izin berkas dan foldernya.",
    "unable to open": "tidak dapat dibuka. Periksa nama dan izin berkas serta foldernya.",
}
"""What SQLite or the system reports, and what that means to the user."""


class BaseError(Exception):
    """A base that cannot be used; the message is in Indonesian and names the file."""


@dataclass(frozen=True)
class Home:
    """Where everything of one installation lies: both bases and the archive, side by side."""

    berita: Path

    @property
    def meja(self) -> Path:
        return self.berita.with_name("meja.db")

    @property
    def archive(self) -> Path:
        return self.berita.with_name("arsip")

    def open_berita(self) -> Database:
        return open_base(self.berita, schema.berita)

    def open_meja(self) -> Database:
        return open_base(self.meja, schema.meja)


def open_base(path: Path, migrations: Migrations) -> Database:
    """Open `path` in WAL mode with foreign keys on, bringing its tables up to date.

    Raises `BaseError` when the file is no base, locked, on a full disk or newer than this program.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _closed_on_error(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            db = Database(connection)
            _enable_wal(db)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            _refuse_newer(path, db, migrations)
            if migrations.pending(db):
                _migrate(db, migrations)
    except (sqlite3.Error, OSError) as error:
        raise BaseError(explain(path, error)) from error
    return db


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def _enable_wal(db: Database) -> None:
    """SQLite does not wait for another process that is switching the same new file to WAL."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return db.enable_wal()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def _migrate(db: Database, migrations: Migrations) -> None:
    """One process migrates, a second one waits here and then finds nothing left to do."""
    with writing(db):
        migrations.apply(db)


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction that takes the write lock at once, so that it waits instead of failing.

    A transaction that reads first and writes later fails at once when another process wrote in
    between. Inside an open transaction this is a savepoint.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


def insert(db: Database, table: str, row: Mapping[str, Any], *, ignore: bool = False) -> bool:
    """Add a row without looking at the schema first; False when `ignore` left it out.

    Table and columns must be our own names, never input.
    """
    verb = "INSERT OR IGNORE" if ignore else "INSERT"
    marks = ", ".join("?" * len(row))
    cursor = db.execute(
        f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})",
        list(row.values()),
    )
    return cursor.rowcount > 0


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn a full disk, a lock or a broken file met while working into `BaseError`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not any(sign in str(error) for sign in _SAYINGS):
            raise
        raise BaseError(explain(path, error)) from error


def explain(path: Path, error: Exception) -> str:
    """Say in the user's words what SQLite or the file system reported about `path`."""
    reason = str(error)
    for sign, says in _SAYINGS.items():
        if sign in reason:
            return f"{path}: {says}"
    return f"{path}: tidak dapat dibuka ({reason})."


def _refuse_newer(path: Path, db: Database, migrations: Migrations) -> None:
    declared = {step.name for step in migrations.pending(Database(memory=True))}
    applied = {step.name for step in migrations.applied(db)}
    if unknown := sorted(applied - declared):
        raise BaseError(
            f"{path}: dibuat oleh Pantau yang lebih baru (langkah {', '.join(unknown)}). "
            "Perbarui Pantau."
        )
