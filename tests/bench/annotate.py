"""The language room: articles per second of one core, and where the time goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from time import process_time

import spacy
from spacy.language import Language

from nlp.annotate import annotate
from nlp.annotation import Article
from nlp.pipeline import load
from tests.bench import synthetic
from tests.bench.table import Figure

BENCH = "annotate"
_WARM = 5  # articles that fill the caches before the clock starts


def measure(articles: Sequence[Article] | None = None, *, count: int = 150) -> list[Figure]:
    """Annotate `articles`, or `count` invented ones."""
    chosen = articles or [made.as_input() for made in synthetic.articles(count)]
    nlp = load()
    list(annotate(chosen[:_WARM], nlp))
    whole, bare = _annotating(nlp, chosen), _tokenising(chosen)
    words = sum(len(article["text"].split()) for article in chosen) / len(chosen)
    note = f"to tokenising alone; {len(chosen)} articles of {words:.0f} words on average"
    return [
        Figure(BENCH, "pantau", len(chosen) / whole, "articles/s", whole / bare, note),
        Figure(BENCH, 'spacy.blank("id")', len(chosen) / bare, "articles/s"),
        *_shares(nlp, chosen),
    ]


def _annotating(nlp: Language, articles: Sequence[Article]) -> float:
    start = process_time()
    for _ in annotate(articles, nlp):
        pass
    return process_time() - start


def _tokenising(articles: Sequence[Article]) -> float:
    blank = spacy.blank("id")
    start = process_time()
    for article in articles:
        blank.make_doc(article["text"])
    return process_time() - start


def _shares(nlp: Language, articles: Sequence[Article]) -> list[Figure]:
    """Each component on its own clock."""
    spent: defaultdict[str, float] = defaultdict(float)
    for article in articles:
        _step_through(nlp, article, spent)
    total = sum(spent.values())
    return [
        Figure(BENCH, f"  {name}", 100 * seconds / total, "% of time")
        for name, seconds in sorted(spent.items(), key=lambda item: -item[1])
    ]


def _step_through(nlp: Language, article: Article, spent: defaultdict[str, float]) -> None:
    start = process_time()
    doc = nlp.make_doc(article["text"])
    doc._.title = article.get("title")
    for name, component in [("tokenizer", None), *nlp.pipeline]:
        doc = component(doc) if component else doc
        now = process_time()
        spent[name] += now - start
        start = now
