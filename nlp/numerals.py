"""Indonesian numerals: digits with their points and commas, words, and both together."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nlp.lexicon import table

POINT = r"\d{1,3}\.\d{1,2}(?=\s?(?:%|(?i:persen|juta|mil[iy]ar|triliun)\b))"
"""A decimal point for the comma, told by what stands behind: 71.25 persen."""
DIGITS = POINT + r"|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
DECIMAL = re.compile(r"\d{1,3}\.\d{1,2}")
ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+")


def _alternatives(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _numbers() -> dict[str, Any]:
    return table("numbers")


@cache
def scale_pattern() -> str:
    """ribu, juta, miliar ... and the words they are shortened to."""
    scales = _numbers()["kelipatan"].items()
    large = [word for word, value in scales if value >= 1000 and len(word) > 1]
    return _alternatives(large)


@cache
def words_pattern() -> str:
    """A numeral in words, as long as it goes: "dua ratus lima puluh ribu"."""
    n = _numbers()
    first = _alternatives([*n["angka"], *n["se"], *n["pecahan"], *n["kisaran"]])
    scales = [word for word in n["kelipatan"] if len(word) > 1]  # `M` only stands behind `Rp 5`
    later = _alternatives([*n["angka"], *n["se"], *n["pecahan"], *scales, "belas"])
    return rf"(?:{first})(?:\s(?:{later}))*"


def digits_value(written: str) -> float:
    """7.974 -> 7974, 1,2 -> 1.2, 7,974,000 -> 7974000, 71.25 -> 71.25."""
    if DECIMAL.fullmatch(written):
        return float(written)
    if ENGLISH.fullmatch(written) and written.count(",") > 1:
        return float(written.replace(",", ""))
    return float(written.replace(".", "").replace(",", "."))


def scale_value(word: str | None) -> float:
    return float(_numbers()["kelipatan"][word.lower()]) if word else 1.0


def words_value(written: str) -> tuple[float, float | None]:
    """The value and, for puluhan, ratusan and the like, the highest value meant."""
    words = written.lower().split()
    n = _numbers()
    if words[0] in n["kisaran"]:
        low, high = n["kisaran"][words[0]]
        factor = scale_value(words[1]) if len(words) > 1 and words[1] in n["kelipatan"] else 1
        return low * factor, high * factor
    return _sum(words), None


def _sum(words: list[str]) -> float:
    """Adds up thousands, hundreds and ones, each scale closing what stands before it."""
    n = _numbers()
    total, group, last = 0.0, 0.0, 0.0
    for word in words:
        if word in n["angka"]:
            last = n["angka"][word]
        elif word == "belas":
            last += 10
        elif word in n["pecahan"]:
            last += n["pecahan"][word]
        elif word in n["se"] and n["se"][word] >= 1000:
            total += n["se"][word]
        elif word in n["se"]:
            group += n["se"][word]
        elif n["kelipatan"][word] < 1000:
            group, last = group + last * n["kelipatan"][word], 0.0
        else:
            total, group, last = total + (group + last) * n["kelipatan"][word], 0.0, 0.0
    return total + group + last
