"""Who holds the offices of a text: the name behind, the name before, lists and pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from nlp.components.asides import Asides
from nlp.components.cursor import Post
from nlp.components.names import Name, NameReader
from nlp.components.offices import Head, links, offices
from nlp.components.pairs import PairNames
from nlp.components.posts import PostReader
from nlp.components.races import RUNNING, ran_for_president
from nlp.lexicon import positions
from nlp.reading import Reading

MANY_BEFORE = frozenset(
    [
        "dua",
        "tiga",
        "empat",
        "lima",
        "kedua",
        "ketiga",
        "para",
        "keempat",
        "beberapa",
        "sejumlah",
        "2",
        "3",
        "4",
        "5",
    ]
)


LISTS = ("masing-masing", "yakni", "yaitu", "antaranya", "antara lain", "terdiri", "meliputi")
LONGEST_LIST = 9


class Holding(NamedTuple):
    """An office and the one who holds it; `second` is who stands second in a pair."""

    post: Post
    name: Name
    second: bool = False


class HolderFinder:
    """Ties the posts of one text to names."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.words = reading, reading.words
        self.posts = PostReader(reading).posts()
        inside = {i for post in self.posts for i in range(post.first, post.last)}
        places = {i for place in reading.places for i in range(place.first, place.last)}
        self.names = NameReader(reading, frozenset(inside | places))
        self.asides = Asides(reading, self._names_by_end(), self.posts)
        self.names = NameReader(reading, frozenset(inside | places | self.asides.inside))
        self.behind = self._names_by_end()
        self.claimed: set[int] = set()
        self.post_at = {post.first: post for post in self.posts}
        self.served = {post.last for post in self.posts if _serves(post)}
        self.pairs = PairNames(reading, self.names, frozenset(self.post_at))

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

    def holdings(self) -> list[Holding]:
        """Read backwards, so that the holder of the second of two offices is known first."""
        behind = {post.first: self._after(post) for post in self.posts}
        self.claimed = {name.first for names in behind.values() for name in names}
        later: dict[int, list[Holding]] = {}
        for post in reversed(self.posts):
            later[post.first] = self._held(post, behind[post.first], later)
        return [holding for post in self.posts for holding in later[post.first]]

    def _held(
        self, post: Post, after: list[Name], later: dict[int, list[Holding]]
    ) -> list[Holding]:
        """By the names behind it, by the holder of the next office, or by the name before it."""
        if post.first in self.asides.owners:
            return [Holding(post, self.asides.owners[post.first])]
        if post.pair:
            return self._held_by_pair(post, after)
        before, by_comma = self._before(post)
        if before is not None and not by_comma:
            return [Holding(post, before)]
        free = before is not None and before.first not in self.claimed
        if before is not None and (not after or (free and self._comma_follows(post))):
            return [Holding(post, before)]
        if after:
            return [Holding(post, name) for name in after]
        chained = self._chained(post)
        return [Holding(post, holding.name) for holding in later.get(chained, [])][:1]

    def _held_by_pair(self, post: Post, after: list[Name]) -> list[Holding]:
        """By the pair behind, or by the one before: `Rudi-Sari, pasangan nomor urut 2`."""
        names = after
        last = None if after else self._before(post)[0]
        first = self._first_of(last) if last else None
        if first and last:
            names = [first, last]
        if len(names) == 2 and ran_for_president(names[0].text, names[1].text):
            post = replace(post, head=Head(office=offices()["paslon_presiden"]), place=None)
        return [Holding(post, name, i % 2 == 1) for i, name in enumerate(names)]

    def _first_of(self, second: Name) -> Name | None:
        """The first of the pair whose second is `second`."""
        for index in (second.begin, second.begin - 1):
            first = self.behind.get(index)
            if first and self.pairs.partner(first) == second:
                return first
        return None

    def _chained(self, post: Post) -> int:
        """The first word of an office that the same person holds besides."""
        link = (
            links("rangkap").longest(self.reading, post.last)
            if post.last < len(self.words)
            else None
        )
        if link is None or self.reading.gap(post.last).strip() not in ("", ","):
            return -1
        return link[0]

    def _comma_follows(self, post: Post) -> bool:
        return post.last < len(self.words) and self.reading.gap(post.last).lstrip().startswith(",")

    # -- names behind an office

    def _after(self, post: Post) -> list[Name]:
        at = self._over_links(post.last)
        if post.first in self.asides.owners or self._names_principal(post):
            return []
        initials = at > post.last and self.words[at - 1].lower in ("berinisial", "inisial")
        initials = initials or self._is_set_off(at)
        name = self._name_at(at, initials)
        if _serves(post):
            name = self._behind_object(post, name)
        if name is None:
            return []
        many = self._is_many(post, at)
        if post.pair:
            return self._paired(post, name, at)
        return [name, *self.listed(name, initials)] if many else [name]

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
            at = pair[-1].behind if len(pair) > 1 else self._over_nickname(served.last)
        elif name is not None and (second := self.pairs.partner(name)):
            at = second.behind
        else:
            return name
        comma = at < len(self.words) and self.reading.gap(at).strip() in (",", "),", ")")
        return self._name_at(at, False) if comma else None

    def _over_nickname(self, at: int) -> int:
        """Over `nomor urut 1`, `itu` or `BERKAH` between a pair and the one who serves it."""
        at = self.pairs.over_asides(at)
        if at >= len(self.words) or self.reading.gap(at).strip():
            return at
        link = links("nama").longest(self.reading, at)
        return link[0] if link else at + self.words[at].text.isupper()

    def _paired(self, post: Post, name: Name, at: int) -> list[Name]:
        """Of two offices held by a pair the first name alone is nobody's in particular."""
        numbered = self.pairs.over_asides(post.last) > post.last
        found = self.pairs.behind(name, self._is_many(post, at) or numbered)
        serves = post.first in self.served
        return [] if len(found) == 1 and (post.joint or serves) else found

    def _is_set_off(self, at: int) -> bool:
        """`kepala kampungnya, SM, ke`: capitals between commas."""
        if at >= len(self.words) or not self.words[at].text.isupper():
            return False
        behind = self.reading.text[self.words[at].end : self.words[at].end + 2]
        return (self.reading.gap(at).startswith(",") and behind[:1] == ",") or behind == " ("

    def _name_at(self, at: int, initials: bool) -> Name | None:
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

    def _over_links(self, at: int) -> int:
        """Over `, yakni`, `bernama`, `setempat,`, `nomor urut 2,` and brackets."""
        for _ in range(5):
            if at >= len(self.words) or self.reading.gap(at).strip(" ,()\n:–-"):
                return at
            beyond = self.pairs.over_asides(at)
            if beyond > at:
                at = beyond
                continue
            link = links("nama").longest(self.reading, at)
            further = link[0] if link else self._over_contest(at)
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

    def _over_bracket(self, at: int) -> int:
        """Over an abbreviation in brackets; a name in brackets stays."""
        if "(" not in self.reading.gap(at) or self.names.at(at) is not None:
            return at
        for end in range(at + 1, min(at + 6, len(self.words))):
            if ")" in self.reading.gap(end):
                return end
        return at

    def _is_many(self, post: Post, at: int) -> bool:
        if post.form.lower().endswith("nya"):
            return True
        between = self.reading.text[self.words[post.last - 1].end : self.words[at].start].lower()
        if any(word in between for word in LISTS) or between.endswith(":"):
            return True
        return post.first > 0 and self.words[post.first - 1].lower in MANY_BEFORE

    def listed(self, name: Name, initials: bool = False) -> list[Name]:
        """Further names in `Rifai (42) dan Darmin (45)`, `A, B, dan C`."""
        found: list[Name] = []
        while len(found) < LONGEST_LIST:
            at = name.behind
            if at >= len(self.words):
                break
            gap = self.reading.gap(at).strip(" )")
            joined = self.words[at].lower in ("dan", "serta", "bersama", "berpasangan")
            if joined:
                at += 1
            elif gap not in (",", "-", "/"):
                break
            following = self._name_at(at, initials) if at < len(self.words) else None
            if following is None or at in self.post_at:
                break
            found.append(following)
            name = following
        return found

    # -- names before an office

    def _before(self, post: Post) -> tuple[Name | None, bool]:
        """`La Ode Marfin, Kordiv ...` (by a comma), `Sudarma yang juga Ketua ...` (by a link)."""
        link = links("jabatan").before(self.reading, post.first, 6)
        if link is not None and not self.reading.gap(post.first).strip():
            name = self.behind.get(link[0])
            if name is not None and self.reading.gap(link[0]).strip(" )") in ("", ","):
                return name, False
        name = self.behind.get(post.first) or self._initials_before(post.first)
        gap = self.reading.text[name.stop : self.words[post.first].start].strip() if name else ""
        return (name, True) if gap in (",", "(") else (None, False)

    def _initials_before(self, index: int) -> Name | None:
        """`KM, kepala SD di desanya`, `SP (44), ketua KPPS`."""
        if index < 2 or "," not in self.reading.gap(index):
            return None
        back = 2 if self.words[index - 1].text.isdigit() else 1
        word = self.words[index - back]
        return self.names.at(index - back, initials=True) if word.text.isupper() else None


def _serves(post: Post) -> bool:
    """Whether the office is one in the service of a pair: its team, its lawyers."""
    return post.office is not None and post.office.id in positions()["objek"]["jabatan"]


def second_head(post: Post) -> Head:
    """The office of the one who stands second."""
    deputies = positions()["wakil"]
    office = post.office
    if office is None or office.id not in deputies:
        return post.head
    return Head(office=offices()[deputies[office.id]])
