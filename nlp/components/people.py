"""Officials and other people of an article, with every mention of them."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Official, Person, Region
from nlp.components.holders import HolderFinder, Holding, second_head
from nlp.components.institutions import is_institution
from nlp.components.localities import spots
from nlp.components.names import Name
from nlp.components.national import is_national
from nlp.components.offices import Office
from nlp.components.persons import (
    Human,
    Register,
    initials_at,
    is_likely,
    is_person,
    is_place_like,
    role_before,
    role_behind,
)
from nlp.components.races import INCUMBENT, RUNNING
from nlp.components.titles import Title, title_of
from nlp.reading import Reading

STATISTICAL = "PER"
"""The label a trained recogniser gives to persons, when one runs before us."""


class PeopleReader:
    """Finds the people of one text; `main` is the code of its main region."""

    def __init__(self, reading: Reading, main: str | None, entities: frozenset[int]) -> None:
        self.reading, self.main, self.entities = reading, main, entities
        self.finder = HolderFinder(reading)
        self.register = Register(reading)
        self.national: dict[str, bool] = {}
        self.last_met = -1
        self.spots = list(spots(reading))
        self.only_spots: dict[str, str] = {}

    def humans(self) -> list[Human]:
        for holding in self.finder.holdings():
            self._hold(holding)
        for name in self.finder.all_names():
            self._meet(name)
        self._meet_initials()
        taken = [self._characters(p.first, p.last) for p in self.finder.posts]
        self.register.link_short_mentions(taken)
        return self.register.humans

    def _characters(self, first: int, last: int) -> list[int]:
        return [self.reading.words[first].start, self.reading.words[last - 1].end]

    def _hold(self, holding: Holding) -> None:
        post = holding.post
        if holding.second:
            post = replace(post, head=second_head(post))
        nowhere = not (post.place or post.spot or post.misspelt)
        if post.body and nowhere and self._is_national(post.body.name):
            post = replace(post, central=True)
        if post.office and post.office.inside and not post.spot:
            if post.office.id not in self.only_spots:
                self.only_spots[post.office.id] = self._only_spot(post.office)
            post = replace(post, spot=self.only_spots[post.office.id])
        title = title_of(post, self._inherited(post.first))
        running = post.pair and post.acting in RUNNING
        if post.pair and title.acting is None and self._is_run_for(holding.name, title):
            return
        human = self.register.add(holding.name, rival=title if running else None)
        if running:
            human.role = "paslon"
        _add_title(human, title)

    def _is_run_for(self, name: Name, title: Title) -> bool:
        """`paslon Rudi-Sari sebagai Bupati dan Wakil Bupati Maros`: what the two run for."""
        human = self.register.find(name.text)
        known = human.titles if human else []
        runs = [held for held in known if held.acting in RUNNING]
        return any(held.position.endswith((title.position, "kepala daerah")) for held in runs)

    def _only_spot(self, office: Office) -> str:
        """The one village or kecamatan of the text, for an office that names none."""
        words = self.reading.words
        named = {
            self.reading.text[words[spot.first].start : words[spot.last - 1].end]
            for spot in self.spots
            if spot.kind and spot.kind.lower() in office.inside
        }
        named |= {p.spot for p in self.finder.posts if p.office == office and p.spot}
        return named.pop() if len(named) == 1 else ""

    def _is_national(self, body: str) -> bool:
        if body not in self.national:
            self.national[body] = is_national(self.reading, body)
        return self.national[body]

    def _inherited(self, index: int) -> list[str | None]:
        """Regions for an office that names none: the main one, then the nearest before."""
        before = [place.code for place in self.reading.places if place.first < index]
        return [self.main, *reversed(before[-6:])]

    def _meet(self, name: Name) -> None:
        if is_institution(self.reading, name):
            return
        role = role_before(self.reading, name.begin)
        if is_place_like(self.reading, name) and not name.aged:
            role = None
        known = self.register.find(name.text) or self._alias_of(name)
        if known is None and role is None and not self._is_person(name):
            return
        if role and name.begin > 1 and self.reading.gap(name.begin).startswith(","):
            self._meet_listed(name)
            return
        self.last_met = name.behind
        for member in self.finder.members(name)[1:] if role else []:
            self.register.add(member).role = role
        human = self.register.add(name)
        human.role = human.role or role or role_behind(self.reading, name)

    def _alias_of(self, name: Name) -> Human | None:
        """`Rudi Tamara alias Jaro Rudi`: one human being under two names."""
        before = self.reading.words[name.begin - 1].lower if name.begin else ""
        owner = self.finder.behind.get(name.begin - 1) if before == "alias" else None
        human = self.register.find(owner.text) if owner else None
        if human is not None:
            self.register.aliases[name.text] = human
        return human

    def _is_person(self, name: Name) -> bool:
        return is_person(self.reading, name) or name.start in self.entities or self._is_next(name)

    def _is_next(self, name: Name) -> bool:
        """`Soni Tamara dan Deristyanto`: joined to somebody, an unknown word is somebody too."""
        joined = name.begin > 0 and self.reading.words[name.begin - 1].lower in ("dan", "serta")
        return joined and self.last_met == name.begin - 1 and is_likely(name)

    def _meet_initials(self) -> None:
        names = self.finder.names
        for index in range(len(self.reading.words)):
            if initials_at(self.reading, index) and (name := names.at(index, initials=True)):
                self._meet_listed(name)

    def _meet_listed(self, name: Name) -> None:
        """`masing-masing berinisial RM dan SD`."""
        role = role_before(self.reading, name.begin)
        for listed in (name, *self.finder.listed(name, initials=True)):
            human = self.register.add(listed)
            human.role = human.role or role


def _add_title(human: Human, title: Title) -> None:
    """Keeps one title per office: the one that names its own region before an inherited one."""
    if any(_supersedes(known, title) for known in human.titles):
        return
    human.titles[:] = [known for known in human.titles if not _supersedes(title, known)]
    for index, known in enumerate(human.titles):
        if not _is_same_office(title, known):
            continue
        if INCUMBENT in (title.acting, known.acting):
            title, known = title._replace(acting=INCUMBENT), known._replace(acting=INCUMBENT)
            human.titles[index] = known
        if known.inherited and not title.inherited:
            human.titles[index] = title._replace(acting=title.acting or known.acting)
        return
    human.titles.append(title)


ELECT = "terpilih"
MINISTER = "Menteri"


def _supersedes(title: Title, known: Title) -> bool:
    """Whether who is elected to an office now is no candidate for it any more.

    Who runs for an office by name runs for no office unnamed. Nor is a member of a body written
    down again as one of its panel, or a minister of something as a mere minister.
    """
    if known.position == f"{title.position} Majelis":
        return title.institution == known.institution
    if known.position == MINISTER and title.position.startswith(f"{MINISTER} "):
        return True
    if title.acting in RUNNING and known.acting in RUNNING and _is_bare(known):
        return not _is_bare(title)
    if title.acting != ELECT or known.acting not in (*RUNNING, INCUMBENT):
        return False
    return known.position.endswith((title.position, "kepala daerah"))


def _is_bare(title: Title) -> bool:
    """What a pair runs for, where the text does not say."""
    return title.position.endswith("kepala daerah")


def _is_same_office(title: Title, known: Title) -> bool:
    running = (*RUNNING, INCUMBENT)
    if title.acting in running and known.acting in running:
        return title.position.split()[-1] == known.position.split()[-1]
    if title.position != known.position or not _agree(title.acting, known.acting):
        return False
    if title.inherited or known.inherited:
        return True
    return title.region == known.region or title.institution == known.institution


def _agree(acting: str | None, known: str | None) -> bool:
    return None in (acting, known) or acting == known


def officials(humans: list[Human]) -> list[Official]:
    return [
        Official(
            name=human.name,
            position=title.position,
            institution=title.institution,
            region=title.region,
            acting=title.acting,
            spans=human.spans,
        )
        for human in humans
        for title in human.titles
    ]


def people(humans: list[Human]) -> list[Person]:
    """Everybody who holds no office; candidates in pairs are here too."""
    return [
        Person(name=human.name, role=human.role, spans=human.spans)
        for human in humans
        if not human.titles or human.role == "paslon"
    ]


def _main(regions: list[Region]) -> str | None:
    return next((region["code"] for region in regions if region["main"]), None)


@Language.factory(
    "pantau_people", requires=["doc._.regions"], assigns=["doc._.officials", "doc._.people"]
)
def make_people(nlp: Language, name: str) -> PeopleFinder:
    return PeopleFinder()


class PeopleFinder:
    """Sets `doc._.officials`, `doc._.people` and, for the quotes, `doc._.humans`."""

    def __init__(self) -> None:
        for name in ("officials", "people", "humans"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=[])

    def __call__(self, doc: Doc) -> Doc:
        doc._.reading.title = doc._.title or ""
        entities = frozenset(ent.start_char for ent in doc.ents if ent.label_ == STATISTICAL)
        reader = PeopleReader(doc._.reading, _main(doc._.regions), entities)
        doc._.humans = sorted(reader.humans(), key=lambda human: human.spans[0])
        doc._.officials = officials(doc._.humans)
        doc._.people = people(doc._.humans)
        return doc
