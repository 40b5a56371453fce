"""The days an article speaks of, settled against its day of publication and the weekday named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import EventDate
from nlp.components.calendars import Calendar, Found, day_in, made
from nlp.lexicon import regions, table
from nlp.reading import Reading

ZONES = {
    name: timezone(timedelta(hours=7 + east)) for east, name in enumerate(("WIB", "WITA", "WIT"))
}
YEARS = range(1945, 2100)
LONGEST_LEAD, LONGEST_TAIL = 60, 30
"""Characters of a date before and behind its core: the weekday and the part of day, the year."""
BESIDE = 30
"""Characters within which a date explains the "besok" before it."""
PART_OF_DAY = "pagi|siang|sore|petang|malam|dini hari"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Numbers with the month as a word, with slashes, with dashes; each behind its core.

    The core, which opens with a digit, is found fast, and the whole only looked for around it.
    """
    calendar = table("calendar")
    month, weekday = _any(calendar["bulan"]), _any(calendar["hari"])
    lead = (
        rf"(?:\b(?P<weekday>{weekday})\b(?:\s+(?:{PART_OF_DAY}|kemarin|lalu|ini))?"
        r"[\s,]*(?:tanggal\s+)?\(?\s*)?"
    )
    worded = (
        rf"{lead}(?<![\d.,/-])(?P<day>\d{{1,2}})"
        r"(?:\s*(?:-|–|s/d|s\.d\.?|hingga|sampai|dan|&)\s*(?P<to>\d{1,2}))?"
        rf"[\s-]+(?P<month>{month})\b\.?(?:[\s,-]+(?P<year>\d{{4}})\b)?\)?"
    )
    slashed = (
        rf"{lead}(?<![\w./-])(?P<day>\d{{1,2}})(?:\s*-\s*(?P<to>\d{{1,2}}))?"
        r"/(?P<month>\d{1,2})(?:[/-](?P<year>\d{4}|\d{2}))?(?![\w/])\)?"
    )
    dashed = (
        rf"{lead}(?<![\w./-])(?P<day>\d{{1,2}})(?P<mark>[-.])(?P<month>\d{{1,2}})(?P=mark)"
        r"(?P<year>\d{4})(?![\w/-])\)?(?P<to>(?!))?"
    )
    cores = (rf"\d[\s-]+(?:{month})", r"\d/\d", r"\d[-.]\d{1,2}[-.]\d{4}")
    return tuple(
        (re.compile(core, re.IGNORECASE), re.compile(form, re.IGNORECASE))
        for core, form in zip(cores, (worded, slashed, dashed), strict=True)
    )


def _written(text: str) -> Iterator[re.Match[str]]:
    """What is written like a date, by pattern."""
    for core, pattern in _patterns():
        behind = 0
        for found in core.finditer(text):
            begin = max(behind, found.start() - LONGEST_LEAD)
            match = pattern.search(text, begin, found.end() + LONGEST_TAIL)
            if match and found.start() >= behind:
                behind = match.end()
                yield match


@cache
def _weekday_pattern() -> re.Pattern[str]:
    calendar = table("calendar")
    after = _any([*calendar["arah"]["lalu"], *calendar["arah"]["depan"]])
    return re.compile(
        rf"\b(?P<weekday>{_any(w.capitalize() for w in calendar['hari'])})\b"
        rf"(?:\s+(?:{PART_OF_DAY}))?"
        rf"(?:\s*\((?P<relative>hari ini|kemarin|besok)\))?"
        rf"(?:\s+(?:pekan\s+|minggu\s+)?(?P<direction>{after}))?(?!\s*[-–/]\s*[A-Z])"
    )


@cache
def _relative_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<relative>{_any(table('calendar')['relatif'])})\b", re.IGNORECASE)


@cache
def _these_days() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(table('calendar')['bukan_hari']['sebelum'])})\s+$", re.I)


