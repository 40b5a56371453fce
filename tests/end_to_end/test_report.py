"""`pantau report`: the kliping as a file, and what happens when it cannot be made."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.base import Home
from pantau import main
from tests.db import site_base

DAY = ["--region", "64", "--since", "2020-12-09", "--until", "2020-12-09"]
BOM = b"\xef\xbb\xbf"
BEGINS = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "csv": BOM + b"no,", "teks": b"*Kliping"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return site_base.make(tmp_path_factory.mktemp("laporan"))


def report(home: Home, *words: str) -> Result:
    return CliRunner().invoke(main, ["--db", str(home.berita), "report", *words])


@pytest.mark.parametrize("form", list(BEGINS))
def test_report_is_written_whole(home: Home, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"kliping.{form}"
    done = report(home, *DAY, "--form", form, "--output", str(target))
    assert (done.exit_code, done.output) == (0, "")
    assert target.read_bytes().startswith(BEGINS[form])
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_report_can_go_to_standard_output(home: Home) -> None:
    done = report(home, *DAY, "--form", "teks", "--output", "-")
    assert "Lurah Timbau Diduga Ajak Warga Pilih Paslon (2 media)" in done.stdout


def test_refused_report_keeps_the_old_file(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "kliping.docx"
    target.write_text("kemarin")
    done = report(home, "--region", "Atlantis", "--output", str(target))
    assert done.exit_code == 1
    assert "Wilayah tidak dikenal: Atlantis" in done.stderr
    assert target.read_text() == "kemarin"


def test_place_that_cannot_be_written_is_named(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "tidak-ada" / "kliping.docx"
    done = report(home, *DAY, "--output", str(target))
    assert done.exit_code == 1
    assert f"{target}: tidak dapat ditulis" in done.stderr
