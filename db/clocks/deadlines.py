"""What the law gives how many days for, on a given day: `deadlines.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from db.clocks.days import count

RULES: Final = Path(__file__).with_name("deadlines.toml")
REGIMES: Final = ("pilkada", "pemilu")


@dataclass(frozen=True)
class Rule:
    """One row of `deadlines.toml`; `until` is None while it is in force."""

    id: str
    regime: str
    name: str
    mark: str
    days: int
    counting: str
    basis: str
    since: date
    until: date | None
    checked: bool
    note: str | None

    def holds(self, regime: str, mark: str, day: date) -> bool:
        inside = self.since <= day and (self.until is None or day <= self.until)
        return inside and (self.regime, self.mark) == (regime, mark)


@dataclass(frozen=True)
class Deadline:
    """An estimate: the last day by `rule`; `unknown` are years without holiday data."""

    rule: Rule
    start: date
    last: date
    unknown: tuple[int, ...]

    def left(self, today: date) -> int:
        """Days to the last one; 0 on it, negative after it."""
        return (self.last - today).days


def after(regime: str, mark: str, day: date) -> list[Deadline]:
    """What runs from a mark of that day, the earliest end first; empty where no rule is known."""
    found = []
    for rule in rules():
        if rule.holds(regime, mark, day):
            counted = count(day, rule.days, rule.counting)
            found.append(Deadline(rule, day, counted.last, counted.unknown))
    return sorted(found, key=lambda deadline: deadline.last)


@cache
def rules() -> tuple[Rule, ...]:
    read = tomllib.loads(RULES.read_text(encoding="utf-8"))["tenggat"]
    return tuple(
        Rule(
            id=row["id"],
            regime=row["rezim"],
            name=row["nama"],
            mark=row["sejak"],
            days=row["hari"],
            counting=row["hitung"],
            basis=row["dasar"],
            since=row["berlaku_sejak"],
            until=row.get("berlaku_hingga"),
            checked=row["diperiksa"],
            note=row.get("catatan"),
        )
        for row in read
    )
