"""All vectors of a base in memory, and how near each article lies to one.

Exact, not approximate: a hundred thousand articles are one matrix product of about ten
milliseconds, and an index that sometimes misses an article is none for evidence.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np

_NEWEST: Final = "SELECT coalesce(max(id), 0) FROM embeddings"
_SINCE: Final = "SELECT id, article_id, vector FROM embeddings WHERE model = ? AND id > ?"


class Nearness:
    """The vectors of one model in one base, kept up with the table at every look."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._lock = Lock()
        self._forget()

    def similarities(
        self, connection: sqlite3.Connection, vector: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Article ids and their cosines with `vector` (unit length), in no order."""
        with self._lock:
            self._refresh(connection)
            if not self._size:
                return self._ids, np.empty(0, dtype=np.float32)
            return self._ids[: self._size], self._vectors[: self._size] @ vector

    def refresh(self, connection: sqlite3.Connection) -> None:
        """Read what is new; the first time all of it, which takes seconds in a large base."""
        with self._lock:
            self._refresh(connection)

    def _forget(self) -> None:
        self._last = 0
        self._size = 0
        self._places: dict[int, int] = {}
        self._ids = np.empty(0, dtype=np.int64)
        self._vectors = np.empty((0, 0), dtype=np.float32)

    def _refresh(self, connection: sqlite3.Connection) -> None:
        (newest,) = connection.execute(_NEWEST).fetchone()
        if newest < self._last:  # another base took the place of the one that was read
            self._forget()
        if newest > self._last:
            for rowid, article_id, blob in connection.execute(_SINCE, [self.model, self._last]):
                self._put(article_id, np.frombuffer(blob, dtype="<f4"))
                self._last = max(self._last, rowid)
            self._last = newest

    def _put(self, article_id: int, vector: np.ndarray) -> None:
        place = self._places.setdefault(article_id, self._size)
        if place == self._size:
            self._grow(len(vector))
            self._size += 1
        self._ids[place] = article_id
        self._vectors[place] = vector

    def _grow(self, dims: int) -> None:
        """Room for one more; doubled when full, so that reading a base is linear."""
        if self._size < len(self._ids):
            return
        room = max(1024, 2 * len(self._ids))
        ids, vectors = self._ids, self._vectors
        self._ids = np.zeros(room, dtype=np.int64)
        self._vectors = np.zeros((room, dims), dtype=np.float32)
        if self._size:
            self._ids[: self._size] = ids
            self._vectors[: self._size] = vectors


@cache
def nearness(berita: Path, model: str) -> Nearness:
    """The one of this process for that base and model."""
    return Nearness(model)
