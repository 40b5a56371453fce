"""The names that stand behind and before the offices of a text."""

from __future__ import annotations

import re

from nlp.components.asides import Asides
from nlp.components.cursor import LEVELS, Post
from nlp.components.duets import Duet, DuetReader
from nlp.components.institutions import is_institution
from nlp.components.lists import NameLists
from nlp.components.localities import blocked
from nlp.components.names import INITIALS, Name, NameReader
from nlp.components.offices import Head, links, offices
from nlp.components.pairs import BRACKET, HYPHENS, PairNames
from nlp.components.persons import role_before
from nlp.components.places import Place
from nlp.components.posts import PostReader
from nlp.components.races import INCUMBENT, PAIR, RUNNING, is_elsewhere, settle
from nlp.lexicon import positions, table
from nlp.reading import Reading

LONGEST_CLAUSE = 4
"""Words between an office and the list of its holders."""
LONGEST_BRACKET = 6
"""Words of a bracket between a name and its office."""
NICKNAME = re.compile(r"^\([A-Z]{2,5}\),?")
"""`Rudi Tamara (RUT) mantan Bupati Maros`."""
ITEM = re.compile(r"(?:^|\n)[ ]*\d{1,2}[.)]\s?$")
"""The number of an item in a list, up to the name behind it."""


