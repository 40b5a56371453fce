"""Counting days as the law does: calendar days, or working days without holidays."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

HOLIDAYS: Final = Path(__file__).with_name("holidays.toml")
COUNTINGS: Final = ("kalender", "kerja")
_SATURDAY: Final = 5


@dataclass(frozen=True)
class Count:
    """`last` is the last day; `unknown` are years whose holidays nobody has entered."""

    last: date
    unknown: tuple[int, ...] = ()


def count(start: date, days: int, counting: str) -> Count:
    """The last of so many days after `start`, which itself is not counted."""
    if counting == "kalender":
        return Count(start + timedelta(days=days))
    last, left = start, days
    while left:
        last += timedelta(days=1)
        left -= is_working(last)
    years = range(start.year, last.year + 1)
    return Count(last, tuple(year for year in years if year not in holidays()))


def is_working(day: date) -> bool:
    """Monday to Friday, no holiday, no collective leave; without data, Monday to Friday."""
    return day.weekday() < _SATURDAY and day not in holidays().get(day.year, frozenset())


@cache
def holidays() -> dict[int, frozenset[date]]:
    """Holidays and collective leave by year."""
    read = tomllib.loads(HOLIDAYS.read_text(encoding="utf-8"))
    return {
        int(year): frozenset([*days["libur"], *days["cuti_bersama"]]) for year, days in read.items()
    }
