"""The exams themselves: public test splits, and what a model answers to them."""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr  # type: ignore[import-untyped]  # publishes no stubs
from spacy.language import Language
from spacy.tokens import Doc

from nlp.models import Embedder
from nlp.training.data import LABELS, Sentence, corpora, spans
from nlp.training.news import read_articles

FUSION_WEIGHTS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


def entity_scores(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Exact-span F1, on the corpus's own words: ``F1``, ``P``, ``R`` and each label's F1."""
    docs = nlp.pipe(Doc(nlp.vocab, words=list(sentence.words)) for sentence in sentences)
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for doc, sentence in zip(docs, sentences, strict=True):
        predicted = {(ent.start, ent.end, ent.label_) for ent in doc.ents}
        expected = set(spans(sentence.tags))
        for counter, items in ((hits, predicted & expected), (found, predicted), (gold, expected)):
            counter.update(label for _, _, label in items)
    scores = {label: _f1(hits[label], found[label], gold[label]) for label in LABELS}
    total = (hits.total(), found.total(), gold.total())
    precision, recall = total[0] / max(total[1], 1), total[0] / max(total[2], 1)
    return {"F1": _f1(*total), "P": precision, "R": recall, **scores}


def _f1(hits: int, found: int, gold: int) -> float:
    return 2 * hits / max(found + gold, 1)


def likeness(embedder: Embedder, pairs: Sequence[tuple[str, str, float]]) -> float:
    """Spearman's rank correlation of the cosines with people's scores."""
    first = embedder.encode([pair[0] for pair in pairs])
    second = embedder.encode([pair[1] for pair in pairs])
    return float(spearmanr((first * second).sum(1), [pair[2] for pair in pairs]).statistic)


def search_scores(embedder: Embedder, pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Recall@1 of each title among all bodies, on the second half of the titles.

    ``weight`` of the cosine beside BM25 (scaled by its best hit) is chosen on the first half.
    """
    words = keyword_scores(pairs)
    bodies = embedder.encode([body for _, body in pairs])
    cosines = embedder.encode([title for title, _ in pairs], "query") @ bodies.T
    half = len(pairs) // 2
    weight = max(FUSION_WEIGHTS, key=lambda w: _recall(words + w * cosines, slice(0, half)))
    rest = slice(half, None)
    bm25, fused = _recall(words, rest), _recall(words + weight * cosines, rest)
    dense = _recall(cosines, rest)
    return {
        "gain": fused - bm25,
        "BM25": bm25,
        "vektor": dense,
        "gabungan": fused,
        "weight": weight,
    }


def _recall(scores: np.ndarray, part: slice) -> float:
    return float((scores.argmax(1) == np.arange(len(scores)))[part].mean())


def keyword_scores(pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    """BM25 of SQLite FTS5 for every title (rows) and body (columns), the best hit of a row 1."""
    scores = np.zeros((len(pairs), len(pairs)), dtype=np.float32)
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE bodies USING fts5(body, tokenize='unicode61')")
        db.executemany(
            "INSERT INTO bodies(rowid, body) VALUES (?, ?)", enumerate(b for _, b in pairs)
        )
        for row, (title, _) in enumerate(pairs):
            query = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", title))
            hits = db.execute(
                "SELECT rowid, -bm25(bodies) FROM bodies WHERE bodies MATCH ?", (query,)
            )
            for column, score in hits:
                scores[row, column] = score
    scaled: np.ndarray = scores / np.maximum(scores.max(1, keepdims=True), 1e-9)
    return scaled


def full_articles(data: Path, count: int = 400) -> list[str]:
    """Whole articles for the two speeds."""
    news = read_articles(data, corpora()["news"]["articles"][1:2])
    return [article["text"] for article in islice(news, count)]


def ner_speed(nlp: Language, texts: Iterable[str]) -> float:
    """Thousand words per second of processor time."""
    return _rate(lambda: sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))) / 1000


def embedding_speed(embedder: Embedder, texts: Sequence[str]) -> float:
    """Whole articles per second of processor time."""
    return _rate(lambda: len(embedder.encode(texts)))


def _rate(work: Callable[[], int]) -> float:
    start = time.process_time()
    done = work()
    return done / (time.process_time() - start)
