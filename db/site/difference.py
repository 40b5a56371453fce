"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

LONGEST: Final = 3000
"""Words of a changed block up to which words are compared; difflib is quadratic."""

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Change:
    kind: Literal["sama", "hapus", "tambah"]
    text: str


def changes(old: str, new: str) -> list[Change]:
    """The new text with the old one's deletions in place; equal paragraphs stay whole."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("sama", "".join(after[c:d])))
        else:
            found.extend(_words("".join(before[a:b]), "".join(after[c:d])))
    return found


def _words(old: str, new: str) -> Iterator[Change]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > LONGEST:
        yield from _whole(old, new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change("sama", "".join(after[c:d]))
        else:
            yield from _whole("".join(before[a:b]), "".join(after[c:d]))


def _whole(old: str, new: str) -> Iterator[Change]:
    if old:
        yield Change("hapus", old)
    if new:
        yield Change("tambah", new)
