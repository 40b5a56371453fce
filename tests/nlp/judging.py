"""Judging one text through the whole pipeline."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from nlp.annotate import annotate
from nlp.annotation import CONCRETE, Annotation, Article
from nlp.pipeline import load

NEUTRAL_TITLE = "Pilkada"
"""A sentence of the examples stands in an article about an election."""


@cache
def pipeline() -> Language:
    return load()


def judge(text: str, title: str | None = NEUTRAL_TITLE) -> Annotation:
    article = Article(id="uji", text=text, title=title)
    return next(iter(annotate([article], pipeline())))


def group(status: str) -> str:
    """The three statuses of a concrete case are one group."""
    return "kasus" if status in CONCRETE else status
