"""Candidates told by their contest alone: `Golkar mengusung Rudi di Pilgub Jabar`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.components.cursor import Post
from nlp.components.institutions import is_institution
from nlp.components.names import Name
from nlp.components.offices import Head, links, offices
from nlp.components.places import Place
from nlp.components.races import contests
from nlp.lexicon import positions
from nlp.reading import Reading

PREPOSITIONS = frozenset(["di", "pada", "dalam", "untuk", "ke"])
FARTHEST = 12
"""Words between a name and the contest that its owner runs in."""


class NomineeReader:
    """Reads who runs in which contest; `people` are the names of the text in order."""

    def __init__(self, reading: Reading, people: Sequence[Name]) -> None:
        self.reading, self.words = reading, reading.words
        self.people = [name for name in people if not is_institution(reading, name)]

    def nominees(self) -> Iterator[tuple[Post, Name]]:
        for at in range(2, len(self.words)):
            match = contests().longest(self.reading, at)
            name = self._nominee(at) if match and self._is_entered(at) else None
            if match and name and not self._is_over(match[0]):
                head = Head(office=offices()[match[1][0]])
                yield Post(at, at, head, "", acting="calon", place=self._place(match[0])), name

    def _is_entered(self, at: int) -> bool:
        """`di Pilgub`, `maju Pilgub`."""
        return self.words[at - 1].lower in PREPOSITIONS | {"maju"}

    def _nominee(self, at: int) -> Name | None:
        """The last one named before the contest, if something between or before makes them run."""
        start = self.reading.sentence_at(self.words[at].start).start
        near = [name for name in self.people if start <= name.start and name.behind < at]
        if not near or at - near[-1].behind > FARTHEST or self._is_refused(near[-1], at):
            return None
        return near[-1] if self._runs(near[-1], at) or self._is_put_up(near[-1], at) else None

    def _is_refused(self, name: Name, at: int) -> bool:
        said = {word.lower for word in self.words[max(name.begin - 3, 0) : at]}
        return not said.isdisjoint(positions()["sambung"]["urung"])

    def _runs(self, name: Name, at: int) -> bool:
        """`Rudi, yang telah diusung PAN`, `Rudi maju`."""
        link = links("akan").longest(self.reading, name.behind)
        begin = link[0] if link else name.behind
        close = not self.reading.gap(name.behind).strip(" ,)") and begin < at
        return close and links("berlaga").longest(self.reading, begin) is not None

    def _is_put_up(self, name: Name, at: int) -> bool:
        """`mengusung Rudi di Pilgub`, `mendukung Rudi maju di Pilgub`."""
        if links("mengusung").before(self.reading, name.begin, 2) is None:
            return False
        said = {word.lower for word in self.words[name.behind : at]}
        return said <= PREPOSITIONS | {*positions()["sambung"]["berlaga"], "sebagai"}

    def _is_over(self, behind: int) -> bool:
        """`di Pilgub DKI 2012`, written years later."""
        place = self._place(behind)
        at = place.last if place else behind
        year = self.words[at].text if at < len(self.words) else ""
        return year.isdigit() and int(year) < (self.reading.year or 0)

    def _place(self, behind: int) -> Place | None:
        return next((place for place in self.reading.places if place.first == behind), None)
