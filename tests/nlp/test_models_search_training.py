"""Pieces that count for their share of a word, and titles trained among bodies like their own."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from nlp.training import embeddings
from nlp.training.rivals import SearchTask, rivals
from nlp.training.shares import scale, word_shares

PAIRS = [
    ("banjir rendam sawah warga", "air sungai meluap dan banjir rendam sawah milik warga desa"),
    ("banjir rendam pasar kota", "pedagang mengungsi setelah banjir rendam pasar di kota"),
    ("kpu tetapkan daftar pemilih", "rapat pleno kpu tetapkan daftar pemilih tetap kabupaten"),
    ("kpu tetapkan calon terpilih", "calon bupati terpilih menang setelah kpu tetapkan hasil"),
]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "berita.txt"
    path.write_text("\n".join(body for _, body in PAIRS * 5), encoding="utf-8")
    return path


@pytest.fixture
def tokenizer(text: Path) -> Tokenizer:
    return embeddings.train_tokenizer(text, 100)


@pytest.fixture
def module(tokenizer: Tokenizer) -> StaticEmbedding:
    torch.manual_seed(1)
    return StaticEmbedding(tokenizer, embedding_dim=embeddings.DIMS[0])


def test_the_pieces_of_a_word_share_what_it_counts(tokenizer: Tokenizer, text: Path) -> None:
    shares = word_shares(tokenizer, text)
    for body in dict.fromkeys(body for _, body in PAIRS):
        assert len(set(tokenizer.encode(body).word_ids)) == len(body.split())
    assert shares.dtype == np.float32
    assert shares.min() > 0
    assert shares[tokenizer.token_to_id("[PAD]")] == 1
    whole = np.array([tokenizer.token_to_id(word) for word in ("banjir", "kpu")], dtype=np.int64)
    assert shares[whole] == pytest.approx(1)
    cut = [i for piece, i in tokenizer.get_vocab().items() if piece.startswith("##")]
    seen = {i for body in text.read_text().splitlines() for i in tokenizer.encode(body).ids}
    assert seen.intersection(cut)
    assert all(shares[i] <= 0.5 for i in seen.intersection(cut))


def test_shares_hold_while_training_goes_on(module: StaticEmbedding) -> None:
    shares = np.linspace(0.25, 1, module.num_embeddings, dtype=np.float32)
    before = embeddings.weights(module).copy()
    scale(module, shares)
    assert embeddings.weights(module) == pytest.approx(before * shares[:, None])
    embeddings.train(module, [PAIRS], embeddings.Recipe(epochs=3, batch=4, rate=0.05))
    moved = embeddings.weights(module) - before * shares[:, None]
    used = np.abs(moved).max(axis=1) > 0
    assert used.any()
    steps = np.abs(moved[used]).max(axis=1) / shares[used]
    assert steps.max() / steps.min() < 2  # Adam moves all alike; their shares make the difference


def test_rivals_share_the_words_of_a_title() -> None:
    found = rivals(PAIRS)
    assert found.bodies[:, 0].tolist() == [1, 0, 3, 2]
    assert found.bodies.shape == (4, 3)
    assert found.words.shape == (4, 4)
    assert found.words[:, 0] == pytest.approx(1)  # each title's words are all in its own body
    assert (found.words[:, 1] < 1).all()
    assert (np.diff(found.words[:, 1:]) <= 0).all()


MISLEADING = [(PAIRS[1][0], PAIRS[0][1]), (PAIRS[0][0], PAIRS[1][1]), *PAIRS[2:]]
"""Two titles whose words stand in the other one's body."""


def cost(task: SearchTask) -> float:
    with torch.no_grad():
        return float(sum(batch() for batch in task.deal(8, random.Random(1))))


def test_titles_learn_to_find_their_bodies_against_the_words(module: StaticEmbedding) -> None:
    task = SearchTask(module, MISLEADING)
    assert len(task.deal(4, random.Random(1))) == 2
    before = cost(task)
    assert before > cost(SearchTask(module, PAIRS)) + 1
    embeddings.train(module, [], embeddings.Recipe(epochs=20, batch=8, rate=0.05), task)
    assert cost(task) < before / 2
