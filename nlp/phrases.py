"""Look up many phrases at once, word by word, whatever stands between the words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from nlp.reading import WORD, Reading

T = TypeVar("T")
END = ""
"""The key under which a phrase that ends here keeps its values; no word is empty."""

JOINTS = frozenset(
    [" ", "-", ".", ". ", "/", "\n", " \n", "  ", " - ", "- ", " /", "/ ", "'", " & ", ". \n"]
)
"""What may stand between two words of one phrase."""


class Phrases(Generic[T]):
    """Phrases in lower case and what each means; one phrase may mean several things."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._root: dict[str, Any] = {}
        for phrase, value in entries:
            self._add(phrase, value)

    def _add(self, phrase: str, value: T) -> None:
        node = self._root
        for word in WORD.findall(phrase.lower()):
            node = node.setdefault(word, {})
        values = node.setdefault(END, [])
        if value not in values:
            values.append(value)

    def longest(self, reading: Reading, index: int) -> tuple[int, list[T]] | None:
        """The longest phrase that begins at word `index`: the index behind it, and its values."""
        words, best = reading.words, None
        node: Any = self._root.get(words[index].lower) if index < len(words) else None
        while node is not None:  # most words open no phrase and end here
            index += 1
            if END in node:
                best = (index, node[END])
            if index == len(words) or reading.gap(index) not in JOINTS:
                break
            node = node.get(words[index].lower)
        return best

    def before(self, reading: Reading, index: int, most: int = 4) -> tuple[int, list[T]] | None:
        """The longest phrase that ends just before word `index`: where it begins, its values."""
        for start in range(max(0, index - most), index):
            found = self.longest(reading, start)
            if found and found[0] == index:
                return start, found[1]
        return None
