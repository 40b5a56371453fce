"""What was said and by whom: direct speech between marks, indirect speech around a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Quote
from nlp.components.offices import bodies
from nlp.components.persons import Human
from nlp.components.speech import (
    REACH,
    Speakers,
    accused,
    inserted_verb,
    kin,
    pronoun_subject,
    reporting_verb,
    told_by,
)
from nlp.lexicon import table
from nlp.reading import Reading

MARK = re.compile(r"[“”\"„«»″]|''|\n")
OPENING, CLOSING = "“„«", "”»"
WORDS_OF_SPEECH = 3
"""Fewer words between marks are an expression in quotation marks, unless a verb follows."""
SURELY_SPEECH = 10
LONGEST_INDIRECT = 600
POINTS_BACK = re.compile(r"[^.,\n\"“]{3,140}\b(?:ini|itu|tersebut)\s*[.,\n]")
"""`tutup Koordinator Divisi itu.`"""
VERB_BEFORE = re.compile(
    r"\b(?:me|di|ber|ter)[a-z]{4,}\b|\b(?:[Oo]leh|[Kk]epada|[Tt]erhadap|untuk|dari)\b"
    r"|\b(?:[Ss]aat|[Kk]etika|[Bb]ersama|[Ss]oal|[Tt]entang|[Tt]im|[Pp]aslon|[Pp]asangan)\b"
    r"|^\W*(?:Me(?!nurut|nteri|ndagri|nko)[a-z]{4,}|Di(?:dampingi|temani))\b"
)
"""Before a name, these make somebody or something else the subject of the sentence."""

PAIRED = re.compile(r"[-–&] ?$")
IN_A_PAIR = re.compile(r"\s?[-–/&]\s?[A-Z]")
"""Behind a name: `Darto-Lina` stand for election together and do not speak."""


@dataclass
class Piece:
    """Speech at characters `start` to `end` of the text; `behind` is where its marks end."""

    start: int
    end: int
    behind: int
    indirect: bool = False
    speaker: Human | None = None


def _opens(text: str, at: int) -> bool:
    """Whether a mark at `at` opens: a letter follows, a letter does not stand before."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return bool(after.strip()) and not before.isalnum() and after not in ",."


def marked(text: str) -> Iterator[Piece]:
    """Everything between quotation marks; a mark left open lasts to the end of its paragraph."""
    opened: int | None = None
    for match in MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if opened is not None:
                yield _left_open(text, opened, at)
            opened = None
        elif opened is None:
            opened = match.end() if mark in OPENING or _opens(text, at) else None
        elif mark in OPENING and _opens(text, at):
            yield _left_open(text, opened, at)
            opened = match.end()
        else:
            yield Piece(opened, at, match.end())
            opened = None
    if opened is not None:
        yield _left_open(text, opened, len(text))


def _left_open(text: str, start: int, end: int) -> Piece:
    """Cut before `, kata Edi` when the closing mark was forgotten."""
    verb = re.compile(rf"[,.?!]\s+(?={inserted_verb().pattern})", re.I).search(text, start, end)
    end = verb.start() + 1 if verb else end
    return Piece(start, end, end)


