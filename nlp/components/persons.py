"""People without an office, and the later short mentions of everybody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from nlp.annotation import Span
from nlp.components.names import AGE, INITIALS, Name, looks_personal
from nlp.components.races import INCUMBENT, RUNNING
from nlp.components.titles import Title
from nlp.components.variants import is_fuller, is_same
from nlp.lexicon import common_words, person_names, table
from nlp.phrases import Phrases
from nlp.reading import Reading

ACCUSED = "terlapor"
SOURCE = 120
"""Characters in which a verb of speech, an office and its holder's name may stand."""


@dataclass(eq=False)
class Human:
    """One person in one article: the fullest name, every place of a mention, offices, role."""

    name: str
    spans: list[Span] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    role: str | None = None

    @property
    def words(self) -> list[str]:
        return _parts(self.name.replace("-", " "))

    @property
    def is_initials(self) -> bool:
        return self.name.isupper() and len(self.name) <= INITIALS and " " not in self.name


@cache
def _roles() -> Phrases[str]:
    roles = table("names")["peran_orang"]
    return Phrases((form, role) for role, forms in roles.items() for form in forms)


@cache
def _cues() -> Phrases[bool]:
    return Phrases((form, True) for form in table("names")["petunjuk"]["sebelum"])


@cache
def _initial_cues() -> Phrases[bool]:
    return Phrases((form, True) for form in table("names")["petunjuk"]["inisial"])


@cache
def _suspects() -> Phrases[bool]:
    return Phrases((form, True) for form in table("names")["petunjuk"]["sesudah_inisial"])


def role_before(reading: Reading, index: int) -> str | None:
    """What the words before a name call its owner: warga, pelapor, saksi ..."""
    found = _roles().before(reading, index, 3)
    if found is None or reading.gap(index).strip(" ,)"):
        return None
    return found[1][0]


def accused_at(reading: Reading, index: int) -> int:
    """The word behind the `Teradu II` that begins at word `index`; `index` where none does."""
    found = _roles().longest(reading, index) if index < len(reading.words) else None
    return found[0] if found and found[1][0] == ACCUSED else index


def accused_before(reading: Reading, index: int) -> int:
    """The first word of the `Teradu II` before word `index`; `index` where there is none.

    A number such as II may be read as the first word of the name.
    """
    starts = range(max(0, index - 2), index)
    return next((at for at in starts if accused_at(reading, at) >= index), index)


def is_of_others(reading: Reading, name: Name) -> bool:
    """Whether the sentence up to a name speaks of witnesses, victims or the like."""
    start = reading.word_at(reading.sentence_at(name.start).start)
    found = (_roles().longest(reading, at) for at in range(start, name.begin))
    return any(match and match[1][0] != ACCUSED for match in found)


def is_person(reading: Reading, name: Name) -> bool:
    """Whether the words around a name, or the name itself, show a person."""
    if name.titled or name.aged or looks_personal(name):
        return True
    words = reading.words
    if opens_report(reading, name) or _closes_source(reading, name):
        return True
    if is_place_like(reading, name):
        return False
    if role_behind(reading, name) and is_likely(name):
        return True
    if _cues().before(reading, name.begin, 2) and is_likely(name):
        return True
    before = words[name.begin - 1].lower if name.begin else ""
    after = words[name.behind].lower if name.behind < len(words) else ""
    speaks = before in table("speech")["sisipan"] or after in table("speech")["laporan"]
    return speaks and is_likely(name)


def _closes_source(reading: Reading, name: Name) -> bool:
    """`ucap Pembina OSIS, Yusmaniar.`: behind a verb of speech and an office nobody knows."""
    if name.begin == 0 or reading.gap(name.begin).strip() != ",":
        return False
    before = reading.text[max(0, name.start - SOURCE) : reading.words[name.begin - 1].end]
    return _source().search(before) is not None and is_likely(name)


