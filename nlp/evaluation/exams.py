"""The exams themselves: public test splits, and what a model answers to them."""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr  # type: ignore[import-untyped]  # publishes no stubs
from spacy.language import Language
from spacy.tokens import Doc

from nlp.fusion import WEIGHT, article_vectors, fuse
from nlp.models import Embedder
from nlp.training.data import LABELS, Sentence, corpora, spans
from nlp.training.news import read_articles


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
    """Recall@1 of each title among all bodies: words alone, meaning alone, both as the search does.

    ``gain`` is what meaning adds to words.
    """
    words = keyword_scores(tuple(pairs))
    bodies = article_vectors(embedder, [body for _, body in pairs])
    cosines = embedder.encode([title for title, _ in pairs], "query") @ bodies.T
    fused = np.stack([fuse(*scores) for scores in zip(words, cosines, strict=True)])
    scores = {"BM25": _recall(words), "vektor": _recall(cosines), "gabungan": _recall(fused)}
    return {"gain": scores["gabungan"] - scores["BM25"], **scores, "bobot": WEIGHT}


def _recall(scores: np.ndarray) -> float:
    return float((scores.argmax(1) == np.arange(len(scores))).mean())


@cache
def keyword_scores(pairs: tuple[tuple[str, str], ...]) -> np.ndarray:
    """BM25 of SQLite FTS5 for every title (rows) and body (columns), kept once known."""
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
    return scores


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
