from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

import pantau
from nlp.annotate import check
from nlp.evaluation import floors
from nlp.evaluation.floors import ExamError, Score
from nlp.evaluation.gold import GoldRecord
from nlp.evaluation.models import persons, table

TEXT = """# catatan yang harus tetap ada
[exam.nama]
title = "nama, F1"
floor = 0.5
aim = 0.9
published = "-"
files = ["nama.txt"]
digest = ""

[exam.besar]
title = "ukuran, MB"
floor = 40.0
aim = 30.0
better = "down"
published = "-"

[exam.laju]
title = "laju"
floor = 10.0
aim = 20.0
fixed = true
published = "-"
"""


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    (tmp_path / "nama.txt").write_text("Ratmi B-PER\n", encoding="utf-8")
    path = tmp_path / "floors.toml"
    path.write_text(TEXT, encoding="utf-8")
    floors.pin(tmp_path, path)
    return path


def score(path: Path, exam: str, value: float) -> Score:
    return Score(floors.read(path)[exam], value)


@pytest.mark.parametrize(
    ("exam", "value", "passed"),
    [("nama", 0.5, True), ("nama", 0.49, False), ("besar", 39.0, True), ("besar", 41.0, False)],
)
def test_less_is_better_where_the_exam_says_so(
    pinned: Path, exam: str, value: float, passed: bool
) -> None:
    assert score(pinned, exam, value).passed is passed


def test_another_exam_gives_no_score(pinned: Path, tmp_path: Path) -> None:
    exam = floors.read(pinned)["nama"]
    floors.check(exam, tmp_path)
    (tmp_path / "nama.txt").write_text("Ratmi O\n", encoding="utf-8")
    with pytest.raises(ExamError, match=r"nama\.txt.*berubah"):
        floors.check(exam, tmp_path)
    (tmp_path / "nama.txt").unlink()
    with pytest.raises(ExamError, match="tidak ada"):
        floors.check(exam, tmp_path)


def test_floors_rise_to_the_measured_value_and_comments_stay(pinned: Path) -> None:
    measured = [score(pinned, "nama", 0.61789), score(pinned, "besar", 31.2341)]
    changes = floors.update(measured, pinned)
    assert [floors.read(pinned)[name].floor for name in ("nama", "besar")] == [0.617, 31.235]
    assert len(changes) == 2
    assert pinned.read_text(encoding="utf-8").startswith("# catatan yang harus tetap ada")
    assert floors.read(pinned)["laju"].floor == 10.0


def test_a_fixed_floor_never_moves(pinned: Path) -> None:
    assert floors.update([score(pinned, "laju", 99.0)], pinned) == []
    assert floors.read(pinned)["laju"].floor == 10.0


def test_a_floor_falls_only_where_its_exam_is_named(pinned: Path) -> None:
    measured = [score(pinned, "besar", 20.0), score(pinned, "nama", 0.4)]
    assert len(floors.update(measured, pinned)) == 1
    assert [floors.read(pinned)[name].floor for name in ("nama", "besar")] == [0.5, 20.0]
    [change] = floors.update(measured[1:], pinned, allow_lower=["nama"])
    assert change == "nama, F1: 0.5 -> 0.4"
    assert floors.read(pinned)["nama"].floor == 0.4


def test_a_name_of_no_exam_is_refused() -> None:
    asked = ["evaluate", "--models", ".", "--update", "--allow-lower", "tidak_ada"]
    result = CliRunner().invoke(pantau.main, asked)
    assert result.exit_code == 2
    assert "tidak ada ujian bernama tidak_ada" in result.output


def test_the_table_marks_what_misses_its_floor(pinned: Path) -> None:
    low, good = score(pinned, "nama", 0.4), score(pinned, "besar", 20.0)
    detailed = dataclasses.replace(low, details={"PER": 0.25})
    text = table([detailed, good])
    assert "| nama, F1 | 0.400 (DI BAWAH BATAS) | 0.5 | 0.9 | - | PER 0.250 |" in text
    assert "| ukuran, MB | 20.000 | 40 | 30 | - |  |" in text


def test_persons_of_articles_kept_aside_are_counted_by_full_name() -> None:
    text = "Ketua KPU Kabupaten Jember Rukmana Hadi membuka rapat, Senin. Rukmana lalu pulang."
    official = {"name": "Rukmana Hadi", "position": "Ketua", "acting": None}
    gold = {"officials": [official], "people": ["Sulastri Wijaya"]}
    article = check({"id": "1", "title": "Rapat Pleno", "text": text})
    measured = persons([GoldRecord(article, gold)])
    assert measured.exam.floor >= 0.9
    assert (measured.details["P"], measured.details["R"]) == (1.0, 0.5)
    assert not measured.passed


def test_every_shipped_floor_is_pinned_to_its_exam() -> None:
    exams = floors.read()
    assert {"idner", "nerui", "nergrit", "idner_lower", "stsb", "semrel"} <= set(exams)
    assert all(len(exam.digest) == 64 for exam in exams.values() if exam.files)
