"""Pairs of texts that mean the same, nearly the same, or belong to one article."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from nlp.training.data import corpora, sentence_key
from nlp.training.news import read_articles

BODY_WORDS = 300
HELD_OUT = 3000

Pair = tuple[str, str]


def title_pairs(data: Path) -> list[Pair]:
    """(title, first words of the body) of every titled article, in an order fixed by the title.

    The title is cut from a body that begins with it. One article per title.
    """
    found: dict[str, Pair] = {}
    for article in read_articles(data, corpora()["news"]["articles"]):
        title = " ".join((article.get("title") or "").split())
        body = " ".join(article["text"].split()).removeprefix(title).strip()
        if title and len(body.split()) >= 30:
            words = " ".join(body.split()[:BODY_WORDS])
            found.setdefault(
                hashlib.sha256(sentence_key(title).encode()).hexdigest(), (title, words)
            )
    return [found[key] for key in sorted(found)]


def held_out(data: Path) -> list[Pair]:
    """The 3,000 articles kept for the search exam."""
    return title_pairs(data)[:HELD_OUT]


def training_titles(data: Path) -> list[Pair]:
    """Title-body pairs without the exam's, nor any whose body begins like one of the exam's."""
    pairs = title_pairs(data)
    kept_aside = {sentence_key(body)[:100] for _, body in pairs[:HELD_OUT]}
    return [pair for pair in pairs[HELD_OUT:] if sentence_key(pair[1])[:100] not in kept_aside]


def summary_pairs(data: Path) -> list[Pair]:
    """(summary, first words of the body) where somebody wrote an abstract."""
    kept_aside = {sentence_key(body)[:100] for _, body in held_out(data)}
    pairs = []
    for article in read_articles(data, corpora()["news"]["articles"]):
        summary = article.get("summary")
        body = " ".join(article["text"].split()[:BODY_WORDS])
        if summary and sentence_key(body)[:100] not in kept_aside:
            pairs.append((" ".join(summary.split()), body))
    return pairs


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
