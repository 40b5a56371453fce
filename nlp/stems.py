"""Indonesian roots: the Snowball stemmer, with the words it gets wrong looked up first.

The one function for index, query, watches and highlights, so that all of them agree.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

import Stemmer

WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word as written: letters and digits, with inner hyphens and apostrophes."""

_SOURCE = files("nlp.lexicon").joinpath("stem_exceptions.toml").read_bytes()
_TABLE = tomllib.loads(_SOURCE.decode())
_AFTER: dict[str, str] = _TABLE["akar"]
_CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")
_REMEMBERED = 400_000  # word forms; a year of regional news holds fewer

_snowball = Stemmer.Stemmer("indonesian", 0)
VERSION: Final = hashlib.sha256(_SOURCE + Stemmer.version().encode()).hexdigest()[:12]
"""Changes when a root may change: an index of another version must be rebuilt."""


_SPELLINGS: dict[str, str] = _TABLE["ejaan"]
_BEFORE: dict[str, str] = {
    word: word for listed in _TABLE["utuh"].values() for word in listed.split()
} | _TABLE["kata"]


class _Cache(dict[str, str]):
    """Word form to root. Emptied when full: a crawl of years must not eat the memory."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        root = self[word] = _stem(word)
        return root


def _stem(word: str) -> str:
    if word in _SPELLINGS:
        return " ".join(_cache[part] for part in _SPELLINGS[word].split())
    if word in _BEFORE:
        return _BEFORE[word]
    if "-" in word:
        return _compound(word.split("-"))
    bare = _without_clitic(word)
    if bare in _BEFORE or bare in _SPELLINGS:
        return _cache[bare]
    root: str = _snowball.stemWord(word)
    return word if root == word else _AFTER.get(root, root)


def _without_clitic(word: str) -> str:
    for clitic in _CLITICS:
        if word.endswith(clitic):
            return word.removesuffix(clitic)
    return word


def _compound(parts: list[str]) -> str:
    """`bagi-bagi` is one root, `ASN-nya` too; `politik-uang` stays two words."""
    roots = [_cache[part] for part in parts if part not in _CLITICS] or parts
    return " ".join(dict.fromkeys(roots))


_cache = _Cache()


def stem(word: str) -> str:
    """The lower-case root of one word; a contraction (`walikota`) gives several with blanks."""
    return _cache[word.lower().replace("’", "'")]


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of `text` as its root with its start and end offset."""
    for match in WORD.finditer(text):
        yield stem(match[0]), match.start(), match.end()


def stem_text(text: str) -> str:
    """All roots of `text` in order, joined by blanks: what the stemmed index holds."""
    lowered = text.lower().replace("’", "'")
    return " ".join([_cache[word] for word in WORD.findall(lowered)])
