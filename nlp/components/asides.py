"""Brackets behind a name that say who it is: `Rudi Tamara (Dosen UIN Antasari)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from nlp.components.cursor import Post
from nlp.components.names import Name
from nlp.lexicon import table
from nlp.phrases import Phrases
from nlp.reading import Reading

LONGEST = 25
"""Words that a bracket behind a name may hold."""


@cache
def _roles() -> Phrases[bool]:
    roles = table("names")["peran_orang"].values()
    return Phrases((form, True) for forms in roles for form in forms)


class Asides:
    """`owners` gives the name before the bracket for the first word of each office inside it;
    `inside` are the words of all such brackets, none of which names anybody."""

    def __init__(self, reading: Reading, names: Mapping[int, Name], posts: Sequence[Post]) -> None:
        self.reading = reading
        self.post_at = {post.first: post for post in posts}
        self.owners: dict[int, Name] = {}
        self.inside: set[int] = set()
        for index, name in names.items():
            if index not in self.inside:
                self._read(index, name)

    def _read(self, index: int, name: Name) -> None:
        end = self._close(index)
        if not end or not (index in self.post_at or _roles().longest(self.reading, index)):
            return
        self.inside.update(range(index, end))
        within = [self.post_at[i] for i in range(index, end) if i in self.post_at]
        # Nobody within, when the bracket opens with a role that is no office.
        for post, behind in zip(within, [*(p.first for p in within[1:]), end], strict=False):
            self.owners[post.first] = name
            self._complete(post, behind)

    def _close(self, index: int) -> int:
        """Behind the last word of the bracket that opens before word `index`, else 0."""
        words = self.reading.words
        if index >= len(words) or self.reading.gap(index).strip() != "(":
            return 0
        for at in range(index + 1, min(index + LONGEST, len(words)) + 1):
            gap = self.reading.gap(at) if at < len(words) else self.reading.text[words[-1].end :]
            if ")" in gap:
                return at
        return 0

    def _complete(self, post: Post, end: int) -> None:
        """What goes on the institution's name, since no person can follow it here."""
        words = self.reading.words
        while post.unit and post.last < end and words[post.last].text[0].isupper():
            post.unit += self.reading.gap(post.last) + words[post.last].text
            post.last += 1
