"""The head of an article: kicker, title and caption lines left in the text, and the dateline."""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import regions, table

HEAD = 1_500
"""How far into the text a dateline is looked for, in characters."""

DASH = r"[ ]*(?:[-–—]{1,3}|:)[ ]*(?=\S)"
DOMAIN = (
    r"[A-Za-z0-9][\w-]*(?:\.[A-Za-z0-9-]+)*"
    r"\.(?:com|co\.id|go\.id|id|net|org|co|news|tv|info|online)\b"
)
PLACE = r"[A-Z][\w'’.]*(?:[ -][A-Z][\w'’.]*){0,3}"
DATE = r"\(?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\)?"


@cache
def _brands() -> str:
    return "|".join(re.escape(brand) for brand in sorted(table("writing")["merek"], key=len)[::-1])


@cache
def _media() -> re.Pattern[str]:
    """A newsroom with or without a place, up to the dash or colon behind it."""
    media = rf"(?:(?i:{DOMAIN})|(?i:(?:{_brands()})(?:[ ](?:{PLACE}))?(?![\w])))"
    forms = (
        rf"{PLACE},?[ ]?(?:{DATE}[ ]?)?\([ ]?{media}(?:[ ]{PLACE})?[ ]?\)",
        rf"{media}[ ]*[,|/][ ]*{PLACE}",
        rf"(?:{PLACE})[ ]*[,|/][ ]*{media}",
        rf"{media}",
    )
    return re.compile(rf"[ ]*(?:{'|'.join(forms)})(?:[ ,]*{DATE})?{DASH}")


DATED = re.compile(rf"[ ]*{PLACE},?[ ]?\({DATE}\)(?:{DASH}|[ ]+(?=[A-Z“\"]))")
BARE = re.compile(rf"[ ]*({PLACE}(?:,[ ]?{PLACE})?)(?:[ ]*[-–—]{{1,3}}|:)[ ]*(?=\S)")
RUN_ON = re.compile(rf"[ ]*(?i:{DOMAIN})[ ]*,[ ]*")


@cache
def _places() -> frozenset[str]:
    names: set[str] = set()
    for region in regions().values():
        names |= {region.short_name, region.capital, *region.aliases, *region.towns}
    return frozenset(name.lower() for name in names)


def _bare(text: str, at: int) -> int:
    """The end of `KOTA – ` or of a known place and a dash; `at` where there is none."""
    match = BARE.match(text, at)
    if match is None:
        return at
    place = match.group(1)
    known = place.split(",")[0].strip().lower() in _places()
    shouted = place.isupper() and len(place) > 3 and ":" not in match.group()
    return match.end() if known or shouted else at


def _run_on(text: str, at: int) -> int:
    """The end of `Liputan6.com, Jakarta` with the text straight behind the place."""
    domain = RUN_ON.match(text, at)
    if domain is None:
        return at
    for length in (3, 2, 1):
        place = re.compile(rf"(?:[\w'.]+[ ]){{{length}}}").match(text, domain.end())
        if place and place.group().strip().lower() in _places():
            return place.end()
    return at


def _one(text: str, at: int) -> int:
    for pattern in (_media(), DATED):
        match = pattern.match(text, at)
        if match is not None:
            return match.end()
    return _run_on(text, at)


def _chain(text: str, at: int) -> int:
    """The end of a dateline and of the second one that some desks put behind it."""
    end = at
    while (further := max(_one(text, end), _bare(text, end))) > end and further - at < 160:
        end = further
    return end


def head_end(text: str) -> int:
    """Where the story begins: behind the dateline; 0 where the text opens with the story."""
    at = len(text) - len(text.lstrip())
    end = _chain(text, at)
    if end > at:
        return end
    for match in re.finditer(r"\n[ ]*(?=\S)", text[:HEAD]):
        if (end := _one(text, match.end())) > match.end():
            return _chain(text, match.end())
    return 0
