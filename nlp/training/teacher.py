"""A slower, stronger recogniser that only serves to label raw news for the shipped one.

Two BiLSTM layers over floret vectors and a character CNN. Several of them, differing in their
seed, vote by the mean of their probabilities; the best path that obeys IOB2 is taken.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # Cython, without stubs
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from nlp.training.augment import capitals, headline, lower
from nlp.training.data import LABELS, Sentence

TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
_TAG_ID = {tag: index for index, tag in enumerate(TAGS)}
_CHARS = 256  # characters are hashed by their code; Indonesian news needs no more
_LONGEST = 20


@dataclass(frozen=True)
class Recipe:
    hidden: int = 160
    epochs: int = 14
    batch: int = 24
    rate: float = 2e-3
    dropout: float = 0.4
    seed: int = 0


class WordVectors:
    """Floret vectors of lower-cased words, kept once looked up."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._known: dict[str, np.ndarray] = {}
        self.dims = int(vectors.shape[1])

    def rows(self, words: Sequence[str]) -> np.ndarray:
        folded = [word.lower() for word in words]
        new = sorted({word for word in folded if word not in self._known})
        if new:
            self._known.update(zip(new, self._vectors.get_batch(new), strict=True))
        return np.stack([self._known[word] for word in folded])


class Tagger(nn.Module):
    def __init__(self, dims: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.chars = nn.Embedding(_CHARS, 32, padding_idx=0)
        self.conv = nn.Conv1d(32, 96, 3, padding=1)
        self.drop = nn.Dropout(dropout)
        self.lstm = nn.LSTM(
            dims + 96, hidden, num_layers=2, bidirectional=True, batch_first=True, dropout=dropout
        )
        self.out = nn.Linear(2 * hidden, len(TAGS))

    def forward(
        self, vectors: torch.Tensor, chars: torch.Tensor, lengths: torch.Tensor
    ) -> torch.Tensor:
        batch, longest, width = chars.shape
        spelt = self.conv(self.chars(chars.view(-1, width)).transpose(1, 2)).amax(2)
        joined = self.drop(torch.cat([vectors, spelt.view(batch, longest, -1)], 2))
        packed = pack_padded_sequence(joined, lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        logits: torch.Tensor = self.out(self.drop(states))
        return logits


def _inputs(
    batch: Sequence[Sequence[str]], vectors: WordVectors
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(words) for words in batch)
    rows = np.zeros((len(batch), longest, vectors.dims), dtype=np.float32)
    chars = np.zeros((len(batch), longest, _LONGEST), dtype=np.int64)
    for i, words in enumerate(batch):
        rows[i, : len(words)] = vectors.rows(words)
        for j, word in enumerate(words):
            codes = [ord(letter) % (_CHARS - 1) + 1 for letter in word[:_LONGEST]]
            chars[i, j, : len(codes)] = codes
    lengths = torch.tensor([len(words) for words in batch])
    return torch.from_numpy(rows), torch.from_numpy(chars), lengths


def _recase(sentence: Sentence, rng: random.Random) -> Sentence:
    """Another letter case now and then, drawn anew in every epoch."""
    draw = rng.random()
    if draw < 0.25:
        return lower(sentence)
    if draw < 0.33:
        return headline(sentence)
    return capitals(sentence) if draw < 0.38 else sentence


def train(sentences: Sequence[Sentence], vectors: WordVectors, recipe: Recipe) -> Tagger:
    """One teacher; the same seed gives the same one."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    model = Tagger(vectors.dims, recipe.hidden, recipe.dropout)
    steps = recipe.epochs * (len(sentences) // recipe.batch + 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=steps)
    loss_of = nn.CrossEntropyLoss(ignore_index=-100)
    order = list(sentences)
    for _ in range(recipe.epochs):
        rng.shuffle(order)
        for start in range(0, len(order), recipe.batch):
            batch = [_recase(s, rng) for s in order[start : start + recipe.batch]]
            rows, chars, lengths = _inputs([s.words for s in batch], vectors)
            gold = torch.full(rows.shape[:2], -100)
            for i, sentence in enumerate(batch):
                gold[i, : len(sentence.tags)] = torch.tensor([_TAG_ID[t] for t in sentence.tags])
            loss = loss_of(model(rows, chars, lengths).flatten(0, 1), gold.flatten())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
    return model.eval()


@torch.inference_mode()
def vote(
    models: Sequence[Tagger], batch: Sequence[Sequence[str]], vectors: WordVectors
) -> list[np.ndarray]:
    """Mean probabilities of the teachers, one array (words, tags) per sentence."""
    rows, chars, lengths = _inputs(batch, vectors)
    mean = torch.stack([model(rows, chars, lengths).softmax(-1) for model in models]).mean(0)
    return [mean[i, :n].numpy() for i, n in enumerate(lengths.tolist())]


def _allowed() -> np.ndarray:
    """0 where one tag may follow another, minus infinity where not (I- needs its own label)."""
    table = np.zeros((len(TAGS), len(TAGS)))
    for i, before in enumerate(TAGS):
        for j, after in enumerate(TAGS):
            if after.startswith("I-") and before[2:] != after[2:]:
                table[i, j] = -np.inf
    return table


_FOLLOWS = _allowed()


def best_path(probabilities: np.ndarray) -> list[str]:
    """The most probable tag sequence that obeys IOB2 (Viterbi)."""
    logs = np.log(probabilities + 1e-9)
    score = logs[0] + _FOLLOWS[0]
    back = []
    for row in logs[1:]:
        paths = score[:, None] + _FOLLOWS
        back.append(paths.argmax(0))
        score = paths.max(0) + row
    tag = int(score.argmax())
    path = [tag]
    for pointers in reversed(back):
        tag = int(pointers[tag])
        path.append(tag)
    return [TAGS[tag] for tag in reversed(path)]