class QuoteReader:
    """Reads the speech of one text in order and remembers who spoke last."""

    def __init__(self, reading: Reading, humans: list[Human]) -> None:
        self.reading, self.text = reading, reading.text
        self.speakers = Speakers(reading, humans)
        self.last: Human | None = None
        self.behind_last = 0

    def quotes(self) -> list[Quote]:
        direct = [piece for piece in marked(self.text) if self._is_speech(piece)]
        pieces = sorted([*direct, *self._indirect(direct)], key=lambda piece: piece.start)
        before = 0
        for piece in pieces:
            if not piece.indirect:
                piece.speaker = self._speaker(piece, before)
            elif piece.speaker is None:
                piece.speaker = self._spoke_last(self.reading.sentence_at(piece.start).start)
            self.last = piece.speaker or self.last
            before = self.behind_last = piece.behind
        return [self._quote(piece) for piece in pieces if piece.end > piece.start]

    def _quote(self, piece: Piece) -> Quote:
        said = self.text[piece.start : piece.end]
        start = piece.start + len(said) - len(said.lstrip())
        said = said.strip()
        return Quote(
            speaker=piece.speaker.name if piece.speaker else None,
            text=said,
            span=[start, start + len(said)],
            indirect=piece.indirect,
        )

    # -- direct speech

    def _is_speech(self, piece: Piece) -> bool:
        said = self.text[piece.start : piece.end].strip()
        words = len(said.split())
        if not said or words < 2:
            return False
        if self._verb_behind(piece) or words >= SURELY_SPEECH:
            return True
        if said[-1] in ",.!?…" and words >= WORDS_OF_SPEECH:
            return True
        return words >= WORDS_OF_SPEECH and bool(
            re.search(r"[:,]\s*\S?$", self.text[max(0, piece.start - 4) : piece.start])
        )

    def _verb_behind(self, piece: Piece) -> re.Match[str] | None:
        gap = re.compile(r"[\s,.]{0,3}").match(self.text, piece.behind)
        return inserted_verb().match(self.text, gap.end() if gap else piece.behind)

    def _sentence_end(self, at: int) -> int:
        return max(self.reading.sentence_at(at).end, at)

    def _speaker(self, piece: Piece, before: int) -> Human | None:
        verb = self._verb_behind(piece)
        if verb is not None:
            return self._by_verb(verb, piece.start)
        behind = self.speakers.first_in(piece.behind, piece.behind + 4)
        if behind is not None:
            return behind[2]
        return self._introduced(piece, before) or self.last or self._first_named(piece.start)

    def _by_verb(self, verb: re.Match[str], start: int) -> Human | None:
        if verb["own"] or verb["pronoun"]:
            return self._spoke_last(start)
        rest = self.text[verb.end() : verb.end() + 60].lstrip()
        found = self.speakers.after_verb(verb.end(), self._sentence_end(verb.end()))
        if found is not None:
            return found
        same = _is_pronoun(rest) or POINTS_BACK.match(self.text, verb.end()) is not None
        return self._spoke_last(start) if same or not rest[:1].isalpha() else None

    def _spoke_last(self, start: int) -> Human | None:
        """The speaker so far; somebody who has become the subject since then comes first."""
        return self._subject_since(start) or self.last or self._first_named(start)

    def _subject_since(self, start: int) -> Human | None:
        """Who opens the latest sentence, between the last speech and this one, that has one."""
        since = max(self.behind_last, start - 1_500)
        sentence = self.reading.sentence_at(max(start - 2, 0))
        while sentence.end > since and sentence.start < start:
            named = self.speakers.first_in(max(sentence.start, since), min(sentence.end, start))
            before = self.text[max(sentence.start, since) : named[0]] if named else ""
            before = told_by().sub("", before)
            other = (
                VERB_BEFORE.search(before)
                or kin().search(before)
                or IN_A_PAIR.match(self.text, named[1] if named else 0)
            )
            if named and not other and not named[2].is_initials:
                return named[2]
            earlier = self.reading.sentence_at(sentence.start - 1)
            if sentence.start <= since or earlier == sentence:  # none before the first
                break
            sentence = earlier
        return None

    def _first_named(self, start: int) -> Human | None:
        """Before anybody has spoken: whom the story is about."""
        named = self.speakers.first_in(max(0, start - 1_500), start)
        return named[2] if named and not named[2].is_initials else None

    def _introduced(self, piece: Piece, before: int) -> Human | None:
        """`Edi menegaskan, "..."`: a name and a verb in the words before the marks."""
        sentence = self.reading.sentence_at(max(piece.start - 3, 0))
        start = max(before, sentence.start, self.text.rfind("\n", 0, piece.start))
        words = self.text[start : piece.start]
        if not (reporting_verb().search(words) or inserted_verb().search(words)):
            return None
        named = self.speakers.first_in(start, piece.start)
        return named[2] if named else None

    # -- indirect speech

    def _indirect(self, direct: list[Piece]) -> Iterator[Piece]:
        """One piece per sentence that reports speech and holds no direct speech."""
        at = 0
        for sentence in self.reading.sentences:
            while at < len(direct) and direct[at].behind <= sentence.start:
                at += 1
            holds = at < len(direct) and direct[at].start < sentence.end
            if sentence.zone == "dateline" or holds:
                continue
            piece = self._reported(sentence.start, sentence.end)
            if piece is not None and piece.end - piece.start < LONGEST_INDIRECT:
                yield piece

    def _reported(self, start: int, end: int) -> Piece | None:
        return (
            self._by_source(start, end)
            or self._by_subject(start, end)
            or self._by_passive(start, end)
            or self._by_pronoun(start, end)
        )

    def _by_source(self, start: int, end: int) -> Piece | None:
        """`Menurut Taufik, ...` and `..., kata Taufik.`"""
        source = re.compile(r"(?:\w+\s+)?menurut\b", re.I).match(self.text, start, end)
        if source is not None:
            named = self.speakers.first_in(source.end(), min(end, source.end() + 160))
            comma = self.text.find(",", named[1] if named else source.end(), end)
            if comma > 0 and (named or re.match(r"\s+(?:dia|ia)\b", self.text[source.end() : end])):
                return Piece(comma + 1, end, end, True, named[2] if named else None)
        tail = re.compile(rf",[”\"]?\s+(?={inserted_verb().pattern})", re.I).search(
            self.text, start, end
        )
        verb = inserted_verb().match(self.text, tail.end()) if tail else None
        if tail is None or verb is None:
            return None
        speaker = (
            None if verb["own"] or verb["pronoun"] else self.speakers.after_verb(verb.end(), end)
        )
        if speaker is None and not (verb["own"] or verb["pronoun"]):
            return None
        rest = self.text.find(",", verb.end(), end)
        if end - rest > tail.start() - start > 0 and rest > 0:
            return Piece(rest + 1, end, end, True, speaker)
        return Piece(start, tail.start(), end, True, speaker)

    def _by_subject(self, start: int, end: int) -> Piece | None:
        """`Ketua Bawaslu Kukar Rusdiansyah mengatakan ...`"""
        verb = reporting_verb().search(self.text, start, end)
        if verb is None:
            return None
        named = self.speakers.last_in(start, verb.start())
        if named and named[2].is_initials:
            whole = self.speakers.last_in(start, named[0])
            named = whole if whole and self.text[whole[1] : named[0]] == " (" else None
        if named is None or verb.start() - named[1] > 120 or self._other_acts(named[1], verb):
            return None
        others = kin().search(self.text[start : named[0]]) is not None
        if PAIRED.search(self.text[start : named[0]]):
            return None
        return Piece(
            _after_that(self.text, verb.end()), end, end, True, None if others else named[2]
        )

    def _other_acts(self, at: int, verb: re.Match[str]) -> bool:
        """`Bayu tidak hadir, KPU Berau menyatakan`, `Bayu dituding memberi uang dan mengajak`."""
        between = self.text[at : verb.start()]
        if verb.group().lower() in table("speech")["ajakan"] and accused().search(between):
            return True
        comma = between.rfind(", ")
        subject = self.reading.word_at(at + comma + 2)
        return comma >= 0 and bodies().longest(self.reading, subject) is not None

    def _by_passive(self, start: int, end: int) -> Piece | None:
        """`Hal senada disampaikan Edi`: the sentence stands for what was said."""
        told = told_by().match(self.text, start, end)
        named = self.speakers.first_in(told.end(), min(end, told.end() + REACH)) if told else None
        if told is None or named is None or VERB_BEFORE.search(self.text[told.end() : named[0]]):
            return None
        return Piece(start, end, end, True, named[2])

    def _by_pronoun(self, start: int, end: int) -> Piece | None:
        subject = pronoun_subject().search(self.text, start, min(end, start + 120))
        if subject is None:
            return None
        return Piece(_after_that(self.text, subject.end()), end, end, True)


def _is_pronoun(rest: str) -> bool:
    return re.match(r"(?:dia|ia|beliau)\b", rest, re.I) is not None


def _after_that(text: str, at: int) -> int:
    """Behind `bahwa`, `jika`, commas and colons."""
    joint = re.compile(r"[\s,:]*(?:(?:bahwa|jika|kalau|bahwasanya)\b)?[\s,:]*").match(text, at)
    return joint.end() if joint else at


@Language.factory("pantau_quotes", requires=["doc._.humans"], assigns=["doc._.quotes"])
def make_quotes(nlp: Language, name: str) -> QuoteFinder:
    return QuoteFinder()


class QuoteFinder:
    """Sets `doc._.quotes`."""

    def __init__(self) -> None:
        if not Doc.has_extension("quotes"):
            Doc.set_extension("quotes", default=[])

    def __call__(self, doc: Doc) -> Doc:
        doc._.quotes = QuoteReader(doc._.reading, doc._.humans).quotes()
        return doc
