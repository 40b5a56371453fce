"""First vectors of word pieces: what stands near what in the news, counted and shortened.

Positive pointwise mutual information within sentences, cut to few dimensions by SVD. Each piece
also gets a chance direction of its own: two texts that use the same words are then alike even
where the counts tell those words from no others, as with names and numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # publishes no stubs
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]  # the same
from tokenizers import Tokenizer

WINDOW = 10
CONTEXT_POWER = 0.75
"""Rare neighbours count for less than their frequency says (Levy, Goldberg and Dagan 2015)."""

SINGULAR_POWER = 0.25
OWN = 0.7
"""Length of a piece's own direction; its meaning has length 1."""

FREQUENT = 1e-3
"""A share of all pieces: one this frequent counts half (Arora, Liang and Ma 2017)."""


def start_vectors(tokenizer: Tokenizer, text: Path, dims: int, seed: int = 0) -> np.ndarray:
    """float32, shape (pieces, dims); ``text`` holds a sentence per line."""
    sentences = _pieces(tokenizer, text)
    size = tokenizer.get_vocab_size()
    counts = np.bincount(np.concatenate(sentences), minlength=size)
    meaning = _shortened(_information(_neighbours(sentences, size)), dims)
    own = np.random.default_rng(seed).standard_normal(meaning.shape) / np.sqrt(dims)
    damping = FREQUENT / (FREQUENT + counts / counts.sum())
    return np.asarray((meaning + OWN * own) * damping[:, None], dtype=np.float32)


def _pieces(tokenizer: Tokenizer, text: Path) -> list[np.ndarray]:
    lines = text.read_text(encoding="utf-8").splitlines()
    return [
        np.array(item.ids, dtype=np.int32)
        for start in range(0, len(lines), 20_000)
        for item in tokenizer.encode_batch(lines[start : start + 20_000])
    ]


def _neighbours(sentences: Sequence[np.ndarray], size: int) -> sparse.csr_matrix:
    """How often two pieces share a sentence; neighbours count one over the root of the distance."""
    flat = np.concatenate(sentences)
    owner = np.repeat(np.arange(len(sentences)), [len(pieces) for pieces in sentences])
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        together = owner[distance:] == owner[:-distance]
        left, right = flat[:-distance][together], flat[distance:][together]
        worth = np.full(len(left), distance**-0.5, dtype=np.float32)
        total = total + sparse.csr_matrix((worth, (left, right)), shape=(size, size))
    return total + total.T


def _information(together: sparse.csr_matrix) -> sparse.csr_matrix:
    """Logarithm of how much oftener than by chance, where that is oftener."""
    often = np.asarray(together.sum(1)).ravel() + 1e-9
    chance = often**CONTEXT_POWER / (often**CONTEXT_POWER).sum()
    cells = together.tocoo()
    values = np.log(cells.data / (often[cells.row] * chance[cells.col]))
    kept = values > 0
    rows, columns = cells.row[kept], cells.col[kept]
    return sparse.csr_matrix((values[kept], (rows, columns)), shape=together.shape)


def _shortened(information: sparse.csr_matrix, dims: int) -> np.ndarray:
    """Rows of unit length, the strongest dimensions first."""
    size = information.shape[0]
    left, strength, _ = randomized_svd(information, min(dims, size), n_iter=3, random_state=0)
    rows = np.pad(left * strength**SINGULAR_POWER, ((0, 0), (0, dims - len(strength))))
    unit: np.ndarray = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
    return unit
