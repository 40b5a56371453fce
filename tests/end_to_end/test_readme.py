"""What the README says is true: commands, files, settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pantau import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_table_with_its_own_words(name: str) -> None:
    first_line = (main.commands[name].help or "").split("\n")[0]
    assert f"| `pantau {name}` | {first_line} |" in README


@pytest.mark.parametrize("name", sorted(set(re.findall(r"pantau ([a-z]+)", README))))
def test_no_command_is_made_up(name: str) -> None:
    assert name in main.commands


FILES = re.findall(r"[`(]((?:crawler|db|nlp|tests)/[\w./-]*)[`)]", README)


@pytest.mark.parametrize("path", sorted(set(FILES)))
def test_every_file_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()
