"""Personal names as news prints them: titles and ranks before, degrees behind, particles inside."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nlp.components.degrees import SPACED_DEGREE, degrees
from nlp.components.honorifics import honorifics_end
from nlp.components.initials import ends_with, opens_with
from nlp.components.offices import unit_words
from nlp.lexicon import common_words, districts, person_names, regions, table
from nlp.reading import Reading, Word

LONGEST = 7
"""Words a name may have."""
DATELINE = 60
"""Characters at the beginning of a text in which a dash ends its dateline."""
SHORTEST = 4
"""Letters from which on one word of a region's name is no name of a person's by itself."""
INITIALS = 4
"""Letters that stand for a name: `KM`, `AN`; at most so many."""

DOMAIN = re.compile(r"\.(?:com|co|id|net|org|go|news|tv|info)\b")
PROCESS = re.compile(r"(?:ke|pe)[a-z]{5,}an")
"""`Kepresidenan`, `Pendaftaran`: made from a word, not given to a person."""
VERB = re.compile(r"(?:me|di|ter|ber)[a-z]{4,}")
"""`Jokowi Menghadiri`, in a title left in the text."""
NEWSROOM = ("news", "pos.com", "online")
AGE = re.compile(r"\s?\(\s?\d{2}(?:\s?(?:th|tahun))?\s?\)")


class Name(NamedTuple):
    """A name: words `first` to `last` (exclusive) are the name itself, `begin` to `behind` with
    titles, degrees and age; `start`, `end` are the characters of the name, `stop` of the whole."""

    first: int
    last: int
    begin: int
    behind: int
    text: str
    start: int
    end: int
    stop: int
    titled: bool
    aged: bool


@cache
def _words(*path: str) -> frozenset[str]:
    found = table("names")
    for key in path:
        found = found[key]
    return frozenset(found)


@cache
def region_words() -> frozenset[str]:
    """Every word of a region's name but the shortest."""
    named = [word for region in regions().values() for word in region.short_name.split()]
    return frozenset(word.lower() for word in named if len(word) >= SHORTEST) - person_names()


@cache
def _places() -> frozenset[str]:
    """Words that regions or kecamatan are called by."""
    named = [name for inside in districts().values() for name in inside]
    return region_words() | frozenset(name.lower() for name in named)


def _is_everyday(word: Word) -> bool:
    return word.lower in common_words() and word.lower not in person_names()


def _is_brand(text: str) -> bool:
    """`KabarMinahasa`, `Republika`: a newsroom, by a capital inside one word or by its name."""
    if text.lower() in table("writing")["merek"] or text.lower().endswith(NEWSROOM):
        return True
    return not text.isupper() and any(c.isupper() for c in text[2:]) and not text.startswith("Mc")


