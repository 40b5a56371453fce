"""What an office is of: divisions, agencies, organisations."""

from __future__ import annotations

import re

from nlp.components.cursor import LEVELS, Post, governments
from nlp.components.offices import ahli_words, bodies, division_abbreviations, unit_words
from nlp.components.pairs import HYPHENS
from nlp.components.spots import SpotReader
from nlp.lexicon import person_names, positions, table

AGENCIES = ("dinas", "badan", "sekretariat", "kantor")
"""Words that open the name of an agency."""
LONGEST_UNIT = 16
SHORTENED = re.compile(r" \([A-Z]{2,8}\),")
"""`Keluarga Besar Bang Imam (KBBI),`: a name that the organisation's own name ends in."""
LONGEST_TAIL = 7
"""Words of a unit's name of which the last are unknown."""
LONGEST_RUN = 6
"""Unknown words of a division's name that may stand before its body."""
LONGEST_ORGANISATION = 10


class UnitReader(SpotReader):
    """Reads the words behind an office that say of what it is."""

    def read_unit(self, post: Post) -> None:
        """Words that offices and divisions are called by, as long as they go on."""
        if not self.near():
            return
        short = division_abbreviations().longest(self.reading, self.at)
        if short is not None:
            post.unit, self.at = short[1][0], short[0]
            self.skip_bracket()
            return
        start = self.at
        self._run_of_units(post)
        unit = self.text_of(start, self.at).rstrip(" ,&")
        post.unit = re.sub(r"\s*\([^)]*\)?", "", unit).strip()

    def read_up_to_body(self, post: Post) -> None:
        """`Divisi Humas dan Antarlembaga Bawaslu Jateng`: unknown words too, up to the body."""
        start = self.at
        for at in range(start, min(start + LONGEST_RUN, len(self.words))):
            if self.reading.gap(at).strip(" &"):
                return
            if at > start and bodies().longest(self.reading, at):
                post.unit = f"{post.unit} {self.text_of(start, at)}".strip()
                self.at = at
                return
            word = self.words[at]
            if word.text[0].islower() and word.lower not in positions()["unit"]["huruf_kecil"]:
                return

    def _run_of_units(self, post: Post) -> None:
        start, good = self.at, self.at
        while self.at < len(self.words) and self.at - start < LONGEST_UNIT:
            gap = self.gap().strip()
            if gap == "(":
                if not self.skip_bracket():
                    break
                good = self.at
                continue
            if gap not in ("", ",", "&", "-", "/", ", ", ")") or self.at in self.places:
                break
            if not self._is_unit_word(gap, self.at > start):
                break
            self.at += 1
            if self.words[self.at - 1].lower not in positions()["unit"]["huruf_kecil"]:
                good = self.at
        self.at = good
        self._to_comma(start)

    def _is_unit_word(self, gap: str, begun: bool) -> bool:
        word = self.words[self.at]
        if bodies().longest(self.reading, self.at) and word.lower not in unit_words():
            return False
        body = bodies().longest(self.reading, self.at) if gap == "" else None
        if begun and body is not None:
            return False  # `Kepala Seksi Pengendalian Satpol PP`
        if word.text == "I" and self.names.at(self.at) is not None:
            return False  # `Hakim I Ketut Suardika`
        if gap == "," and not self._lists_on():
            return False
        return word.lower in unit_words() or word.lower in positions()["unit"]["huruf_kecil"]

    def _lists_on(self) -> bool:
        """`Penanganan Pelanggaran, Data, dan Informasi`."""
        at = self.at + (self.lower() in ("dan", "serta"))
        word = self.words[min(at, len(self.words) - 1)]
        alike = word.text[0].isupper() or self.words[self.at - 1].text.islower()
        return word.lower in unit_words() and alike

    def _to_comma(self, start: int) -> None:
        """Unknown capitalised words belong to the unit when a comma, not a name, ends them."""
        at, begun = self.at, self.at > start
        ends = False
        while at < len(self.words) and at - start < LONGEST_TAIL and self._may_be_of_unit(at):
            if self.reading.gap(at).strip() or at in self.places or at in self.starts:
                return
            if self._opens_person(at, begun):
                return
            ends = bodies().longest(self.reading, at) is not None
            ends = ends or (begun and self.words[at].lower in AGENCIES)
            if ends or self._opens_place(at):
                break
            at += 1
        ends = ends or (at < len(self.words) and self.reading.gap(at).lstrip().startswith(","))
        ends = ends or at in self.places or (at < len(self.words) and self._opens_place(at))
        if at > self.at and ends and self.words[at - 1].text[0].isupper():
            self.at = at

    def _opens_place(self, at: int) -> bool:
        return self.words[at].lower in LEVELS or self.words[at].lower in governments()

    def _may_be_of_unit(self, at: int) -> bool:
        word = self.words[at]
        return word.text[0].isupper() or word.lower in positions()["unit"]["huruf_kecil"]

    def _opens_person(self, at: int, begun: bool) -> bool:
        if bodies().longest(self.reading, at + 1) and self.reading.gap(at + 1) == " ":
            return False
        return self.words[at].lower in person_names() or (
            self.names.at(at) is not None and (begun or at != self.at)
        )

    def read_agency(self, post: Post) -> None:
        """`Kabid Humas Polda Papua Tengah`, `Kepala Bidang X Dinas Pertanian Tabalong`."""
        if not self.near(" \n)"):
            return
        if self.lower() in ("pada", "di", "dari") and self.at + 1 < len(self.words):
            follows = self.words[self.at + 1].lower in ("dinas", "badan")
            self.at += follows or bodies().longest(self.reading, self.at + 1) is not None
        if self.lower() in AGENCIES:
            start = self.at
            self.at += 1
            self._run_of_units(post)
            post.agency = re.sub(r"\s*\([^)]*\)?", "", self.text_of(start, self.at))
            return
        post.body = self.take_body()
        if post.body is not None:
            self.read_place_of(post, post.body)
        elif self.lower() in positions()["unit"]["komando"]:
            self._read_of_command(post)

    def _read_of_command(self, post: Post) -> None:
        """`Pasi Intel Kodim 0102/Pidie`."""
        own, start = post.unit, self.at
        self.at += 1
        self.read_command(post)
        post.unit, post.agency = own, self.text_of(start, self.at)

    def read_field(self, post: Post) -> None:
        """`dosen ilmu politik Universitas ...`, `ahli bahasa dari Kantor Bahasa`."""
        start = self.at
        while self.at < len(self.words) and self.lower() in ahli_words() and self.near(" \n"):
            self.at += 1
        post.form = f"{post.form} {self.text_of(start, self.at).lower()}".strip()
        if self.lower() in ("dari", "pada", "di", "asal") and self.near(" \n"):
            self.at += 1
        self.read_organisation(post)

    def read_organisation(self, post: Post) -> None:
        """Capitalised words up to a comma or up to the name, regions inside included."""
        if self.near(" \n)") and (self.at in self.starts or self._serves_pair(post)):
            return
        start = self.at
        school = post.office is not None and "{sekolah}" in post.office.institution
        end = self._organisation_end(start, needless=not school)
        while start < end and self.words[end - 1].lower in positions()["organisasi"]["kecil"]:
            end -= 1
        post.unit = self.text_of(start, end)
        inside = [self.places[i] for i in range(start, end) if i in self.places]
        post.place = inside[-1] if inside else None
        self.at = end
        if self.skip_bracket() and self.at in self.places:
            self.at = self.places[self.at].last
        if inside and self.at < len(self.words):
            self.skip_province()
        self._skip_parent(post)
        self.read_local(post)

    def _skip_parent(self, post: Post) -> None:
        """`Koordinator Gakkumdu dari Bawaslu Kota Batam`: the body that sent its head."""
        if post.unit and self.near(" ") and self.lower() in ("dari", "unsur"):
            start, self.at = self.at, self.at + 1
            if self.take_body() is None:
                self.at = start
                return
            self.read_region(post)

    def _serves_pair(self, post: Post) -> bool:
        """`Kuasa hukum Rudi - Sari, Edi`: a pair, not an organisation."""
        serves = post.office is not None and post.office.id in positions()["objek"]["jabatan"]
        name = self.names.at(self.at) if serves else None
        if name is None or name.behind >= len(self.words):
            return False
        return self.reading.gap(name.behind).strip() in HYPHENS

    def _organisation_end(self, at: int, needless: bool) -> int:
        """`needless` says that the office may stand without an organisation."""
        end = at
        while end < len(self.words) and end - at < LONGEST_ORGANISATION:
            if not self._goes_on(end, at):
                break
            further = self._after_known(end)
            if further is not None:
                end = further
                if self._could_be_name(end):
                    return end
                continue
            if self._begins_name(end, at):
                if needless and self._has_only_names(at, end):
                    return at
                return end - self._belongs_to_name(end - 1, at)
            end += 1
        if not self._stops_at_comma(end):
            return self._cut_name(at, end)
        return end - self._ends_in_name(end - 1, at)

    def _ends_in_name(self, index: int, start: int) -> bool:
        """`Ketua DPD Hanura Basri,`: a party and one word more."""
        parties = positions()["nama_partai"]["kata"]
        if index <= start or self.words[index - 1].lower not in parties:
            return False
        if self.words[index].lower in parties or index in self.places:
            return False
        follows = index + 1 < len(self.words) and self.names.at(index + 1) is not None
        return not follows and self.names.at(index) is not None

    def _after_known(self, index: int) -> int | None:
        """Behind a region or a body inside an organisation's name: a name may follow."""
        if index in self.places:
            return self.places[index].last
        body = bodies().longest(self.reading, index)
        return body[0] if body and self.words[index].text.isupper() else None

    def _goes_on(self, index: int, start: int) -> bool:
        word, gap = self.words[index], self.reading.gap(index)
        gap = gap.replace(")", "") if index == start else gap
        if gap.strip(" -/&.’'\n") or "\n\n" in gap or self._is_new_sentence(index):
            return False
        opened = self.words[index - 1].lower in positions()["organisasi"]["pembuka"]
        if index > start and index in self.starts and not opened:
            return False
        return not word.text[0].islower() or word.lower in positions()["organisasi"]["kecil"]

    def _is_new_sentence(self, index: int) -> bool:
        start = self.words[index].start
        return self.reading.sentence_at(start).start == start

    def _could_be_name(self, index: int) -> bool:
        """Whether a name, and nothing else, follows the region inside an organisation's name."""
        if index >= len(self.words) or self.reading.gap(index) != " ":
            return False
        return index not in self.places and self.names.at(index) is not None

    def _has_only_names(self, at: int, end: int) -> bool:
        """`Hakim Ketua Siwi Handayani`: what stands before the known name belongs to it."""
        if not 0 < end - at <= 2:
            return False
        name = self.names.at(at)
        return name is not None and name.first == at and name.last > end

    def _begins_name(self, index: int, start: int) -> bool:
        """Whether the person's name begins here: a title, or a name that news knows."""
        word, before = self.words[index], self.words[index - 1]
        name = self.names.at(index)
        if name is None or (index > start and before.lower in positions()["organisasi"]["pembuka"]):
            return False
        if SHORTENED.match(self.reading.text, name.end):
            return False
        if name.first > index:
            return True
        known = word.lower in person_names() and not word.text.isupper()
        return known and (index > start or name.last - name.first > 1)

    def _belongs_to_name(self, index: int, start: int) -> bool:
        """`Partai Golkar Fadel Mahmud`: an unknown word between the organisation and a name."""
        if index <= start or not self.words[index].text.istitle():
            return False
        if self.words[index - 1].lower in positions()["organisasi"]["pembuka"]:
            return False
        before = self.words[index - 1].lower in table("names")["bukan_nama"]
        place = any(p.last == index for p in self.places.values())
        name = self.names.at(index)
        return (before or place) and name is not None and name.first == index

    def _stops_at_comma(self, end: int) -> bool:
        """Whether punctuation, not the next word of a sentence, ends the name."""
        if end >= len(self.words):
            return True
        return self.reading.gap(end).lstrip().startswith((",", "(", "-", ":"))

    def _cut_name(self, at: int, end: int) -> int:
        """Without a comma the last words are the name, all behind an acronym."""
        if end - at <= 3 and self.words[at].lower in positions()["organisasi"]["pembuka"]:
            return end
        for index in range(end - 1, at - 1, -1):
            word = self.words[index]
            shouted = word.text.isupper() and len(word.text) > 1
            if index in self.places:
                return min(self.places[index].last, end)
            if shouted or word.lower in table("names")["bukan_nama"]:
                return index + 1
        return at if end - at <= 2 else end - 2
