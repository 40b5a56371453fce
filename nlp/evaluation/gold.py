"""Gold files: one JSON object per line, an article and what a careful reader says of it.

`{"id", "text", "title"?, "published_at"?, "gold": {...}}`; see `nlp.evaluation.nouns` for the keys
of `gold`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.annotate import annotate, check
from nlp.annotation import Annotation, Article
from nlp.evaluation.nouns import Gold


class GoldError(Exception):
    """A gold file that cannot be used; the message is in Indonesian and names file and line."""


@dataclass(frozen=True)
class GoldRecord:
    article: Article
    gold: Gold


def read(path: Path) -> list[GoldRecord]:
    """Read a gold file. Raises `GoldError` at the first bad line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_record(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _record(path: Path, number: int, line: str) -> GoldRecord:
    try:
        record = json.loads(line)
        return GoldRecord(check(record), record["gold"])
    except (ValueError, KeyError) as error:
        raise GoldError(f"{path}, baris {number}: {error}.") from error


def answered(records: Iterable[GoldRecord]) -> Iterator[tuple[Gold, Annotation]]:
    """Each gold answer with what the machine says of the same article."""
    kept = list(records)
    for record, annotation in zip(kept, annotate(r.article for r in kept), strict=True):
        yield record.gold, annotation
