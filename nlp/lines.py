"""`pantau annotate`: JSON lines in, JSON lines out; a bad line gets an error of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.annotate import attempt, check
from nlp.annotation import Article


@dataclass(frozen=True)
class Line:
    """One line of output; an error names the line of input that it answers."""

    text: str
    is_error: bool


def annotate_lines(lines: Iterable[str]) -> Iterator[Line]:
    """Annotate one article per line, in order. Blank lines are skipped."""
    errors: list[Line] = []
    numbers: list[int] = []
    for annotation in attempt(_articles(lines, numbers, errors)):
        yield from _taken(errors)
        number = numbers.pop(0)
        if isinstance(annotation, str):
            yield Line(f"Baris {number}: tidak dapat dianotasi ({annotation}).", is_error=True)
        else:
            yield Line(json.dumps(annotation, ensure_ascii=False), is_error=False)
    yield from _taken(errors)


def _articles(lines: Iterable[str], numbers: list[int], errors: list[Line]) -> Iterator[Article]:
    """The good lines; `numbers` gets theirs, `errors` what is wrong with the others."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            article = check(json.loads(line))
        except (ValueError, RecursionError) as error:
            errors.append(Line(f"Baris {number}: {reason(error)}.", is_error=True))
        else:
            numbers.append(number)
            yield article


def reason(error: ValueError | RecursionError) -> str:
    """Why a line is no article, in Indonesian."""
    if isinstance(error, json.JSONDecodeError):
        return "bukan JSON"
    return "JSON terlalu dalam" if isinstance(error, RecursionError) else str(error)


def _taken(errors: list[Line]) -> list[Line]:
    taken, errors[:] = errors[:], []
    return taken
