"""Every command explains itself with an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crawler.demo.server import SampleServer
from pantau import main
from tests.end_to_end.conftest import Desk


def paths(group: Any = main, *above: str) -> Iterator[tuple[str, ...]]:
    """The words of every command, also of those below another one."""
    for name, command in group.commands.items():
        yield (*above, name)
        if hasattr(command, "commands"):
            yield from paths(command, *above, name)


def test_help_lists_every_command(tmp_path: Path, server: SampleServer) -> None:
    told = Desk(tmp_path, server).run("--help").stdout
    assert [name for name in main.commands if f"\n  {name} " not in told] == []


@pytest.mark.parametrize("path", list(paths()), ids=" ".join)
def test_help_of_a_command_has_an_example(path: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*path, "--help"])
    assert done.exit_code == 0
    assert "Contoh: pantau " + path[0] in " ".join(done.output.split())


@pytest.mark.parametrize("words", [("search", "netral"), ("explain", "x")])
def test_a_mistyped_base_is_named_and_not_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    missing = tmp_path / "salah-ketik.db"
    done = CliRunner().invoke(main, ["--db", str(missing), *words])
    assert done.exit_code == 1
    assert str(missing) in done.output
    assert not missing.exists()


def test_the_exam_of_stories_needs_labels_and_texts() -> None:
    done = CliRunner().invoke(main, ["evaluate", "--stories"])
    assert done.exit_code == 2
    assert "--gold dan --texts" in done.output
