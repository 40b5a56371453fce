"""The names of pairs of candidates: `A-B`, `A dan B`, and whole lists of them."""

from __future__ import annotations

import re

from nlp.components.names import Name, NameReader, looks_personal
from nlp.components.offices import links
from nlp.components.races import is_contest, ran_for_president
from nlp.lexicon import person_names, positions
from nlp.reading import Reading

HYPHENS = ("-", "–", "—", "/", "&")
NUMBER = r"(?:nomor|no\.?|nomer)\s+(?:urut\s+)?\(?(?:\d{1,2}|satu|dua|tiga|empat|lima|enam)\b\)?"
ASIDE = re.compile(rf"[\s,)]*(?:{NUMBER}|periode\s+\d{{4}}\s?[-–]\s?\d{{4}})", re.IGNORECASE)
BRACKET = re.compile(r"\s*\([^()\n]{1,60}\)")
LONGEST_LIST = 12
"""Pairs that one list may have."""


def _is_known(name: Name) -> bool:
    """`Ahok`, unlike `AHOK` or `Amanah`: a name that news knows."""
    return name.text.istitle() and name.text.lower() in person_names()


class PairNames:
    """Reads pairs out of one text; `offices` are the word indices where an office begins."""

    def __init__(self, reading: Reading, names: NameReader, offices: frozenset[int]) -> None:
        self.reading, self.words = reading, reading.words
        self.names, self.offices = names, offices

    def behind(self, first: Name, listed: bool) -> list[Name]:
        """`first` and everybody named with it, two by two; only one pair unless `listed`."""
        pair = self._pair(first)
        found = [*pair]
        while listed and len(pair) == 2 and len(found) < 2 * LONGEST_LIST:
            pair = self._next_pair(pair[1])
            found += pair
        return found

    def _pair(self, first: Name) -> list[Name]:
        second = self.partner(first)
        return [first, second] if second else [first]

    def partner(self, first: Name) -> Name | None:
        """The second of a pair whose first is read."""
        at = self.over_asides(first.behind, brackets=True)
        if at >= len(self.words) or at in self.offices:
            return None
        if self.hyphened(first.stop, at):
            return self._known(first, at) or self.names.at(at) or self.names.lone(at)
        joined = links("pasangan").longest(self.reading, at)
        if joined and joined[0] not in self.offices and self._near(joined[0]):
            return self.names.at(joined[0])
        return None

    def hyphened(self, stop: int, at: int) -> bool:
        """Whether a hyphen leads from character `stop`, where a name ends, to word `at`."""
        return self.reading.text[stop : self.words[at].start].strip(" )").endswith(HYPHENS)

    def is_hyphened(self, first: Name) -> bool:
        """`Rudi Tamara-Sari`: two names and one hyphen; `RUDI-SARI` may be a slogan."""
        at = first.behind
        if at >= len(self.words) or not self.hyphened(first.stop, at):
            return False
        second = self.partner(first)
        if second is None or self._governs(first):
            return False
        known = ran_for_president(first.text, second.text)
        if not known and " " not in first.text and self._ends_title(first):
            return False
        long = max(len(n.text.split()) for n in (first, second)) > 1
        return long or known or (self._is_new(first) and self._is_new(second))

    def _governs(self, name: Name) -> bool:
        """`pemerintahan Jokowi-JK`: a pair in office."""
        before = self.words[name.begin - 1].lower if name.begin else ""
        return before in positions()["sambung"]["memerintah"]

    def is_sure(self, first: Name) -> bool:
        """Whether the pair is known by its names alone: when its election was at hand, or where
        the text tells of one."""
        second = self.partner(first)
        if second is None:
            return False
        contest = any(is_contest(word.lower) for word in self.words)
        sure = contest and all(_is_known(n) or looks_personal(n) for n in (first, second))
        return sure or ran_for_president(first.text, second.text, self.reading.year)

    def _is_new(self, name: Name) -> bool:
        """`Nia-Usman` are somebody, but not two more where `Usman Tamara` is named as well."""
        if not _is_known(name):
            return False
        lower, whole = name.text.lower(), range(name.first, name.last)
        near = (i for i, word in enumerate(self.words) if word.lower == lower and i not in whole)
        return not any(self.names.is_inner(index) for index in near)

    def _ends_title(self, name: Name) -> bool:
        """`tim Advokasi Ahmad-Sari`: a part of what others are called."""
        before = self.words[name.begin - 1] if name.begin else None
        if before is None or self.reading.gap(name.begin) != " " or before.text[0].islower():
            return False
        return self.reading.sentence_at(before.start).start < before.start

    def _known(self, first: Name, at: int) -> Name | None:
        """`Prabowo-Sandi Labura`: the second of a pair that all know, and no word more."""
        second = self.names.at(at)
        if second is None or ran_for_president(first.text, second.text):
            return second
        for last in range(second.last - 1, second.first, -1):
            short = self.names.cut(second, last)
            if ran_for_president(first.text, short.text):
                return short
        return None

    def behind_slogan(self, at: int) -> Name | None:
        """`Paslon 01 BAIK (Subandi-Mimik)`: the first of the pair in the bracket."""
        if at + 1 >= len(self.words) or not self.words[at].text.isupper():
            return None
        name = self.names.at(at + 1) if self.reading.gap(at + 1).strip() == "(" else None
        return name if name and self.partner(name) else None

    def lone_first(self, at: int) -> Name | None:
        """`Paslon Etik-Agus`: an everyday word that its hyphen shows to be the first of a pair."""
        if at >= len(self.words) or not self.words[at].text.istitle() or at in self.offices:
            return None
        name = self.names.lone(at) if not self.reading.gap(at).strip(" ,") else None
        alone = name is not None and name.last == at + 1 and name.behind < len(self.words)
        return name if name and alone and self.hyphened(name.stop, name.behind) else None

    def _next_pair(self, last: Name) -> list[Name]:
        """`, C-D nomor urut 2`, `, serta E dan F`; nothing when no whole pair follows."""
        at = self.over_asides(last.behind, brackets=True)
        if at >= len(self.words) or self.reading.gap(at).strip(" )\n") not in ("", ",", ";"):
            return []
        comma = "," in self.reading.gap(at) or ";" in self.reading.gap(at)
        joined = self.words[at].lower in ("dan", "serta")
        at += joined
        if not (comma or joined) or at in self.offices or not self._near(at):
            return []
        first = self.names.at(at)
        pair = self._pair(first) if first else []
        return pair if len(pair) == 2 else []

    def _near(self, at: int) -> bool:
        return at < len(self.words) and not self.reading.gap(at).strip(" ,;)\n")

    def over_asides(self, at: int, brackets: bool = False) -> int:
        """Behind `nomor urut 2`, and `(MARI)` too when asked."""
        while 0 < at < len(self.words):
            end = self.words[at - 1].end
            aside = ASIDE.match(self.reading.text, end)
            aside = aside or (BRACKET.match(self.reading.text, end) if brackets else None)
            if aside is None or aside.end() == end:
                return at
            at = self.reading.word_at(aside.end())
        return at
