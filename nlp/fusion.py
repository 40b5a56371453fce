"""One score out of two: what the words say (BM25) and what the meaning says (cosine)."""

from __future__ import annotations

from typing import Final

import numpy as np

WEIGHT: Final = 1.25
"""Of a cosine beside a word score whose best is 1; chosen on the dev half of the title search."""


def fuse(words: np.ndarray, cosines: np.ndarray, weight: float = WEIGHT) -> np.ndarray:
    """Scores of the candidates of one query, higher is better; both arrays of shape (candidates,).

    Word scores (0 or more, of any scale) are divided by their best; a negative cosine counts as 0.
    """
    best = words.max(initial=0.0)
    scaled = words / best if best > 0 else words
    fused: np.ndarray = scaled + weight * np.maximum(cosines, 0.0)
    return fused
