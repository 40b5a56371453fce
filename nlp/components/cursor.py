"""An office as the text has it, and the cursor that reads offices word by word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from nlp.components.honorifics import rank_end
from nlp.components.names import NameReader
from nlp.components.offices import Body, Head, Office, bodies, heads, roles
from nlp.components.places import Place
from nlp.lexicon import person_names, positions, table
from nlp.reading import Reading

LEVELS: Final = frozenset(
    ["kabupaten", "kab", "kota", "provinsi", "prov", "propinsi", "daerah", "tingkat"]
)
"""Words between an office and the name of its region."""


@cache
def smaller_places() -> frozenset[str]:
    """Words before the name of a place below the region: kecamatan, desa, camat ..."""
    cues = table("place_cues")["kecamatan"]["sebelum"]
    return frozenset(["desa", "kelurahan", "kalurahan", "gampong", "nagari", "kampung", *cues])


@cache
def governments() -> frozenset[str]:
    """Words between an office and its region that say no more than the region: pemkab, setda."""
    return frozenset(positions()["pemerintah"]["kata"])


@dataclass(slots=True)
class Post:
    """An office in the text: words `first` to `last` (exclusive), everything said about it inside.

    `organ` is one of a parliament, `place` a region, `spot` a place below it (kecamatan, desa),
    `unit` a division, agency or organisation, `written` the region's name as the text has it
    behind its level word. It is `misspelt` where a region's name stands that no lexicon knows.
    A `pair` is held by two; it is `joint` when the text names the office of both.
    An `incumbent` runs again: `calon bupati petahana`.
    """

    first: int
    last: int
    head: Head
    form: str
    acting: str | None = None
    body: Body | None = None
    organ: str = ""
    unit: str = ""
    agency: str = ""
    spot: str = ""
    place: Place | None = None
    central: bool = False
    written: str = ""
    misspelt: bool = False
    pair: bool = False
    joint: bool = False
    incumbent: bool = False

    @property
    def office(self) -> Office | None:
        return self.head.office

    @property
    def serves(self) -> bool:
        """Whether it is an office in the service of a pair: its team, its lawyers."""
        return self.office is not None and self.office.id in positions()["objek"]["jabatan"]

    @property
    def may_be_shared(self) -> bool:
        """Whether several may hold it at once, each by their own name."""
        if self.office is None:
            return self.head.role == "Anggota"
        return self.office.id in positions()["bersama"]["jabatan"]


class Cursor:
    """Walks over the words of one text; each step moves `at` over what it understood."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.words = reading, reading.words
        self.places = {place.first: place for place in reading.places}
        self.starts = self._head_starts()
        self.names = NameReader(reading, frozenset(self.starts))
        self.at = 0

    def _head_starts(self) -> dict[int, tuple[int, Head]]:
        """Word index -> (index behind the head, the head)."""
        found: dict[int, tuple[int, Head]] = {}
        index, lookup = 0, heads()
        while index < len(self.words):
            match = lookup.longest(self.reading, index)
            rank = rank_end(self.reading, index) if match else 0
            if match is not None and rank > match[0]:
                match = None  # `Inspektur Jenderal Polisi` is a rank, not an office
            if match is not None and match[0] == index + 1 and self._is_called_so(index):
                match = None
            if match is not None:
                found[index] = self._of_body(index, match) or (match[0], match[1][0])
            index = found[index][0] if match else index + 1
        return found

    def _is_called_so(self, index: int) -> bool:
        return self._is_in_name(index) or self._is_village(index)

    def _is_village(self, index: int) -> bool:
        """`Sekretaris Desa Dukuh, Kecamatan Ngadiluwih`: a village with the name of an office."""
        if index == 0 or index + 1 >= len(self.words) or self.reading.gap(index) != " ":
            return False
        named = self.words[index - 1].lower in smaller_places() and self.words[index].text.istitle()
        return named and self.reading.gap(index + 1).startswith(",")

    def _is_in_name(self, index: int) -> bool:
        """`Lukman Hakim`: the last word of a name, though an office is called so."""
        word = self.words[index]
        if index == 0 or word.lower not in person_names() or self.reading.gap(index) != " ":
            return False
        before = self.words[index - 1]
        return before.text.istitle() and before.lower in person_names()

    def _of_body(self, index: int, match: tuple[int, list[Head]]) -> tuple[int, Head] | None:
        """`Ketua Panitia Pengawas Pemilihan`: the role alone where a longer body begins."""
        office = match[1][0].office
        if office is not None and office.pattern != "organisasi":
            return None
        role = roles().get(self.words[index].lower)
        body = bodies().longest(self.reading, index + 1) if role else None
        return (index + 1, role) if role and body and body[0] > max(match[0], index + 2) else None

    def gap(self) -> str:
        return self.reading.gap(self.at) if self.at < len(self.words) else "."

    def near(self, gaps: str = " \n-/)") -> bool:
        """Whether the next word follows with nothing but blanks between."""
        return self.at < len(self.words) and not self.gap().strip(gaps) and "\n\n" not in self.gap()

    def lower(self) -> str:
        return self.words[self.at].lower if self.at < len(self.words) else ""

    def text_of(self, first: int, last: int) -> str:
        last = min(last, len(self.words))
        if first >= last:
            return ""
        return " ".join(
            self.reading.text[self.words[first].start : self.words[last - 1].end].split()
        )

    def take_body(self, gaps: str = " \n-/)") -> Body | None:
        """The body that stands here, under the name it is written down by."""
        match = bodies().longest(self.reading, self.at) if self.near(gaps) else None
        if match is None:
            return None
        first, self.at = self.at, match[0]
        body = match[1][0]
        return replace(body, name=self.text_of(first, self.at)) if body.verbatim else body

    def skip_bracket(self) -> str:
        """Over `(Kesbangpol)`; gives what stood inside, in lower case."""
        start = self.at
        if self.at >= len(self.words) or self.gap().strip() != "(":
            return ""
        while self.at < len(self.words) and self.at - start < 6:
            self.at += 1
            if ")" in self.gap() or self.at >= len(self.words):
                return self.text_of(start, self.at).lower()
        self.at = start
        return ""
