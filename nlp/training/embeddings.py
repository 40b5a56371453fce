"""Static sentence embeddings: a WordPiece tokenizer, first vectors, contrastive and graded pairs.

1. WordPiece, lower case, learnt on the raw news.
2. First vectors of those pieces from what stands near what (``cooccurrence.py``).
3. Pairs that belong together are pulled together (MultipleNegativesRanking) for the first 256,
   128 and 64 dimensions at once (Matryoshka); then graded pairs are put in order (CoSENT).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import (
    CoSENTLoss,
    MatryoshkaLoss,
    MultipleNegativesRankingLoss,
)
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from torch import nn
from tqdm import tqdm

DIMS = (256, 128, 64)
MEAN_SIZE = 0.1
"""Mean absolute weight to start from; the learning rate is chosen for it."""


@dataclass(frozen=True)
class Recipe:
    pieces: int = 30_000
    epochs: int = 6
    batch: int = 1024
    rate: float = 0.015
    scale: float = 20.0
    seed: int = 0


def train_tokenizer(text: Path, pieces: int) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))  # noqa: S106 (a word piece)
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=pieces, min_frequency=4, special_tokens=["[PAD]", "[UNK]"], show_progress=False
    )
    tokenizer.train([str(text)], trainer)
    return tokenizer


def scaled(rows: np.ndarray) -> np.ndarray:
    """At the size the learning rates are chosen for."""
    return np.asarray(rows / (np.abs(rows).mean() / MEAN_SIZE), dtype=np.float32)


class Dealer(Protocol):
    """Examples that are dealt in batches."""

    def deal(self, batch: int, rng: random.Random) -> list[Callable[[], torch.Tensor]]:
        """The batches of one epoch, each as a call that gives its loss."""
        ...


class Task:
    """One kind of example: columns of tokenised texts, the loss that reads them, maybe grades."""

    def __init__(
        self,
        module: StaticEmbedding,
        rows: Sequence[Sequence[str]],
        loss: nn.Module,
        grades: Sequence[float] = (),
    ) -> None:
        self._columns = [pieces(module, column) for column in zip(*rows, strict=True)]
        self._loss, self._grades = loss, torch.tensor(grades)

    def deal(self, batch: int, rng: random.Random) -> list[Callable[[], torch.Tensor]]:
        order = list(range(len(self._columns[0])))
        rng.shuffle(order)
        starts = range(0, len(order) - batch // 4, batch)
        return [partial(self._cost, order[start : start + batch]) for start in starts]

    def _cost(self, picked: list[int]) -> torch.Tensor:
        grades = self._grades[picked] if len(self._grades) else None
        features = [bag([column[i] for i in picked]) for column in self._columns]
        cost: torch.Tensor = self._loss(features, grades)
        return cost


def pieces(module: StaticEmbedding, texts: Sequence[str]) -> list[list[int]]:
    return [item.ids for item in module.tokenizer.encode_batch(list(texts))]


def bag(rows: Sequence[Sequence[int]]) -> dict[str, torch.Tensor]:
    """The features StaticEmbedding expects: all ids in a row, and where each text begins."""
    offsets = np.cumsum([0, *(len(row) for row in rows[:-1])])
    ids = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    return {"input_ids": torch.from_numpy(ids), "offsets": torch.from_numpy(offsets)}


def train(
    module: StaticEmbedding,
    paired: Sequence[Sequence[Sequence[str]]],
    recipe: Recipe,
    *others: Dealer,
) -> None:
    """``paired``: sets of (anchor, positive[, negative]) texts; a batch comes from one set."""
    model = SentenceTransformer(modules=[module], device="cpu")
    ranking = MultipleNegativesRankingLoss(model, scale=recipe.scale)
    loss = MatryoshkaLoss(model, ranking, list(DIMS))
    _descend(module, [*others, *(Task(module, rows, loss) for rows in paired)], recipe)


def grade(
    module: StaticEmbedding, graded: Sequence[tuple[str, str, float]], recipe: Recipe
) -> None:
    """Put pairs in the order people put them in; ``graded``: two texts and their likeness."""
    model = SentenceTransformer(modules=[module], device="cpu")
    loss = MatryoshkaLoss(model, CoSENTLoss(model), list(DIMS))
    grades = [score for *_, score in graded]
    _descend(module, [Task(module, [row[:2] for row in graded], loss, grades)], recipe)


def _descend(module: StaticEmbedding, tasks: Sequence[Dealer], recipe: Recipe) -> None:
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    epochs = [
        [cost for task in tasks for cost in task.deal(recipe.batch, rng)]
        for _ in range(recipe.epochs)
    ]
    optimizer = torch.optim.Adam(module.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        recipe.rate,
        total_steps=sum(map(len, epochs)),
        pct_start=0.1,
        anneal_strategy="linear",
    )
    for costs in tqdm(epochs, desc="embeddings", disable=None):
        rng.shuffle(costs)
        for cost in costs:
            loss = cost()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it so
            optimizer.step()
            schedule.step()


def weights(module: StaticEmbedding) -> np.ndarray:
    rows: np.ndarray = module.embedding.weight.detach().numpy()
    return rows


def save(module: StaticEmbedding, target: Path) -> None:
    """Half precision on disk: twice the vocabulary for the same size, no measurable loss."""
    model = SentenceTransformer(modules=[module], device="cpu").half()
    model.save(str(target), create_model_card=False)
