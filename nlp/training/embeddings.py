"""Static sentence embeddings: a WordPiece tokenizer, word vectors of the news, contrastive pairs.

1. WordPiece, lower case, learnt on the raw news.
2. CBOW vectors of those pieces (floret in plain fastText mode), damped by frequency: the start.
3. Pairs that belong together are pulled together (MultipleNegativesRanking), and graded pairs put
   in order (CoSENT), for the first 256, 128 and 64 dimensions at once (Matryoshka).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import floret
import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.losses import CoSENTLoss, MatryoshkaLoss, MultipleNegativesRankingLoss
from sentence_transformers.models import StaticEmbedding
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from torch import nn
from tqdm import tqdm

DIMS = (256, 128, 64)


@dataclass(frozen=True)
class Recipe:
    pieces: int = 30_000
    epochs: int = 12
    batch: int = 1024
    rate: float = 0.02
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


def start_vectors(tokenizer: Tokenizer, text: Path, work: Path) -> np.ndarray:
    """One row per piece: its CBOW vector at unit length, times a/(a + frequency) (Arora's SIF)."""
    pieces = work / "pieces.txt"
    counts = np.zeros(tokenizer.get_vocab_size())
    with text.open(encoding="utf-8") as lines, pieces.open("w", encoding="utf-8") as out:
        for line in lines:
            ids = tokenizer.encode(line.strip()).ids
            np.add.at(counts, ids, 1)
            out.write(" ".join(map(str, ids)) + "\n")
    model = floret.train_unsupervised(
        str(pieces), model="cbow", minn=0, maxn=0, dim=DIMS[0], minCount=1, ws=6, neg=5,
        epoch=8, lr=0.05, thread=1,
    )  # fmt: skip
    rows = np.stack([model.get_word_vector(str(i)) for i in range(len(counts))])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    weights = 1e-3 / (1e-3 + counts / counts.sum())
    return np.asarray(rows * weights[:, None], dtype=np.float32)


class Task:
    """One kind of example: tokenised columns, the loss that reads them, grades if it has any."""

    def __init__(
        self,
        module: StaticEmbedding,
        columns: Sequence[Sequence[str]],
        loss: nn.Module,
        grades: Sequence[float] = (),
    ) -> None:
        encode = module.tokenizer.encode_batch
        self._columns = [[item.ids for item in encode(list(column))] for column in columns]
        self._loss = loss
        self._grades = torch.tensor(grades)

    def deal(self, batch: int, rng: random.Random) -> list[Callable[[], torch.Tensor]]:
        """The batches of one epoch, each as a call that gives its loss."""
        order = list(range(len(self._columns[0])))
        rng.shuffle(order)
        starts = range(0, len(order) - batch // 4, batch)
        return [partial(self._cost, order[start : start + batch]) for start in starts]

    def _cost(self, picked: list[int]) -> torch.Tensor:
        features = [_bag([column[i] for i in picked]) for column in self._columns]
        grades = self._grades[picked] if len(self._grades) else None
        cost: torch.Tensor = self._loss(features, grades)
        return cost


def _bag(rows: list[list[int]]) -> dict[str, torch.Tensor]:
    """The features StaticEmbedding expects: all ids in a row, and where each text begins."""
    offsets = np.cumsum([0, *(len(row) for row in rows[:-1])])
    ids = [piece for row in rows for piece in row]
    return {"input_ids": torch.tensor(ids), "offsets": torch.from_numpy(offsets)}


def train(
    module: StaticEmbedding,
    paired: Sequence[Sequence[Sequence[str]]],
    graded: Sequence[tuple[str, str, float]],
    recipe: Recipe,
) -> SentenceTransformer:
    """``paired``: sets of (anchor, positive[, negative]) texts; a batch comes from one set."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    model = SentenceTransformer(modules=[module], device="cpu")
    ranking = MultipleNegativesRankingLoss(model, scale=recipe.scale)
    ranking, ordering = (
        MatryoshkaLoss(model, loss, list(DIMS)) for loss in (ranking, CoSENTLoss(model))
    )
    tasks = [Task(module, list(zip(*rows, strict=True)), ranking) for rows in paired]
    first, second, grades = zip(*graded, strict=True)
    tasks.append(Task(module, (first, second), ordering, grades))
    epochs = [
        [cost for task in tasks for cost in task.deal(recipe.batch, rng)]
        for _ in range(recipe.epochs)
    ]
    _descend(module, epochs, recipe.rate, rng)
    return model


def _descend(
    module: StaticEmbedding,
    epochs: Sequence[list[Callable[[], torch.Tensor]]],
    rate: float,
    rng: random.Random,
) -> None:
    optimizer = torch.optim.Adam(module.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=sum(map(len, epochs)), pct_start=0.1, anneal_strategy="linear"
    )
    for costs in tqdm(epochs, desc="embeddings", disable=None):
        rng.shuffle(costs)
        for cost in costs:
            loss = cost()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it so
            optimizer.step()
            schedule.step()


def save(model: SentenceTransformer, target: Path) -> None:
    """Half precision on disk: twice the vocabulary for the same size, no measurable loss."""
    model.half()
    model.save(str(target), create_model_card=False)
