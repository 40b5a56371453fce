"""Dates as Indonesian pages write them, read into moments with a zone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import dateparser

DATA: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("dates.toml").read_text(encoding="utf-8")
)
PATTERNS: Final = {name: re.compile(pattern) for name, pattern in DATA["patterns"].items()}
_SPELLINGS = re.compile(rf"\b({'|'.join(DATA['spellings'])})\b")
_DATES = ("iso", "named", "named_english", "numeric")
_EARLIEST_YEAR = 1995  # before that there was no news on the web in Indonesia


@dataclass(frozen=True)
class Moment:
    """`day_only`: the hour is unknown and `at` is midnight. `guess`: read with doubt."""

    at: datetime
    day_only: bool = False
    guess: bool = False


def read(written: str, zone: tzinfo, now: datetime | None = None) -> Moment | None:
    """Read the first date in `written`; without a stated zone it is of `zone`.

    `now` is the time of the fetch, against which "2 jam lalu" is understood; without it such a
    relative date is not read at all.
    """
    text = _tidy(written)
    exact = _iso(text, zone)
    if exact:
        return exact
    found = _first_date(text)
    if found is None:
        return _relative(text, zone, now)
    day, end, doubtful = found
    return _with_clock(text, end, day, zone, doubtful or _contradicts(text[:end], day))


def read_url(url: str, zone: tzinfo) -> Moment | None:
    """Read the day that stands in an address."""
    for name in ("url", "url_day_first"):
        if (match := PATTERNS[name].search(url)) and (day := _day(match)):
            return Moment(datetime.combine(day, time(), zone), day_only=True)
    return None


def credible(moment: Moment, fetched_at: datetime) -> bool:
    """Whether an article fetched then can have been published at that moment."""
    if moment.at.year < _EARLIEST_YEAR:
        return False
    if moment.day_only:
        return moment.at.date() <= fetched_at.astimezone(moment.at.tzinfo).date()
    return moment.at <= fetched_at


def same_day(moment: Moment, other: datetime) -> bool:
    """Whether both fall on one calendar day where the moment was written."""
    return moment.at.date() == other.astimezone(moment.at.tzinfo).date()


def refined(moment: Moment, other: Moment) -> Moment | None:
    """Give a day the hour that a less trusted source knows, if that speaks of the same day."""
    if not moment.day_only or other.day_only or not same_day(moment, other.at):
        return None
    return replace(other, guess=moment.guess)


def offset(written: str) -> timezone:
    """Read an offset such as +08:00 or +0800."""
    sign = -1 if written[0] == "-" else 1
    digits = written[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def _tidy(written: str) -> str:
    """Lower case, single blanks, known spellings."""
    text = " ".join(written.lower().split())
    return _SPELLINGS.sub(lambda match: str(DATA["spellings"][match[1]]), text)


def _iso(text: str, zone: tzinfo) -> Moment | None:
    """Read what is a date and nothing else. A bare midnight is a day that a program padded."""
    try:
        at = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    if at.tzinfo:
        return Moment(_local(at, zone))
    return Moment(at.replace(tzinfo=zone), day_only=at.time() == time())


def _first_date(text: str) -> tuple[date, int, bool] | None:
    """The date that stands first, where it ends, and whether day and month may be swapped."""
    matches = ((name, match) for name in _DATES for match in PATTERNS[name].finditer(text))
    for name, match in sorted(matches, key=lambda pair: pair[1].start()):
        day = _named_day(match.group()) if "named" in name else _day(match)
        if day:
            return day, match.end(), name == "numeric" and _swappable(match)
    return None


def _day(match: re.Match[str]) -> date | None:
    """A day from numbers, day before month unless that is impossible."""
    year, month, day = (int(match[name]) for name in ("y", "m", "d"))
    if month > 12:
        month, day = day, month
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _swappable(match: re.Match[str]) -> bool:
    """Unpadded 9/10/2025 comes from spreadsheets that put the month first; 09/10/2025 does not."""
    padded = match["d"].startswith("0") or match["m"].startswith("0")
    return not padded and int(match["d"]) <= 12 and int(match["m"]) <= 12


@lru_cache(maxsize=10_000)
def _named_day(words: str) -> date | None:
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    plain = re.sub(r"[,./-]+", " ", words)
    parsed = dateparser.parse(plain, languages=["id", "en"], settings=settings)
    return parsed.date() if parsed else None


def _contradicts(text: str, day: date) -> bool:
    """Whether a weekday is written before the date and is not that day's."""
    written = [name for name in DATA["weekdays"] if re.search(rf"\b{name}\b", text)]
    return bool(written) and DATA["weekdays"][day.weekday()] not in written


def _with_clock(text: str, end: int, day: date, zone: tzinfo, doubtful: bool) -> Moment:
    clock = PATTERNS["clock"].match(text, end)
    if clock is None:
        return Moment(datetime.combine(day, time(), zone), day_only=True, guess=doubtful)
    moment = time(_hour(clock), int(clock["minute"]), int(clock["second"] or 0))
    stated = PATTERNS["zone"].match(text, clock.end())
    written = zone
    if stated:
        written = offset(DATA["zones"].get(stated["zone"], stated["zone"]))
    at = _local(datetime.combine(day, moment, written), zone)
    return Moment(at, guess=doubtful)


def _local(at: datetime, zone: tzinfo) -> datetime:
    """Move UTC, which programs write, to the outlet's zone, so that the day is the reader's."""
    return at if at.utcoffset() else at.astimezone(zone)


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock["hour"])
    if clock["half"] is None or hour > 12:  # "14:50 PM" is written, too
        return hour
    return hour % 12 + (12 if clock["half"] == "pm" else 0)


def _relative(text: str, zone: tzinfo, now: datetime | None) -> Moment | None:
    if now is None or not PATTERNS["relative"].search(text):
        return None
    base = now.astimezone(zone).replace(tzinfo=None)
    parsed = dateparser.parse(text, languages=["id"], settings={"RELATIVE_BASE": base})
    return Moment(parsed.replace(tzinfo=zone), guess=True) if parsed else None


def parse_utc(written: str) -> datetime:
    """Read `fetches.fetched_at`."""
    at = datetime.fromisoformat(written)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
