"""The stages of elections with their days: `stages.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

CALENDARS: Final = Path(__file__).with_name("stages.toml")


@dataclass(frozen=True)
class Stage:
    """From `first` to `last`, both counted in."""

    id: str
    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Calendar:
    """One election; `checked`: somebody held the days against the regulation."""

    id: str
    name: str
    source: str
    checked: bool
    stages: tuple[Stage, ...]


@cache
def calendars() -> dict[str, Calendar]:
    read = tomllib.loads(CALENDARS.read_text(encoding="utf-8"))
    return {
        name: Calendar(
            id=name,
            name=table["nama"],
            source=table["sumber"],
            checked=table["diperiksa"],
            stages=tuple(
                Stage(row["id"], row["nama"], row["mulai"], row["selesai"])
                for row in table["tahap"]
            ),
        )
        for name, table in read.items()
    }
