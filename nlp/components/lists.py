"""Several names in a row: `A, B dan C`."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.components.cursor import Post
from nlp.components.names import Name, NameReader
from nlp.components.offices import links
from nlp.components.pairs import BRACKET
from nlp.reading import Reading, Word

LONGEST_LIST = 9


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
            following = self.name_at(at, initials) if at < len(self.words) else None
            if following is None or at in self.post_at:
                break
            found.append(following)
            name = following
        return found

    def _over_aside(self, at: int) -> int:
        """Over `(Divisi Hukum)`, `(merangkap Ketua)` behind one of several names."""
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
        joined = any(self.words[n.begin - 1].lower in ("dan", "serta") for n in names[1:])
        return names if joined else [name]

    def listed_before(self, post: Post) -> list[Name]:
        """`A, B dan C selaku Ketua dan Anggota KPU`: all of them, in order."""
        at = post.first
        while at > 0 and self.words[at - 1].lower in ("ketua", "dan", "serta"):
            at -= 1
        link = links("jabatan").before(self.reading, at, 6)
        name = self.behind.get(link[0] if link else at)
        found: list[Name] = []
        while name is not None and len(found) < LONGEST_LIST:
            found.insert(0, name)
            joined = name.begin > 0 and self.words[name.begin - 1].lower in ("dan", "serta")
            listed = joined or self.reading.gap(name.begin).strip() == ","
            name = self.behind.get(name.begin - joined) if listed else None
        return found
