"""Where an office is: its region, its command, or a place below the region."""

from __future__ import annotations

import re
from functools import cache

from nlp.components.cursor import LEVELS, Cursor, Post, governments, smaller_places
from nlp.components.degrees import degree_at
from nlp.components.gazetteer import district_names
from nlp.components.honorifics import rank_end
from nlp.components.names import region_words
from nlp.components.offices import Body, acting_after
from nlp.lexicon import person_names, positions, table

COMMAND = re.compile(
    r"\)?\s?((?:[IVX]+|\d{2,4}(?:-\d{1,2})?)\s?/\s?[A-Za-z]+"
    r"|\d{3,4}\b(?: [A-Z]{2,4}\b)?|[IVX]+ [A-Z][a-z]+)"
)
LONGEST_COMMAND = 4
"""Words that may stand between a command's name and the rank of its head."""
LEVEL_MISSPELT = re.compile(r"ka[bu]{1,3}[a-z]{0,4}p?a?t[ae]+n|pro[pv]ins?[ia]")
COUNTRY = ("ri", "pusat", "republik indonesia")
NUMBERED = re.compile(r"\s?\d{2,4}(?:-\d{1,2})?\s?/\s?(?=[A-Z])")
"""`Danramil 05/Dukun`."""
LOCAL = ("setempat", "itu", "tersebut")


@cache
def higher_commands() -> frozenset[str]:
    return frozenset(positions()["unit"]["atasan"])


@cache
def _directions() -> frozenset[str]:
    return frozenset(table("place_cues")["kecamatan"]["arah"])


