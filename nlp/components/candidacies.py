"""Candidates told in prose, behind whom the office comes or whose partner has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nlp.components.cursor import Post
from nlp.components.institutions import is_institution
from nlp.components.names import Name
from nlp.components.offices import Head, links, offices
from nlp.components.races import RUNNING, first_of
from nlp.lexicon import positions
from nlp.reading import Reading

BETWEEN = frozenset(["-", "–", "dan", "serta", "dengan", "bersama", "berpasangan dengan"])
"""What parts the first of a pair from the office of the second."""


class CandidacyReader:
    """Reads the candidacies of one text; `people` are its names in order."""

    def __init__(self, reading: Reading, people: Sequence[Name]) -> None:
        self.reading, self.words = reading, reading.words
        self.people = [name for name in people if not is_institution(reading, name)]

    def candidate(self, post: Post) -> Name | None:
        """`Rudi Tamara, yang diusung Golkar menjadi cagub`: the last one named before."""
        if post.pair or post.acting not in RUNNING or post.first == 0:
            return None
        if self.words[post.first - 1].lower not in positions()["sambung"]["pendamping"]:
            return None
        start = self.reading.sentence_at(self.words[post.first].start).start
        before = [n for n in self.people if start <= n.start and n.behind <= post.first]
        if not before:
            return None
        said = range(before[-1].behind, post.first)
        runs = any(links("maju").longest(self.reading, at) for at in said)
        runs = runs and not any(links("andai").longest(self.reading, at) for at in said)
        return before[-1] if runs and said[0] == before[-1].behind else None

    def principal(self, post: Post, deputy: Name | None) -> tuple[Post, Name] | None:
        """`cawagub mendampingi Rudi`, `menjadi cawapres Rudi`: Rudi runs for the first office."""
        office = post.office.id if post.office else ""
        first = first_of().get(office, office)
        if post.pair or post.acting not in RUNNING or first == office:
            return None
        at = deputy.behind if deputy and deputy.begin == post.last else post.last
        link = links("mendampingi").longest(self.reading, at) if at < len(self.words) else None
        name = self._beginning_at(link[0] if link else at if self._is_taken_up(post) else -1)
        return (replace(post, head=Head(office=offices()[first])), name) if name else None

    def _is_taken_up(self, post: Post) -> bool:
        """`menjadi cawapres`, without the region that its own holder's name would follow."""
        before = self.words[post.first - 1].lower if post.first else ""
        return before in positions()["sambung"]["pendamping"] and post.place is None

    def _beginning_at(self, index: int) -> Name | None:
        return next((name for name in self.people if name.begin == index), None)

    def deputy(self, post: Post, first: Post, holders: Mapping[int, Name]) -> Post:
        """`calon bupati Rudi dan wakil bupati Sari`: the second runs as the first does."""
        name = holders.get(first.first)
        second = post.office and first.office and positions()["wakil"].get(first.office.id)
        if name is None or post.acting is not None or first.acting not in RUNNING:
            return post
        gap = self.reading.text[name.stop : self.words[post.first].start].strip(" ,")
        if post.office is None or second != post.office.id or gap not in BETWEEN:
            return post
        return replace(post, acting=first.acting)
