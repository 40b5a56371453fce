"""Pairs of texts that mean the same, nearly the same, or belong to one article."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from nlp.fusion import LEAD_WORDS
from nlp.training.data import corpora, sentence_key
from nlp.training.news import read_articles

BODY_WORDS = 300
PASSAGE_WORDS = 60
HELD_OUT = 3000
DEV = 2000

Pair = tuple[str, str]


@cache
def title_pairs(data: Path) -> tuple[Pair, ...]:
    """(title, first words of the body) of every titled article, in an order fixed by the title.

    The title is cut from a body that begins with it. One article per title.
    """
    found: dict[str, Pair] = {}
    for article in read_articles(data, corpora()["news"]["articles"]):
        title = " ".join((article.get("title") or "").split())
        body = " ".join(article["text"].split()).removeprefix(title).strip()
        if title and len(body.split()) >= 30:
            words = first_words(body, BODY_WORDS)
            found.setdefault(
                hashlib.sha256(sentence_key(title).encode()).hexdigest(), (title, words)
            )
    return tuple(found[key] for key in sorted(found))


def held_out(data: Path) -> Sequence[Pair]:
    """The 3,000 articles kept for the search exam (of a smaller collection a fifth)."""
    pairs = title_pairs(data)
    return pairs[: min(HELD_OUT, len(pairs) // 5)]


def dev_titles(data: Path) -> Sequence[Pair]:
    """The next 2,000, on which the search is tuned; none of them like one of the exam's."""
    return _free_titles(data)[: _dev_size(data)]


def training_titles(data: Path) -> list[Pair]:
    """The other titled articles, none of them like one of the exam's or of the dev set's."""
    return _unlike(_free_titles(data)[_dev_size(data) :], dev_titles(data))


def _free_titles(data: Path) -> list[Pair]:
    exam = held_out(data)
    return _unlike(title_pairs(data)[len(exam) :], exam)


def _dev_size(data: Path) -> int:
    return min(DEV, len(_free_titles(data)) // 5)


def summary_pairs(data: Path) -> list[Pair]:
    """(summary, first words of the body) where somebody wrote an abstract."""
    pairs = [
        (" ".join(article["summary"].split()), first_words(article["text"], BODY_WORDS))
        for article in read_articles(data, corpora()["news"]["articles"])
        if article.get("summary")
    ]
    return _unlike(_unlike(pairs, held_out(data)), dev_titles(data))


def _unlike(pairs: Sequence[Pair], kept_aside: Sequence[Pair]) -> list[Pair]:
    """Those whose body begins like none that is kept aside."""
    beginnings = {_beginning(body) for _, body in kept_aside}
    return [pair for pair in pairs if _beginning(pair[1]) not in beginnings]


def _beginning(body: str) -> str:
    return sentence_key(body)[:100]


def first_words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def leads(pairs: Sequence[Pair]) -> list[Pair]:
    """Each title with the beginning of its body."""
    return [(title, first_words(body, LEAD_WORDS)) for title, body in pairs]


def passages(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """Each title with some passage of its body."""
    return [(title, _passage(body.split(), rng)) for title, body in pairs]


def _passage(words: Sequence[str], rng: random.Random) -> str:
    start = rng.randrange(max(1, len(words) - PASSAGE_WORDS))
    return " ".join(words[start : start + PASSAGE_WORDS])


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def entailments(data: Path) -> list[Pair]:
    """(premise, sentence it entails) of IndoNLI's train split."""
    rows = _json_lines(data / corpora()["pairs"]["entailment"])
    return [(row["premise"], row["hypothesis"]) for row in rows if row["label"] == "e"]


def duplicates(data: Path) -> list[Pair]:
    rows = _json_lines(data / corpora()["pairs"]["duplicates"])
    return [(row["question_1"], row["question_2"]) for row in rows]


def similarities(data: Path) -> list[tuple[str, str, float]]:
    """(sentence, sentence, likeness 0-1) of translated STS 2012-2016, STS-B pairs left out."""
    path = data / corpora()["pairs"]["similarity"]
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            (row["text1_id"], row["text2_id"], float(row["score"]) / 5)
            for row in rows
            if row["text1_id"] and row["text2_id"]
        ]


def scored_pairs(path: Path) -> list[tuple[str, str, float]]:
    """An exam of likeness: STS-B's columns, or SemRel's two lines in one field."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if "Text" in rows[0]:
        split = ((*row["Text"].split("\n", 1), row["Score"]) for row in rows)
    else:
        split = ((row["text_1"], row["text_2"], row["correlation"]) for row in rows)
    return [(first, second, float(score)) for first, second, score in split]
