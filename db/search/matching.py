"""Whether one text answers a query, and which words of it do: for watches and for highlights.

Says the same as the full-text index, but of one text and with the places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from db.search.query import AllOf, AnyOf, Near, Node, Not, Phrase, Word, plain_words
from nlp import stems


class Hit(NamedTuple):
    """One place that answers: offsets into the text, the words there, their root."""

    start: int
    end: int
    form: str
    root: str


class Place(NamedTuple):
    """Words `first` to `last` of a text."""

    first: int
    last: int


class Text:
    """A text as its roots in order, each with the place of the word it comes from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.roots: list[str] = []
        self.spans: list[tuple[int, int]] = []
        for root, start, end in stems.words(text):
            parts = root.split()
            self.roots += parts
            self.spans += [(start, end)] * len(parts)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, root in enumerate(self.roots):
            found.setdefault(root, []).append(at)
        return found

    def hit(self, place: Place) -> Hit:
        start, end = self.spans[place.first][0], self.spans[place.last][1]
        root = " ".join(self.roots[place.first : place.last + 1])
        return Hit(start, end, self.text[start:end], root)

    def find(self, leaf: Word | Phrase) -> list[Place]:
        """Where a word or phrase stands."""
        length = len(leaf.roots)
        if not length:
            return []
        found = [
            Place(at, at + length - 1)
            for at in self.places.get(leaf.roots[0], ())
            if tuple(self.roots[at : at + length]) == leaf.roots
        ]
        if isinstance(leaf, Phrase):
            return [place for place in found if self._as_written(place, leaf)]
        return found

    def _as_written(self, place: Place, phrase: Phrase) -> bool:
        return plain_words(self.hit(place).form) == phrase.words


def matches(node: Node, title: Text, body: Text) -> bool:
    """Whether title and body together answer the query."""
    if isinstance(node, Not):
        return not matches(node.part, title, body)
    if isinstance(node, AllOf):
        return all(matches(part, title, body) for part in node.parts)
    if isinstance(node, AnyOf):
        return any(matches(part, title, body) for part in node.parts)
    return any(_find(node, text) for text in (title, body))


def hits(node: Node, text: Text) -> list[Hit]:
    """Every place of a text that speaks for the query, in order, without repeats."""
    found = {text.hit(place) for place in _places(node, text)}
    return sorted(found)


def _places(node: Node, text: Text) -> list[Place]:
    if isinstance(node, Not):
        return []
    if isinstance(node, AllOf | AnyOf):
        return [place for part in node.parts for place in _places(part, text)]
    return _find(node, text)


def _find(node: Word | Phrase | Near, text: Text) -> list[Place]:
    if isinstance(node, Near):
        return _near(node, text)
    return text.find(node)


def _near(node: Near, text: Text) -> list[Place]:
    """The places of all parts that stand near enough to each other."""
    columns = [text.find(part) for part in node.parts]
    if not all(columns):
        return []
    found: list[Place] = []
    for place in columns[0]:
        places = [place, *(_nearest(place, column) for column in columns[1:])]
        if _between(places) <= node.distance:
            found += places
    return found


def _nearest(place: Place, column: Sequence[Place]) -> Place:
    at = bisect_left(column, place)
    return min(column[max(at - 1, 0) : at + 1], key=lambda other: abs(other.first - place.first))


def _between(places: Iterable[Place]) -> int:
    """Words between the first and the last of these, those of the parts themselves not counted."""
    return sum(
        max(later.first - earlier.last - 1, 0) for earlier, later in pairwise(sorted(places))
    )
