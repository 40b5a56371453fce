"""A query as SQL over the two full-text indexes: roots in `articles_stems`, words as written in
`articles_fts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.search.query import AllOf, AnyOf, Near, Node, Not, Phrase, Word, leaves, says_something

TITLE_WEIGHT = 6.0
"""A root in the title counts this many times one in the text."""

_IN_STEMS = "{id} IN (SELECT rowid FROM articles_stems WHERE articles_stems MATCH ?)"
_IN_WORDS = "{id} IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"


@dataclass(frozen=True)
class Condition:
    """SQL with its parameters."""

    sql: str
    parameters: tuple[str, ...] = ()


def source(node: Node | None) -> Condition:
    """A SELECT of `id` and `score` (higher is better) of every article that answers."""
    if node is None or not says_something(node):
        where = _where(node, "f.id") if node else Condition("1")
        return Condition(
            f"SELECT f.id AS id, 0.0 AS score FROM article_facets f WHERE {where.sql}",  # noqa: S608 - own text
            where.parameters,
        )
    ranked = (
        f"SELECT rowid AS id, -bm25(articles_stems, {TITLE_WEIGHT}, 1.0) AS score "  # noqa: S608 - own text
        "FROM articles_stems WHERE articles_stems MATCH ?"
    )
    expression = match(node)
    if expression is not None:
        return Condition(ranked, (expression,))
    where = _where(node, "rowid")
    anything = " OR ".join(_quoted(leaf.roots) for leaf in leaves(node) if leaf.roots)
    # Inside CASE, SQLite cannot turn an OR into look-ups by rowid, where MATCH does not work.
    sql = f"{ranked} AND CASE WHEN {where.sql} THEN 1 END"
    return Condition(sql, (anything, *where.parameters))


def match(node: Node) -> str | None:
    """The query as one expression for the index of roots; None where there is no such."""
    if isinstance(node, Word):
        return _quoted(node.roots)
    if isinstance(node, Near):
        return _near(node) if all(isinstance(part, Word) for part in node.parts) else None
    if isinstance(node, AnyOf):
        return _bracketed(" OR ", [match(part) for part in node.parts])
    if isinstance(node, AllOf):
        return _all_of(node)
    return None


def _all_of(node: AllOf) -> str | None:
    wanted = [part for part in node.parts if not isinstance(part, Not)]
    unwanted = [part.part for part in node.parts if isinstance(part, Not)]
    found = _bracketed(" AND ", [match(part) for part in wanted]) if wanted else None
    if not unwanted or found is None:
        return found
    without = _bracketed(" OR ", [match(part) for part in unwanted])
    return f"({found} NOT {without})" if without else None


def _bracketed(operator: str, expressions: Sequence[str | None]) -> str | None:
    there = [expression for expression in expressions if expression is not None]
    return f"({operator.join(there)})" if len(there) == len(expressions) else None


def _quoted(words: Iterable[str]) -> str:
    return '"' + " ".join(words).replace('"', " ") + '"'


def _near(node: Near) -> str:
    parts = " ".join(_quoted(part.roots) for part in node.parts)
    return f"NEAR({parts}, {node.distance})"


def _where(node: Node, column: str) -> Condition:
    if isinstance(node, Not):
        part = _where(node.part, column)
        return Condition(f"NOT ({part.sql})", part.parameters)
    if isinstance(node, AllOf | AnyOf):
        operator = " AND " if isinstance(node, AllOf) else " OR "
        return _combined(operator, [_where(part, column) for part in node.parts])
    if isinstance(node, Phrase):
        return Condition(_IN_WORDS.format(id=column), (_quoted(node.words),))
    if isinstance(node, Near):
        phrases = [_where(part, column) for part in node.parts if isinstance(part, Phrase)]
        near = Condition(_IN_STEMS.format(id=column), (_near(node),))
        return _combined(" AND ", [near, *phrases])
    return Condition(_IN_STEMS.format(id=column), (_quoted(node.roots),))


def _combined(operator: str, parts: Sequence[Condition]) -> Condition:
    sql = operator.join(f"({part.sql})" for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.parameters))
