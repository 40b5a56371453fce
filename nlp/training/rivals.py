"""Titles among the bodies that share their words: what a search by words alone takes them for.

The product adds the cosine to a word score, so the vectors are trained on that sum: each title must
find its own body among the wrong ones that BM25 likes best and the bodies of the other titles.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from scipy import sparse  # type: ignore[import-untyped]  # publishes no stubs
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]  # the same
    CountVectorizer,
)
from torch.nn.functional import cross_entropy, normalize

from nlp.fusion import WEIGHT
from nlp.training.embeddings import DIMS, bag, pieces
from nlp.training.pairs import Pair, leads

MOST = 8
"""Wrong bodies kept per title."""

DRAWN = 2
"""Of them, so many take part each time."""

OTHERS = 0.15
"""Word score of a body of another title, beside a best of 1: roughly what chance gives."""

SHARPNESS = 20.0
_SATURATION, _LENGTH, _ROWS = 1.2, 0.75, 500  # BM25's k1 and b as in SQLite; titles at a time


@dataclass(frozen=True)
class Rivals:
    """Per title: its ``bodies`` (indices, best first) and ``words``, their scores after its own.

    Scores are divided by the title's best, as the search does.
    """

    bodies: np.ndarray
    words: np.ndarray


def rivals(pairs: Sequence[Pair]) -> Rivals:
    """The bodies of other titles that BM25 likes best."""
    most = min(MOST, len(pairs) - 1)
    bodies, words = [], []
    for start, scores in _word_scores(pairs):
        rows = np.arange(len(scores))
        own = scores[rows, start + rows].copy()
        scores[rows, start + rows] = -1
        best = np.argsort(-scores, axis=1, kind="stable")[:, :most]
        bodies.append(best)
        words.append(np.column_stack([own, np.take_along_axis(scores, best, 1)]))
    scaled = np.concatenate(words)
    scaled /= np.maximum(scaled.max(axis=1, keepdims=True), 1e-6)
    return Rivals(np.concatenate(bodies), scaled.astype(np.float32))


def _word_scores(pairs: Sequence[Pair]) -> Iterator[tuple[int, np.ndarray]]:
    """BM25 of some titles (rows, the first one's index given) with all bodies (columns)."""
    counter = CountVectorizer(dtype=np.float32)
    counts = counter.fit_transform([body for _, body in pairs]).tocoo()
    titles = counter.transform([title for title, _ in pairs])
    titles.data[:] = 1
    documents = np.bincount(counts.col, minlength=counts.shape[1])
    rarity = np.log((len(pairs) - documents + 0.5) / (documents + 0.5)).clip(1e-6)
    lengths = np.bincount(counts.row, counts.data, minlength=len(pairs))
    room = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / lengths.mean())
    worth = counts.data * (_SATURATION + 1) / (counts.data + room[counts.row]) * rarity[counts.col]
    bodies = sparse.csr_matrix((worth, (counts.row, counts.col)), shape=counts.shape).T.tocsc()
    for start in range(0, len(pairs), _ROWS):
        yield start, (titles[start : start + _ROWS] @ bodies).toarray()


class SearchTask:
    """Dealt like ``embeddings.Task``; half as large a batch, as each title brings three bodies."""

    def __init__(self, module: StaticEmbedding, pairs: Sequence[Pair]) -> None:
        self._module, self._rivals = module, rivals(pairs)
        self._titles = pieces(module, [title for title, _ in pairs])
        self._bodies = pieces(module, [body for _, body in pairs])
        self._leads = pieces(module, [lead for _, lead in leads(pairs)])

    def deal(self, batch: int, rng: random.Random) -> list[Callable[[], torch.Tensor]]:
        order, size = list(range(len(self._titles))), max(batch // 2, 2)
        rng.shuffle(order)
        starts = range(0, len(order) - size // 4, size)
        return [partial(self._cost, order[start : start + size], rng) for start in starts]

    def _cost(self, picked: list[int], rng: random.Random) -> torch.Tensor:
        most = self._rivals.bodies.shape[1]
        drawn = np.array([rng.sample(range(most), min(DRAWN, most)) for _ in picked])
        wrong = np.take_along_axis(self._rivals.bodies[picked], drawn, 1)
        words, own = self._words(picked, drawn), torch.arange(len(picked))
        bodies = [*picked, *wrong.ravel().tolist()]
        titles, whole, lead = (
            self._vectors(texts, rows)
            for texts, rows in (
                (self._titles, picked),
                (self._bodies, bodies),
                (self._leads, bodies),
            )
        )
        total = torch.zeros(())
        for dims in DIMS:
            articles = normalize(_cut(whole, dims) + _cut(lead, dims))
            fused = words / WEIGHT + _cut(titles, dims) @ articles.T
            total = total + cross_entropy(SHARPNESS * fused, own)
        return total

    def _words(self, picked: list[int], drawn: np.ndarray) -> torch.Tensor:
        """Word scores, shape (titles, bodies): each its own body and rivals, the rest alike."""
        count = len(picked)
        scores = np.full((count, count + drawn.size), OTHERS, dtype=np.float32)
        rows = np.arange(count)
        scores[rows, rows] = self._rivals.words[picked, 0]
        columns = count + np.arange(drawn.size).reshape(drawn.shape)
        scores[rows[:, None], columns] = np.take_along_axis(
            self._rivals.words[picked], 1 + drawn, 1
        )
        return torch.from_numpy(scores)

    def _vectors(self, texts: list[list[int]], rows: Sequence[int]) -> torch.Tensor:
        vectors: torch.Tensor = self._module(bag([texts[i] for i in rows]))["sentence_embedding"]
        return vectors


def _cut(vectors: torch.Tensor, dims: int) -> torch.Tensor:
    return normalize(vectors[:, :dims])
