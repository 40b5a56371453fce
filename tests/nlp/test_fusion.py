from __future__ import annotations

import numpy as np
import pytest

from nlp.fusion import LEAD_WORDS, article_vectors, fuse
from nlp.models import Embedder, load_embedder


@pytest.mark.parametrize("scale", [1.0, 0.02, 300.0])
def test_the_scale_of_word_scores_does_not_matter(scale: float) -> None:
    words, cosines = np.array([3.0, 6.0, 0.0]), np.array([0.9, 0.2, 0.5])
    assert fuse(scale * words, cosines, 2.0) == pytest.approx([2.3, 1.4, 1.0])


def test_without_any_word_meaning_alone_decides() -> None:
    assert fuse(np.zeros(2), np.array([0.25, -0.5]), 2.0) == pytest.approx([0.5, 0.0])
    assert fuse(np.zeros(0), np.zeros(0)).shape == (0,)


def test_a_higher_weight_lets_meaning_win() -> None:
    words, cosines = np.array([1.0, 0.5]), np.array([0.1, 0.6])
    assert fuse(words, cosines, 0.5).argmax() == 0
    assert fuse(words, cosines, 2.0).argmax() == 1


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(dims=128)


BEGINNING = " ".join(["Bawaslu memeriksa kepala desa yang membagikan uang kepada pemilih."] * 5)
END = " ".join(["Harga cabai di pasar induk turun setelah panen raya di lereng gunung."] * 12)


def test_the_beginning_of_an_article_counts_as_much_as_the_whole(embedder: Embedder) -> None:
    assert len(BEGINNING.split()) >= LEAD_WORDS
    text = f"{BEGINNING}\n\n{END}"
    query = embedder.encode(["kades bagi-bagi uang diperiksa pengawas"], "query")[0]
    (whole,) = embedder.encode([text])
    (vector,) = article_vectors(embedder, [text])
    assert query @ vector > query @ whole
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3)
    (lead,) = embedder.encode([BEGINNING])
    assert vector @ whole == pytest.approx(vector @ lead, abs=0.02)


@pytest.mark.parametrize("texts", [[], [""], ["satu kalimat pendek saja", ""]])
def test_short_and_empty_articles_keep_their_place(embedder: Embedder, texts: list[str]) -> None:
    vectors = article_vectors(embedder, texts)
    assert vectors.shape == (len(texts), 128)
    assert np.isfinite(vectors).all()
    for text, vector in zip(texts, vectors, strict=True):
        assert np.linalg.norm(vector) == pytest.approx(1 if text else 0, abs=1e-3)