COUNTDOWN = re.compile(r"\bH\s?(?P<sign>[-+])\s?(?P<days>\d{1,2})\b")
VOTING = re.compile(r"pemungutan|pencoblosan|pilkada|pemilu|pemilihan|hari tenang|coblos", re.I)
LIMIT_BEFORE = re.compile(r"\b(?:paling lambat|sampai|hingga|sejak)(?:\s+hari)?\s+$", re.IGNORECASE)
NO_DAY_BEFORE = re.compile(
    r"(?:\b(?:setiap|tiap|se|dua|tiga|empat|\d)(?:\s+hari)?\s+|[-–/]\s*)$", re.I
)
YEAR_BEFORE = re.compile(r"\b\d{4}\s+$")
"""`Pemilu 2024 kemarin`: an event of some time ago, not of yesterday."""
DATE_LINE = re.compile(r"^[^\n]{0,40}$", re.MULTILINE)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) + 2000 if len(text) == 2 else int(text)


def _is_date(match: re.Match[str], text: str) -> bool:
    """Fractions, ordinances ("PKPU 5/2020") and unit names ("Kodim 0906/Tgr") are no dates."""
    month = match["month"]
    day_fits = 1 <= int(match["day"]) <= 31
    month_fits = not month.isdigit() or 1 <= int(month) <= 12
    year = _year(match["year"])
    if not (day_fits and month_fits and (year is None or year in YEARS)):
        return False
    bare = month.isdigit() and year is None and match["weekday"] is None
    return not bare or (
        text[match.start() - 1 : match.start()] == "(" and text[match.end() - 1] == ")"
    )


@lru_cache(maxsize=16)
def _absolute(text: str) -> tuple[Found, ...]:
    """As `_read_absolute`; figures and dates ask for those of the same text."""
    return tuple(_read_absolute(text))


def _read_absolute(text: str) -> Iterator[Found]:
    """Dates that name a day and a month; both ends of `5-7 Desember 2020`."""
    calendar = table("calendar")
    taken = bytearray(len(text))  # 1 where a date was found: a list of spans is slow to search
    for match in _written(text):
        place = slice(*match.span())
        if not _is_date(match, text) or any(taken[place]):
            continue
        taken[place] = b"\1" * len(match[0])
        name = match["month"].lower()
        month = int(name) if name.isdigit() else calendar["bulan"][name]
        weekday = calendar["hari"].get((match["weekday"] or "").lower())
        start, end = _trimmed(match)
        for day in filter(None, (match["day"], match["to"])):
            of_day = weekday if day == match["day"] else None
            yield Found(start, end, of_day, int(day), month, _year(match["year"]))


