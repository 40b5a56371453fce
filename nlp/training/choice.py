"""Several seeds of one recipe: which one is shipped, and how far they lie apart.

Chosen on dev alone; the test splits are only reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean, stdev

import spacy

from nlp.evaluation import exams
from nlp.models import load_embedder
from nlp.training.augment import lower
from nlp.training.data import corpora, read_split, read_tagged
from nlp.training.pairs import dev_titles, held_out, scored_pairs

DEV, TEST = "dev", "test"

Rating = Mapping[str, float]
"""Exam, split last ("nerui test"), and the model's score in it."""


def rate_names(data: Path, folder: Path) -> Rating:
    """F1 on the joint dev sets and on each test set, as printed and in lower case."""
    nlp = spacy.load(folder, exclude=["tokenizer"])  # the corpora have their own words
    sets = {"gabungan dev": list(read_split(data, "ner", DEV))}
    for name, source in corpora()["ner"].items():
        sets[f"{name} test"] = list(read_tagged(data / source[TEST], source["labels"]))
    cased = {name: exams.entity_scores(nlp, rows)["F1"] for name, rows in sets.items()}
    folded = {
        f"huruf kecil {name}": exams.entity_scores(nlp, list(map(lower, rows)))["F1"]
        for name, rows in sets.items()
    }
    return cased | folded


def rate_meaning(data: Path, folder: Path) -> Rating:
    """Spearman of both sets of likeness, and what the search gains, on dev and test."""
    embedder = load_embedder(str(folder))
    files = corpora()["likeness"]
    rating = {
        f"{name} {split}": exams.likeness(embedder, scored_pairs(data / files[name][split]))
        for name in files
        for split in (DEV, TEST)
    }
    for split, titles in ((DEV, dev_titles(data)), (TEST, held_out(data))):
        rating[f"tambahan pencarian {split}"] = exams.search_scores(embedder, titles)["gain"]
    return rating


def best(ratings: Mapping[Path, Rating]) -> Path:
    """The folder with the best sum over the dev exams."""
    return max(ratings, key=lambda folder: sum(_of(ratings[folder], DEV)))


def _of(rating: Rating, split: str) -> Iterator[float]:
    return (score for name, score in rating.items() if name.endswith(split))


def table(rows: Sequence[Rating], shipped: Rating) -> str:
    """Markdown, in Indonesian: each exam's mean, spread and single seeds, and what is shipped."""
    lines = [
        "| ujian | rata-rata | simpangan baku | tiap benih | yang dikirim |",
        "|---|---|---|---|---|",
    ]
    for name in rows[0]:
        scores = [row[name] for row in rows]
        apart = f"{stdev(scores):.3f}" if len(scores) > 1 else "-"
        single = ", ".join(f"{score:.3f}" for score in scores)
        lines.append(f"| {name} | {mean(scores):.3f} | {apart} | {single} | {shipped[name]:.3f} |")
    return "\n".join(lines)
