"""A clock as its marks tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from db.clocks import deadlines
from db.clocks.deadlines import Deadline


@dataclass(frozen=True)
class Mark:
    """What an officer pressed: `moment` is when it happened, `at` when it was pressed."""

    mark: str
    moment: datetime
    note: str | None
    actor: str
    actor_name: str
    at: str


@dataclass(frozen=True)
class Clock:
    """From the moment a case was known; `article_key` names it."""

    article_key: str
    regime: str
    known: Mark
    registered: Mark | None = None
    done: Mark | None = None

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """All that run or ran, the earliest end first."""
        marks = [mark for mark in (self.known, self.registered) if mark]
        found = [
            deadline
            for mark in marks
            for deadline in deadlines.after(self.regime, mark.mark, mark.moment.date())
        ]
        return sorted(found, key=lambda deadline: deadline.last)

    @cached_property
    def open(self) -> list[Deadline]:
        """What still binds: once registered, handling and no longer finding."""
        if self.done:
            return []
        newest = self.registered or self.known
        return [one for one in self.deadlines if one.rule.mark == newest.mark]

    @cached_property
    def today(self) -> date:
        """On the clock of the region, as the officer gave it."""
        return datetime.now(UTC).astimezone(self.known.moment.tzinfo).date()


def clocks(rows: Iterable[Mapping[str, Any]]) -> list[Clock]:
    """The clocks of rows of `clock_marks` with `actor_name`, sorted by article and id.

    One that was called off and not started again is left out.
    """
    found = []
    for _, marks in groupby(rows, key=lambda row: row["article_key"]):
        clock = _told(marks)
        if clock:
            found.append(clock)
    return found


def _told(rows: Iterable[Mapping[str, Any]]) -> Clock | None:
    clock: Clock | None = None
    for row in rows:
        mark = _mark(row)
        if mark.mark == "diketahui":
            clock = Clock(row["article_key"], row["regime"], mark)
        elif mark.mark == "dibatalkan":
            clock = None
        elif clock:
            registered = mark if mark.mark == "diregistrasi" else clock.registered
            done = mark if mark.mark == "selesai" else clock.done
            clock = Clock(clock.article_key, clock.regime, clock.known, registered, done)
    return clock


def _mark(row: Mapping[str, Any]) -> Mark:
    moment = datetime.fromisoformat(row["moment"])
    names = ("note", "actor", "actor_name", "at")
    return Mark(row["mark"], moment, **{name: row[name] for name in names})