@cache
def _source() -> re.Pattern[str]:
    verbs = "|".join(table("speech")["sisipan"])
    return re.compile(rf"[”\"’'»,.] (?:{verbs}) [A-Z][^,.;:”\"\n]*$")


def opens_report(reading: Reading, name: Name) -> bool:
    """`Totok mengatakan`: one unknown word that opens a sentence and speaks."""
    after = reading.words[name.behind] if name.behind < len(reading.words) else None
    speaks = after is not None and after.lower in table("speech")["bicara"]
    opens = reading.sentence_at(name.start).start == name.start
    return bool(speaks and opens and name.text.istitle() and len(name.text) > 3 and is_likely(name))


def is_place_like(reading: Reading, name: Name) -> bool:
    """`warga Tumpaan`, `asal Kunduran`; a lone unknown word that opens a sentence."""
    if any(part in person_names() for part in name.text.lower().split()):
        return False
    before = reading.words[name.begin - 1].lower if name.begin else ""
    gap = reading.gap(name.begin)
    behind_place = before in table("names")["tempat"]["sebelum"] and not gap.strip()
    alone = name.last - name.first == 1 and reading.sentence_at(name.start).start >= name.start - 1
    return behind_place or (alone and len(name.text) > 4 and not role_behind(reading, name))


def role_behind(reading: Reading, name: Name) -> str | None:
    """`Franky Tombeng, warga Tumpaan,`."""
    if name.behind >= len(reading.words) or reading.gap(name.behind).strip() != ",":
        return None
    at = name.behind + (reading.words[name.behind].lower in ("seorang", "salah", "yang"))
    found = _roles().longest(reading, at) if at < len(reading.words) else None
    return found[1][0] if found else None


def is_likely(name: Name) -> bool:
    """Whether no everyday word stands in the name."""
    parts = [part.lower().strip(".") for part in name.text.split()]
    return all(part not in common_words() or part in person_names() for part in parts)


def initials_at(reading: Reading, index: int) -> bool:
    """Whether a word of capitals is somebody's initials: `berinisial KM`, `Pak RS`."""
    word = reading.words[index]
    short = word.text.isupper() and word.text.isalpha() and 1 <= len(word.text) <= INITIALS
    if not short or word.lower in table("names")["bukan_nama"] or _is_title(reading, index):
        return False
    if AGE.match(reading.text, word.end):
        return True
    cued = _initial_cues().before(reading, index, 2) is not None
    return (cued and not reading.gap(index).strip(" ,")) or _is_suspect(reading, index)


def _is_title(reading: Reading, index: int) -> bool:
    """`atas nama H. Rudi`."""
    dotted = index + 1 < len(reading.words) and reading.gap(index + 1) in (". ", ".")
    return dotted and reading.words[index].lower in table("names")["gelar_bertitik"]


def _is_suspect(reading: Reading, index: int) -> bool:
    """`TJ, salah satu terduga pelaku, ditangkap`: initials that a role explains."""
    if index + 1 >= len(reading.words) or reading.gap(index + 1) != ", ":
        return False
    return _suspects().longest(reading, index + 1) is not None


def _parts(text: str) -> list[str]:
    """The words in lower case; `Suja’i` is `Sujai`."""
    return text.lower().replace("’", "").replace("'", "").split()


def _forms(name: str) -> list[list[str]]:
    """The name, and the nicknames that the whole country knows it by; all in lower case."""
    nicknames: dict[str, str] = table("names")["panggilan"]
    called = nicknames.get(name, name)
    return [
        form.split() for form in {called, name, *(n for n in nicknames if nicknames[n] == called)}
    ]


