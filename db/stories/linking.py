"""Groups put together step by step, the likest two first: the same whatever the order of arrival.

How like two groups are is the mean over the better half of the pairs between them: one chance
likeness does not chain two groups together, and one odd article does not keep them apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple


class Pair(NamedTuple):
    score: float
    is_copy: bool


Pairs = Mapping[int, Mapping[int, Pair]]
"""Symmetric: the pairs of each article by the other one; a missing pair counts as unlike."""


class Linkage:
    """The groups of some articles, each named by its first one; `days` are ordinals.

    Pairs further apart than `window` days say nothing: a case may last longer than that.
    """

    def __init__(
        self, articles: Sequence[int], days: Mapping[int, int], pairs: Pairs, window: int
    ) -> None:
        self._place = {article: place for place, article in enumerate(articles)}
        self._days = {place: [days[article]] for article, place in self._place.items()}
        self._window = window
        self.groups = {place: [article] for article, place in self._place.items()}
        self._links = {
            place: {
                self._place[other]: [pair]
                for other, pair in pairs.get(article, {}).items()
                if other in self._place
            }
            for article, place in self._place.items()
        }

    def join(self, bar: float, allowed: Callable[[list[int], list[int]], bool]) -> None:
        """Put together, while any two are `bar` or more alike and may be one group."""
        waiting = [entry for a in self.groups for entry in self._entries(a, bar) if entry[1] == a]
        heapify(waiting)
        while waiting:
            likeness, a, b = heappop(waiting)
            if a not in self.groups or b not in self.groups or -likeness != self._likeness(a, b):
                continue  # told of groups that have grown since
            if allowed(self.groups[a], self.groups[b]):
                self._merge(a, b)
                for entry in self._entries(a, bar):
                    heappush(waiting, entry)

    def _entries(self, group: int, bar: float) -> list[tuple[float, int, int]]:
        likeness = {other: self._likeness(group, other) for other in self._links[group]}
        return [
            (-like, min(group, other), max(group, other))
            for other, like in likeness.items()
            if like >= bar
        ]

    def _likeness(self, a: int, b: int) -> float:
        pairs = self._links[a][b]
        if any(pair.is_copy for pair in pairs):
            return 1.0
        half = (self._comparable(a, b) + 1) // 2
        return sum(sorted((pair.score for pair in pairs), reverse=True)[:half]) / half

    def _comparable(self, a: int, b: int) -> int:
        """How many pairs there are between two groups that are not too far apart in time."""
        few, many = sorted((self._days[a], self._days[b]), key=len)
        return sum(
            bisect_right(many, day + self._window) - bisect_left(many, day - self._window)
            for day in few
        )

    def _merge(self, a: int, b: int) -> None:
        """The later group `b` becomes part of `a`."""
        self.groups[a] += self.groups.pop(b)
        self._days[a] = sorted(self._days[a] + self._days.pop(b))
        for other, between in self._links.pop(b).items():
            del self._links[other][b]
            if other != a:
                self._links[a].setdefault(other, []).extend(between)
                self._links[other][a] = self._links[a][other]