class NameReader:
    """Reads names out of one text; `blocked` are word indices where no name may begin or go on."""

    def __init__(self, reading: Reading, blocked: frozenset[int] = frozenset()) -> None:
        self.reading = reading
        self.words = reading.words
        self.blocked = blocked
        self.titled = False
        self._read: dict[tuple[int, bool], Name | None] = {}

    def at(self, index: int, initials: bool = False) -> Name | None:
        """The name that begins at word `index`, titles and ranks before it read over."""
        if (index, initials) not in self._read:
            self._read[index, initials] = self._at(index, initials)
        return self._read[index, initials]

    def _at(self, index: int, initials: bool) -> Name | None:
        first = (
            index if initials and self._is_initials(index) else honorifics_end(self.reading, index)
        )
        if first >= len(self.words):
            return None
        self.titled = first > index
        last = self._core_end(first, initials)
        if last == first or not self._is_whole(first, last, initials):
            return None
        return self._name(index, first, last)

    def cut(self, name: Name, last: int) -> Name:
        """The name without its words from `last` on."""
        return self._name(name.begin, name.first, last)

    def is_inner(self, index: int) -> bool:
        """Whether the word is one of several of a name."""
        around = (self.at(at) for at in (index - 1, index) if at >= 0)
        return any(n and n.first <= index < n.last and n.last - n.first > 1 for n in around)

    def lone(self, index: int) -> Name | None:
        """Capitalised words, everyday ones too, that their place alone shows to be a name."""
        last = index
        while last < len(self.words) and self._could_be_part(last):
            if last > index and (self.reading.gap(last) != " " or last - index >= INITIALS):
                break
            last += 1
        return self._name(index, index, last) if last > index else None

    def _could_be_part(self, index: int) -> bool:
        word = self.words[index]
        named = word.text[0].isupper() and word.lower not in _words("bukan_nama")
        return named and index not in self.blocked and word.text.isalpha()

    def _is_initials(self, index: int) -> bool:
        word = self.words[index]
        short = word.text.isupper() and len(word.text) <= INITIALS
        return short and word.lower not in _words("bukan_inisial")

    def _name(self, index: int, first: int, last: int) -> Name:
        text, words = self.reading.text, self.words
        start, end = words[first].start, words[last - 1].end
        if text[end : end + 1] == "." and len(words[last - 1].text) == 1 and last - first > 1:
            end += 1
        degree = degrees().match(text, end)
        stop = degree.end() if degree else end
        age = AGE.match(text, stop)
        stop = age.end() if age else stop
        return Name(
            first,
            last,
            index,
            self.reading.word_at(stop),
            " ".join(text[start:end].split()),
            start,
            end,
            stop,
            first > index or bool(degree),
            bool(age),
        )

    def _core_end(self, first: int, initials: bool) -> int:
        at = first
        while at < len(self.words) and at - first < LONGEST:
            if at in self.blocked or (at > first and not self._joined(at, first)):
                break
            if at > first and (self._begins_anew(at) or self._is_degree(at)):
                break
            if not self._fits(self.words[at], at, first, initials):
                break
            at += 1
        while at > first and self.words[at - 1].lower in _words("di_dalam"):
            if self.words[at - 1].text[0].isupper():
                break
            at -= 1
        return at

    def _begins_anew(self, at: int) -> bool:
        """`Karanagsem I Nengah Suardika`: a name that opens with a particle of Bali."""
        following = self.words[at + 1].lower if at + 1 < len(self.words) else ""
        return self.words[at].text in ("I", "Ni") and following in _words("tengah")

    def _is_degree(self, at: int) -> bool:
        """`Robi S. Kep`, `Robi PhD`, unlike `Robi M. Tahir`."""
        word = self.words[at].text
        mixed = not word.isupper() and not word.istitle() and word in _words("gelar_belakang")
        return mixed or SPACED_DEGREE.match(self.reading.text, self.words[at].start) is not None

    def _joined(self, at: int, first: int) -> bool:
        """Whether word `at` may go on the name before it."""
        gap, before = self.reading.gap(at), self.words[at - 1]
        if gap in (" ", "  ", " \n") or (gap == "\n" and at - first == 1):
            return True
        if gap in (".", ". "):
            short = before.lower in _words("singkatan") or len(before.text) == 1
            return short and before.text[0].isupper()
        return gap == "-" and before.lower in ("al", "el", "abd", "ar", "as", "nur", "an", "ad")

    def _fits(self, word: Word, at: int, first: int, initials: bool) -> bool:
        text, lower = word.text, word.lower
        if text[0].islower():
            return at > first and self._fits_small(at)
        if initials and at == first and self._is_initials(at):
            return text.isalpha()
        if not text[0].isupper() or any(c.isdigit() for c in text) or self._is_domain(word):
            return False
        if lower in _words("bukan_nama") and not (at == first and self._is_name_too(at)):
            return False
        if len(text) == 1:
            return at > first or self._goes_before_name(at)
        if text.isupper():
            known = lower in person_names() or lower in _words("singkatan")
            known = known or (at == first + 1 and ends_with(self.reading, at))
            return known or opens_with(self.reading, at, inner=at > first, blocked=self.blocked)
        if lower not in person_names() and self._is_ordinary(word):
            return False
        if self._is_no_part(word, at == first):
            return False
        if at == first and not self.titled and self._opens_sentence(at):
            return lower not in common_words() or lower in _words("awal") - _words("awal_lemah")
        return True

    def _fits_small(self, at: int) -> bool:
        """`Rusli bin Hamzah`, `Nor ikhsan`: behind another part of the name."""
        lower, before = self.words[at].lower, self.words[at - 1]
        if lower in _words("di_dalam"):
            return at + 1 < len(self.words) and self.words[at + 1].text[0].isupper()
        named = lower in person_names() and lower not in common_words()
        other = lower in _words("bukan_nama") | _words("awal") | _words("tunggal", "kata")
        return named and not other and before.lower not in common_words()

    def _is_domain(self, word: Word) -> bool:
        """`Bimakini.com`."""
        return DOMAIN.match(self.reading.text, word.end) is not None

    def _is_no_part(self, word: Word, opens: bool) -> bool:
        """`Menteri Sosial Rudi`: the office goes on; `Rudi Menghadiri`: the name is over."""
        if opens:
            made = PROCESS.fullmatch(word.lower) is not None
            return word.lower in unit_words() and (made or _is_everyday(word))
        return _is_everyday(word) and VERB.fullmatch(word.lower) is not None

    def _is_name_too(self, at: int) -> bool:
        """`Hari Dermanto`, but not `Hari Pahlawan`."""
        excluded = table("names")["nama_juga"].get(self.words[at].lower)
        if excluded is None or at + 1 >= len(self.words) or self.reading.gap(at + 1) != " ":
            return False
        following = self.words[at + 1]
        known = following.lower in person_names() or following.lower not in common_words()
        return following.text.istitle() and known and following.lower not in excluded

    def _is_ordinary(self, word: Word) -> bool:
        """A noun made from a verb; in a title, where all is capitalised, any everyday word."""
        if word.lower not in common_words():
            return False
        return bool(PROCESS.fullmatch(word.lower)) or self.reading.in_headline(word.start)

    def _goes_before_name(self, at: int, again: bool = True) -> bool:
        """`M. Tahir`, `M Sanusi`, `A.A. Istri`: one letter or two before a capitalised word."""
        gap = self.reading.gap(at + 1) if at + 1 < len(self.words) else "-"
        following = self.words[at + 1].text if gap in (" ", ".", ". ") else "-"
        if again and len(following) == 1 and following.isupper() and gap == ".":
            return self._goes_before_name(at + 1, again=False)
        if self.words[at].lower == "i":
            return following.lower() in _words("tengah")
        particle = again and following.lower() in _words("di_dalam")
        if particle and self.reading.gap(at + 2) == " ":
            return self._goes_before_name(at + 1, again=False)
        return following[0].isupper() and len(following) > 2

    def _opens_sentence(self, at: int) -> bool:
        start = self.words[at].start
        before = self.reading.text[max(0, start - 3) : start].rstrip(" ")
        dateline = start < DATELINE and before.endswith(("-", "–", "—"))
        return dateline or not before or before[-1] in '.!?\n“"”:•'

    def _is_whole(self, first: int, last: int, initials: bool) -> bool:
        """A lone initial, particle or everyday word is no name."""
        only = self.words[first]
        if last - first == 1 and (_is_brand(only.text) or only.lower in _words("tunggal", "kata")):
            return False
        made = last - first == 1 and PROCESS.fullmatch(only.lower) is not None
        if made and only.lower not in person_names():
            return False
        if not initials and all(_is_everyday(word) for word in self.words[first:last]):
            return False
        if last - first > 1:
            return not (
                last - first == 2 and len(only.text) == 1 and len(self.words[last - 1].text) == 1
            )
        if len(only.text) == 1:
            return initials
        if only.lower in person_names() or initials:
            return True
        if only.lower.endswith("nya"):
            return False  # `Implikasinya`
        return only.lower not in common_words() and (self.titled or only.lower not in _places())


def looks_personal(name: Name) -> bool:
    """Whether a name on its own, with nothing around it, is likely a person's."""
    parts = [part.lower().strip(".") for part in name.text.split()]
    known = sum(part in person_names() for part in parts)
    opens = parts[0] in _words("awal") and len(parts) > 1 and parts[1] in _words("tengah")
    return opens or "bin" in parts or "binti" in parts or (known >= 1 and len(parts) >= 2)
