"""Pairs of candidates that prose tells of: `Rudi maju di Pilgub berpasangan dengan Sari`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nlp.components.cursor import Post
from nlp.components.institutions import is_institution
from nlp.components.names import Name
from nlp.components.offices import Head, links, offices
from nlp.components.pairs import PairNames
from nlp.components.races import INCUMBENT, PAIR, RUNNING, is_contest
from nlp.lexicon import positions
from nlp.reading import Reading

REACH = 500
"""Characters before `Dia berpasangan dengan` in which the one meant is named."""


class Duet(NamedTuple):
    """Two names that run together; `both` when what is said of the first is true of the second."""

    post: Post
    names: list[Name]
    both: bool = False


class DuetReader:
    """Reads the pairs of one text that neither an office nor a hyphen shows."""

    def __init__(
        self, reading: Reading, pairs: PairNames, people: list[Name], posts: list[Post]
    ) -> None:
        self.reading, self.words, self.pairs = reading, reading.words, pairs
        self.people = [name for name in people if not is_institution(reading, name)]
        self.posts: Mapping[int, Post] = {post.first: post for post in posts}
        self.inside = {i for post in posts for i in range(post.first, post.last)}
        self.running = any(post.pair or post.acting in RUNNING for post in posts)

    def duets(self) -> Iterator[Duet]:
        if not self.running and not any(is_contest(word.lower) for word in self.words):
            return
        for index in range(len(self.words)):
            duet = self._told(index) or self._ranked(index)
            if duet is not None:
                yield duet

    def _told(self, index: int) -> Duet | None:
        """`A, mantan rektor, berpasangan dengan B`; `Dia maju berpasangan B`."""
        told = links("duet").longest(self.reading, index)
        second = self._second(told[0]) if told else None
        first = self._first(index) if second else None
        if first is None or second is None or first.text == second.text:
            return None
        start = max(self.reading.sentence_at(self.words[index].start).start, first.start)
        begin = min(max(first.begin - 1, 0), self.reading.word_at(start))
        said = {word.lower for word in self.words[begin:index]}
        return Duet(_bare(first.begin, not said.isdisjoint(_incumbents())), [first, second])

    def _second(self, at: int) -> Name | None:
        post = self.posts.get(at)
        at = post.last if post and not post.pair else at
        if at >= len(self.words) or self.reading.gap(at) not in (" ", ", "):
            return None
        return self.pairs.names.at(at)

    def _first(self, index: int) -> Name | None:
        """The last one named in the sentence, or before it where a pronoun opens it."""
        start = self.reading.sentence_at(self.words[index].start).start
        near = [n for n in self.people if n.behind <= index and not self._is_relative(n)]
        same = [n for n in near if n.start >= start]
        opens = self.words[self.reading.word_at(start)].lower
        if same or opens not in positions()["sambung"]["kata_ganti"]:
            return same[-1] if same else None
        return near[-1] if near and near[-1].start > start - REACH else None

    def _is_relative(self, name: Name) -> bool:
        before = self.words[name.begin - 1].lower if name.begin else ""
        return before in positions()["sambung"]["kerabat"]

    def _ranked(self, index: int) -> Duet | None:
        """`posisi ketiga diduduki A dan B`, `unggul dari petahana A dan B`."""
        opener = links("peringkat").longest(self.reading, index)
        if opener is None or index in self.inside or not self.running:
            return None
        if index and self.words[index - 1].lower in RUNNING:
            return None  # `calon petahana A dan B`: two who may run against each other
        at = opener[0]
        clear = at < len(self.words) and at not in self.inside and self.reading.gap(at) == " "
        first = self.pairs.names.at(at) if clear else None
        second = self.pairs.partner(first) if first else None
        if first is None or second is None or is_institution(self.reading, first):
            return None
        hyphened = self.pairs.hyphened(first.stop, first.behind)
        incumbent = self.words[index].lower in _incumbents()
        return Duet(_bare(first.begin, incumbent), [first, second], hyphened)


def _bare(at: int, incumbent: bool) -> Post:
    post = Post(at, at, Head(office=offices()[PAIR]), "", pair=True, incumbent=incumbent)
    post.acting = "calon" if incumbent else None
    return post


def _incumbents() -> list[str]:
    return list(positions()["acting_sesudah"][INCUMBENT])