class SpotReader(Cursor):
    """Reads the words behind an office that say where it is.

    `nameless`: the words before the office say that no name follows its place.
    """

    nameless = False

    def read_region(self, post: Post) -> None:
        """The region behind an office, its level word and abbreviation read over."""
        start = self.at
        self.skip_bracket()
        while self.near(" \n.()") and self.at not in self.places and self._leads_to_region():
            self.at += 1
            self.skip_bracket()
        place = self.places.get(self.at)
        if place is None or self.gap().strip(" .)\n-"):
            self.at = start
            self.skip_misspelt(post)
            self.read_local(post)
            return
        if self.at > start:
            post.written = self.text_of(place.first, place.last)
        post.place, self.at = place, place.last
        self.skip_bracket()
        self.skip_province()
        if post.acting is None or post.acting == "mantan":
            after = acting_after().longest(self.reading, self.at)
            if after is not None and self.near():
                self.at, post.acting = after[0], after[1][0]

    def _leads_to_region(self) -> bool:
        """`Kabupaten`, `Kabuaten`, `Pemkot`: a word before the name of a region."""
        lower = self.lower()
        return (
            lower in LEVELS or lower in governments() or LEVEL_MISSPELT.fullmatch(lower) is not None
        )

    def skip_province(self) -> None:
        """`Halmahera Utara (Halut), Maluku Utara`."""
        at = self.at
        if at < len(self.words) and self.words[at].lower in ("provinsi", "prov"):
            at += 1
        place = self.places.get(at)
        if place and len(place.code) == 2 and self.gap().strip() in (",", "),", ""):
            self.at = place.last
            self.skip_bracket()

    def read_local(self, post: Post) -> None:
        if self.near() and self.lower() in ("setempat", "itu", "tersebut"):
            self.at += 1
        elif self.near() and self.text_of(self.at, self.at + 2).lower() == "daerah itu":
            self.at += 2

    def skip_misspelt(self, post: Post) -> None:
        """`Bawaslu Karanagsem I Nengah Suardika`: a region no lexicon knows, before a sure name."""
        if post.misspelt or post.place or post.spot or not self.near(" "):
            return
        at = self.at + (self.lower() in ("kota", "kabupaten"))
        if at + 1 >= len(self.words) or self.reading.gap(at + 1) != " ":
            return
        word, name = self.words[at], self.names.at(at + 1)
        known = word.lower in person_names() or word.lower in table("names")["bukan_nama"]
        if known or not word.text.istitle() or name is None or at in self.starts:
            return
        particle = name.text.split()[0].lower() in ("i", "ni")
        part = word.lower in region_words()
        post.misspelt = name.first > at + 1 or particle or part or at > self.at
        self.at = at + 1 if post.misspelt else self.at

    def read_command(self, post: Post) -> None:
        """`Dandim 0907/Tarakan`, `Pangdam VI/Mulawarman`, `Kapolres Metro Depok`."""
        if self.near(" \n") and self.lower() in positions()["unit"]["komando"]:
            self.at += 1
        command = COMMAND.match(self.reading.text, self.words[self.at - 1].end)
        if command is not None:
            self._take_command(post, command.end())
            return
        if self.lower() in ("metro", "kota", "kabupaten") and self.at + 1 in self.places:
            self.at += self.near()
        self.read_region(post)
        self._skip_higher_command()

    def _skip_higher_command(self) -> None:
        """`Kapolres Kaur Polda Bengkulu`; `Polda Metro Jaya`, whose region has no such name."""
        if self.near(" \n") and self.text_of(self.at, self.at + 2).lower() == "metro jaya":
            self.at += 2
        if self.near(" \n,") and self.lower() in higher_commands():
            behind = next((p.last for p in self.reading.places if p.first == self.at + 1), None)
            self.at = behind or self.at

    def _take_command(self, post: Post, end: int) -> None:
        """The number and name of a command; a region's name is taken whole."""
        first = self.at
        last = self._before_rank(self.reading.word_at(end))
        for index in range(first, last):
            post.place = self.places.get(index, post.place)
        self.at = max(last, post.place.last if post.place else last)
        post.unit = re.sub(r"\s*/\s*", "/", self.text_of(first, self.at))
        self.skip_bracket()

    def _before_rank(self, at: int) -> int:
        """`091/Aji Surya Natakesuma (ASN) Brigjen`: up to the rank, if one ends the capitals."""
        if rank_end(self.reading, at - 1):
            return at - 1  # `Danlantamal VIII Laksamana Pertama TNI`
        for end in range(at, min(at + LONGEST_COMMAND, len(self.words))):
            gap = self.reading.gap(end).strip()
            if gap == "(" or (not gap and rank_end(self.reading, end)):
                return end
            if gap or not self.words[end].text[0].isupper():
                return at
        return at

    def read_spot(self, post: Post, inside: tuple[str, ...], district: bool) -> None:
        """`Camat Sebatik Hulu`, `Kepala Desa Long Tawai, Kecamatan Peso, Kabupaten Bulungan`."""
        start = self.at
        before = self.words[post.first - 1].lower if post.first else ""
        self.nameless = before in positions()["sambung"]["tak_bernama"]
        number = NUMBERED.match(self.reading.text, self.words[start - 1].end)
        self.at = self.reading.word_at(number.end()) if number else start
        explicit = self.near(" \n().") and self.lower() in inside
        self.at += explicit
        end = self._spot_end(self.at, explicit, district)
        if end == self.at:
            self.at = start
            self.read_local(post)
            self._read_inside(post)
            return
        post.spot = self.text_of(start if number else self.at, end)
        known = self.places.get(self.at)
        if known is not None and known.last <= end:
            post.place = known
        self.at = end
        self.skip_bracket()
        self.read_larger(post)

    def _read_inside(self, post: Post) -> None:
        """`Kepala Desa di Tegal bernama Rudi`: only the region that it lies in."""
        if self.near(" ") and self.lower() in ("di", "asal"):
            start, self.at = self.at, self.at + 1
            level = self.lower() in LEVELS or self.lower() in smaller_places()
            self.at += level
            place = self.places.get(self.at)
            end = place.last if place else self.at
            end = self._spot_end(self.at, True, True) if level and not place else end
            post.place, self.at = place, end if end > self.at else start

    def _spot_end(self, at: int, explicit: bool, district: bool) -> int:
        """Where the place ends and the name may begin."""
        if not self.near(" \n().") or not self.words[at].text[0].isupper():
            return at
        known = district_names().longest(self.reading, at)
        place = self.places.get(at)
        if district and known is not None:
            return self._over_directions(known[0])
        if place is not None and place.cue in ("district", "place") and district:
            return place.last
        return self._split(at, self._capitals(at), explicit)

    def _over_directions(self, at: int) -> int:
        while (
            at < len(self.words)
            and self.reading.gap(at) == " "
            and (self.words[at].lower in _directions() and self.words[at].text[0].isupper())
        ):
            at += 1
        return at

    def _capitals(self, at: int) -> int:
        """The end of the capitalised words from `at` on, with only blanks between."""
        end = at
        while end < len(self.words) and end - at < 8 and self.words[end].text[0].isupper():
            if end > at and self.reading.gap(end) not in (" ", "-", "  "):
                break
            if end in self.starts or self.words[end].lower in (*LEVELS, *smaller_places()):
                break
            end += 1
        return end

    def _split(self, at: int, end: int, explicit: bool) -> int:
        """Between a village and the name of its head, with no comma to help."""
        if self._ends_at_place(end) and self.words[at].lower not in person_names():
            return end
        if end < len(self.words) and self.words[end].lower in LOCAL:
            return end
        if self._ends_at_name(end):
            fits = end - at < 5 and (explicit or self.words[at].lower not in person_names())
            return end if fits else at
        if self.nameless and not self._has_full_name(at, end):
            return end
        for cut in range(at, end):
            if self._starts_person(cut, end):
                return max(cut, at + 1) if explicit else cut
        size = end - at
        if size <= 1:
            return end
        return self._over_directions(at + (1 if size <= 3 else 2))

    def _has_full_name(self, at: int, end: int) -> bool:
        """`oknum Kepala Desa Sukamaju Rudi Hartono`: named after all."""
        known = (word.lower in person_names() for word in self.words[end - 2 : end])
        return end - at > 2 and all(known)

    def _starts_person(self, cut: int, end: int) -> bool:
        word = self.words[cut]
        name = self.names.at(cut)
        if name is None:
            return False
        titled = name.first > cut
        opening = table("names")
        particle = (
            word.lower in opening["awal"]
            and cut + 1 < end
            and (self.words[cut + 1].lower in opening["tengah"])
        )
        return titled or particle or (word.lower in person_names() and not self._is_direction(cut))

    def _is_direction(self, cut: int) -> bool:
        return self.words[cut].lower in _directions()

    def _ends_at_place(self, end: int) -> bool:
        """`Kepala Puskesmas Ranga-Ranga, Kecamatan Kalukku`: the place goes on, no name yet."""
        if end >= len(self.words) or self.reading.gap(end).strip(" ,("):
            return False
        return self.words[end].lower in LEVELS or self.words[end].lower in smaller_places()

    def _ends_at_name(self, end: int) -> bool:
        """Whether a comma, "berinisial" or "bernama" parts the place from the name behind it."""
        if end >= len(self.words) or degree_at(self.reading.text, self.words[end - 1].end):
            return False
        if self.words[end].lower in ("berinisial", "bernama", "inisial"):
            return True
        return self.reading.gap(end).startswith(",") and self.names.at(end) is not None

    def read_larger(self, post: Post) -> None:
        """`, Kecamatan Peso, Kabupaten Bulungan` behind a village."""
        for _ in range(3):
            start = self.at
            if self.at >= len(self.words) or self.gap().strip() not in (",", "", "(", "),", ")"):
                return
            larger = self.lower() in LEVELS or self.lower() in smaller_places()
            self.at += larger
            place = self.places.get(self.at)
            if place is not None:
                post.place = place if post.place is None or len(place.code) > 2 else post.place
                self.at = place.last
                self.at = self._over_directions(self.at) if place.cue == "district" else self.at
            elif larger and self.near(" \n.)"):
                self.at = self._spot_end(self.at, True, True)
            elif (district := self._district_between()) > self.at:
                self.at = district
            else:
                self.at = start
                return
            self.skip_bracket()

    def _district_between(self) -> int:
        """Behind the kecamatan of `Kades Sampangagung, Kutorejo, Kabupaten Mojokerto`."""
        known = district_names().longest(self.reading, self.at)
        if known is None or known[0] >= len(self.words) or self.reading.gap(known[0]) != ", ":
            return self.at
        larger = self.words[known[0]].lower in LEVELS or known[0] in self.places
        return known[0] if larger else self.at

    def read_place_of(self, post: Post, body: Body) -> None:
        """The region, kecamatan or village behind a body, its abbreviation read over."""
        self.skip_bracket()
        self.skip_class()
        if self.read_central(post):
            return
        if body.place == "wilayah":
            self.read_region(post)
        else:
            self.read_spot(post, tuple(smaller_places()), body.place == "kecamatan")

    def skip_class(self) -> None:
        """`Pengadilan Negeri Kelas 1B Kudus`."""
        if self.near() and self.lower() in ("kelas", "klas"):
            self.at += 2

    def read_central(self, post: Post) -> bool:
        if post.body is not None and post.body.central:
            post.central = True
        for country in COUNTRY:
            if (
                self.near()
                and self.text_of(self.at, self.at + len(country.split())).lower() == country
            ):
                post.central, self.at = True, self.at + len(country.split())
        if post.central:
            self.skip_bracket()
        return post.central
