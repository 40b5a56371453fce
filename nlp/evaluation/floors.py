"""Pinned floors: read, compared, and raised; lowered only when somebody says so."""

from __future__ import annotations

import hashlib
import math
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.toml")


class ExamError(Exception):
    """The exam is not the pinned one, or a floor would fall; the message is for people."""


@dataclass(frozen=True)
class Exam:
    """One row of ``floors.toml``."""

    id: str
    title: str
    floor: float
    aim: float
    published: str
    better: str = "up"
    fixed: bool = False
    files: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class Score:
    """What was measured in an exam; ``details`` holds its parts (per label, per system)."""

    exam: Exam
    value: float
    details: Mapping[str, float] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        good = self.value >= self.exam.floor
        return good if self.exam.better == "up" else self.value <= self.exam.floor


def read(path: Path = FLOORS) -> dict[str, Exam]:
    rows: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["exam"]
    return {
        name: Exam(id=name, **{**row, "files": tuple(row.get("files", ()))})
        for name, row in rows.items()
    }


def digest(data: Path, files: Iterable[str]) -> str:
    """SHA-256 over the files, one after the other."""
    total = hashlib.sha256()
    for name in files:
        path = data / name
        if not path.is_file():
            raise ExamError(f"{path}: berkas ujian tidak ada. Periksa folder data yang diberikan.")
        total.update(path.read_bytes())
    return total.hexdigest()


def check(exam: Exam, data: Path) -> None:
    """Refuse an exam whose files are not those the floor was pinned with."""
    if exam.files and digest(data, exam.files) != exam.digest:
        raise ExamError(
            f"{', '.join(exam.files)}: isi ujian '{exam.title}' berubah sejak batasnya "
            "ditetapkan. Nilainya tidak dapat dibandingkan."
        )


def update(
    scores: Iterable[Score], path: Path = FLOORS, *, allow_lower: Collection[str] = ()
) -> list[str]:
    """Move floors to what was measured (three decimals, rounded to the safe side).

    Returns a line per change. Fixed floors stay; one that would fall stays too, unless
    `allow_lower` names its exam.
    """
    text, changes = path.read_text(encoding="utf-8"), []
    for score in scores:
        exam, new = score.exam, _safe(score)
        stays = exam.fixed or (not score.passed and exam.id not in allow_lower)
        if not stays and new != exam.floor:
            text = _replace(text, exam.id, "floor", f"{new!r}")
            changes.append(f"{exam.title}: {exam.floor:g} -> {new:g}")
    path.write_text(text, encoding="utf-8")
    return changes


def pin(data: Path, path: Path = FLOORS) -> None:
    """Write the digests of the exam files that have none yet."""
    text = path.read_text(encoding="utf-8")
    for exam in read(path).values():
        if exam.files and not exam.digest:
            text = _replace(text, exam.id, "digest", f'"{digest(data, exam.files)}"')
    path.write_text(text, encoding="utf-8")


def _safe(score: Score) -> float:
    rounding = math.floor if score.exam.better == "up" else math.ceil
    return rounding(score.value * 1000) / 1000


def _replace(text: str, exam: str, key: str, value: str) -> str:
    """Set one key of one table, leaving comments and order alone."""
    pattern = rf"(\[exam\.{re.escape(exam)}\]\n(?:(?!\[exam).*\n)*?{key} = ).*"
    return re.sub(pattern, lambda match: match[1] + value, text, count=1)
