"""Raw news as the recipes read it: articles, sentences, tokens."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from spacy.lang.id import Indonesian

_GLUED = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")  # "PresidenPrabowo": a link lost its blank
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"][.!?])[”\"]?\s+(?=[A-Z“\"(])|\n+")


def read_articles(data: Path, files: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Articles of the JSON-lines files, in order; ``text`` has its glued words parted."""
    for name in files:
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                article["text"] = _GLUED.sub(" ", article["text"])
                yield article


def split_sentences(text: str) -> list[str]:
    """Rough sentences; good enough for training text, where a wrong cut costs little."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def read_sentences(data: Path, articles: Iterable[str], plain: Iterable[str]) -> Iterator[str]:
    """All sentences of the raw news: articles first, then the one-sentence-per-line files."""
    for article in read_articles(data, articles):
        if article.get("title"):
            yield article["title"]
        yield from split_sentences(article["text"])
    for name in plain:
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            yield from (line.strip() for line in lines if line.strip())


@cache
def _words() -> Indonesian:
    return Indonesian()


def tokenise(sentences: Iterable[str]) -> Iterator[list[str]]:
    """Words by spaCy's Indonesian rules, the ones the shipped pipeline uses."""
    for doc in map(_words().make_doc, sentences):
        yield [token.text for token in doc if not token.is_space]
