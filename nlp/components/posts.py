"""Offices in a text: who is meant comes later, here only what office, of what, and where."""

from __future__ import annotations

import re
from collections.abc import Callable

from nlp.components.cursor import Post
from nlp.components.memberships import MembershipReader
from nlp.components.offices import (
    Head,
    Office,
    acting_after,
    acting_before,
    bodies,
    division_openers,
    organs,
)
from nlp.components.pairs import HYPHENS
from nlp.components.races import INCUMBENT, is_elected, settle
from nlp.lexicon import positions, table
from nlp.reading import Reading

YEARS = r"\d{4}\s?[-–/]\s?"
TERM = re.compile(
    r"[\s,(]*(?:masa\s+(?:jabatan|bakti)\s+)?(?:(?:dua\s+|2\s+)?periode,?\s+"
    rf"(?:{YEARS}\d{{4}}(?:,|\s+dan)\s+)?{YEARS}(?P<end>\d{{4}})\)?|periode\s+(?:yang\s+)?lalu\b)",
    re.IGNORECASE,
)
ORDINAL = re.compile(r"\)?(?:\s+[Kk]e-?\s?\d+(?:\s+dan\s+\d+)?)?(?:\s+RI\b)?")
LONGEST_NUMERAL = 4


class PostReader(MembershipReader):
    """Reads the offices of one text, left to right."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.last_of_body: Post | None = None

    def posts(self) -> list[Post]:
        found: list[Post] = []
        for index, (behind, head) in self.starts.items():
            if index >= self.at or not found:
                post = self._post(index, behind, head)
                if post is not None and not self._is_street(post):
                    found.append(post)
        settle(self.reading, found)
        return found

    def _is_street(self, post: Post) -> bool:
        """`Jalan Gubernur Bastari`."""
        before = self.words[post.first - 1].lower if post.first else ""
        joined = self.reading.gap(post.first) in (" ", ". ")
        return joined and before in table("place_cues")["bukan"]["sebelum"]

    def _post(self, index: int, behind: int, head: Head) -> Post | None:
        form = self.reading.text[self.words[index].start : self.words[behind - 1].end]
        post = Post(index, behind, head, " ".join(form.split()), acting=head.acting)
        self.at = behind
        self.read_acting(post)
        if head.office is not None and head.office.pattern == "utusan":
            if not self._serves_candidates(post):
                return None
        elif head.office is not None:
            self.read_office(post, head.office)
        elif head.division:
            self.read_division(post)
            if head.bare and not self._is_of_member(post):
                self.at = behind
                return None
        elif not self.read_role(post):
            return None
        self.read_term(post)
        post.last = self.at
        last = self.words[post.last - 1].lower
        said = {word.lower for word in self.words[post.first : post.last]}
        called = positions()["acting_sesudah"][INCUMBENT]
        post.incumbent = not (said if not post.joint else {last}).isdisjoint(called)
        self.last_of_body = post if post.body else self.last_of_body
        return post

    def _serves_candidates(self, post: Post) -> bool:
        """`saksi dari paslon 2`, `tim sukses Rudi-Sari`: of a pair, or nobody's office."""
        at = self.at + (self.lower() == "dari")
        _, head = self.starts.get(at, (at, None))
        named = head is not None and head.office is not None and head.office.pattern == "pasangan"
        if named or self._serves_pair(post):
            self.at = at
            return True
        return False

    def _is_of_member(self, post: Post) -> bool:
        """`Divisi Hukum KPU Maros, ...`, `Edi (Divisi Hukum)`, a member of the body named last."""
        bracketed = self.reading.gap(post.first).strip() in ("(", ",(") and self._closes()
        if bracketed and post.body is None and self.last_of_body is not None and post.unit:
            return self._read_possessed(post)
        return post.body is not None and bool(post.unit)

    def _closes(self) -> bool:
        end = self.words[self.at - 1].end
        return self.reading.text[end : end + 2].lstrip().startswith(")")

    def read_term(self, post: Post) -> None:
        """`periode 2018-2023`: a term that is over makes the office a former one."""
        term = TERM.match(self.reading.text, self.words[self.at - 1].end)
        if term is None:
            return
        self.at = self.reading.word_at(term.end())
        if post.acting is None and int(term["end"] or 0) < (self.reading.year or 0):
            post.acting = "mantan"

    def read_acting(self, post: Post) -> None:
        """Words before the office (`Plt`, `mantan`, `Penjabat (Pj)`) and right behind it."""
        before = self._acting_at(post.first)
        if before is not None:
            post.first, post.acting = before
            outer = self._acting_at(post.first)
            if outer is not None and outer[1] in ("mantan", "calon", "bakal_calon"):
                post.first, post.acting = outer
        elif self._is_misspelt_penjabat(post):
            post.first, post.acting = post.first - 1, "Pj"
        self.read_acting_behind(post)

    def read_acting_behind(self, post: Post) -> None:
        after = acting_after().longest(self.reading, self.at) if self.near() else None
        if after is not None:
            self.at = after[0]
            if after[1][0] != INCUMBENT:
                post.acting = after[1][0]

    def _acting_at(self, index: int) -> tuple[int, str] | None:
        found = acting_before().before(self.reading, index, 5)
        if found is not None and self.reading.gap(index).strip() == ")":
            outer = acting_before().before(self.reading, found[0], 3)
            found = (outer[0], found[1]) if outer else found
        if found is None or not self._leads_on(index, found[1][0]):
            return None
        return found[0], found[1][0]

    def _leads_on(self, index: int, acting: str) -> bool:
        """Whether nothing but a blank parts the word from the office; `Plt.` has its stop."""
        gap = self.reading.gap(index)
        allowed = " .)\n" if acting in ("Plt", "Plh", "Pj", "Pjs") else " )\n"
        return not gap.strip(allowed) and "\n\n" not in gap

    def _is_misspelt_penjabat(self, post: Post) -> bool:
        index = post.first
        if index == 0 or self.words[index - 1].lower != "pejabat" or self.reading.gap(index) != " ":
            return False
        return post.form.lower() in positions()["pejabat"]["sebelum"]

    def read_office(self, post: Post, office: Office) -> None:
        self.skip_bracket()
        if office.pattern == "daerah":
            self.read_deputy(post)
            self.read_acting_behind(post)
            self.read_region(post)
        elif office.pattern == "dinas":
            self.read_unit(post)
            self.read_agency(post)
            self.read_region(post)
        elif office.pattern == "tempat":
            self.read_spot(post, office.inside, office.level == "kecamatan")
        elif office.pattern == "sendiri":
            self.at = self.reading.word_at(self._ordinal_end())
        else:
            self._reader(office.pattern)(post)

    def _reader(self, pattern: str) -> Callable[[Post], None]:
        return {
            "komando": self.read_command,
            "organisasi": self.read_organisation,
            "ahli": self.read_field,
            "majelis": self.read_panel,
            "dewan": self.read_seat,
            "pasangan": self.read_pair,
        }[pattern]

    def read_seat(self, post: Post) -> None:
        """`Caleg DPRD Jawa Barat dari Partai Nasdem`, `caleg PKB Sikka`: no name yet."""
        self.read_acting_behind(post)
        body = self.take_body()
        if body is not None:
            post.body = body
            self.read_place_of(post, body)
        elif not self.opens_membership():
            self.read_organisation(post)
        self.skip_membership()

    def read_panel(self, post: Post) -> None:
        """`Ketua Majelis`, of the body that hears cases, or else of the one named last."""
        if self.read_body(post):
            return
        self.read_organisation(post)
        if not post.unit and not self._read_hearing(post):
            self._read_possessed(post)

    def _read_hearing(self, post: Post) -> bool:
        judges = positions()["majelis"]["lembaga"]
        at = next((i for i, word in enumerate(self.words) if word.lower in judges), None)
        body = bodies().longest(self.reading, at) if at is not None else None
        if body is not None:
            post.body, post.central = body[1][0], body[1][0].central
        return body is not None

    def _ordinal_end(self) -> int:
        """Behind the `ke-6 RI` of a president."""
        end = self.words[self.at - 1].end
        ordinal = ORDINAL.match(self.reading.text, end)
        return ordinal.end() if ordinal else end

    def read_pair(self, post: Post) -> None:
        """`pasangan calon bupati dan wakil bupati Berau`: the office of the first of the two."""
        post.pair = True
        self.skip_bracket()
        office, behind, acting = self._running_for(self.at)
        if office is None or not self.near():
            self.at += self.near(" ") and self.lower().isdigit()
            return
        post.head, self.at, post.acting = Head(office=office), behind, post.acting or acting
        self.skip_bracket()
        self.read_deputy(post)
        self.read_acting_behind(post)
        if office.pattern == "daerah":
            self.read_region(post)

    def _running_for(self, at: int) -> tuple[Office | None, int, str | None]:
        """The office run for at word `at`, over a "calon"; the word behind it; that "calon"."""
        running = acting_before().longest(self.reading, at) if at < len(self.words) else None
        running = None if at in self.starts else running
        behind, head = self.starts.get(running[0] if running else at, (at, None))
        if head is None or head.office is None or not is_elected(head.office):
            return None, behind, None
        return head.office, behind, running[1][0] if running else head.acting

    def read_deputy(self, post: Post) -> None:
        """`dan wakil bupati`, `- Wakil Bupati`, `(Cawako) dan Wakil Wali Kota (Cawawako)`."""
        office = post.office
        if office is None or self.at >= len(self.words) or office.id not in positions()["wakil"]:
            return
        gap, at = self.gap().strip(" )\n"), self.at
        if self.lower() in ("dan", "serta", "beserta") and not gap:
            at += 1
        elif gap not in HYPHENS:
            return
        deputy, behind, _ = self._running_for(at)
        if deputy is not None and deputy.id == positions()["wakil"][office.id]:
            post.pair = post.joint = True
            self.at = behind
            self.skip_bracket()

    def read_role(self, post: Post) -> bool:
        """`Ketua Bawaslu Kaltim`, `Anggota DPRD Kalsel Fraksi Gerindra`, `Ketua Forum Kuwu`."""
        if post.form.lower().endswith("nya") or self._goes_with_body(post):
            return self._read_possessed(post)
        self.read_organ(post)
        if self.read_body(post) or post.organ:
            return True
        if self.near() and self.at < len(self.words) and self.words[self.at].text[0].isupper():
            self.read_organisation(post)
            return bool(post.unit)
        return False

    def read_organ(self, post: Post) -> None:
        """`Ketua Komisi A DPRD`, `Anggota Badan Anggaran (Banggar) DPRD`."""
        if not self.near(" "):
            return
        start, organ = self.at, organs().longest(self.reading, self.at)
        if self.lower() in positions()["alat"]["bernomor"] and self._is_numeral(start + 1):
            self.at += 2
        elif organ is not None:
            self.at = organ[0]
        post.organ = self.text_of(start, self.at)
        if post.organ:
            self.skip_bracket()

    def _is_numeral(self, index: int) -> bool:
        """`Komisi IV`, `Komisi B`, `Komisi 2`."""
        word = self.words[index].text if index < len(self.words) else ""
        return len(word) <= LONGEST_NUMERAL and (word.isupper() or word.isdigit())

    def _goes_with_body(self, post: Post) -> bool:
        """`Ketua Bawaslu Minsel Rudi Tamara dan anggota Sari Dewi`: of the same body."""
        owner, first = self.last_of_body, post.first
        if owner is None or not self.near(" ") or first == 0:
            return False
        before = self.words[first - 1].lower
        joined = before in positions()["sambung"]["beserta"]
        joined = joined and (post.form.islower() or before not in ("dan", "serta"))
        sentence = self.reading.sentence_at(self.words[first].start)
        same = self.words[owner.first].start >= sentence.start
        others = self.lower() in ("lainnya", "lain")
        return joined and same and (others or self.names.at(self.at) is not None)

    def _read_possessed(self, post: Post) -> bool:
        """`didampingi anggotanya`: of the body named last."""
        owner = self.last_of_body
        if owner is None:
            return False
        post.body, post.place, post.spot = owner.body, owner.place, owner.spot
        post.central, post.written = owner.central, owner.written
        return True

    def read_body(self, post: Post, gaps: str = " \n-/)") -> bool:
        post.body = self.take_body(gaps)
        if post.body is None:
            return False
        self.read_place_of(post, post.body)
        self.skip_misspelt(post)
        self.read_division_behind(post)
        self.skip_membership()
        return True

    def read_division(self, post: Post) -> None:
        """`Kordiv P3S Bawaslu Minut`: the unit runs up to the body."""
        self.skip_bracket()
        self.read_unit(post)
        self.read_up_to_body(post)
        self.skip_bracket()
        if self.lower() in ("pada", "di", "dari") and bodies().longest(self.reading, self.at + 1):
            self.at += 1
        if not self.read_body(post, " \n-/),"):
            self.read_region(post)

    def read_division_behind(self, post: Post) -> None:
        """`Komisioner Bawaslu Kalsel Divisi Penanganan Pelanggaran`."""
        start = self.at
        if not self.near(" \n,)"):
            return
        opener = division_openers().longest(self.reading, self.at)
        if opener is None:
            return
        self.at = opener[0]
        kept = post.unit
        self.read_unit(post)
        if post.unit == kept:
            self.at = start
