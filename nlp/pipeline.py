"""The Indonesian pipeline: spaCy's tokenizer and our components, rules over lexicons."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.dates import make_dates
from nlp.components.figures import make_figures
from nlp.components.people import make_people
from nlp.components.quotes import make_quotes
from nlp.components.regions import make_regions
from nlp.components.sentences import make_sentences
from nlp.components.status import make_status
from nlp.components.topics import make_topics
from nlp.components.violations import make_violations
from nlp.models import new_ner

COMPONENTS: Final = {
    "pantau_sentences": make_sentences,
    "pantau_regions": make_regions,
    "pantau_dates": make_dates,
    "pantau_figures": make_figures,
    "pantau_people": make_people,
    "pantau_quotes": make_quotes,
    "pantau_topics": make_topics,
    "pantau_status": make_status,
    "pantau_violations": make_violations,
}
"""In the order of the work; the same names stand under `spacy_factories` in pyproject.toml."""

MAX_LENGTH: Final = 50_000_000
"""Characters; every component is linear, so long texts need no refusal."""

INPUTS: Final = ("title", "published_at", "url", "outlet_region")
"""What is known of an article beside its text; set on `doc._` before the pipe."""


def load(recogniser: Path | None = None) -> Language:
    """A new pipeline; making one takes a moment, so keep it.

    `recogniser`, the folder of a trained one, puts its components before ours: a name that it
    takes for a person's is one then, where the words around it leave that open. That is slower by
    two thirds and finds no more persons in all, so nobody does it unasked.

    Raises:
        ModelError: the recogniser's folder is missing, damaged, or made for another spaCy.
    """
    for name in INPUTS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    nlp = new_ner(recogniser) if recogniser else spacy.blank("id")
    nlp.max_length = MAX_LENGTH
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp
