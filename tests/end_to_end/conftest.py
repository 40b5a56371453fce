"""Helpers of the end-to-end tests: the command line as a real process, bases by content."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.demo.library import OUTLETS
from crawler.demo.server import SampleServer, serving
from pantau import main

ROOT = Path(__file__).parents[2]


class Desk:
    """One installation in a folder of its own, driven through the command line."""

    def __init__(self, folder: Path, server: SampleServer) -> None:
        self.folder = folder
        self.server = server
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pantau.toml").write_text(
            "[pengambilan]\n"
            f'jeda_detik = 0.0\nproksi = "{server.proxy}"\nsumber = "{OUTLETS}"\n'
            'kontak = "uji@pantau.example"\numur_sitemap_hari = 0\n',
            encoding="utf-8",
        )

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "pantau", "--db", str(self.folder / "berita.db"), *words]

    def run(
        self, *words: str, given: str | None = None, expect: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; its exit status must be `expect`."""
        done = subprocess.run(
            self.command(*words),
            input=given,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONUTF8": "1"},
            timeout=600,
            check=False,
        )
        assert done.returncode == expect, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def call(self, *words: str, given: str | None = None, expect: int = 0) -> str:
        """The same in this process, for cases that need none of their own; all that was said."""
        done = CliRunner().invoke(main, ["--db", str(self.folder / "berita.db"), *words], given)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == expect, f"{words}: {done.exit_code}\n{done.output}"
        return done.output

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own, to be killed."""
        return subprocess.Popen(
            self.command(*words),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def rows(self, sql: str, *values: str) -> list[tuple[object, ...]]:
        """Query berita.db."""
        connection = sqlite3.connect(self.folder / "berita.db")
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with serving() as running:
        yield running
