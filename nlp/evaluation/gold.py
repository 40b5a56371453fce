"""Gold files: one JSON object per line, an article and what a careful reader says of it.

`{"id", "text", "title"?, "published_at"?, "gold": {...}}`; see `nlp.evaluation.nouns` for the keys
of `gold`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from nlp.annotate import annotate, check
from nlp.annotation import Annotation, Article
from nlp.evaluation.nouns import Gold
from nlp.lines import reason


class GoldError(Exception):
    """A gold file that cannot be used; the message is in Indonesian and names file and line."""


@dataclass(frozen=True)
class GoldRecord:
    article: Article
    gold: Gold


def read(path: Path) -> list[GoldRecord]:
    """Read a gold file. Raises `GoldError` at the first bad line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: tidak terbaca ({error}).") from error
    return [_record(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _record(path: Path, number: int, line: str) -> GoldRecord:
    try:
        record = json.loads(line)
        article = check(record)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{path}, baris {number}: {reason(error)}.") from error
    if not isinstance(record.get("gold"), dict):
        raise GoldError(f"{path}, baris {number}: gold tidak ada atau bukan objek.")
    return GoldRecord(article, record["gold"])


def answered(
    records: Iterable[GoldRecord], nlp: Language | None = None
) -> Iterator[tuple[Gold, Annotation]]:
    """Each gold answer with what the machine says of the same article, by `nlp` or as usual."""
    kept = list(records)
    for record, annotation in zip(kept, annotate((r.article for r in kept), nlp), strict=True):
        yield record.gold, annotation
