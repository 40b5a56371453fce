"""One score out of two: what the words say (BM25) and what the meaning says (cosine)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from nlp.models import Embedder

LEAD_WORDS: Final = 40

WEIGHT: Final = 1.5
"""Of a cosine beside a word score whose best is 1; chosen on the dev titles of the search."""


def fuse(words: np.ndarray, cosines: np.ndarray, weight: float = WEIGHT) -> np.ndarray:
    """Scores of the candidates of one query, higher is better; both arrays of shape (candidates,).

    Word scores (0 or more, of any scale) are divided by their best; a negative cosine counts as 0.
    """
    best = words.max(initial=0.0)
    scaled = words / best if best > 0 else words
    fused: np.ndarray = scaled + weight * np.maximum(cosines, 0.0)
    return fused


def article_vectors(embedder: Embedder, texts: Sequence[str]) -> np.ndarray:
    """A unit vector per article, shape (texts, dims): half of it the whole, half its first words.

    News says first what it is about; a mean over all words forgets that. ``texts`` begin with the
    title where there is one.
    """
    leads = [" ".join(text.split()[:LEAD_WORDS]) for text in texts]
    both = embedder.encode(texts) + embedder.encode(leads)
    lengths = np.linalg.norm(both, axis=1, keepdims=True)
    vectors: np.ndarray = both / np.where(lengths > 0, lengths, 1)
    return vectors
