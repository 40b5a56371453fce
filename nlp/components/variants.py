"""Two writings of one name: fuller, shorter, misspelt."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from nlp.lexicon import person_names

ALIKE = 90
"""From here on, out of 100, two spellings of a part of a name are one."""
AKIN = 85
"""Enough where another part of the name is the same: `Yakob Weremba`, `Yakob Waremba`."""
LONG_ENOUGH = 8
"""Letters of a name in which a slip of the pen may be told from another name."""
LONGEST_SURPLUS = 3
"""Unknown words by which a fuller form of a name may be longer."""
SHORTEST_NICKNAME = 4
"""Letters of a first name's beginning that may stand for the whole of it."""
FAMILIAR = frozenset(["gus", "cak", "mas", "kang", "ning", "mbak", "daeng", "guru"])
"""Forms of address that stay with a name but make it no other."""


def is_fuller(text: str, known: list[str]) -> bool:
    """Not `Biografi Rudi Tamara`: the title of a book, or words of the sentence before."""
    words = text.lower().split()
    if len(known) > 1 and not all(word in words for word in known):
        return False
    more = [word for word in words if word not in known]
    return len(more) <= LONGEST_SURPLUS or all(word in person_names() for word in more)


def _plain(words: list[str]) -> list[str]:
    return [word for word in words if word not in FAMILIAR] or words


def _shortened(short: list[str], long: list[str]) -> bool:
    """`Rofi` for `Rofiuddin`, `Hendriyansa` for `Hendriyansah`."""
    if len(short) > 1 or len(short[0]) < SHORTEST_NICKNAME:
        return False
    return any(len(word) > len(short[0]) and word.startswith(short[0]) for word in long)


def _misspelt(words: list[str], known: list[str]) -> bool:
    """`Sri Mulono` for `Sri Mulyono`, `Ikram M. Sangaji` for `Ikram Malan Sangadji`."""
    if len(words) != len(known) or len("".join(words)) < LONG_ENOUGH:
        return False
    least = AKIN if set(words) & set(known) else ALIKE
    return all(_alike(a, b, least) for a, b in zip(words, known, strict=True))


@lru_cache(maxsize=100_000)
def _alike(part: str, known: str, least: float) -> bool:
    """`Mulono` and `Mulyono`, `M` and `Malan`."""
    part, known = (word.rstrip(".").replace("y", "i") for word in (part, known))
    if 1 in (len(part), len(known)):
        return part[0] == known[0]
    return fuzz.ratio(part, known) >= least


def is_same(words: list[str], known: list[str]) -> bool:
    """Whether one of the two is a writing of the other; both in lower case."""
    words, known = _plain(words), _plain(known)
    short, long = sorted((words, known), key=len)
    if short == long or _misspelt(words, known) or _shortened(short, long):
        return True
    if len(short) > 1 and all(_is_among(word, long) for word in short):
        return True
    return all(word in long for word in short) and any(len(word) > 2 for word in short)


def _is_among(word: str, known: list[str]) -> bool:
    """`Muhamad Din` among `Muhammad Din Makmun`."""
    return any(
        word == other or (min(len(word), len(other)) > 2 and _alike(word, other, ALIKE))
        for other in known
    )
