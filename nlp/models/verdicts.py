"""The weights of the trained verdict: a small table, read by numpy alone.

They go with the embeddings they were trained on, and with no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from nlp.models import HOME, STATIC, Embedder, load_embedder, verify, version

TOPICS: Final = HOME / "id_news_topics"
FILE: Final = "weights.npz"
VERDICT_GROUPS: Final = ("kasus", "tidak_terbukti", "rekap", "pencegahan", "netral")


@dataclass(frozen=True)
class Verdicts:
    """`weights` has a row per trait, `bias` a value per group of `VERDICT_GROUPS`.

    `topic_weights` has a value per figure of `nlp.components.confidence`.
    """

    weights: np.ndarray
    bias: np.ndarray
    topic_weights: np.ndarray
    topic_bias: float
    embedder: Embedder

    def chances(self, traits: np.ndarray) -> dict[str, float]:
        """Probability of each group for one article."""
        scores = traits @ self.weights + self.bias
        powers = np.exp(scores - scores.max())
        return dict(zip(VERDICT_GROUPS, (powers / powers.sum()).tolist(), strict=True))

    def sure(self, figures: np.ndarray) -> list[float]:
        """Probability that the article is about each topic, a row of figures each."""
        if not len(figures):
            return []
        chances: list[float] = (
            1 / (1 + np.exp(-(figures @ self.topic_weights + self.topic_bias)))
        ).tolist()
        return chances


@cache
def load_verdicts(folder: Path = TOPICS) -> Verdicts | None:
    """The shipped weights; None where none are installed, or only those of other embeddings.

    The rules then decide alone, as a test of the repository would tell.

    Raises:
        ModelError: the folder is damaged.
    """
    if not folder.is_dir():
        return None
    verify(folder)
    with np.load(folder / FILE) as stored:
        if str(stored["embedder"]) != version(STATIC):
            return None
        tables = (stored["weights"], stored["bias"], stored["topic_weights"])
        return Verdicts(*tables, float(stored["topic_bias"]), load_embedder())
