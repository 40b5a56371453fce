"""From raw news and pairs to the shipped embedding model."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from nlp.training import embeddings, pairs
from nlp.training.cooccurrence import start_vectors
from nlp.training.rivals import SearchTask
from nlp.training.shares import scale, word_shares
from nlp.training.steps import once
from nlp.training.vectors import news_text

GOOD = 0.8
"""Likeness from which two sentences count as saying the same."""

GRADED = 0.7
"""Part of the graded weights in what is kept; the rest is as pairs left them, for the search."""


def make_static(data: Path, work: Path, recipe: embeddings.Recipe) -> Path:
    """The model of one seed; tokenizer and first vectors are shared by all seeds."""
    rows = [_trained(data, work, recipe)]
    return _finished(work, f"static-{recipe.seed}", _tokenizer(data, work, recipe), rows)


def make_mean(data: Path, work: Path, recipes: Sequence[embeddings.Recipe]) -> Path:
    """The mean of several seeds' weights: they begin alike, so their dimensions mean the same."""
    rows = [_trained(data, work, recipe) for recipe in recipes]
    return _finished(work, "static-mean", _tokenizer(data, work, recipes[0]), rows)


def _tokenizer(data: Path, work: Path, recipe: embeddings.Recipe) -> Tokenizer:
    text = news_text(data, work)
    pieces = once(
        work / f"tokenizer-{recipe.pieces}.json",
        lambda part: embeddings.train_tokenizer(text, recipe.pieces).save(str(part)),
    )
    return Tokenizer.from_file(str(pieces))


def _trained(data: Path, work: Path, recipe: embeddings.Recipe) -> np.ndarray:
    """The rows that pairs and grades of one seed make of the first vectors."""
    tokenizer, text = _tokenizer(data, work, recipe), news_text(data, work)
    start = _kept_rows(
        work / f"start-{recipe.pieces}.npy",
        lambda: embeddings.scaled(start_vectors(tokenizer, text, embeddings.DIMS[0])),
    )
    shares = _kept_rows(work / f"shares-{recipe.pieces}.npy", lambda: word_shares(tokenizer, text))

    def train() -> np.ndarray:
        module = StaticEmbedding(tokenizer, embedding_weights=start.copy())
        scale(module, shares)
        search = SearchTask(module, pairs.training_titles(data))
        embeddings.train(module, paired(data, recipe.seed), recipe, search)
        paired_only = embeddings.weights(module).copy()
        gently = replace(
            recipe, epochs=recipe.epochs * 2 // 3, batch=recipe.batch // 4, rate=recipe.rate * 0.4
        )
        embeddings.grade(module, pairs.similarities(data), gently)
        return GRADED * embeddings.weights(module) + (1 - GRADED) * paired_only

    return _kept_rows(work / f"rows-{recipe.seed}.npy", train)


def _kept_rows(path: Path, make: Callable[[], np.ndarray]) -> np.ndarray:
    def write(part: Path) -> None:
        with part.open("wb") as out:  # np.save would add its own ending to a name
            np.save(out, make())

    rows: np.ndarray = np.load(once(path, write))
    return rows


def _finished(work: Path, name: str, tokenizer: Tokenizer, seeds: Sequence[np.ndarray]) -> Path:
    module = StaticEmbedding(tokenizer, embedding_weights=np.mean(seeds, axis=0))
    return once(work / name, lambda part: embeddings.save(module, part))


def paired(data: Path, seed: int) -> list[Sequence[pairs.Pair]]:
    """The sets whose texts belong together; a batch is drawn from one of them."""
    titles = pairs.training_titles(data)
    return [
        titles,
        pairs.leads(titles),
        pairs.passages(titles, random.Random(seed)),
        pairs.summary_pairs(data),
        pairs.entailments(data),
        pairs.duplicates(data),
        [(one, two) for one, two, score in pairs.similarities(data) if score >= GOOD],
    ]
