"""What the articles mean, as vectors in `berita.db`: one for title and text together.

The model is the bundled one or the one that `pantau.toml` names; with another model or length every
article is read again, and the vectors of the former one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sqlite_utils import Database

from db import config
from db.base import Home, writing
from nlp.fusion import LEAD_WORDS, article_vectors
from nlp.models import Embedder, load_embedder

BATCH: Final = 128
LONGEST: Final = 50_000  # characters of an article that are read
_MISSING: Final = """
    SELECT a.id, a.version, a.title || char(10) || substr(a.text, 1, :longest) AS text
    FROM articles a LEFT JOIN embeddings e
        ON e.article_id = a.id AND e.model = :model AND e.version = a.version
    WHERE a.id > :last AND e.id IS NULL ORDER BY a.id LIMIT :size
"""


@dataclass(frozen=True)
class Model:
    """`name` is what vectors are filed under: it changes with the weights, length and recipe."""

    name: str
    embedder: Embedder


def model(home: Home) -> Model:
    """The embedding model of this installation. Raises `ModelError`, `ConfigError`."""
    language = config.load(home.berita.with_name("pantau.toml")).bahasa
    embedder = load_embedder(language["model_embedding"] or None, language["dimensi_embedding"])
    return Model(f"{embedder.name}/{embedder.dims}/{LEAD_WORDS}", embedder)


def update(db: Database, made_by: Model) -> int:
    """Read every article that has no vector of this model and version; tell how many.

    A batch is one transaction: killed at any moment, the next run goes on.
    """
    done = 0
    for batch in _batches(db, made_by.name):
        vectors = article_vectors(made_by.embedder, [row["text"] for row in batch])
        with writing(db):
            db.conn.executemany(
                "INSERT OR REPLACE INTO embeddings (article_id, model, version, vector) "
                "VALUES (?, ?, ?, ?)",
                [_row(row, made_by.name, v) for row, v in zip(batch, vectors, strict=True)],
            )
        done += len(batch)
    with writing(db):
        db.execute("DELETE FROM embeddings WHERE model <> ?", [made_by.name])
    return done


def _batches(db: Database, name: str) -> Iterator[list[dict[str, Any]]]:
    last = 0
    while True:
        values = {"model": name, "last": last, "size": BATCH, "longest": LONGEST}
        batch = list(db.query(_MISSING, values))
        if not batch:
            return
        yield batch
        last = batch[-1]["id"]


def _row(row: dict[str, Any], name: str, vector: np.ndarray) -> tuple[int, str, int, bytes]:
    return row["id"], name, row["version"], vector.astype("<f4").tobytes()
