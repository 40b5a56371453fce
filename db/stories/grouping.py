"""Which articles of a connected heap form one story: a pure function of the heap.

What people decided (`meja.groupings`) wins: a merged pair is in one story, a split pair is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.stories.linking import Linkage, Pairs
from nlp import similarity


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
    days: Mapping[int, int],
    pairs: Pairs,
    decisions: StoryDecisions,
) -> list[list[int]]:
    """Stories of a heap, each in the order of `articles` (by publish time)."""
    linkage = Linkage(articles, days, pairs, similarity.window())

    def allowed(story: list[int], other: list[int]) -> bool:
        return not any(
            frozenset((keys[a], keys[b])) in decisions.apart for a in story for b in other
        )

    linkage.join(similarity.same_event(), allowed if decisions.apart else _always)
    return _merged(list(linkage.groups.values()), articles, keys, decisions)


def _always(_story: list[int], _other: list[int]) -> bool:
    return True


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


def _merged(
    stories: list[list[int]],
    articles: Sequence[int],
    keys: Mapping[int, str],
    decisions: StoryDecisions,
) -> list[list[int]]:
    """The stories with those put together that people merged, by their first article."""
    home = {keys[article]: story for story in stories for article in story}
    for pair in decisions.merged:
        here = [home[key] for key in sorted(pair) if key in home]
        if len(here) == 2 and here[0] is not here[1]:
            here[0].extend(here[1])
            home.update((keys[article], here[0]) for article in here[1])
    place = {article: number for number, article in enumerate(articles)}
    distinct = {id(story): story for story in home.values()}
    return sorted(
        (sorted(story, key=place.__getitem__) for story in distinct.values()),
        key=lambda story: place[story[0]],
    )
