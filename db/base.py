"""Opening the two files, with their migrations applied and the reasons when that fails."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations

from db import schema

BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""


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
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        db = Database(connection)
        db.enable_wal()
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        _refuse_newer(path, db, migrations)
        if migrations.pending(db):
            migrations.apply(db)
    except (sqlite3.Error, OSError) as error:
        raise BaseError(explain(path, error)) from error
    return db


def explain(path: Path, error: Exception) -> str:
    """Say in the user's words what SQLite or the file system reported about `path`."""
    reason = str(error)
    if "locked" in reason or "busy" in reason:
        return f"{path}: sedang dikunci proses lain lebih dari {BUSY_SECONDS} detik. Coba lagi."
    if "full" in reason or getattr(error, "errno", None) == 28:
        return f"{path}: disk penuh. Kosongkan ruang, lalu ulangi; yang sudah tersimpan tetap utuh."
    if "not a database" in reason:
        return f"{path}: bukan basis data SQLite."
    if "malformed" in reason:
        return f"{path}: berkas rusak. Pulihkan cadangannya atau bangun ulang dari arsip."
    return f"{path}: tidak dapat dibuka ({reason})."


def _refuse_newer(path: Path, db: Database, migrations: Migrations) -> None:
    declared = {step.name for step in migrations.pending(Database(memory=True))}
    applied = {step.name for step in migrations.applied(db)}
    if unknown := sorted(applied - declared):
        raise BaseError(
            f"{path}: dibuat oleh Pantau yang lebih baru (langkah {', '.join(unknown)}). "
            "Perbarui Pantau."
        )
