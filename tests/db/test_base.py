"""Opening the bases: safely from several processes, and with the reason when that fails."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db import base, schema
from db.base import BaseError, Home, told, writing

OPEN = "import sys; from pathlib import Path; from db.base import Home; " + (
    "home = Home(Path(sys.argv[1])); home.open_berita(); home.open_meja()"
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data" / "berita.db")


def test_a_new_base_has_its_tables_wal_and_foreign_keys(home: Home) -> None:
    db = home.open_berita()
    assert {"articles", "annotations", "stories", "alerts"} <= set(db.table_names())
    assert {"berita_pemilu", "dugaan", "pejabat", "rekap_tema"} <= set(db.view_names())
    assert db.journal_mode == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert "watches" in home.open_meja().table_names()


def test_several_processes_may_open_a_new_base_at_once(home: Home) -> None:
    command = [sys.executable, "-c", OPEN, str(home.berita)]
    openers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    errors = [opener.communicate()[1] for opener in openers]
    assert errors == [""] * 5
    applied = home.open_berita().execute("SELECT name FROM _sqlite_migrations").fetchall()
    assert len(applied) == len(set(applied))


def test_a_failed_step_leaves_nothing_behind(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.open_berita().close()

    def broken(db: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    steps = schema.berita._migrations
    monkeypatch.setattr(
        schema.berita, "_migrations", [*steps, type(steps[0])("m999_broken", broken)]
    )
    with pytest.raises(BaseError, match="disk penuh"):
        home.open_berita()
    monkeypatch.undo()
    home.open_berita().execute("SELECT 1 FROM articles")


def test_a_file_that_is_no_base_is_refused(home: Home) -> None:
    home.berita.parent.mkdir()
    home.berita.write_text("bukan basis data " * 100)
    with pytest.raises(BaseError, match=r"berita\.db: bukan basis data SQLite"):
        home.open_berita()
    assert home.berita.read_text().startswith("bukan basis data")


def test_a_base_of_a_newer_program_is_refused(home: Home) -> None:
    db = home.open_berita()
    db.table("_sqlite_migrations").insert(
        {"migration_set": "berita", "name": "m999_masa_depan", "applied_at": "2030-01-01"}
    )
    with pytest.raises(BaseError, match=r"lebih baru.*m999_masa_depan"):
        home.open_berita()


def test_a_folder_in_the_place_of_the_base_is_refused(home: Home) -> None:
    home.berita.mkdir(parents=True)
    with pytest.raises(BaseError, match="tidak dapat dibuka"):
        home.open_berita()


def test_a_locked_base_is_reported(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    db = home.open_berita()
    holder = sqlite3.connect(home.berita)
    holder.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(BaseError, match="sedang dikunci"), told(home.berita), writing(db):
        pass
    monkeypatch.setattr(base, "BUSY_SECONDS", 0.05)
    home.meja.write_bytes(b"")
    locker = sqlite3.connect(home.meja)
    locker.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BaseError, match=r"meja\.db: sedang dikunci"):
        home.open_meja()


def test_a_full_disk_is_reported_and_keeps_what_was_stored(home: Home) -> None:
    db = home.open_berita()
    db.execute("INSERT INTO settings VALUES ('a', 'disimpan')")
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(BaseError, match="disk penuh"), told(home.berita), writing(db):
        db.conn.executemany(
            "INSERT INTO settings VALUES (?, ?)", [(str(n), "x" * 100) for n in range(10_000)]
        )
    assert home.open_berita().execute("SELECT * FROM settings").fetchall() == [("a", "disimpan")]


def test_a_fault_of_the_program_is_not_blamed_on_the_disk(home: Home) -> None:
    db = home.open_berita()
    with pytest.raises(sqlite3.OperationalError, match="no such table"), told(home.berita):
        db.execute("SELECT * FROM tidak_ada")


def test_a_writer_waits_for_another_one(home: Home) -> None:
    """A transaction that read before it writes must not fail when somebody wrote in between."""
    db, other = home.open_berita(), home.open_berita()
    with writing(db):
        db.execute("SELECT count(*) FROM settings").fetchall()
        other.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(sqlite3.OperationalError, match="locked"), writing(other):
            pass
        db.execute("INSERT INTO settings VALUES ('a', '1')")
    with writing(other):
        other.execute("INSERT INTO settings VALUES ('b', '2')")
    assert db.execute("SELECT count(*) FROM settings").fetchone() == (2,)


def test_nested_writing_undoes_only_its_own_part(home: Home) -> None:
    db = home.open_berita()
    with writing(db):
        db.execute("INSERT INTO settings VALUES ('a', '1')")
        with pytest.raises(sqlite3.IntegrityError), writing(db):
            db.conn.executemany("INSERT INTO settings VALUES (?, '2')", [("b",), ("b",)])
    assert db.execute("SELECT key FROM settings").fetchall() == [("a",)]


SAVE = """
import sys
from pathlib import Path
from db.articles import ExtractedArticle, save
from db.base import Home
db = Home(Path(sys.argv[1])).open_berita()
for number in range(40):
    url = f"https://kabar.example/{sys.argv[2]}/{number}"
    save(db, ExtractedArticle(url, "kabar.example", "Judul", "Isi.", "uji 1"), 1, "2024-10-07")
"""


def test_writers_beside_each_other_do_not_lock_each_other_out(home: Home) -> None:
    db = home.open_berita()
    db.execute(
        "INSERT INTO outlets (id, name, network, kind, timezone) "
        "VALUES ('kabar.example', 'Kabar', 'wordpress', 'lokal', 'Asia/Jakarta')"
    )
    db.execute(
        "INSERT INTO fetches (id, outlet_id, url, kind, fetched_at) "
        "VALUES (1, 'kabar.example', 'https://kabar.example', 'page', '2024-10-07')"
    )
    command = [sys.executable, "-c", SAVE, str(home.berita)]
    writers = [
        subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True) for name in "abc"
    ]
    assert [writer.communicate()[1] for writer in writers] == [""] * 3
    assert db.execute("SELECT count(*) FROM articles").fetchone() == (120,)
