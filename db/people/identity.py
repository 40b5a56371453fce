"""Which names are one human being: a pure function of a heap of names.

Names of one region are one human being when they are alike and the offices bear it out: "Ahmad
Fauzan, Bupati" and "H. Achmad Fauzan Noor, Bupati" of one kabupaten. Namesakes of two regions are
never put together here, nor is a name that could be that of two; people decide those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from db.people.names import UNLIKE, Likeness, Tokens, conflicts, fold, likeness, settings, tokens

BAR: Final = 0.85
"""From this score on the machine takes two names for one human being."""
HINT: Final = 0.6
"""From this score on a person is asked."""
_SOLE, _SHARED = 0.27, 0.17
_PLAIN, _BOTH, _MOST = 0.9, 0.8, 0.97
NATIONAL: Final = "nasional"


class Office(NamedTuple):
    """Folded; `region` is a code, "nasional" or empty."""

    position: str
    institution: str
    region: str


@dataclass(frozen=True)
class Name:
    """One name in one region. `mentions` counts articles."""

    key: str
    name: str
    offices: frozenset[Office] = frozenset()
    mentions: int = 0

    @property
    def region(self) -> str:
        return self.key.partition("#")[0].rpartition("@")[2]


class Link(NamedTuple):
    """Whose name a name is (the key of the human being), how surely and why."""

    whose: str
    score: float
    why: str


@dataclass
class Decisions:
    """What people decided about pairs of keys; the newest word on a pair counts."""

    merged: dict[frozenset[str], None] = field(default_factory=dict)
    apart: dict[frozenset[str], None] = field(default_factory=dict)

    def add(self, action: str, key_a: str, key_b: str) -> None:
        pair = frozenset((key_a, key_b))
        wanted, other = self.merged, self.apart
        if action == "split":
            wanted, other = other, wanted
        other.pop(pair, None)
        wanted.pop(pair, None)
        wanted[pair] = None

    def partners(self, key: str) -> set[str]:
        pairs = (*self.merged, *self.apart)
        return {other for pair in pairs if key in pair for other in pair} - {key}

    def forbid(self, ones: Iterable[Name], others: Iterable[Name]) -> bool:
        theirs = [other.key for other in others]
        return any(frozenset((one.key, key)) in self.apart for one in ones for key in theirs)


def office(
    position: str, institution: str | None, region: str | None, acting: str | None
) -> Office:
    """An office as offices are compared: whether it is held or deputised makes no difference."""
    said, body = fold(position), fold(institution or "")
    for word in (fold(acting or ""), "plt", "pj", "pjs", "plh", "penjabat"):
        if word and word not in ("calon", "bakal calon"):
            said = said.removeprefix(f"{word} ")
    if region is None and is_national(said, body):
        return Office(said, body, NATIONAL)
    return Office(said, body, region or "")


def is_national(position: str, institution: str) -> bool:
    """Whether an office without a region is one of the whole country."""
    known = settings()["jabatan"]
    held = any(position == word or position.startswith(f"{word} ") for word in known["nasional"])
    words = f" {institution} {position} "
    return held or any(f" {word} " in words for word in known["badan_nasional"])


def pair_score(one: Name, other: Name) -> Likeness:
    """How surely two names are one human being, 0 to 1, with the reason."""
    alike = likeness(one.name, other.name)
    if alike is UNLIKE or "#" in one.key + other.key:
        return UNLIKE
    if one.region == other.region and alike.score == 1.0:
        return alike
    if shared := max((_weight(held) for held in one.offices & other.offices), default=0.0):
        score = 1.0 if alike.score == 1.0 else min(alike.score + shared, _MOST)
        return Likeness(score, f"{alike.why}, jabatan sama")
    if alike.score == 1.0 and _nested(one.region, other.region) and len(tokens(one.name)) > 1:
        plain = bool(one.offices) != bool(other.offices)
        return Likeness(_PLAIN if plain else _BOTH, f"{alike.why}, provinsi sama")
    return alike if one.region == other.region else UNLIKE


def _weight(held: Office) -> float:
    """What it says that two names hold one office."""
    known, words = settings()["jabatan"], held.position.split()
    if not held.region or not words:
        return 0.0
    heads = {words[0], " ".join(words[:2])}
    if held.position.startswith(("wakil ketua", "calon", "bakal calon", "mantan")):
        return _SHARED
    if heads & {*known["tunggal"]}:
        return _SOLE
    if heads & {*known["tunggal_di_badan"]} and (held.institution or len(words) > 2):
        return _SOLE
    return _SHARED if held.institution else 0.0


def _nested(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and long.startswith(f"{short}.")


def group(names: Sequence[Name], decisions: Decisions) -> dict[str, Link]:
    """For every key, the key of the human being; decisions win over likeness."""
    humans: list[list[Name]] = []
    crowded = _crowded(names)
    for unit in _units(names, decisions):
        fitting = [human for human in humans if _fits(unit, human, decisions, crowded)]
        scored = sorted(((_score(unit, human), n) for n, human in enumerate(fitting)), reverse=True)
        sure = [(score, n) for score, n in scored if score >= BAR]
        if len(sure) == 1 or (sure and sure[0][0] == 1.0 > sure[1][0]):
            fitting[sure[0][1]].extend(unit)
        else:
            humans.append(list(unit))
    return {key: link for human in humans for key, link in _links(human, decisions).items()}


def _units(names: Sequence[Name], decisions: Decisions) -> list[list[Name]]:
    """The names, those merged by people together, the surest to be a full name first."""
    home = {name.key: [name] for name in names}
    for pair in decisions.merged:
        known = [home[key] for key in sorted(pair) if key in home]
        for one, other in pairwise(known):
            if other is not one and not decisions.forbid(one, other):
                one.extend(other)
                home.update((name.key, one) for name in other)
    units = {id(unit): unit for unit in home.values()}.values()
    return sorted(units, key=lambda unit: min(_rank(name) for name in unit))


def _rank(name: Name) -> tuple[bool, int, int, str]:
    return (not name.offices, -len(tokens(name.name)), -name.mentions, name.key)


def _fits(
    unit: Sequence[Name], human: Sequence[Name], decisions: Decisions, crowded: set[Tokens]
) -> bool:
    return not decisions.forbid(unit, human) and not any(
        conflicts(one.name, other.name) or _elsewhere(one, human, other, crowded)
        for one in unit
        for other in human
    )


def _elsewhere(one: Name, human: Sequence[Name], other: Name, crowded: set[Tokens]) -> bool:
    """Two kabupaten without an office in common: namesakes, even if a province names either."""
    if one.offices & other.offices or any(one.region == known.region for known in human):
        return False
    return not _nested(one.region, other.region) or tokens(one.name) in crowded


def _crowded(names: Iterable[Name]) -> set[Tokens]:
    """Names that people of several kabupaten bear: at the province it may be any of them."""
    places: dict[Tokens, set[str]] = defaultdict(set)
    for name in names:
        if "." in name.region:
            places[tokens(name.name)].add(name.region)
    return {words for words, regions in places.items() if len(regions) > 1}


def _score(unit: Iterable[Name], human: Sequence[Name]) -> float:
    return max(pair_score(one, other).score for one in unit for other in human)


def _links(human: Sequence[Name], decisions: Decisions) -> dict[str, Link]:
    """The commonest full name stands for the human being; the others are other names of it."""
    first = min(human, key=_place)
    return {name.key: _link(name, first, human, decisions) for name in human}


def _place(name: Name) -> tuple[int, int, int, str]:
    initials = sum(len(word) == 1 for word in tokens(name.name))
    return initials, -name.mentions, -len(tokens(name.name)), name.key


def _link(name: Name, first: Name, human: Sequence[Name], decisions: Decisions) -> Link:
    if name is first:
        return Link(first.key, 1.0, "")
    others = [other for other in human if other is not name]
    if any(frozenset((name.key, other.key)) in decisions.merged for other in others):
        return Link(first.key, 1.0, "digabung oleh orang")
    best = max(pair_score(name, other) for other in others)
    return Link(first.key, best.score, best.why)
