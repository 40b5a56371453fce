"""Searching by meaning beside words: the articles whose words answer, and those that lie near.

A word score and a cosine are added up (`nlp.fusion`); filters and words that must not occur count
for both kinds of answer.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from db.base import Home
from db.search import embeddings
from db.search.fulltext import Condition
from db.search.nearness import Nearness, nearness
from db.search.query import AllOf, Node, Not, leaves
from nlp.fusion import fuse

MOST: Final = 100
"""Articles that answer by meaning alone, at most."""

WORDS: Final = 2_000
"""Answers by word that are weighed with their meaning; of more, the best."""

LEAST: Final = 0.3
"""Their least cosine: below it the nearest of 20,000 real articles were about something else."""


@dataclass(frozen=True)
class Meaning:
    """The model that understands the question, and the articles' vectors."""

    model: embeddings.Model
    near: Nearness


@cache
def meaning(home: Home) -> Meaning:
    """That of a base, loaded once. Raises `ModelError`, `ConfigError`."""
    model = embeddings.model(home)
    return Meaning(model, nearness(home.berita, model.name))


@dataclass(frozen=True)
class Fused:
    """`found` selects `id` and `score` as `fulltext.source` does; `near`: by meaning alone."""

    found: Condition
    near: frozenset[int]


def fused(
    connection: sqlite3.Connection,
    node: Node,
    found: Condition,
    allowed: set[int] | None,
    by: Meaning,
) -> Fused:
    """Answers by word (`found`) or meaning; `allowed` bounds those by meaning (None: any)."""
    best = f"{found.sql} ORDER BY score DESC LIMIT {WORDS}"
    words = dict(connection.execute(best, found.parameters).fetchall())
    question = " ".join(leaf.form for leaf in leaves(node))
    (vector,) = by.model.embedder.encode([question], "query")
    ids, cosines = by.near.similarities(connection, vector)
    near = _nearest(ids, cosines, allowed) - words.keys()
    return Fused(_scored(words, near, dict(zip(ids.tolist(), cosines.tolist(), strict=True))), near)


def unwanted(node: Node) -> Node | None:
    """The part of a query that says what must not occur."""
    parts = node.parts if isinstance(node, AllOf) else (node,)
    found = tuple(part for part in parts if isinstance(part, Not))
    return AllOf(found) if found else None


def _scored(words: dict[int, float], near: frozenset[int], cosines: dict[int, float]) -> Condition:
    candidates = [*words, *near]
    scores = fuse(
        np.array([words.get(article, 0.0) for article in candidates]),
        np.array([cosines.get(article, 0.0) for article in candidates]),
    )
    pairs = json.dumps(list(zip(candidates, scores.tolist(), strict=True)))
    return Condition("SELECT value ->> 0 AS id, value ->> 1 AS score FROM json_each(?)", (pairs,))


def _nearest(ids: np.ndarray, cosines: np.ndarray, allowed: set[int] | None) -> frozenset[int]:
    enough = cosines >= LEAST
    if allowed is not None:
        enough &= np.isin(ids, np.fromiter(allowed, dtype=np.int64, count=len(allowed)))
    places = np.flatnonzero(enough)
    best = places[np.argsort(-cosines[places], kind="stable")[:MOST]]
    return frozenset(ids[best].tolist())
