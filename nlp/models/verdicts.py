"""The weights of the trained verdict: small tables, read by numpy alone.

They go with the embeddings they were trained on, and with no others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np

from nlp.models import HOME, STATIC, Embedder, load_embedder, verify, version

TOPICS: Final = HOME / "id_news_topics"
FILE: Final = "weights.npz"
VERDICTS: Final = (
    "dugaan",
    "proses",
    "terbukti",
    "tidak_terbukti",
    "rekap",
    "pencegahan",
    "netral",
)
TRAITS_SAY: Final = 0.4
"""Share of the traits in the verdict, the rest is the words'. The rules behind the traits were
written on most of the articles trained on, so the traits look surer there than they are."""
THEME_TRAITS: Final = 0.6
"""What traits are multiplied by beside words when themes are told apart."""
TELLING: Final = 9


class Terms(NamedTuple):
    """The known terms of one article: rows of the tables, their weights (length 1), the words."""

    rows: np.ndarray
    weights: np.ndarray
    words: list[str]


class Linear(NamedTuple):
    """`weights` has a row per figure and a column per answer, `bias` a value per answer."""

    weights: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True)
class Verdicts:
    """`keys` are the sorted CRC-32 sums of the known terms, `rarity` their inverse frequency.

    `by_traits` and `by_words` answer with `VERDICTS`; the themes are told by both together.
    """

    keys: np.ndarray
    rarity: np.ndarray
    by_traits: Linear
    by_words: Linear
    themes: tuple[str, ...]
    themes_by_traits: Linear
    themes_by_words: np.ndarray
    embedder: Embedder

    def terms(self, counted: Counter[str]) -> Terms:
        """Term frequency (logarithmic) times rarity, as scikit-learn's ``TfidfVectorizer``."""
        words = list(counted)
        sums = np.array([term_key(word) for word in words], dtype=np.uint32)
        rows = np.minimum(np.searchsorted(self.keys, sums), len(self.keys) - 1)
        known = np.flatnonzero(self.keys[rows] == sums)
        often = np.array([counted[words[place]] for place in known], dtype=np.float64)
        weights = (1 + np.log(often)) * self.rarity[rows[known]]
        length = float(np.linalg.norm(weights)) or 1.0
        return Terms(rows[known], weights / length, [words[place] for place in known])

    def chances(self, traits: np.ndarray, terms: Terms) -> dict[str, float]:
        """Probability of each of `VERDICTS` for one article."""
        spoken = _softmax(terms.weights @ self.by_words.weights[terms.rows] + self.by_words.bias)
        shown = _softmax(traits @ self.by_traits.weights + self.by_traits.bias)
        both = shown**TRAITS_SAY * spoken ** (1 - TRAITS_SAY)
        return dict(zip(VERDICTS, (both / both.sum()).tolist(), strict=True))

    def about(self, traits: np.ndarray, terms: Terms) -> dict[str, float]:
        """Probability of each theme that the article is about it; they don't add up to 1."""
        scores = THEME_TRAITS * traits @ self.themes_by_traits.weights + self.themes_by_traits.bias
        scores = scores + terms.weights @ self.themes_by_words[terms.rows]
        return dict(zip(self.themes, (1 / (1 + np.exp(-scores))).tolist(), strict=True))

    def telling(self, terms: Terms, verdict: str) -> list[str]:
        """The words that spoke most for that verdict, against the mean of the others."""
        weights = self.by_words.weights[terms.rows]
        lead = weights[:, VERDICTS.index(verdict)] - weights.mean(axis=1)
        ordered = np.argsort(-terms.weights * lead, kind="stable")[:TELLING]
        return [terms.words[place] for place in ordered if lead[place] > 0]


def term_key(term: str) -> int:
    """What a term is known by in the tables: its words are not stored."""
    return crc32(term.encode())


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    chances: np.ndarray = powers / powers.sum()
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
        tables: dict[str, Any] = dict(stored)
    if str(tables["embedder"]) != version(STATIC):
        return None
    return Verdicts(
        keys=tables["keys"],
        rarity=tables["rarity"],
        by_traits=Linear(tables["traits"], tables["traits_bias"]),
        by_words=Linear(tables["words"].astype(np.float32), tables["words_bias"]),
        themes=tuple(tables["themes"].tolist()),
        themes_by_traits=Linear(tables["theme_traits"], tables["theme_bias"]),
        themes_by_words=tables["theme_words"].astype(np.float32),
        embedder=load_embedder(),
    )
