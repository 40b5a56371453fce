"""Sentences and their zones: dateline, lead, body, background, list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.components.datelines import head_end
from nlp.lexicon import table
from nlp.reading import Reading, Sentence

LONGEST = 2_000
"""A sentence without an end is cut here, in characters, so that later work stays linear."""

STOP = re.compile(r"[.!?…]+[\"”’'»)\]]*|\n\s*|[•▪●■]")
GLUED = re.compile(r"[a-z”\"’)%]\.(?=[A-Z“\"][a-z]|[“\"][A-Z])")
ITEM = re.compile(r"[ ]*(?:\(?(?:\d{1,2}|[a-zA-Z])[.)]|[-–•▪*●])[ ]*(?=\w)")
TOKEN_BEFORE = re.compile(r"[^\s(\"“‘/]+$")
NEXT_WORD = re.compile(r"[\w.'’]+")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("writing")[key])


def _opens(text: str, at: int) -> bool:
    """Whether the word behind a degree opens sentences."""
    word = NEXT_WORD.match(text, at)
    return word is not None and word.group().lower() in _words("pembuka")


def _ends_at_stop(text: str, match: re.Match[str], lower_case: bool) -> bool:
    """Whether a full stop with a blank behind it ends the sentence."""
    after = match.end()
    while after < len(text) and text[after] == " ":
        after += 1
    if after >= len(text) or text[after] == "\n":
        return True
    if text[after].islower() and not lower_case:
        return False
    if match.group()[0] != ".":
        return True
    before = TOKEN_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
    token = before.group().lower() if before else ""
    if token in _words("singkatan") or (len(token) == 1 and token.isalpha()):
        return False
    if token.split(",")[-1] in _words("gelar_belakang"):
        return _opens(text, after)
    return not (token.isdigit() and _at_line_start(text, match.start() - len(token)))


def _at_line_start(text: str, at: int) -> bool:
    return not text[_line_start(text, at) : at].strip()


def _line_start(text: str, at: int) -> int:
    """Looks back no further than a list number could be away."""
    window = max(0, at - 200)
    return max(text.rfind("\n", window, at) + 1, window)


def _ends_at_line(text: str, match: re.Match[str]) -> bool:
    """A line end is a sentence end unless the line was only wrapped."""
    if "\n" in match.group()[1:] or match.end() >= len(text):
        return True
    before = text[: match.start()].rstrip(" ")[-1:] if match.start() else ""
    return not (before == "," or (text[match.end()].islower() and before not in '.!?:;”"'))


def _is_end(text: str, match: re.Match[str], lower_case: bool) -> bool:
    mark = match.group()
    if mark[0] == "\n":
        return _ends_at_line(text, match)
    if mark[0] in "•▪●■":
        return False
    follower = text[match.end() : match.end() + 1]
    if follower and not follower.isspace():
        return bool(GLUED.match(text, match.start() - 1)) and _long_before(text, match.start())
    return _ends_at_stop(text, match, lower_case)


def _long_before(text: str, at: int) -> bool:
    """Whether a whole word, not an abbreviation, stands before a stop with no blank behind it."""
    before = TOKEN_BEFORE.search(text[max(0, at - 30) : at])
    token = before.group().lower() if before else ""
    return len(token) > 3 and "." not in token and token not in _words("singkatan")


def _ends(text: str, start: int, lower_case: bool) -> Iterator[int]:
    """Where sentences end, from `start` on, with no piece longer than `LONGEST`."""
    last = start
    for match in STOP.finditer(text, start):
        if not _is_end(text, match, lower_case):
            continue
        yield from _cuts(text, last, match.end())
        yield match.end()
        last = match.end()
    yield from _cuts(text, last, len(text))
    yield len(text)


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    while end - start > LONGEST:
        blank = text.rfind(" ", start + 1, start + LONGEST)
        start = blank + 1 if blank > start else start + LONGEST
        yield start


def pieces(text: str, lower_case: bool = False) -> Iterator[tuple[int, int]]:
    """The sentences of `text` without the blanks around them; the dateline is one of its own."""
    begin = head_end(text)
    ends = [begin] if begin else []
    start = 0
    for end in (*ends, *_ends(text, begin, lower_case)):
        inner = text[start:end]
        left = len(inner) - len(inner.lstrip())
        if inner.strip():
            yield start + left, start + len(inner.rstrip())
        start = end


def _starts_with(sentence: str, openers: frozenset[str]) -> bool:
    opening = " ".join(sentence.lower().replace(",", " ").split()[:3])
    words = opening.split()
    return any(" ".join(words[:count]) in openers for count in (1, 2, 3))


def _is_footer(line: str) -> bool:
    """A short line of its own that belongs to the page: "Editor : ...", "Baca juga: ..."."""
    label = re.split(r"[:|]", line, maxsplit=1)
    if len(label) == 1 and len(line.split()) > 3:
        return False
    return _starts_with(label[0], _words("kaki")) and len(label[0].split()) <= 3


def _zone(text: str, start: int, end: int, paragraph: int, in_background: bool) -> str:
    sentence = text[start:end]
    own_line = _at_line_start(text, start)
    if own_line and (ITEM.match(sentence) or ITEM.match(text[_line_start(text, start) : end])):
        return "list"
    if in_background or _starts_with(sentence, _words("latar")):
        return "background"
    if own_line and _is_footer(sentence):
        return "background"
    return "lead" if paragraph == 0 else "body"


def sentences(text: str, lower_case: bool = False) -> list[Sentence]:
    """Every sentence with its zone. Background lasts to the end of its paragraph."""
    story = head_end(text)
    found: list[Sentence] = []
    paragraph, background = 0, False
    for start, end in pieces(text, lower_case):
        if end <= story:
            found.append(Sentence(start, end, "dateline"))
            continue
        if found and found[-1].zone != "dateline" and "\n" in text[found[-1].end : start]:
            paragraph, background = paragraph + 1, False
        zone = _zone(text, start, end, paragraph + (len(found) > 6), background)
        background = zone == "background"
        found.append(Sentence(start, end, zone))
    return found


def without_footers(text: str, found: list[Sentence]) -> str:
    """The text with blanks where the page speaks and not the story: "Editor: ..."."""
    kept, at = [], 0
    for start, end, zone in found:
        if zone == "background" and _at_line_start(text, start) and _is_footer(text[start:end]):
            kept += [text[at:start], " " * (end - start)]
            at = end
    return "".join([*kept, text[at:]])


def _token_starts(doc: Doc, found: list[Sentence]) -> dict[int, str]:
    """Index of the first token of each sentence -> zone."""
    offsets = doc.to_array("IDX")
    first = np.searchsorted(offsets, [sentence.start for sentence in found], side="right") - 1
    starts: dict[int, str] = {}
    for index, sentence in zip(first.tolist(), found, strict=True):
        begins = int(offsets[index]) == sentence.start or index == 0
        starts.setdefault(index if begins else min(index + 1, len(doc) - 1), sentence.zone)
    return starts


def _zone_of(span: Span) -> str:
    zones: dict[int, str] = span.doc.user_data.get("pantau_zones", {})
    return zones.get(span.start, "body")


@Language.factory("pantau_sentences", assigns=["token.is_sent_start", "doc._.reading"])
def make_sentences(nlp: Language, name: str) -> SentenceFinder:
    return SentenceFinder()


class SentenceFinder:
    """Sets `doc._.reading`, `doc.sents` and `sent._.zone`."""

    def __init__(self) -> None:
        if not Doc.has_extension("reading"):
            Doc.set_extension("reading", default=None)
        if not Span.has_extension("zone"):
            Span.set_extension("zone", getter=_zone_of)

    def __call__(self, doc: Doc) -> Doc:
        published = doc._.published_at
        reading = Reading.of(doc.text, published.year if published else None)
        reading.sentences = sentences(reading.text, reading.case == "lower")
        reading.text = without_footers(reading.text, reading.sentences)
        doc._.reading = reading
        starts = _token_starts(doc, reading.sentences)
        doc.user_data["pantau_zones"] = starts
        if len(doc):
            marks = np.full((len(doc), 1), -1, dtype=np.int64)
            marks[[0, *starts]] = 1
            attributes: Any = marks.astype(np.uint64)  # spaCy's own integers, -1 wrapped around
            doc.from_array(["SENT_START"], attributes)
        return doc
