"""Lines of text, and which of them are the article's paragraphs."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DATA: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("clutter.toml").read_text(encoding="utf-8")
)
_REPEATED = 40  # characters from which a line that comes twice is a repetition, no refrain
_DATELINE = 60  # characters that a dateline does not exceed
_HEADLINE = 12  # words of a title made from the text
TITLE = 160  # characters that no title exceeds
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SENTENCE_END = re.compile(r"[.!?…:;\"”’')]$")


def _any(name: str, shape: str) -> re.Pattern[str]:
    return re.compile(shape.format("|".join(DATA[name])), re.IGNORECASE)


HEADING = _any("heading", r"(?:{})\Z")
START = _any("start", r"(?:{})")
WHOLE = _any("whole", r"(?:{})\Z")
TAIL = _any("tail", r"(?:{})\Z")
INLINE = _any("inline", r"(?:{})")
END = _any("end", r"(?:{})\Z")
DATELINE = re.compile(DATA["dateline"])
BYLINE = [re.compile(pattern, re.IGNORECASE) for pattern in DATA["byline"]]


@dataclass(frozen=True)
class Line:
    """One paragraph on one line; `linked` is the share of its characters that are a link."""

    text: str
    linked: float = 0.0

    @property
    def is_title(self) -> bool:
        """Whether it can be the title of another article: short and no sentence."""
        return len(self.text) <= TITLE and not _SENTENCE_END.search(self.text)

    @property
    def is_clutter(self) -> bool:
        if START.match(self.text) or WHOLE.match(self.text) or HEADING.match(self.text):
            return True
        return self.linked > 0.9 and self.is_title


def squeeze(text: str) -> str:
    """One form for what looks the same: composed letters, single blanks, nothing invisible."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def byline(lines: Iterable[Line]) -> str | None:
    """The writer that a line of the frame names, "Pewarta: ..."."""
    for line in lines:
        for pattern in BYLINE:
            if len(line.text) < TITLE and (match := pattern.match(line.text)):
                return tidy_author(match[1])
    return None


def tidy_author(printed: str) -> str | None:
    """A printed author without "Penulis:" before and "| Editor: ..." behind."""
    for pattern in DATA["author"]:
        printed = re.sub(pattern, "", printed, flags=re.IGNORECASE)
    return squeeze(printed) or None


def headline_from(text: str) -> str:
    """The first words after the dateline, for a text that came without a title."""
    while match := DATELINE.match(text):
        text = text[match.end() :]
    words = text.split()
    return " ".join(words[:_HEADLINE]) + ("…" if len(words) > _HEADLINE else "")


def clean(lines: Sequence[Line], known: Iterable[str | None] = ()) -> list[str]:
    """The paragraphs among `lines`; `known` are texts shown elsewhere: title, kicker, captions."""
    shown = {_plain(text) for text in known if text}
    kept = _without_clutter(_before_tail(lines))
    texts = (INLINE.sub("", line.text) for line in kept if _plain(line.text) not in shown)
    whole = _without_repeats(_with_dateline(texts))
    return _without_foot([text for text in whole if text])


def _without_clutter(lines: Iterable[Line]) -> Iterator[Line]:
    """Drop clutter, and the titles that stand under a heading such as "Baca juga:"."""
    under_heading = False
    for line in lines:
        if line.is_clutter:
            under_heading = bool(HEADING.match(line.text)) or (under_heading and line.is_title)
        elif not (under_heading and line.is_title):
            under_heading = False
            yield line


def _with_dateline(texts: Iterable[str]) -> Iterator[str]:
    """Join a dateline that stands on a line of its own, "Jembrana -", to what it opens."""
    opening = ""
    for text in texts:
        if not opening and len(text) <= _DATELINE and text.endswith((" -", " –", " —")):
            opening = f"{text} "
        else:
            yield opening + text
            opening = ""


def _before_tail(lines: Sequence[Line]) -> Iterator[Line]:
    """Stop where comments and lists begin, if the better part of the text stands before."""
    total = sum(len(line.text) for line in lines)
    seen = 0
    for line in lines:
        if TAIL.match(line.text):
            if 2 * seen >= total:
                return
            continue
        seen += len(line.text)
        yield line


def _without_repeats(texts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        plain = _plain(text)
        if len(plain) < _REPEATED or plain not in seen:
            seen.add(plain)
            yield text


def _without_foot(texts: list[str]) -> list[str]:
    while texts:
        last = END.sub("", texts[-1]).rstrip()
        if last == texts[-1]:
            break
        texts = [*texts[:-1], last] if last else texts[:-1]
    return texts


def _plain(text: str) -> str:
    """What two prints of one text share: letters and digits."""
    return re.sub(r"\W+", "", text).casefold()
