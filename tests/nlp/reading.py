"""What the tests of the fact components share: one pipeline and short ways to ask it."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.pipeline import load

PUBLISHED = "2020-09-24T10:00:00+08:00"
"""A Thursday."""


@cache
def pipeline() -> Language:
    return load()


def read(text: str, published: str | None = None, outlet: str | None = None) -> Doc:
    """The text through the whole pipeline."""
    doc = pipeline().make_doc(text)
    doc._.published_at = datetime.fromisoformat(published) if published else None
    doc._.outlet_region = outlet
    for _, component in pipeline().pipeline:
        doc = component(doc)
    return doc
