"""What one office exports, another imports."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from pantau import main

ARTICLES = [
    {
        "url": f"https://kabarulu.example/{name}",
        "title": title,
        "text": f"{title}. Bawaslu Kabupaten Berau menerima laporan itu, Senin (7/10/2024).",
        "published_at": "2024-10-07T08:00:00+08:00",
    }
    for name, title in (("satu", "Camat dilaporkan"), ("dua", "Lurah dilaporkan"))
]


def run(base: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["--db", str(base), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_exported_articles_can_be_imported_elsewhere(tmp_path: Path) -> None:
    source, given = tmp_path / "satu" / "berita.db", tmp_path / "artikel.jsonl"
    given.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    run(source, "import", str(given))
    handed_on = tmp_path / "keluar.jsonl"
    handed_on.write_text(run(source, "export", "camat"), encoding="utf-8")
    other = tmp_path / "dua" / "berita.db"
    run(other, "import", str(handed_on))
    records = [json.loads(line) for line in run(other, "export").splitlines()]
    shown = ("url", "title", "text", "published_at")
    assert [{key: record[key] for key in shown} for record in records] == ARTICLES[:1]


def test_no_corrections_are_no_lines(tmp_path: Path) -> None:
    given = tmp_path / "artikel.jsonl"
    given.write_text(json.dumps(ARTICLES[0]), encoding="utf-8")
    run(tmp_path / "berita.db", "import", str(given))
    assert run(tmp_path / "berita.db", "export", "--corrections") == ""
