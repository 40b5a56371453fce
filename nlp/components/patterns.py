"""Phrases as data, found in one pass over the words of a text.

A phrase is written as words separated by blanks. Each word is
  `kata`      this form, whatever its case
  `~akar`     any form of this root
  `kata*`     any word that begins so
  `a|b|~c`    one of these
  `#`         a number (digits, or a number word)
  `..`        up to three words in between
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from typing import Final, NamedTuple

from nlp.lexicon import table
from nlp.stems import stem

Label = tuple[str, str, float]
"""Kind, id and weight of what a phrase stands for."""

GAP: Final = 3
BARRIERS: Final = frozenset('()[];:!?“”"|')
CLITICS: Final = ("nya", "lah", "kah", "pun")
_WORD: Final = re.compile(r"[^\W_]+(?:[-./'’][^\W_]+)*")


class Word(NamedTuple):
    """One word of a text with its character offsets; `keys` are what phrases may ask of it.

    No phrase runs across a word that stands `apart`: behind a bracket, a colon, a quotation mark.
    Behind a comma it may only after a gap.
    """

    start: int
    end: int
    text: str
    keys: tuple[str, ...]
    apart: bool
    after_comma: bool


class Match(NamedTuple):
    """A phrase found: word positions `[first, last]` and what the phrase stands for."""

    first: int
    last: int
    label: Label


@cache
def number_words() -> dict[str, int]:
    """ "dua", "belasan", "ratusan" and what they count at least."""
    return dict(table("weights")["bilangan"])


@cache
def _whole() -> frozenset[str]:
    """Words that end like one with a clitic and are none: "pasalnya" is "because"."""
    return frozenset(table("weights")["tanpa_klitik"])


@lru_cache(maxsize=200_000)
def _keys(lower: str) -> tuple[str, ...]:
    keys = [lower, "~" + stem(lower)]
    if lower not in _whole():
        keys += [lower.removesuffix(clitic) for clitic in CLITICS if lower.endswith(clitic)]
    if lower[0].isdigit() or lower in number_words():
        keys.append("#")
    return tuple(keys)


def words(text: str, offset: int = 0) -> list[Word]:
    """Words with offsets, counted from `offset`. Hyphens and slashes stay inside: `TNI/Polri`."""
    found = []
    end = 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        end = word.end()
        found.append(_word(word, offset, between))
    return found


def _word(match: re.Match[str], offset: int, between: str) -> Word:
    return Word(
        start=match.start() + offset,
        end=match.end() + offset,
        text=match[0],
        keys=_keys(match[0].lower()),
        apart=not BARRIERS.isdisjoint(between),
        after_comma="," in between,
    )


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    prefixes: dict[str, _Node] = field(default_factory=dict)
    gap: _Node | None = None
    labels: list[Label] = field(default_factory=list)


class Patterns:
    """Many phrases in one tree: finding them costs the same however many there are."""

    def __init__(self, phrases: Iterable[tuple[str, Label]]) -> None:
        """Take pairs of phrase and label."""
        self._root = _Node()
        for phrase, label in phrases:
            for parts in product(*(word.split("|") for word in phrase.lower().split())):
                self._add(parts, label)

    def _add(self, parts: Iterable[str], label: Label) -> None:
        node = self._root
        for part in parts:
            node = _step(node, part)
        if label not in node.labels:
            node.labels.append(label)

    def find(self, text: list[Word]) -> Iterator[Match]:
        """Every phrase that occurs, overlapping ones too, in order of their first word."""
        for first, word in enumerate(text):
            if not _opens(self._root, word):
                continue
            for last, label in _walk(self._root, text, first):
                yield Match(first, last, label)


def _step(node: _Node, part: str) -> _Node:
    if part == "..":
        node.gap = node.gap or _Node()
        return node.gap
    if part.endswith("*"):
        return node.prefixes.setdefault(part[:-1], _Node())
    return node.children.setdefault(part, _Node())


def _walk(node: _Node, text: list[Word], at: int) -> Iterator[tuple[int, Label]]:
    """Follow the tree from word `at`; yield the last word and the label of each phrase."""
    if at >= len(text):
        return
    for child in _next(node, text[at]):
        for label in child.labels:
            yield at, label
        for skipped in range(GAP + 1 if child.gap is not None else 1):
            beyond = at + 1 + skipped
            if beyond >= len(text) or text[beyond].apart:
                break
            if not skipped and not text[beyond].after_comma:
                yield from _walk(child, text, beyond)
            if child.gap is not None:
                yield from _walk(child.gap, text, beyond)


def _opens(node: _Node, word: Word) -> bool:
    """Whether anything goes on with the word: cheap, for most words lead nowhere."""
    if not node.children.keys().isdisjoint(word.keys):
        return True
    return bool(node.prefixes) and word.keys[0].startswith(tuple(node.prefixes))


def _next(node: _Node, word: Word) -> list[_Node]:
    found = [node.children[key] for key in word.keys if key in node.children]
    lower = word.keys[0]
    if node.prefixes and lower.startswith(tuple(node.prefixes)):
        found += [child for prefix, child in node.prefixes.items() if lower.startswith(prefix)]
    return found
