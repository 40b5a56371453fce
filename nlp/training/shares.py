"""How much of a word a piece is: a word counts once, however many pieces it falls into.

A mean over pieces lets a rare name of five pieces outweigh the five words around it. What part of a
word a piece usually is, is counted in the news and fixed; the vectors are trained under it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from torch import nn
from torch.nn.utils import parametrize

_LINES = 20_000


def word_shares(tokenizer: Tokenizer, text: Path) -> np.ndarray:
    """float32, shape (pieces,): mean of one over the pieces of its word; 1 for a piece not seen."""
    size = tokenizer.get_vocab_size()
    seen, shared = np.zeros(size), np.zeros(size)
    lines = text.read_text(encoding="utf-8").splitlines()
    for start in range(0, len(lines), _LINES):
        found = [item for item in tokenizer.encode_batch(lines[start : start + _LINES]) if item.ids]
        parts = [_parts(np.array(item.word_ids, dtype=np.int64)) for item in found]
        pieces = np.concatenate([item.ids for item in found])
        seen += np.bincount(pieces, minlength=size)
        shared += np.bincount(pieces, weights=1 / np.concatenate(parts), minlength=size)
    return np.where(seen > 0, shared / np.maximum(seen, 1), 1).astype(np.float32)


def _parts(words: np.ndarray) -> np.ndarray:
    """Per piece, how many pieces its word has; ``words`` names each piece's word by its number."""
    counts: np.ndarray = np.bincount(words)[words]
    return counts


class _Scaled(nn.Module):
    def __init__(self, shares: np.ndarray) -> None:
        super().__init__()
        self.register_buffer("shares", torch.from_numpy(shares)[:, None])

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        scaled: torch.Tensor = rows * self.get_buffer("shares")
        return scaled


def scale(module: StaticEmbedding, shares: np.ndarray) -> None:
    """Let every row count for its share, now and in all training that follows."""
    parametrize.register_parametrization(module.embedding, "weight", _Scaled(shares))