class NeighbourReader(NameLists):
    """Ties the posts of one text to names."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.words = reading, reading.words
        self.posts = PostReader(reading).posts()
        inside = {i for post in self.posts for i in range(post.first, post.last)}
        places = {i for place in reading.places for i in range(place.first, place.last)}
        places |= self._localities()
        self.names = NameReader(reading, frozenset(inside | places))
        self.behind = self._names_by_end()
        self.asides = Asides(reading, self.behind, self.posts)
        if self.asides.inside:
            self.names = NameReader(reading, frozenset(inside | places | self.asides.inside))
            self.behind = self._names_by_end()
        self.claimed: set[int] = set()
        self.served = {post.last for post in self.posts if post.serves}
        self.pairs = PairNames(reading, self.names, frozenset(post.first for post in self.posts))
        self.is_elsewhere = is_elsewhere(reading)
        self.posts = self._with_hyphened()
        self.duets = self._read_duets()
        self.post_at = {post.first: post for post in self.posts}

    def _localities(self) -> set[int]:
        """Words of localities, but none behind an office that ends inside: its holder's name."""
        found = blocked(self.reading)
        for post in self.posts:
            ends = post.spot or (post.office is not None and post.office.national)
            at = post.last if ends and post.last - 1 in found else len(self.words)
            while at in found:
                found.discard(at)
                at += 1
        return found

    def _with_hyphened(self) -> list[Post]:
        """`diikuti Rudi Tamara-Sari Dewi`: pairs by their hyphen alone, where candidates run."""
        running = any(post.pair or post.acting in RUNNING for post in self.posts)
        reading, named = self.reading, {post.last for post in self.posts if post.pair}
        found = [
            self._hyphened_pair(name)
            for name in self.behind.values()
            if name.begin not in named
            and self.pairs.is_hyphened(name)
            and not is_institution(reading, name)
            and (running or self.pairs.is_sure(name))
        ]
        if not found:
            return self.posts
        settle(self.reading, [*self.posts, *found])
        return sorted([*self.posts, *found], key=lambda post: post.first)

    def _read_duets(self) -> dict[int, Duet]:
        """Pairs that prose tells of, by the first word of each, where no office begins."""
        taken = {post.first for post in self.posts}
        duets = DuetReader(self.reading, self.pairs, self.all_names(), self.posts).duets()
        found = {duet.post.first: duet for duet in duets if duet.post.first not in taken}
        bare = [duet.post for duet in found.values()]
        if bare:
            settle(self.reading, [*self.posts, *bare])
            self.posts = sorted([*self.posts, *bare], key=lambda post: post.first)
        return found

    def _hyphened_pair(self, name: Name) -> Post:
        pair = Post(name.begin, name.begin, Head(office=offices()[PAIR]), "", pair=True)
        outer = self.behind.get(name.begin) if "(" in self.reading.gap(name.begin) else None
        begin = outer.begin if outer else name.begin
        before = self.words[begin - 1].lower if begin else ""
        second = self.pairs.partner(name)
        behind = self.words[second.behind : second.behind + 2] if second else []
        called = {before, *(word.lower for word in behind[1:])}
        pair.incumbent = not called.isdisjoint(positions()["acting_sesudah"][INCUMBENT])
        pair.acting = "calon" if pair.incumbent else None
        return pair

    def _names_by_end(self) -> dict[int, Name]:
        found: dict[int, Name] = {}
        index = 0
        while index < len(self.words):
            name = self.names.at(index) if self.words[index].text[0].isupper() else None
            if name is None:
                index += 1
                continue
            found[name.behind] = name
            index = max(name.behind, index + 1)
        return found

    def all_names(self) -> list[Name]:
        return sorted(self.behind.values())

    # -- names behind an office

    def _after(self, post: Post) -> list[Name]:
        if post.first == post.last and post.first in self.duets:
            return self.duets[post.first].names
        at = self._over_links(post.last, post.serves)
        if post.first in self.asides.owners or self._names_principal(post):
            return []
        if post.first and self.words[post.first - 1].lower in positions()["sambung"]["lowong"]:
            return []
        cued = at > post.last and self.words[at - 1].lower in positions()["sambung"]["inisial"]
        initials = cued or (self._is_set_off(at) and not post.pair)
        bare = post.first == post.last
        name = self.names.at(at) if bare else self.name_at(at, initials)
        if post.pair and name is None:
            name = self.pairs.lone_first(at) or self.pairs.behind_slogan(at)
        if post.serves and not self._serves_one(at):
            name = self._behind_object(post, name)
        if name is None:
            return []
        many = self._is_many(post, at)
        if post.pair:
            return self._paired(post, name, at)
        if many:
            return [name, *self.listed(name, initials)]
        return self.members(name) if post.may_be_shared else [name]

    def _serves_one(self, at: int) -> bool:
        """`Kuasa hukum pelapor, ...`: whom the office serves is told without a name."""
        return at > 0 and self.words[at - 1].lower in positions()["sambung"]["dilayani"]

    def _names_principal(self, post: Post) -> bool:
        """`menjadi cawapres Rudi Tamara`: to whom somebody else is the deputy."""
        running = post.office is not None and post.acting in RUNNING and post.place is None
        deputy = running and post.office and post.office.id in positions()["wakil"].values()
        before = self.words[post.first - 1].lower if post.first else ""
        close = post.last < len(self.words) and self.reading.gap(post.last) == " "
        return bool(deputy) and close and before in positions()["sambung"]["pendamping"]

    def _behind_object(self, post: Post, name: Name | None) -> Name | None:
        """`Kuasa hukum pasangan Rudi-Sari, Edi`: the pair is whom the office serves."""
        served = self.post_at.get(post.last)
        if served is not None and served.pair:
            pair = self._after(served)
            at = self._over_nickname(pair[-1].behind if len(pair) > 1 else served.last)
            at = next((p.last for p in self.reading.places if p.first == at), at)
        elif name is not None and (second := self.pairs.partner(name)):
            at = self._over_nickname(second.behind)
        else:
            return self._behind_client(post, name) or name
        comma = at < len(self.words) and self.reading.gap(at).strip() in (",", "),", ")")
        return self.name_at(at, False) if comma else None

    def _behind_client(self, post: Post, client: Name | None) -> Name | None:
        """`Kuasa hukum Rudi Tamara, Edi Saputra, mengatakan`: the second of the two names."""
        if client is None or client.begin != post.last or self.reading.gap(post.last) != " ":
            return None
        if client.behind >= len(self.words) or self.reading.gap(client.behind) != ", ":
            return None
        name = self.names.at(client.behind)
        if name is None or name.behind >= len(self.words):
            return None
        speaks = self.words[name.behind].lower in table("speech")["bicara"]
        return name if speaks or self.reading.gap(name.behind).startswith(",") else None

    def _over_nickname(self, at: int) -> int:
        """Over `nomor urut 1`, `itu` or `BERKAH` between a pair and the one who serves it."""
        at = self.pairs.over_asides(at)
        if at >= len(self.words) or self.reading.gap(at).strip():
            return at
        link = links("nama").longest(self.reading, at)
        if link is None and self.words[at].lower in positions()["sambung"]["alias"]:
            at = self.reading.word_at(self.words[at].end)
            at += self.reading.gap(at + 1).strip() in HYPHENS if at + 1 < len(self.words) else 0
        return link[0] if link else at + self.words[at].text.isupper()

    def _paired(self, post: Post, name: Name, at: int) -> list[Name]:
        """Of two offices held by a pair the first name alone is nobody's in particular."""
        numbered = self.pairs.over_asides(post.last) > post.last
        hyphened = name.behind < len(self.words) and self.pairs.hyphened(name.stop, name.behind)
        found = self.pairs.behind(name, self._is_many(post, at) or numbered or hyphened)
        serves = post.first in self.served
        initials = name.text.isupper() and len(name.text) <= INITIALS
        return [] if len(found) == 1 and (post.joint or serves or initials) else found

    def _is_set_off(self, at: int) -> bool:
        """`kepala kampungnya, SM, ke`: capitals between commas."""
        if at >= len(self.words) or not self.words[at].text.isupper():
            return False
        behind = self.reading.text[self.words[at].end : self.words[at].end + 2]
        return (self.reading.gap(at).startswith(",") and behind[:1] == ",") or behind == " ("

    def _over_links(self, at: int, serving: bool) -> int:
        """Over `, yakni`, `bernama`, `setempat,`, `nomor urut 2,` and brackets."""
        for _ in range(5):
            if at >= len(self.words) or self.reading.gap(at).strip(" ,()\n:–-"):
                return at
            beyond = self.pairs.over_asides(at)
            if beyond > at:
                at = beyond
                continue
            link = links("nama").longest(self.reading, at)
            link = link or (links("dilayani").longest(self.reading, at) if serving else None)
            further = link[0] if link else self._over_contest(at) or self._over_clause(at)
            if further is None:
                return self._over_bracket(at)
            at = further
        return at

    def _over_contest(self, at: int) -> int | None:
        """Over `Pilkada Kutai Kartanegara` between a pair's number and its names."""
        if not self.words[at].lower.startswith(("pilkada", "pilgub", "pilbup", "pilwal")):
            return None
        place = next((p for p in self.reading.places if p.first == at + 1), None)
        return place.last if place else at + 1

    def _over_clause(self, at: int) -> int | None:
        """Over `yang diperiksa, antara lain` between an office and a list of its holders."""
        if self.words[at].lower != "yang":
            return None
        for end in range(at + 1, min(at + LONGEST_CLAUSE, len(self.words))):
            if links("daftar").longest(self.reading, end):
                return end
            if self.words[end].text[0].isupper() or self.reading.gap(end).strip(", "):
                return None
        return None

    def place_behind(self, at: int) -> Place | None:
        """The region of `Rudi-Sari di Kota Bukittinggi`, `Rudi-Sari, Kabupaten Buru`."""
        at = self.pairs.over_asides(at, brackets=True)
        if at >= len(self.words) or self.reading.gap(at).strip(" ,)"):
            return None
        at += self.words[at].lower in ("di", "dari", "untuk")
        at += at < len(self.words) and self.words[at].lower in LEVELS
        return next((place for place in self.reading.places if place.first == at), None)

    def _over_bracket(self, at: int) -> int:
        """Over an abbreviation in brackets; a name in brackets stays."""
        if "(" not in self.reading.gap(at) or self.names.at(at) is not None:
            return at
        for end in range(at + 1, min(at + 6, len(self.words))):
            if ")" in self.reading.gap(end):
                return end
        return at

    def _is_many(self, post: Post, at: int) -> bool:
        joints = positions()["sambung"]
        if post.form.lower().endswith("nya"):
            return True
        between = self.reading.text[self.words[post.last - 1].end : self.words[at].start].lower()
        if any(word in between for word in joints["daftar"]) or between.endswith(":"):
            return True
        return post.first > 0 and self.words[post.first - 1].lower in joints["banyak"]

    # -- names before an office

    def _before(self, post: Post) -> tuple[Name | None, bool]:
        """`La Ode Marfin, Kordiv ...` (by a comma), `Sudarma yang juga Ketua ...` (by a link)."""
        link = links("jabatan").before(self.reading, post.first, 6)
        if link is not None and not self.reading.gap(post.first).strip():
            name = self._ending_at(link[0]) or self._initials_at(link[0] - 1)
            between = self.reading.text[name.stop : self.words[link[0]].start] if name else "."
            if name is not None and BRACKET.sub("", between).strip(" )") in ("", ","):
                self._mark_running(post, name)
                return name, False
        name = self._ending_at(post.first) or self._initials_before(post.first)
        if name and is_institution(self.reading, name):
            return None, False
        gap = self.reading.text[name.stop : self.words[post.first].start].strip() if name else ""
        gap = NICKNAME.sub(",", gap)
        return (name, True) if gap in (",", "(") else (None, False)

    def _ending_at(self, index: int) -> Name | None:
        """The name that ends before word `index`, a bracket behind it read over."""
        name = self.behind.get(index)
        if self.reading.gap(index).strip() in (")", "),"):
            opens = (i for i in range(index - 1, max(index - LONGEST_BRACKET, 0), -1))
            start = next((i for i in opens if self.reading.gap(i).strip() == "("), None)
            name = self.behind.get(start, name) if start else name
        return name

    def _mark_running(self, post: Post, name: Name) -> None:
        """`pencalonan Rudi Tamara sebagai wakil bupati`."""
        if post.acting is None and post.office and post.office.pattern == "daerah":
            running = links("pencalonan").before(self.reading, name.begin, 2)
            post.acting = "calon" if running else None

    def _close_before(self, post: Post) -> Name | None:
        """`Dr Rudi Tamara Dekan Fakultas Hukum`: with only a blank between, and nobody's yet."""
        name = self.behind.get(post.first)
        if name is None or name.first in self.claimed or self.reading.gap(post.first) != " ":
            return None
        small = self.words[post.first].text[0].islower()
        if is_institution(self.reading, name) or (small and not (post.body or post.unit)):
            return None
        before = self.words[name.begin - 1].lower if name.begin else ""
        told = not small and before in table("speech")["sisipan"]
        leads = told or before in positions()["sambung"]["ialah"]
        if leads or role_before(self.reading, name.begin):
            return name
        item = ITEM.search(self.reading.text, 0, name.begin and self.words[name.begin].start)
        return name if item or len(name.text.split()) > 1 else None

    def _initials_at(self, index: int) -> Name | None:
        """`MA selaku pelaksana tugas Bupati Morowali Utara`."""
        known = table("names")["bukan_nama"]
        word = self.words[index] if index >= 0 else None
        if word is None or not word.text.isupper() or word.lower in known:
            return None
        return self.names.at(index, initials=True)

    def _initials_before(self, index: int) -> Name | None:
        """`KM, kepala SD di desanya`, `SP (44), ketua KPPS`."""
        if index < 2 or "," not in self.reading.gap(index):
            return None
        back = 2 if self.words[index - 1].text.isdigit() else 1
        word = self.words[index - back]
        return self.names.at(index - back, initials=True) if word.text.isupper() else None
