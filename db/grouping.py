"""Which articles of a connected heap form one story: a pure function of the heap.

Articles are taken by publish time; each joins the story it is most like, or begins one. What
people decided (`meja.groupings`) wins: a merged pair is in one story, a split pair is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

UNLIKE: Final = 0.3
"""Taken as the second best likeness where a story holds only one article like the new one."""


class Pair(NamedTuple):
    score: float
    is_copy: bool


Pairs = Mapping[int, Mapping[int, Pair]]
"""Symmetric: the pairs of each article by the other one."""


@dataclass
class StoryDecisions:
    """Unordered pairs of article keys; a later decision on a pair replaces an earlier one."""

    merged: dict[frozenset[str], None] = field(default_factory=dict)
    apart: dict[frozenset[str], None] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]]) -> StoryDecisions:
        """From `(action, key_a, key_b)` in the order they were decided."""
        made = cls()
        for action, key_a, key_b in rows:
            pair = frozenset((key_a, key_b))
            wanted, other = made.merged, made.apart
            if action == "split":
                wanted, other = other, wanted
            other.pop(pair, None)
            wanted[pair] = None
        return made

    def partners(self, key: str) -> set[str]:
        return {other for pair in self.merged if key in pair for other in pair} - {key}


def cluster(
    articles: Sequence[int],
    keys: Mapping[int, str],
    pairs: Pairs,
    decisions: StoryDecisions,
    bar: float,
) -> list[list[int]]:
    """Stories of a heap, each in the order of `articles` (by publish time)."""
    stories: list[list[int]] = []
    home: dict[int, int] = {}
    for article in articles:
        near = _stories_near(pairs.get(article, {}), home)
        likeness = {
            story: _likeness(alike, len(stories[story]))
            for story, alike in near.items()
            if not _vetoed(keys[article], (keys[other] for other in stories[story]), decisions)
        }
        best = max(likeness, key=lambda story: (likeness[story], -story), default=None)
        if best is None or likeness[best] < bar:
            best = len(stories)
            stories.append([])
        stories[best].append(article)
        home[article] = best
    return _merged(stories, articles, keys, decisions)


def copies(story: Sequence[int], pairs: Pairs) -> dict[int, int]:
    """Which article of a story (by publish time) repeats the words of which earlier one."""
    found: dict[int, int] = {}
    for place, article in enumerate(story):
        for earlier in story[:place]:
            pair = pairs.get(article, {}).get(earlier)
            if pair and pair.is_copy:
                found[article] = found.get(earlier, earlier)
                break
    return found


def _stories_near(neighbours: Mapping[int, Pair], home: Mapping[int, int]) -> dict[int, list[Pair]]:
    near: dict[int, list[Pair]] = defaultdict(list)
    for other, pair in neighbours.items():
        if other in home:
            near[home[other]].append(pair)
    return near


def _likeness(alike: Iterable[Pair], size: int) -> float:
    """Mean of the two best, so that one chance likeness does not chain two stories together."""
    if any(pair.is_copy for pair in alike):
        return 1.0
    best = sorted((pair.score for pair in alike), reverse=True)[:2]
    if size > 1 and len(best) == 1:
        best.append(UNLIKE)
    return sum(best) / len(best)


def _vetoed(key: str, members: Iterable[str], decisions: StoryDecisions) -> bool:
    return any(frozenset((key, member)) in decisions.apart for member in members)


def _merged(
    stories: list[list[int]],
    articles: Sequence[int],
    keys: Mapping[int, str],
    decisions: StoryDecisions,
) -> list[list[int]]:
    """The stories with those put together that people merged."""
    if not decisions.merged:
        return stories
    home = {keys[article]: story for story in stories for article in story}
    for pair in decisions.merged:
        first, *rest = [home[key] for key in sorted(pair) if key in home]
        for story in rest:
            if story is not first:
                first.extend(story)
                home.update((keys[article], first) for article in story)
    place = {article: number for number, article in enumerate(articles)}
    distinct = {id(story): story for story in home.values()}
    return sorted(
        (sorted(story, key=place.__getitem__) for story in distinct.values()),
        key=lambda story: place[story[0]],
    )