class Register:
    """The people of one article, fullest names first met kept."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.humans: list[Human] = []
        self._kept: set[tuple[int, int]] = set()
        self.aliases: dict[str, Human] = {}

    def add(self, name: Name, rival: Title | None = None) -> Human:
        """The human of that name, new when no known one fits; the span is kept.

        `rival` is the office this one runs for: nobody runs for another one besides.
        """
        human = self.find(name.text)
        if human is None or (rival and human.words != _lower(name) and _runs(human, rival)):
            human = self._new(name.text)
        if len(name.text.split()) > len(human.words) and is_fuller(name.text, human.words):
            human.name = name.text
        key = (id(human), name.start)
        if key not in self._kept:
            self._kept.add(key)
            human.spans.append([name.start, name.end])
        return human

    def _new(self, text: str) -> Human:
        self.humans.append(Human(text))
        return self.humans[-1]

    def find(self, text: str) -> Human | None:
        """The latest human whose name has all these words, or all whose words these have."""
        if text in self.aliases:
            return self.aliases[text]
        words = _parts(text)
        forms = _forms(" ".join(words))
        known = [(human, human.words) for human in reversed(self.humans)]
        for human, parts in known:
            if parts in forms:
                return human
        for human, parts in known:
            if human.is_initials or (text.isupper() and len(text) <= INITIALS):
                if human.name == text:
                    return human
            elif is_same(words, parts):
                return human
        called = table("names")["panggilan"].get(" ".join(words), "").split()
        return next((h for h, parts in known if called and is_same(called, parts)), None)

    def link_short_mentions(self, taken: Iterable[Span]) -> None:
        """Adds the places where one word of a name stands for the whole."""
        keys = self._keys()
        covered = sorted([*taken, *(span for human in self.humans for span in human.spans)])
        at = 0
        for index, word in enumerate(self.reading.words):
            owners = keys.get(word.text if word.text.isupper() else word.lower)
            if not owners or not word.text[0].isupper():
                continue
            while at < len(covered) and covered[at][1] <= word.start:
                at += 1
            if at < len(covered) and covered[at][0] < word.end:
                continue
            if self._stands_alone(index):
                self._nearest(owners, word.start).spans.append([word.start, word.end])
        for human in self.humans:
            human.spans.sort()

    def _keys(self) -> dict[str, list[Human]]:
        keys: dict[str, list[Human]] = defaultdict(list)
        small = {*table("names")["di_dalam"], *table("names")["singkatan"]}
        for human in self.humans:
            if human.is_initials:
                keys[human.name].append(human)
                continue
            for word in human.words:
                if len(word) > 2 and word not in small:
                    keys[word].append(human)
                    keys[word.upper()].append(human)
        return keys

    def _stands_alone(self, index: int) -> bool:
        """Not a part of a longer name: a street, a school, somebody else."""
        words, reading = self.reading.words, self.reading
        if (
            index + 1 < len(words)
            and reading.gap(index + 1) == " "
            and words[index + 1].text[0].isupper()
        ):
            return False
        if index == 0 or reading.gap(index) != " " or words[index - 1].text[0].islower():
            return True
        before = words[index - 1]
        return before.lower in common_words() or before.lower in _before_a_name()

    def _nearest(self, owners: list[Human], offset: int) -> Human:
        """Of several with that name the one named last before."""

        def last_before(human: Human) -> int:
            return max((span[0] for span in human.spans if span[0] < offset), default=-1)

        return max(owners, key=last_before)


@cache
def _before_a_name() -> frozenset[str]:
    names = table("names")
    return frozenset([*names["gelar_depan"], *names["bukan_nama"], *names["pangkat"]]) - {
        "jalan",
        "jl",
        "sma",
        "smp",
        "sd",
        "rsud",
        "rs",
        "universitas",
        "kampung",
        "desa",
    }


def _lower(name: Name) -> list[str]:
    return name.text.lower().replace("-", " ").split()


def _runs(human: Human, rival: Title) -> bool:
    """Whether somebody of the article already runs, and for another office than `rival`."""
    own = [title for title in human.titles if title.acting in (*RUNNING, INCUMBENT)]
    return any(title.position != rival.position for title in own)
