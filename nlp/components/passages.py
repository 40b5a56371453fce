"""What the judging components read: the title and the sentences, with everything the lexicons know.

Made once per document and shared by topics, status and violations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from spacy.tokens import Doc

from nlp.annotation import Span
from nlp.components.patterns import Label, Match, Patterns, Word, words
from nlp.lexicon import table
from nlp.lexicon.judgement import Cue, cues, topics

KEY = "pantau_passages"
YEAR: Final = re.compile(r"(?:19[89]|20[0-4])\d")
PAST_YEARS: Final = 2
LAW_WORDS: Final = frozenset(
    ["nomor", "no", "uu", "pp", "pkpu", "perbawaslu", "pasal", "undang-undang", "peraturan"]
)
PREVAIL = ("isyarat", "kecuali")
"""A longer one of these hides the shorter cues and scopes inside it: "tidak terbukti"."""


class Sighting(NamedTuple):
    """Something of the lexicons found at words `[first, last]` of a passage."""

    id: str
    weight: float
    first: int
    last: int


class Hit(NamedTuple):
    """Words that speak for a topic."""

    weight: float
    first: int
    last: int


class Finding(NamedTuple):
    """One cue as it counts here. `scope` is the scope that changed its meaning, if any."""

    cue: Cue
    says: str
    weight: float
    first: int
    last: int
    scope: str | None


@dataclass
class Passage:
    """The title (zone `title`, no offsets into the text) or one sentence.

    `findings` are filled in by `nlp.components.weighing` when first asked for, `hits` (by topic) by
    `nlp.components.topics`.

    `is_past`: it names only years well before those the article is about.
    """

    order: int
    zone: str
    words: list[Word]
    start: int
    end: int
    paragraph: int = 0
    is_past: bool = False
    findings: list[Finding] | None = None
    hits: dict[str, list[Hit]] | None = None
    sightings: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))

    def of(self, kind: str) -> list[Sighting]:
        return self.sightings.get(kind, [])

    def span(self, first: int, last: int) -> Span | None:
        """Offsets into the article's text; the title is not part of it."""
        if self.zone == "title":
            return None
        return [self.words[first].start, self.words[last].end]

    def text(self, first: int, last: int) -> str:
        return " ".join(word.text for word in self.words[first : last + 1])

    def classes(self) -> frozenset[str]:
        return frozenset(sighting.id for sighting in self.of("kelas"))


@cache
def _patterns() -> Patterns:
    return Patterns(_entries())


def _entries() -> Iterator[tuple[str, Label]]:
    book = cues()
    for name, forms in book.classes.items():
        yield from ((form, ("kelas", name, 1.0)) for form in forms)
    for scope in book.scopes.values():
        yield from ((form, ("lingkup", scope.id, 1.0)) for form in scope.forms)
        yield from ((form, ("kecuali", scope.id, 1.0)) for form in scope.exceptions)
    for cue in book.cues.values():
        yield from ((form, ("isyarat", cue.id, cue.weight)) for form in cue.forms)
    for topic in topics().values():
        yield from ((form, ("topik", topic.id, weight)) for form, weight in topic.phrases.items())
        yield from ((form, ("bukan", topic.id, 0.0)) for form in topic.exceptions)
    for book_of in ("election", "genres"):
        for section, forms in table(book_of).items():
            for strength, listed in forms.items():
                yield from ((form, (section, strength, 1.0)) for form in listed)


def passages(doc: Doc) -> list[Passage]:
    """The title first, then every sentence but the dateline, in order."""
    if KEY not in doc.user_data:
        doc.user_data[KEY] = list(_read(doc))
        _mark_past(doc.user_data[KEY])
    found: list[Passage] = doc.user_data[KEY]
    return found


def is_short(found: list[Passage]) -> bool:
    """A caption or a single sentence, which says what it says with few words."""
    least: int = table("weights")["pendek"]
    return sum(len(passage.words) for passage in found) < least


def _read(doc: Doc) -> Iterator[Passage]:
    title = doc._.title or ""
    if title.strip():
        yield _passage(0, "title", words(title), 0, 0)
    reading = doc._.reading
    paragraph, last = 1, 0
    for order, (start, end, zone) in enumerate(reading.sentences, 1):
        paragraph += "\n" in reading.text[last:start]
        last = end
        if zone != "dateline":
            passage = _passage(order, zone, words(reading.text[start:end], start), start, end)
            passage.paragraph = paragraph
            yield passage


def _mark_past(found: list[Passage]) -> None:
    """An article of 2020 that tells of 2016 tells of the past."""
    years = [_years(passage) for passage in found]
    newest = max((year for named in years for year in named), default=0)
    paragraph, past = -1, False
    for passage, named in zip(found, years, strict=True):
        past = max(named) <= newest - PAST_YEARS if named else past
        past = past and (bool(named) or passage.paragraph == paragraph)
        passage.is_past, paragraph = past, passage.paragraph


def _years(passage: Passage) -> list[int]:
    """Years named in the passage, but not those of laws: "UU Nomor 10 Tahun 2016"."""
    return [
        int(word.text)
        for place, word in enumerate(passage.words)
        if YEAR.fullmatch(word.text) and not _of_law(passage.words[max(0, place - 4) : place])
    ]


def _of_law(before: list[Word]) -> bool:
    return any(word.keys[0] in LAW_WORDS for word in before)


def _passage(order: int, zone: str, found: list[Word], start: int, end: int) -> Passage:
    passage = Passage(order, zone, found, start, end)
    for match in _visible(list(_patterns().find(found))):
        kind, name, weight = match.label
        passage.sightings[kind].append(Sighting(name, weight, match.first, match.last))
    return passage


def _visible(matches: list[Match]) -> Iterator[Match]:
    """Drop cues and scopes that lie inside a longer cue or an exception."""
    hiding = [match for match in matches if match.label[0] in PREVAIL]
    for match in matches:
        if not any(_hides(other, match) for other in hiding):
            yield match


def _hides(outer: Match, inner: Match) -> bool:
    kind = inner.label[0]
    if kind not in ("isyarat", "lingkup") or outer.first > inner.first or inner.last > outer.last:
        return False
    if outer.label[0] == "kecuali":
        own = kind == "lingkup" and inner.label[1] == outer.label[1]
        return own or outer.last - outer.first > inner.last - inner.first
    cue = cues().cues[outer.label[1]]
    if kind == "lingkup" and (cue.says == "pencegahan" or cue.keeps_negation):
        return False
    return outer.last - outer.first > inner.last - inner.first