def date_spans(text: str) -> list[list[int]]:
    """Where the text names a day and a month, events or not."""
    return sorted([found.start, found.end] for found in _absolute(text))


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Without a closing bracket whose opening one is not inside."""
    inside = match.group()
    return match.start(), match.end() - (inside.endswith(")") and "(" not in inside)


def _local_day(published: datetime, zone: str | None) -> date:
    if published.tzinfo is None:
        return published.date()
    return published.astimezone(ZONES.get(zone or "", ZONES["WIB"])).date()


def _date_in_head(reading: Reading, head: int) -> date | None:
    """The last line above the dateline that is a date and little else."""
    for line in reversed(list(DATE_LINE.finditer(reading.text[:head]))):
        dates = [f for f in _absolute(line.group()) if f.year is not None]
        if dates and len(line.group().split()) <= 6:
            return made(dates[0].year or 0, dates[0])
    return None


def calendar_of(doc: Doc, zone: str | None) -> Calendar:
    """Against the publication, else the day in the address or above the dateline."""
    reading: Reading = doc._.reading
    text = f"{doc._.title or ''} {reading.text[:50_000]}"
    years = Counter(int(year) for year in re.findall(r"\b(20[0-3]\d)\b", text))
    if doc._.published_at is not None:
        return Calendar(_local_day(doc._.published_at, zone), years)
    head = next((s.end for s in reading.sentences if s.zone == "dateline"), 0)
    return Calendar(day_in(doc._.url) or _date_in_head(reading, head), years)


def _quoted(reading: Reading, offset: int) -> bool:
    """Whether `offset` stands inside quotation marks of its paragraph."""
    window = max(0, offset - 3_000)
    paragraph = reading.text[max(reading.text.rfind("\n", window, offset), window) : offset]
    return paragraph.count("“") > paragraph.count("”") or paragraph.count('"') % 2 == 1


def _weekdays(reading: Reading, calendar: Calendar) -> Iterator[tuple[date, int, int]]:
    """Weekdays without a date."""
    for match in _weekday_pattern().finditer(reading.text):
        before = reading.text[max(0, match.start() - 24) : match.start()]
        if NO_DAY_BEFORE.search(before) or LIMIT_BEFORE.search(before):
            continue
        number = table("calendar")["hari"][match["weekday"].lower()]
        day = calendar.weekday(number, match["direction"])
        if day and not _quoted(reading, match.start()):
            yield day, match.start(), match.end()


def _relatives(reading: Reading, calendar: Calendar) -> Iterator[tuple[date, int, int]]:
    shifts = table("calendar")["relatif"]
    for match in _relative_pattern().finditer(reading.text):
        before = reading.text[max(0, match.start() - 14) : match.start()]
        if YEAR_BEFORE.search(before) or _these_days().search(before):
            continue
        day = calendar.shifted(shifts[match["relative"].lower()])
        if day and not _quoted(reading, match.start()):
            yield day, match.start(), match.end()


def _countdowns(reading: Reading, calendar: Calendar) -> Iterator[tuple[date, int, int]]:
    for match in COUNTDOWN.finditer(reading.text):
        sentence = reading.sentence_at(match.start())
        voting = calendar.voting_day()
        if voting and VOTING.search(reading.text[sentence.start : sentence.end]):
            sign = -1 if match["sign"] == "-" else 1
            yield voting + timedelta(days=sign * int(match["days"])), match.start(), match.end()


def _is_told_again(reading: Reading, row: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Whether a date covers a weaker one, or explains it: `besok siang, Rabu (25/11/2020)`."""
    return any(
        (row[0] < end and start < row[1])
        or (0 <= start - row[1] < BESIDE and "." not in reading.text[row[1] : start])
        for start, end in taken
    )


def find_dates(reading: Reading, calendar: Calendar) -> list[EventDate]:
    """Every day named in the story, in order; the dateline's own date is no event."""
    absolute = [(d, f) for f in _absolute(reading.text) if (d := calendar.settle(f))]
    doubted = {f.start for d, f in absolute if calendar.is_doubtful(f, d)}
    found = [(d, f.start, f.end) for d, f in absolute]
    for further in (_weekdays, _relatives, _countdowns):
        taken = [(start, end) for _, start, end in found]
        found += [
            row for row in further(reading, calendar) if not _is_told_again(reading, row[1:], taken)
        ]
    story = [row for row in found if reading.sentence_at(row[1]).zone != "dateline"]
    story.sort(key=lambda row: (row[1], row[0]))
    return [
        EventDate(date=day.isoformat(), span=[start, end], doubt=start in doubted)
        for day, start, end in story
    ]


@Language.factory("pantau_dates", requires=["doc._.regions"], assigns=["doc._.dates"])
def make_dates(nlp: Language, name: str) -> DateFinder:
    return DateFinder()


class DateFinder:
    """Sets `doc._.dates`; the publication counts in the zone of the main region."""

    def __init__(self) -> None:
        if not Doc.has_extension("dates"):
            Doc.set_extension("dates", default=[])

    def __call__(self, doc: Doc) -> Doc:
        main = next((region["code"] for region in doc._.regions if region["main"]), None)
        zone = regions()[main].timezone if main else None
        doc._.dates = find_dates(doc._.reading, calendar_of(doc, zone))
        return doc
