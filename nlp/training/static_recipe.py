"""From raw news and pairs to the shipped embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from nlp.training import embeddings, pairs
from nlp.training.ner_recipe import NerRecipe
from nlp.training.steps import once

GOOD = 0.8
"""Likeness from which two sentences count as saying the same."""


def make_static(data: Path, work: Path, recipe: embeddings.Recipe) -> Path:
    text = NerRecipe(data, work).text()
    pieces = once(
        work / f"tokenizer-{recipe.pieces}.json",
        lambda part: embeddings.train_tokenizer(text, recipe.pieces).save(str(part)),
    )
    tokenizer = Tokenizer.from_file(str(pieces))

    def start(part: Path) -> None:
        with part.open("wb") as out:
            np.save(out, embeddings.start_vectors(tokenizer, text, work))

    begin = np.load(once(work / f"start-{recipe.pieces}.npy", start))

    def train(part: Path) -> None:
        titles, *others = paired(data)
        first = _train(tokenizer, begin, [titles * 2, *others], recipe)
        harder = embeddings.with_negatives(first, titles)
        again = replace(recipe, epochs=recipe.epochs // 2, rate=recipe.rate / 2)
        second = _train(tokenizer, embeddings.weights(first), [harder, *others], again)
        before = (embeddings.weights(first) + embeddings.weights(second)) / 2
        module = StaticEmbedding(tokenizer, embedding_weights=before.copy())
        gently = replace(recipe, epochs=4, batch=256, rate=0.004)
        embeddings.grade(module, pairs.similarities(data), gently)
        mean = (before + embeddings.weights(module)) / 2
        embeddings.save(StaticEmbedding(tokenizer, embedding_weights=mean), part)

    return once(work / f"static-{recipe.seed}", train)


def _train(
    tokenizer: Tokenizer,
    begin: np.ndarray,
    rows: Sequence[Sequence[Sequence[str]]],
    recipe: embeddings.Recipe,
) -> StaticEmbedding:
    module = StaticEmbedding(tokenizer, embedding_weights=begin.copy())
    embeddings.train(module, rows, recipe)
    return module


def paired(data: Path) -> list[list[pairs.Pair]]:
    """The sets whose texts belong together, titles first; a batch is drawn from one of them."""
    return [
        pairs.training_titles(data),
        pairs.summary_pairs(data),
        pairs.entailments(data),
        pairs.duplicates(data),
        [(one, two) for one, two, score in pairs.similarities(data) if score >= GOOD],
    ]
