"""Several names in a row: `A, B dan C`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlp.components.cursor import Post
from nlp.components.names import Name, NameReader
from nlp.components.offices import links
from nlp.components.pairs import BRACKET
from nlp.components.persons import accused_at, accused_before, is_of_others
from nlp.lexicon import table
from nlp.reading import Reading, Word

LONGEST_LIST = 9
REACH = 700
"""Characters behind `tiga komisioner` in which their names may stand."""
FEWEST = 2
"""Names in a row that "dan" must join: `Rudi, Sari` may be two of two kinds."""
BEFORE_MEMBERS = frozenset(["ketua", "merangkap", "sekaligus", "anggota", "dan", "serta"])
"""Words of `Ketua merangkap Anggota dan Anggota KPU` before the last office."""
CHAIR = re.compile(
    r"(?:\s?,)?\s\(?(?:(?:selaku|sebagai)\s)?ketua(?:\s(?:merangkap|sekaligus)\sanggota)?\)?(?=\s?,)",
    re.IGNORECASE,
)
"""`Rudi, selaku Ketua merangkap Anggota,`: the first of the members of a body."""


class NameLists:
    """Reads lists of names; `behind` are the names by the word behind them, `post_at` the offices
    by their first word."""

    reading: Reading
    words: list[Word]
    names: NameReader
    behind: dict[int, Name]
    post_at: Mapping[int, Post]

    def name_at(self, at: int, initials: bool) -> Name | None:
        if at >= len(self.words):
            return None
        gap = self.reading.gap(at)
        if gap.strip() and self.reading.in_headline(self.words[at].start):
            return None
        if gap.strip(' ,:–-()\n“"') or "\n\n" in gap or self._is_new_line(at):
            return None
        return self.names.at(at, initials)

    def _is_new_line(self, at: int) -> bool:
        """Whether a line that ended a sentence stands before word `at`, as a headline does."""
        start = self.words[at].start
        opens = self.reading.sentence_at(start).start >= start
        return opens and "\n" in self.reading.gap(at)

    def listed(self, name: Name, initials: bool = False) -> list[Name]:
        """Further names in `Rifai (42) dan Darmin (45)`, `A, B, dan C`."""
        found: list[Name] = []
        while len(found) < LONGEST_LIST:
            at = self._over_aside(name.behind)
            if at >= len(self.words):
                break
            gap = self.reading.gap(at).strip(" )")
            joined = self.words[at].lower in ("dan", "serta", "bersama", "berpasangan")
            if joined:
                at += 1
            elif gap not in (",", "-", "/"):
                break
            at = accused_at(self.reading, at)
            following = self.name_at(at, initials) if at < len(self.words) else None
            if following is None or at in self.post_at:
                break
            found.append(following)
            name = following
        return found

    def _over_aside(self, at: int) -> int:
        """Over `(Divisi Hukum)`, `, selaku Ketua` behind one of several names."""
        chair = CHAIR.match(self.reading.text, self.words[at - 1].end)
        if chair:
            return self.reading.word_at(chair.end())
        if at >= len(self.words) or self.reading.gap(at).strip() != "(":
            return at
        aside = BRACKET.match(self.reading.text, self.words[at - 1].end)
        return self.reading.word_at(aside.end()) if aside else at

    def members(self, name: Name) -> list[Name]:
        """`Anggota KPU Berau A dan B`, `kuasa hukumnya A, B dan C`: all, if "dan" joins them."""
        names = [name, *self.listed(name)]
        behind = names[-1].behind
        if behind in self.post_at and self.reading.gap(behind).strip(" )") == ",":
            names.pop()  # an office of its own follows
        joined = any(self.is_joined(n) for n in names[1:])
        return names if joined or self._fill_sentence(names) else [name]

    def _fill_sentence(self, names: list[Name]) -> bool:
        """`anggota majelis A, B, C.`: a list that goes without "dan" to the end."""
        if len(names) <= FEWEST:
            return False
        behind = self.reading.text[names[-1].stop :][:2]
        return behind[:1] in (".", "") or behind in (",”", ',"')

    def counted(self, post: Post) -> list[Name]:
        """`Tiga komisioner KPU Maros disanksi. A, B dan C ...`: the next list of so many names."""
        many = self._count_before(post.first)
        start = self.words[post.last - 1].end
        seen: set[int] = set()
        for name in sorted(self.behind.values()) if many > FEWEST else ():
            if name.start < start or name.first in seen or name.start > start + REACH:
                continue
            names = [name, *self.listed(name)]
            seen.update(n.first for n in names)
            if len(names) == many and self.is_joined(names[-1]):
                return [] if is_of_others(self.reading, name) else names
        return []

    def _count_before(self, at: int) -> int:
        word = self.words[at - 1].lower if at and self.reading.gap(at) == " " else ""
        return int(word) if word.isdecimal() else int(table("numbers")["angka"].get(word, 0))

    def listed_before(self, post: Post) -> list[Name]:
        """`A, B dan C selaku Ketua dan Anggota KPU`: all of them, in order."""
        at = post.first
        while at > 0 and self.words[at - 1].lower in BEFORE_MEMBERS:
            at -= 1
        link = links("jabatan").before(self.reading, at, 6)
        name = self.behind.get(link[0] if link else at)
        found: list[Name] = []
        while name is not None and len(found) < LONGEST_LIST:
            found.insert(0, name)
            start, joined = accused_before(self.reading, name.begin), self.is_joined(name)
            listed = joined or self.reading.gap(start).strip() == ","
            name = self.behind.get(start - joined) if listed else None
        return found

    def is_joined(self, name: Name) -> bool:
        """Whether `dan` stands before a name, or before the `Teradu II` that it is called."""
        start = accused_before(self.reading, name.begin)
        return start > 0 and self.words[start - 1].lower in ("dan", "serta")

    def is_chair(self, name: Name) -> bool:
        return CHAIR.match(self.reading.text, name.stop) is not None
