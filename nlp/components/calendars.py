"""What dates are settled against, and what a date expression says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from nlp.lexicon import table

RECENT = 31
"""Days before its publication of which an article is taken to speak."""
NEAR = 190
"""Days around the publication in which a day of no year is looked for when its weekday fits."""
URL_DAY = re.compile(r"/(20[0-3]\d)[/-]?(\d{2})[/-]?(\d{2})(?=\D)")


class Found(NamedTuple):
    """A date expression: characters `start` to `end`, and what it says; None where it is silent."""

    start: int
    end: int
    weekday: int | None
    day: int
    month: int
    year: int | None


def made(year: int, found: Found) -> date | None:
    try:
        return date(year, found.month, found.day)
    except ValueError:
        return None


def day_in(url: str | None) -> date | None:
    """The day of publication that an address tells: `/2019/04/02/`, `/20190402/`."""
    match = URL_DAY.search(url or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


@dataclass
class Calendar:
    """What the article's other dates are settled against.

    `published` is the day at the place, None when unknown; `years` are those the text names.
    """

    published: date | None
    years: Counter[int]

    def settle(self, found: Found) -> date | None:
        """The day meant; None when the text leaves it open."""
        if found.year is not None:
            return self._mended(found, made(found.year, found))
        days = [d for year in self._candidates() if (d := made(year, found))]
        fitting = [d for d in days if found.weekday in (None, d.weekday())]
        if self.published is None:
            return fitting[0] if fitting else None
        near = [d for d in fitting if self._distance(d) <= NEAR]
        return min(near or days, key=self._distance, default=None)

    def is_doubtful(self, found: Found, day: date) -> bool:
        """Whether the weekday beside the date as it is written is that of another day."""
        written = made(found.year or day.year, found) or day
        return found.weekday not in (None, written.weekday())

    def _mended(self, found: Found, written: date | None) -> date | None:
        """`Rabu (3/1/2023)` in January 2024: the weekday betrays an old year or month."""
        if written is None or found.weekday in (None, written.weekday()) or not self.published:
            return written
        year, month = self.published.year, self.published.month
        if abs(year - written.year) > 1:
            return written
        others = [found._replace(year=year), found._replace(year=year, month=month)]
        days = [day for other in others if (day := made(year, other))]
        fits = (d for d in days if d.weekday() == found.weekday and self._is_recent(d))
        return next(fits, written)

    def _is_recent(self, day: date) -> bool:
        return self.published is not None and 0 <= (self.published - day).days <= RECENT

    def _candidates(self) -> list[int]:
        if self.published is None:
            return [year for year, _ in self.years.most_common()]
        return [self.published.year + shift for shift in (0, -1, 1)]

    def _distance(self, day: date) -> int:
        assert self.published is not None  # noqa: S101  asked only where it is known
        return abs((day - self.published).days)

    def weekday(self, weekday: int, direction: str | None) -> date | None:
        """The last such day up to the publication, or the next one after it."""
        if self.published is None:
            return None
        if direction in table("calendar")["arah"]["depan"]:
            return self.published + timedelta(days=(weekday - self.published.weekday() - 1) % 7 + 1)
        back = (self.published.weekday() - weekday) % 7
        if direction == "lalu" and back == 0:
            back = 7
        return self.published - timedelta(days=back)

    def shifted(self, days: int) -> date | None:
        return self.published + timedelta(days=days) if self.published else None

    def voting_day(self) -> date | None:
        """The next voting day, or the last one when none lies within the year ahead."""
        days = [row["tanggal"] for row in table("calendar")["pemungutan_suara"]]
        days = [d for d in days if self.published is not None or d.year in self.years]
        near = self.published or (days[0] if len(days) == 1 else None)
        return min(days, key=lambda d: abs((d - near).days)) if near and days else None
