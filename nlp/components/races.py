"""The race of an article: the office that its pairs of candidates run for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import NamedTuple

from nlp.components.cursor import Post
from nlp.components.offices import Head, Office, offices
from nlp.components.places import Place
from nlp.lexicon import positions
from nlp.phrases import Phrases
from nlp.reading import Reading

FEWEST = 2
"""Pairs called bakal_calon that speak for the others."""
CLEAR = 1.5
"""From three quarters on, one contest is what a text is about."""
PAIR = "paslon"
"""The office of a pair that the text does not name."""
RUNNING = ("calon", "bakal_calon")
INCUMBENT = "petahana"
"""A candidate who holds the office already."""


class Race(NamedTuple):
    """An office that is run for, named at word `at`."""

    at: int
    office: str
    place: Place | None


@cache
def first_of() -> dict[str, str]:
    """Office -> the office of the first of the pair: wagub -> gubernur, bupati -> bupati."""
    pairs = {k: v for k, v in positions()["wakil"].items() if offices()[k].pattern != "pasangan"}
    pairs.pop("kepala_daerah")
    return {**{first: first for first in pairs}, **{v: k for k, v in pairs.items()}}


def is_elected(office: Office) -> bool:
    """Whether a pair may run for the office, or for that of its second."""
    pairs = positions()["wakil"]
    return office.pattern == "daerah" or office.id in pairs or office.id in pairs.values()


def is_contest(word: str) -> bool:
    """Whether the word names an election of heads of regions."""
    return word.startswith(tuple(positions()["sambung"]["pemilihan"]))


@cache
def contests() -> Phrases[str]:
    return Phrases(positions()["lomba"].items())


def _offered(posts: list[Post]) -> list[Race]:
    """`pemilihan Bupati dan Wakil Bupati`: an office of two, with nobody called a candidate."""
    return [
        Race(post.first, post.office.id, post.place)
        for post in posts
        if post.joint and post.office and post.office.id in first_of()
    ]


def settle(reading: Reading, posts: list[Post]) -> None:
    """Gives every bare pair the office and the stage of the race named last before, or next."""
    _await(reading, posts)
    bare = [post for post in posts if post.pair and post.office and post.office.id == PAIR]
    if not bare:
        return
    races = _named(posts) or _contested(reading, _offered(posts))
    stage = _stage(posts)
    for post in bare:
        if races:
            race = _nearest(races, post.first)
            if not (race.office == "gubernur" and _is_of_regency(reading, post)):
                _enter(post, race)
        post.acting = post.acting or stage


def _await(reading: Reading, posts: list[Post]) -> None:
    """`calon gubernur` in an article on pairs still called `bapaslon`: short for bakal calon."""
    waiting = [p for p in posts if p.pair and p.acting == "bakal_calon"]
    if len(waiting) < FEWEST or any(w.lower in _ruled() for w in reading.words):
        return
    for post in posts:
        if post.acting == "calon" and post.office and post.office.pattern == "daerah":
            post.acting = "bakal_calon"


@cache
def _ruled() -> frozenset[str]:
    """Words that tell of candidates already settled."""
    return frozenset(positions()["penetapan"]["kata"])


@cache
def _elsewhere() -> Phrases[bool]:
    return Phrases((form, True) for form in positions()["pemilihan_lain"]["kata"])


def is_elsewhere(reading: Reading) -> bool:
    """Whether the text is about an election at a school or the like, with pairs of its own."""
    return any(_elsewhere().longest(reading, index) for index in range(len(reading.words)))


@cache
def _presidential() -> list[tuple[frozenset[str], frozenset[str], int]]:
    rows = positions()["pasangan_presiden"]
    return [(frozenset(row["pertama"]), frozenset(row["kedua"]), row["tahun"]) for row in rows]


def ran_for_president(first: str, second: str, year: int | None = None) -> bool:
    """Whether the pair of these names is known to have run for president, in `year` or the next."""
    names = first.lower().replace("’", "'"), second.lower().replace("’", "'")
    return any(
        names[0] in firsts and names[1] in seconds and (year or voted) in (voted - 1, voted)
        for firsts, seconds, voted in _presidential()
    )


def _stage(posts: list[Post]) -> str:
    """What most candidates of the article are: calon, or still bakal_calon."""
    stages = Counter(post.acting for post in posts if post.acting in RUNNING)
    return max(RUNNING, key=lambda stage: stages[stage])


def _named(posts: list[Post]) -> list[Race]:
    return [
        Race(post.first, first_of()[post.office.id], post.place)
        for post in posts
        if post.office and post.office.id in first_of() and post.acting in RUNNING
    ]


def _contested(reading: Reading, offered: list[Race]) -> list[Race]:
    """`Pilpres 2024`, `pemilihan Bupati dan Wakil Bupati`, for want of any "calon bupati"."""
    races = sorted([*offered, *_contests_in(reading)])
    titled = [race._replace(at=0) for race in _contests_in(Reading(reading.title, "normal"))]
    races = races or titled
    often = Counter(race.office for race in races)
    main = max(often, key=lambda office: often[office], default="")
    clear = 2 * often[main] >= CLEAR * len(races)
    if main == "presiden" and sum(is_contest(word.lower) for word in reading.words) >= often[main]:
        return []
    if not clear and {race.office for race in titled} == {main}:
        return titled
    return [race for race in races if race.office == main] if clear else []


def _contests_in(reading: Reading) -> list[Race]:
    found = ((i, contests().longest(reading, i)) for i in range(len(reading.words)))
    return [Race(i, match[1][0], None) for i, match in found if match]


def _is_of_regency(reading: Reading, post: Post) -> bool:
    """`untuk Kabupaten Solok Selatan yakni ...`: a pair that can run for no province."""
    words, first = reading.words, max(post.first - 1, 0)
    start = reading.sentence_at(words[first].start).start
    for place in reading.places:
        if words[place.first].start >= start and place.first <= first and len(place.code) > 2:
            before = {word.lower for word in words[max(place.first - 2, 0) : place.first]}
            if before & {"untuk", "pilkada"}:
                return True
    return False


def _nearest(races: list[Race], index: int) -> Race:
    before = bisect_right(races, index, key=lambda race: race.at)
    return races[max(before - 1, 0)]


def _enter(post: Post, race: Race) -> None:
    post.head = Head(office=offices()[race.office])
    post.place = post.place or race.place
