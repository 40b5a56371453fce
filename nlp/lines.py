"""`pantau annotate`: JSON lines in, JSON lines out; a bad line gets an error of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.annotate import annotate, check
from nlp.annotation import Article


@dataclass(frozen=True)
class Line:
    """One line of output; an error names the line of input that it answers."""

    text: str
    is_error: bool


def annotate_lines(lines: Iterable[str]) -> Iterator[Line]:
    """Annotate one article per line, in order. Blank lines are skipped."""
    errors: list[Line] = []
    for annotation in annotate(_articles(lines, errors)):
        yield from _taken(errors)
        yield Line(json.dumps(annotation, ensure_ascii=False), is_error=False)
    yield from _taken(errors)


def _articles(lines: Iterable[str], errors: list[Line]) -> Iterator[Article]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield check(json.loads(line))
        except (ValueError, RecursionError) as error:
            errors.append(Line(f"Baris {number}: {reason(error)}.", is_error=True))


def reason(error: ValueError | RecursionError) -> str:
    """Why a line is no article, in Indonesian."""
    if isinstance(error, json.JSONDecodeError):
        return "bukan JSON"
    return "JSON terlalu dalam" if isinstance(error, RecursionError) else str(error)


def _taken(errors: list[Line]) -> list[Line]:
    taken, errors[:] = errors[:], []
    return taken
