"""The language in which people say which words they look for, in a search and in a watch.

`bawaslu camat` both, in any form of the words · `"politik uang"` as written · `sembako OR amplop`
(ATAU) · `-sosialisasi` or `NOT sosialisasi` (BUKAN) without · `camat DEKAT/8 paslon` (NEAR) at most
eight words apart · brackets group. Whatever is typed, the outcome is a query or a `QueryError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from nlp import stems

LONGEST: Final = 2_000
MOST_WORDS: Final = 60
DEEPEST: Final = 20
NEAR: Final = 10  # words between two words that are "near" when no number is given
FARTHEST: Final = 200


class QueryError(ValueError):
    """A query that says nothing that could be looked for; the message is in Indonesian."""


@dataclass(frozen=True)
class Word:
    """Roots in a row (`wali kota` for `walikota`); `form` is what was typed."""

    roots: tuple[str, ...]
    form: str


@dataclass(frozen=True)
class Phrase:
    """Words as written, lower case, with the roots that stand for them."""

    words: tuple[str, ...]
    roots: tuple[str, ...]
    form: str


@dataclass(frozen=True)
class AllOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    part: Node


@dataclass(frozen=True)
class Near:
    """AllOf parts with at most `distance` words between the first and the last."""

    parts: tuple[Word | Phrase, ...]
    distance: int


Node = Word | Phrase | AllOf | AnyOf | Not | Near


class Token(NamedTuple):
    kind: str
    text: str


_TOKEN = re.compile(
    r"""(?P<blank>\s+)
      | (?P<phrase>"[^"]*")
      | (?P<unclosed>")
      | (?P<near>(?:DEKAT|NEAR)(?:/(?P<distance>\d{1,9}))?(?=\s|$|[()]))
      | (?P<or>(?:OR|ATAU)(?=\s|$|[()])|\|)
      | (?P<and>(?:AND|DAN)(?=\s|$|[()])|&)
      | (?P<not>(?:NOT|BUKAN)(?=\s|$|[()])|-(?=[^\W_]|["(]))
      | (?P<open>\() | (?P<close>\))
      | (?P<word>[^\s"()|&]+)""",
    re.VERBOSE,
)
_PLAIN_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})


def parse(text: str) -> Node | None:
    """What a query asks for; None when it holds no word at all. Raises `QueryError`."""
    if len(text) > LONGEST:
        raise QueryError(f"Pencarian terlalu panjang: paling banyak {LONGEST} huruf.")
    tokens = list(_tokens(clean(text)))
    if sum(token.kind in ("word", "phrase") for token in tokens) > MOST_WORDS:
        raise QueryError(f"Terlalu banyak kata: paling banyak {MOST_WORDS}.")
    if sum(token.kind not in ("word", "phrase") for token in tokens) > 2 * MOST_WORDS:
        raise QueryError("Terlalu banyak tanda dan kata penghubung.")
    reader = _Reader(tokens)
    node = reader.any_of(0)
    if reader.peek():
        raise QueryError("Ada tanda kurung tutup tanpa kurung buka.")
    return node


def clean(text: str) -> str:
    """Straight quotes, and nothing a base cannot store."""
    return text.encode("utf-8", "ignore").decode().translate(_QUOTES)


def leaves(node: Node, *, wanted: bool = True) -> Iterator[Word | Phrase]:
    """The words and phrases looked for; those that must not occur only with `wanted=False`."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, Not):
        if not wanted:
            yield from leaves(node.part, wanted=wanted)
    else:
        for part in node.parts:
            yield from leaves(part, wanted=wanted)


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text as the plain index knows them."""
    return tuple(_PLAIN_WORD.findall(text.lower()))


def says_something(node: Node) -> bool:
    """Whether a text must hold something for this to match; `-kata` alone asks for nothing."""
    if isinstance(node, Not):
        return False
    if isinstance(node, AllOf):
        return any(says_something(part) for part in node.parts)
    if isinstance(node, AnyOf):
        return all(says_something(part) for part in node.parts)
    return True


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "word"
        if kind == "unclosed":
            raise QueryError('Tanda kutip (") tidak ditutup.')
        if kind == "distance":
            kind = "near"
        if kind == "near":
            yield Token("near", match["distance"] or str(NEAR))
        elif kind == "phrase" or (kind == "word" and stems.WORD.search(match[0])):
            if stems.WORD.search(match[0]):
                yield Token(kind, match[0])
        elif kind not in ("blank", "word"):
            yield Token(kind, match[0])


class _Reader:
    """Recursive descent; each method reads one kind of expression, None where there is none."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def any_of(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            raise QueryError("Tanda kurung terlalu dalam.")
        parts = [self.all_of(depth)]
        while self.peek() == "or":
            self.at += 1
            parts.append(self.all_of(depth))
        return _joined(AnyOf, parts)

    def all_of(self, depth: int) -> Node | None:
        parts = []
        while self.peek() not in ("", "or", "close"):
            if self.peek() == "and":
                self.at += 1
                continue
            parts.append(self.near(depth))
        return _joined(AllOf, parts)

    def near(self, depth: int) -> Node | None:
        node = self.unary(depth)
        while self.peek() == "near":
            distance = min(int(self.tokens[self.at].text), FARTHEST)
            self.at += 1
            node = _near(node, self.unary(depth), distance)
        return node

    def unary(self, depth: int) -> Node | None:
        if self.peek() == "not":
            self.at += 1
            part = self.unary(depth)
            return Not(part) if part else None
        return self.atom(depth)

    def atom(self, depth: int) -> Node | None:
        if self.peek() in ("", "or", "and", "near", "close"):
            return None
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "open":
            node = self.any_of(depth + 1)
            if self.peek() != "close":
                raise QueryError("Tanda kurung buka tidak ditutup.")
            self.at += 1
            return node
        return _leaf(token)


def _leaf(token: Token) -> Word | Phrase:
    form = token.text.strip('"')
    roots = tuple(stems.stem_text(form).split())
    if token.kind == "phrase":
        return Phrase(plain_words(form), roots, form)
    return Word(roots, form)


def _joined(kind: type[AllOf | AnyOf], parts: Sequence[Node | None]) -> Node | None:
    there = tuple(part for part in parts if part is not None)
    if len(there) < 2:
        return there[0] if there else None
    return kind(there)


def _near(left: Node | None, right: Node | None, distance: int) -> Node | None:
    """`a DEKAT (b OR c)` is spread out: an index knows only words that are near words."""
    if left is None or right is None:
        raise QueryError("DEKAT harus berada di antara dua kata.")
    if isinstance(left, AnyOf):
        return _joined(AnyOf, [_near(part, right, distance) for part in left.parts])
    if isinstance(right, AnyOf):
        return _joined(AnyOf, [_near(left, part, distance) for part in right.parts])
    parts = [*_near_parts(left), *_near_parts(right)]
    return Near(tuple(parts), distance)


def _near_parts(node: Node) -> tuple[Word | Phrase, ...]:
    if isinstance(node, Near):
        return node.parts
    if isinstance(node, Word | Phrase):
        return (node,)
    raise QueryError("DEKAT hanya dapat menghubungkan kata, frasa, dan pilihan (OR) di antaranya.")
