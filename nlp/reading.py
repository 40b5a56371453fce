"""A text made ready to read: mark-up blanked out, words with their places, sentences with zones.

Every offset counts characters of the text as it came in: `clean` never moves anything.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from nlp.lexicon import common_words

if TYPE_CHECKING:
    from nlp.components.places import Place

TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]*)[^<>]{0,500}>|<!--.{0,2000}?-->", re.DOTALL)
BLOCK = frozenset(
    ["p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "section", "article"]
    + [f"h{level}" for level in range(1, 7)]
)
ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
BLANKS = str.maketrans(
    dict.fromkeys("\t\r\u00a0\u00c2\u2007\u202f\u200b\u200c\u200d\ufeff\u00ad", " ")
)
LINE_ENDS = str.maketrans(
    {"\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"}
)
WORD = re.compile(r"[^\W_]+(?:['’`ʼ][^\W_]+)*")
YEAR = re.compile(r"\b20[0-3]\d\b")
FEW_LETTERS = 15
"""Fewer letters say nothing of how a text uses capitals."""
CASE_SAMPLE = 20_000
"""How many characters decide whether a text has lost its capitals."""


class Word(NamedTuple):
    """`text` is as written, `start` and `end` are offsets into the article's text."""

    text: str
    lower: str
    start: int
    end: int


class Sentence(NamedTuple):
    """`zone` is dateline, lead, body, background or list."""

    start: int
    end: int
    zone: str


def _blank_tag(match: re.Match[str]) -> str:
    name = (match.group(1) or "").lstrip("/").lower()
    return ("\n" if name in BLOCK else " ") + " " * (len(match.group()) - 1)


def _blank_entity(match: re.Match[str]) -> str:
    plain = html.unescape(match.group())
    return (plain if len(plain) == 1 else " ").ljust(len(match.group()))


def clean(text: str) -> str:
    """As long as `text`: tags become blanks, entities their character, odd blanks plain ones."""
    if "<" in text:
        text = TAG.sub(_blank_tag, text)
    if "&" in text:
        text = ENTITY.sub(_blank_entity, text)
    return text.translate(BLANKS).translate(LINE_ENDS)


def case_of(text: str) -> str:
    """normal, lower (capitals lost) or upper (everything shouted)."""
    letters = list(filter(str.isalpha, text[:CASE_SAMPLE]))
    share = sum(map(str.isupper, letters)) / max(len(letters), 1)
    if share < 0.005:
        return "lower" if len(letters) >= FEW_LETTERS else "normal"
    return "upper" if share > 0.8 and len(letters) >= 2 * FEW_LETTERS else "normal"


def recapitalise(text: str) -> str:
    """Capitals for every word that is not an everyday word; the length stays.

    Names are what is left when the everyday words are taken away, so a text that lost its capitals
    can be read by the same grammar.
    """
    everyday = common_words()

    def capital(match: re.Match[str]) -> str:
        word = match.group().lower()
        if len(word) != len(match.group()):
            return match.group()
        return word if word in everyday else word[:1].upper() + word[1:]

    return WORD.sub(capital, text)


@dataclass(eq=False)
class Reading:
    """`text` is cleaned; `case` is what `case_of` said of it before its capitals were mended.

    `sentences` and `places` are filled in by the components that find them. `year` is that of the
    publication, or for want of it the newest that the text names. `title` stands above the text.
    """

    text: str
    case: str
    sentences: list[Sentence] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    year: int | None = None
    title: str = ""

    @classmethod
    def of(cls, raw: str, year: int | None = None) -> Reading:
        text = clean(raw)
        case = case_of(text)
        year = year or max((int(found) for found in YEAR.findall(text[:CASE_SAMPLE])), default=None)
        return cls(text if case == "normal" else recapitalise(text), case, year=year)

    @cached_property
    def words(self) -> list[Word]:
        return [Word(text := m[0], text.lower(), *m.span()) for m in WORD.finditer(self.text)]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _headline_starts(self) -> dict[int, bool]:
        """By its start: whether nearly every word of a sentence has a capital."""
        normal = self.case == "normal"
        return {
            s.start: normal and _is_headline(self.text[s.start : s.end]) for s in self.sentences
        }

    def in_headline(self, offset: int) -> bool:
        """Whether `offset` is in a title left in the text."""
        return self._headline_starts.get(self.sentence_at(offset).start, False)

    def word_at(self, offset: int) -> int:
        """The index of the word that begins at `offset` or is the first one after it."""
        return bisect_right(self._word_starts, offset - 1)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds `offset`; an empty text has one empty sentence."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[max(index, 0)] if self.sentences else Sentence(0, 0, "body")

    def gap(self, index: int) -> str:
        """What stands between word `index - 1` and word `index`; blanks in a row are one."""
        before = self.words[index - 1].end if index > 0 else 0
        between = self.text[before : self.words[index].start]
        return between if "\n" in between or not between.isspace() else " "


def _is_headline(sentence: str) -> bool:
    """Most of the longer words have a capital, and no stop ends it."""
    if sentence.rstrip()[-1:] in '.,!?;"”':
        return False
    words = [word for word in WORD.findall(sentence[:400]) if len(word) > 4]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def overlaps(span: Sequence[int], others: Sequence[Sequence[int]]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)
