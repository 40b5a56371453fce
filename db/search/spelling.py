""" "Maksud Anda": words nobody wrote, replaced by the nearest that somebody did."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from db.search.query import Node, leaves, plain_words
from nlp import stems

NEAREST: Final = 0.7  # likeness from which a word may be meant
LONGER: Final = 2  # letters more or less it may have


def suggest(connection: sqlite3.Connection, query: str, node: Node) -> str | None:
    """The query with unknown words put right; None when no word is unknown or none is near."""
    meant = query
    for leaf in leaves(node):
        for word in plain_words(leaf.form):
            nearest = None if _known(connection, word) else _nearest(connection, word)
            if nearest:
                meant = re.sub(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", nearest, meant)
    return meant if meant != query else None


def _known(connection: sqlite3.Connection, word: str) -> bool:
    """Whether an article holds any form of the word."""
    root = stems.stem(word).replace('"', " ")
    return bool(
        connection.execute(
            "SELECT 1 FROM articles_stems WHERE articles_stems MATCH ? LIMIT 1", [f'"{root}"']
        ).fetchone()
    )


def _nearest(connection: sqlite3.Connection, word: str) -> str | None:
    """The likeliest word of the index with that first letter; of equally near ones the commonest.

    Few people mistype the first letter, and the index can be entered there.
    """
    rows = connection.execute(
        "SELECT term FROM articles_words WHERE term >= ? AND term < ? "
        "AND length(term) BETWEEN ? AND ? ORDER BY doc DESC",
        [word[0], chr(ord(word[0]) + 1), max(len(word) - LONGER, 2), len(word) + LONGER],
    )
    best = process.extractOne(
        word,
        [term for (term,) in rows],
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=NEAREST,
    )
    return best[0] if best else None
