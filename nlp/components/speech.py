"""Who speaks: the names and verbs beside a piece of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from nlp.components.persons import Human
from nlp.lexicon import positions, table
from nlp.reading import Reading

REACH = 160
"""How far from its verb a speaker may stand, in characters."""


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def inserted_verb() -> re.Pattern[str]:
    """`kata`, `ujarnya`, `ungkap dia`."""
    speech = table("speech")
    return re.compile(
        rf"\b(?P<verb>{_any(speech['sisipan'])})(?P<own>nya)?\b(?:\s+(?P<pronoun>{_any(speech['ganti'])})\b)?",
        re.IGNORECASE,
    )


@cache
def reporting_verb() -> re.Pattern[str]:
    """None is meant where somebody is accused of having said it: "diduga mengajak"."""
    speech = table("speech")
    accused = "".join(rf"(?<!\b{re.escape(word)} )" for word in speech["dituduhkan"])
    return re.compile(rf"\b{accused}(?:{_any(speech['laporan'])})\b", re.IGNORECASE)


@cache
def accused() -> re.Pattern[str]:
    """`dituding`, `dilaporkan`: what follows is a deed and no statement."""
    return re.compile(rf"\b(?:{_any(table('speech')['dituduhkan'])})\b", re.IGNORECASE)


@cache
def told_by() -> re.Pattern[str]:
    """`Hal senada disampaikan oleh`, up to the speaker's name or office."""
    speech = table("speech")
    return re.compile(
        rf"\W*(?:{_any(speech['ucapan'])})\b(?:\s+\w+){{0,5}}?\s+(?:{_any(speech['pasif'])})\b(?:\s+oleh\b)?",
        re.IGNORECASE,
    )


@cache
def kin() -> re.Pattern[str]:
    """`putra sulung Presiden`, right before a name: somebody else speaks."""
    return re.compile(rf"\b(?:{_any(table('speech')['kerabat'])})\b(?:\s+\w+){{0,2}}\s*$", re.I)


@cache
def pronoun_subject() -> re.Pattern[str]:
    """`Ia juga menyampaikan`, with up to three small words between."""
    speech = table("speech")
    return re.compile(
        rf"\b(?:{_any(positions()['sambung']['kata_ganti'])})\b(?:\s+[a-z]+){{0,3}}?\s+(?:{_any(speech['laporan'])})\b",
        re.IGNORECASE,
    )


class Speakers:
    """The people of one text by where they are named."""

    def __init__(self, reading: Reading, humans: list[Human]) -> None:
        self.reading, self.humans = reading, humans
        self.named = sorted(
            ((span[0], span[1], human) for human in humans for span in human.spans),
            key=lambda row: row[:2],
        )
        self._starts = [row[0] for row in self.named]

    def first_in(self, start: int, end: int) -> tuple[int, int, Human] | None:
        """The first person named from `start` up to `end`."""
        index = bisect_left(self._starts, start)
        if index < len(self.named) and self.named[index][0] < end:
            return self.named[index]
        return None

    def last_in(self, start: int, end: int) -> tuple[int, int, Human] | None:
        index = bisect_left(self._starts, end) - 1
        if index >= 0 and self.named[index][0] >= start:
            return self.named[index]
        return None

    def by_office(self, words: str) -> Human | None:
        """`kata Kapolres`: the one person whose office is called so."""
        wanted = words.lower().strip(" ,.")
        found = [
            human
            for human in self.humans
            if any(
                _names_office(wanted, title.position, title.institution) for title in human.titles
            )
        ]
        return found[0] if len(found) == 1 else None

    def after_verb(self, start: int, end: int) -> Human | None:
        """The speaker named behind a verb: by name, or by an office on its own."""
        named = self.first_in(start, min(end, start + REACH))
        if named is not None:
            return named[2]
        office = re.match(r"\s*([A-Z][\w ]{2,60})", self.reading.text[start:end])
        return self.by_office(office.group(1)) if office else None


def _names_office(wanted: str, position: str, institution: str | None) -> bool:
    whole = f"{position} {institution or ''}".lower()
    return bool(wanted) and (whole.startswith(wanted) or wanted.startswith(position.lower()))
