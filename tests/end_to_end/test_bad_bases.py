"""Bases, disks and ports that cannot be used: named in Indonesian, and nothing is lost."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import scan
from crawler.demo.library import articles
from crawler.demo.server import SampleServer
from db import base
from tests.end_to_end.conftest import Desk

TEXT = (
    "TENGGARONG - Bawaslu Kutai Kartanegara menerima laporan warga tentang seorang camat yang "
    "diduga mengarahkan dukungan kepada salah satu calon bupati dalam rapat desa. Laporan itu akan "
    "dikaji selama lima hari sebelum diputuskan apakah diteruskan ke penegak hukum."
)
NO_BASE = b"ini bukan basis data\n" * 500


@pytest.fixture
def desk(tmp_path: Path, server: SampleServer) -> Desk:
    return Desk(tmp_path / "meja kerja", server)


def clipping(path: Path, *names: str, text: str = TEXT) -> Path:
    """A file with an article of each name."""
    rows = [{"title": n, "text": text, "url": f"https://kukar.example/berita/{n}/a"} for n in names]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def urls(desk: Desk) -> set[str]:
    return {str(url).split("/")[-2] for (url,) in desk.rows("SELECT url FROM articles")}


@pytest.mark.parametrize("name", ["berita.db", "meja.db"])
def test_a_file_that_is_no_base_is_named_and_left_alone(desk: Desk, name: str) -> None:
    (desk.folder / name).write_bytes(NO_BASE)
    told = desk.run("alert", expect=1).stderr
    assert told == f"Error: {desk.folder / name}: bukan basis data SQLite.\n"
    assert (desk.folder / name).read_bytes() == NO_BASE


@pytest.mark.parametrize("name", ["berita", "meja"])
def test_a_base_of_a_newer_version_is_named(desk: Desk, name: str) -> None:
    desk.call("alert")
    with closing(sqlite3.connect(desk.folder / f"{name}.db")) as newer, newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES (?, 'm999_masa_depan', '2030-01-01')",
            [name],
        )
    told = desk.run("alert", expect=1).stderr
    assert f"{desk.folder / name}.db: dibuat oleh Pantau yang lebih baru" in told


@pytest.mark.parametrize("words", ["import", "extract --rerun", "analyse --rerun", "alert"])
def test_a_locked_base_is_named_and_nothing_is_lost(
    desk: Desk, tmp_path: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process, with a short wait in the place of the usual half minute."""
    desk.call("import", str(clipping(tmp_path / "satu.jsonl", "satu")))
    second = clipping(tmp_path / "dua.jsonl", "dua")
    command = [*words.split(), *([str(second)] if words == "import" else [])]
    with (
        monkeypatch.context() as patch,
        closing(sqlite3.connect(desk.folder / "berita.db")) as holder,
    ):
        patch.setattr(base, "BUSY_SECONDS", 0.05)
        holder.execute("BEGIN IMMEDIATE")
        told = desk.call(*command, expect=1)
    assert f"{desk.folder / 'berita.db'}: sedang dikunci proses lain" in told
    assert urls(desk) == {"satu"}
    desk.call("import", str(second))
    assert urls(desk) == {"satu", "dua"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, nearly half full; skipped where nobody lets us mount one."""
    folder = tmp_path / "penuh"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a small disk")
    (folder / "ganjalan").write_bytes(bytes(1_200_000))
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("command", ["import", "crawl"])
def test_a_full_disk_is_named_and_nothing_is_lost(
    small_disk: Path, server: SampleServer, tmp_path: Path, command: str
) -> None:
    desk = Desk(small_disk, server)
    file = clipping(tmp_path / "kliping.jsonl", *map(str, range(1000, 1800)), text=TEXT * 8)
    words = ["import", str(file)] if command == "import" else ["crawl"]
    told = desk.run(*words, expect=1).stderr
    assert told.startswith(f"Error: {small_disk}/")
    assert "disk penuh" in told
    stored = desk.rows("SELECT 1 FROM fetches WHERE warc_file IS NOT NULL")
    subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)
    whole = [record.is_complete for path in desk.folder.glob("arsip/*.gz") for record in scan(path)]
    assert all(whole)
    assert len(whole) >= len(stored) > 0
    desk.run(*words)
    desk.run("extract")
    expected = 800 if command == "import" else len(articles())
    assert desk.rows("SELECT count(*) FROM articles") == [(expected,)]
    assert desk.rows("PRAGMA integrity_check") == [("ok",)]


def test_an_archive_that_cannot_be_written_is_named(desk: Desk) -> None:
    (desk.folder / "arsip").write_text("bukan folder")
    assert f"Error: {desk.folder / 'arsip'}: " in desk.call("crawl", expect=1)


def test_a_port_in_use_is_named(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = desk.run("serve", "--port", str(port), expect=1).stderr
    assert told.startswith(f"Error: Port {port} di 127.0.0.1 sudah dipakai proses lain.")
