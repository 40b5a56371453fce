"""Who holds the offices of a text: the name behind, the name before, lists and pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from nlp.components.candidacies import CandidacyReader
from nlp.components.cursor import Post
from nlp.components.lists import BEFORE_MEMBERS
from nlp.components.names import Name
from nlp.components.neighbours import NeighbourReader
from nlp.components.nominees import NomineeReader
from nlp.components.offices import Head, links, offices
from nlp.components.races import PAIR, RUNNING, ran_for_president
from nlp.components.spots import LOCAL
from nlp.lexicon import positions, table

PLACE = re.compile(r"\s?\(([A-Z][a-z]+(?: [A-Z][a-z]+){0,2})\)")
"""A place in a bracket behind a name."""


class Holding(NamedTuple):
    """An office and the one who holds it; `second` is who stands second in a pair."""

    post: Post
    name: Name
    second: bool = False


class HolderFinder(NeighbourReader):
    """Ties the posts of one text to names."""

    def holdings(self) -> list[Holding]:
        """Read backwards, so that the holder of the second of two offices is known first."""
        second = {b.first for a, b in pairwise(self.posts) if self._goes_on(a, b)}
        behind = {p.first: [] if p.first in second else self._after(p) for p in self.posts}
        self.claimed = {name.first for names in behind.values() for name in names}
        held: dict[int, list[Holding]] = {}
        for post in reversed(self.posts):
            held[post.first] = self._held(post, behind[post.first], held)
        for post, following in pairwise(self.posts):
            if following.first not in second:
                continue
            if held[post.first]:
                held[following.first] = [Holding(following, held[post.first][0].name)]
            elif name := self._after(following)[:1]:
                held[following.first] = [Holding(following, name[0])]
                if not self._is_of_relative(post):
                    held[post.first] = [Holding(post, name[0])]
        found = list(self._pointing_back(self._with_candidates(held)))
        return [*found, *self._nominated(found)]

    def _nominated(self, found: list[Holding]) -> Iterator[Holding]:
        """Who runs by the name of a contest alone, and runs for nothing else."""
        running = [h.name for h in found if h.post.acting in RUNNING or h.post.pair]
        known = {word for name in running for word in _words(name)}
        for post, name in NomineeReader(self.reading, self.all_names()).nominees():
            if known.isdisjoint(_words(name)):
                yield Holding(post, name)

    def _with_candidates(self, held: dict[int, list[Holding]]) -> dict[int, list[Holding]]:
        """The offices run for that prose ties to a name, and those of the second of two."""
        reader = CandidacyReader(self.reading, self.all_names())
        before = None
        for post in self.posts:
            holdings = held[post.first]
            if not holdings and (name := reader.candidate(post)):
                held[post.first] = [Holding(post, name)]
            elif holdings and before is not None and not post.pair:
                holders = {p: found[0].name for p, found in held.items() if found}
                held[post.first] = [
                    h._replace(post=reader.deputy(h.post, before, holders)) for h in holdings
                ]
            deputy = held[post.first][0].name if held[post.first] else None
            if principal := reader.principal(post, deputy):
                held[post.first] += [Holding(*principal)]
            before = post
        return held

    def _pointing_back(self, held: dict[int, list[Holding]]) -> Iterator[Holding]:
        """`ujar Sekretaris PMII Pasuruan tersebut`: the office of the one named last."""
        last: Name | None = None
        for post in self.posts:
            if not held[post.first] and last and self._points_back(post):
                yield Holding(post, last)
            for holding in held[post.first]:
                last = None if post.pair else holding.name
                yield holding

    def _points_back(self, post: Post) -> bool:
        before = self.words[post.first - 1].lower if post.first else ""
        behind = self.words[post.last].lower if post.last < len(self.words) else ""
        behind = behind if not self.reading.gap(min(post.last, len(self.words) - 1)).strip() else ""
        said = before in table("speech")["sisipan"] and not post.pair
        local = self.words[post.last - 1].lower in LOCAL or behind in LOCAL
        return said and local and self._is_own(post)

    def _is_own(self, post: Post) -> bool:
        """Whether the office says of what it is; `kata Ketua itu` says nothing new."""
        return bool(post.unit or post.place or post.spot)

    def _held(
        self, post: Post, after: list[Name], later: dict[int, list[Holding]]
    ) -> list[Holding]:
        """By the names behind it, by the holder of the next office, or by the name before it."""
        if post.first in self.asides.owners and not post.pair:
            return [Holding(post, self.asides.owners[post.first])]
        if post.pair:
            return self._held_by_pair(post, after)
        if shared := self._shared(post, after):
            return shared
        before, by_comma = self._before(post)
        if before is not None and by_comma and self._is_said_of_others(post, before):
            before = None
        if before is not None and not by_comma:
            return [Holding(post, name) for name in self._all_before(post, before)]
        free = before is not None and before.first not in self.claimed
        free = free and not self._is_listed(before, after)
        if before is not None and (not after or (free and self._comma_follows(post))):
            return [Holding(post, name) for name in self._all_before(post, before)]
        close = self._close_before(post)
        if close is not None and (close.titled or not after):
            return [Holding(post, close)]
        if after:
            return [Holding(self._placed(self._headed(post, name), name), name) for name in after]
        chained = self._chained(post)
        held = [Holding(post, holding.name) for holding in later.get(chained, [])][:1]
        return held or self._counted(post)

    def _is_said_of_others(self, post: Post, name: Name) -> bool:
        """`lanjut Rudi, kepala daerah yang`, `ucap Rudi, Divisi Hukum Bawaslu Maros memeriksa`."""
        said = (
            self.words[name.begin - 1].lower in table("speech")["sisipan"] if name.begin else False
        )
        speaks_of = said and post.head.bare and self.reading.gap(name.begin - 1).strip() == ","
        any_head = post.head == Head(office=offices()["kepala_daerah"])
        return speaks_of or (any_head and not post.place)

    def _counted(self, post: Post) -> list[Holding]:
        """By the next names, if they are as many as the text says and hold nothing yet."""
        names = self.counted(post) if post.may_be_shared else []
        if any(name.first in self.claimed for name in names):
            return []
        return [Holding(post, name) for name in names]

    def _shared(self, post: Post, after: list[Name]) -> list[Holding]:
        """`Ketua dan Anggota KPU Berau, masing-masing A, B dan C`: the first is the chair."""
        if not self._follows_chair(post):
            return []
        names = after if len(after) > 1 else self.listed_before(post)
        if len(names) < 2:
            return []
        chair = replace(post, head=Head(role="Ketua"))
        return [Holding(chair, names[0]), *(Holding(post, name) for name in names[1:])]

    def _follows_chair(self, post: Post) -> bool:
        """Whether `Ketua dan`, `ketua KPU serta` stands before the members of the same body."""
        if post.head.role != "Anggota" or post.first < 2 or self.reading.gap(post.first) != " ":
            return False
        joined = self.words[post.first - 1].lower in ("dan", "serta")
        chair = next((p for p in self.posts if p.last == post.first - 1), None)
        if chair is not None:
            return joined and chair.head.role == "Ketua" and chair.body == post.body
        start = post.first
        while start > 0 and self.words[start - 1].lower in BEFORE_MEMBERS:
            start -= 1
        return joined and self.words[start].lower == "ketua"

    def _headed(self, post: Post, name: Name) -> Post:
        """`Anggota KPU Maros yakni Rudi, selaku Ketua, Sari, dan Edi`: Rudi heads the body."""
        heads = post.head.role == "Anggota" and self.is_chair(name)
        return replace(post, head=Head(role="Ketua")) if heads else post

    def _placed(self, post: Post, name: Name) -> Post:
        """`Camat yang diperiksa yakni Arman (Bontoala)`: the place of each in a bracket."""
        if post.spot or not (post.office and post.office.pattern == "tempat"):
            return post
        place = PLACE.match(self.reading.text, name.stop)
        return replace(post, spot=place[1]) if place else post

    def _all_before(self, post: Post, before: Name) -> list[Name]:
        """`Rudi dan Sari, Anggota KPU Maros`: both, when neither has an office yet."""
        names = self.listed_before(post) if post.may_be_shared else []
        joined = names and self.is_joined(names[-1])
        free = not any(name.first in self.claimed for name in names)
        return names if joined and free and names[-1] == before else [before]

    def _is_listed(self, before: Name | None, after: list[Name]) -> bool:
        """`Wakapolres Pidie, Kompol Rudi, Sekda Pidie, Sari`: the names follow their offices."""
        if before is None or not after or before.begin == 0:
            return False
        commas = [self.reading.gap(name.begin).strip() for name in (before, after[0])]
        return commas == [",", ","] and before.titled

    def _held_by_pair(self, post: Post, after: list[Name]) -> list[Holding]:
        """By the pair behind, or by the one before: `Rudi-Sari, pasangan nomor urut 2`."""
        names = after
        last = None if after else self._before(post)[0]
        first = self._first_of(last) if last else None
        if first and last:
            names = [first, last]
        known = len(names) > 1 and ran_for_president(names[0].text, names[1].text)
        if known:
            post = replace(post, head=Head(office=offices()["paslon_presiden"]), place=None)
        if post.office == offices()[PAIR] and self.is_elsewhere:
            return []
        if len(names) == 2:
            post = self._in_regency(post, names[1])
        both = not known and not (post.first in self.duets and not self.duets[post.first].both)
        if len(names) == 2 and not both:
            alone = replace(post, incumbent=False)
            return [Holding(post, names[0]), Holding(alone, names[1], second=True)]
        return [Holding(post, name, i % 2 == 1) for i, name in enumerate(names)]

    def _in_regency(self, post: Post, second: Name) -> Post:
        """`Rudi-Sari di Kota Bukittinggi`: a pair that runs for no province, whatever others do."""
        said = self.words[post.first : post.last]
        if post.office != offices()["gubernur"] or any(w.lower.endswith("gub") for w in said):
            return post
        place = self.place_behind(second.behind)
        if any(w.lower == "gubernur" for w in said) or place is None or len(place.code) == 2:
            return post
        return replace(post, head=Head(office=offices()[PAIR]), place=place)

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

    def _goes_on(self, post: Post, following: Post) -> bool:
        """`sebagai Ketua Forum X Sulut yang juga sebagai dosen`: one person, no comma between."""
        link = links("rangkap").before(self.reading, following.first, 5)
        if link is None or not 0 <= link[0] - post.last <= 4 or following.pair:
            return False
        said = {word.lower for word in self.words[post.last : link[0]]}
        if said & {"yakni", "yaitu", "adalah", "ialah"}:
            return False  # `pengganti Pj Bupati yakni Rudi yang juga menjabat Camat`
        between = self.reading.text[self.words[post.last - 1].end : self.words[link[0]].start]
        return not set(between) & set(",.;:\n") and self.reading.gap(following.first) == " "

    def _is_of_relative(self, post: Post) -> bool:
        """`istri mantan Bupati yang juga Ketua DPRD, Sari`: the first office is another's."""
        before = self.words[post.first - 1].lower if post.first else ""
        return before in positions()["sambung"]["kerabat"]

    def _comma_follows(self, post: Post) -> bool:
        return post.last < len(self.words) and self.reading.gap(post.last).lstrip().startswith(",")


def _words(name: Name) -> set[str]:
    return set(name.text.lower().split())


def second_head(post: Post) -> Head:
    """The office of the one who stands second."""
    deputies = positions()["wakil"]
    office = post.office
    if office is None or office.id not in deputies:
        return post.head
    return Head(office=offices()[deputies[office.id]])
