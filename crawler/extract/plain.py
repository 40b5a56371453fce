"""Plain text files: a page that somebody copied, with kicker, title, date and caption on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from crawler.extract import dates, lines, published
from crawler.extract.dates import Moment
from crawler.extract.lines import DATELINE, Line
from crawler.extract.published import Statement
from crawler.extract.reading import NoArticle, Reading, Source

EXTRACTOR = "teks 1"
_PARAGRAPH = 200  # characters from which a line is a paragraph, whatever it begins with
_OPENING = 80  # characters from which a line with a dateline is one
_DATE = 60  # characters that a line with the date does not exceed
_HEADING_WORDS = 4


@dataclass(frozen=True)
class Head:
    """The lines above the first paragraph; `title` is the number of the one that is the title."""

    lines: Sequence[str]
    title: int | None

    def moment(self, source: Source) -> Moment | None:
        """The date under the title; one above it may be the clock of the page, so a guess."""
        found: Moment | None = None
        for number, line in enumerate(self.lines):
            read = dates.read(line, source.zone) if len(line) <= _DATE else None
            if read and self.title is not None and number > self.title:
                return read
            if read:
                found = replace(read, guess=True)
        return found


def read(text: str, source: Source) -> Reading:
    """Read the article out of the text of a file. Raises `NoArticle`."""
    written = [line for raw in text.splitlines() if (line := lines.squeeze(raw))]
    start = _first_paragraph(written)
    head = Head(written[:start], _title(written[:start]))
    title = head.lines[head.title] if head.title is not None else None
    body = "\n\n".join(lines.clean([Line(line) for line in written[start:]], [title]))
    if not body:
        raise NoArticle("isi kosong")
    moment = head.moment(source)
    said = [Statement("import", moment)] if moment else []
    return Reading(
        title=title or lines.headline_from(body),
        text=body,
        extractor=EXTRACTOR,
        author=lines.byline(Line(line) for line in written),
        published=published.decide(
            [*said, *published.of_text(body, source.zone)], source.fetched_at
        ),
    )


def _first_paragraph(written: Sequence[str]) -> int:
    """Where the article begins: a long line or one with a dateline, but no repeated title."""
    for number, line in enumerate(written):
        opening = bool(DATELINE.match(line)) and len(line) >= _OPENING
        if (opening or len(line) >= _PARAGRAPH) and not _repeats(line, written[:number]):
            return number
    return 0


def _repeats(line: str, above: Sequence[str]) -> bool:
    """Whether a line opens with one above it: the title, printed again before the caption."""
    return any(line.startswith(other) for other in above if _is_heading(other))


def _is_heading(line: str) -> bool:
    return len(line.split()) >= _HEADING_WORDS and dates.read(line, UTC) is None


def _title(head: Sequence[str]) -> int | None:
    """The heading that is printed twice, else the last one: the kicker stands above it."""
    headings = [number for number, line in enumerate(head) if _is_heading(line)]
    for number in headings:
        if any(line.startswith(head[number]) for line in head[number + 1 :]):
            return number
    return headings[-1] if headings else None
