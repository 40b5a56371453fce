"""How a case unfolds over the articles of a story: which of them tell something new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from db.derived import stage_order
from nlp.annotation import CONCRETE
from nlp.lexicon.judgement import stages

Row = dict[str, Any]

CLOSED: Final = ("terbukti", "tidak_terbukti")
_ENDS: Final = ("putusan", "sanksi", "selesai_tanpa_tindak")


def unfold(articles: Sequence[Row]) -> list[Row]:
    """The articles by time, each with `event`: the stage it brings the case to, or None.

    An article that only recalls what was told before brings no event; nor does a sentence of
    background, which never makes the stage of an article.
    """
    furthest, told = 0, set[str]()
    unfolded = []
    for article in articles:
        stage, status = article["stage"], article["status"]
        case = status in (*CONCRETE, *CLOSED)
        further = case and bool(stage) and stage_order(stage) > furthest
        closes = status in CLOSED and status not in told
        if further:
            furthest = stage_order(stage)
        if case:
            told.add(status)
        event = (stage or status) if further or closes else None
        unfolded.append({**article, "event": event, "closes": closes})
    return unfolded


def ladder(unfolded: Sequence[Row]) -> list[Row]:
    """The twelve stages in order, each with the article that first told of it, or None."""
    first: dict[str, Row] = {}
    for article in unfolded:
        if article["event"]:
            first.setdefault(article["event"], article)
    return [
        {"id": entry.id, "name": entry.name, "order": entry.order, "article": first.get(entry.id)}
        for entry in sorted(stages().values(), key=lambda entry: entry.order)
    ]


def allegation(unfolded: Sequence[Row]) -> Row | None:
    """The article that first told of the case."""
    told = (article for article in unfolded if article["status"] in (*CONCRETE, *CLOSED))
    return next(told, None)


def closure(unfolded: Sequence[Row]) -> Row | None:
    """The newest article that tells how the case ended; None while it is open."""
    ended = [
        article
        for article in unfolded
        if article["status"] in CLOSED
        or (article["status"] in CONCRETE and article["stage"] in _ENDS)
    ]
    return ended[-1] if ended else None
