"""``python -m nlp.training.verdicts ARTICLES.jsonl...``: train the verdict on labelled articles.

Each line: ``{"title", "text", "election", "status", "alert", "topics"}``, or the same labels under
``gold``. The labels of real news lie in ``nlp/evaluation``, the texts outside; the articles of
``invented/`` are always learnt from besides. ``--check`` prints a cross-validation by article
(near-copies, told by how their titles begin, stay in one fold; no invented article is judged) and
writes no weights; with ``--card`` it puts its figures into a model card.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]  # has none
from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]  # has none
    TfidfVectorizer,
)
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # has none
from spacy.tokens import Doc

from nlp.annotation import CONCRETE
from nlp.components.evidence import sentences
from nlp.components.status import decide
from nlp.components.traits import traits
from nlp.components.wording import wording
from nlp.evaluation.cards import write_part
from nlp.lexicon.judgement import themes, topics
from nlp.models import STATIC, load_embedder, version, write_checksums
from nlp.models.verdicts import (
    FILE,
    THEME_TRAITS,
    TOPICS,
    VERDICTS,
    Linear,
    Verdicts,
    term_key,
)
from nlp.pipeline import load
from nlp.training.verdict_figures import Judged, figures

TRAITS_STRENGTH, WORDS_STRENGTH = 0.3, 10.0
"""Inverse of the penalty on weights; the best of a few by cross-validation."""
LEAST_ARTICLES: Final = 3
"""A term in fewer articles is not learnt, nor is a theme."""
FOLDS: Final = 10
TITLE_BEGINNING: Final = 25
INVENTED: Final = tuple(sorted(Path(__file__).with_name("invented").glob("*.jsonl")))
NO_FOLD: Final = -1
"""Of articles that are learnt from and never judged."""


class Example(NamedTuple):
    traits: np.ndarray
    wording: Counter[str]
    verdict: str
    fold: int
    ruled: str
    themes: list[str]


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Cross-validate by article; write no weights.")
@click.option(
    "--card",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Model card that the figures of --check go into.",
)
def main(articles: tuple[Path, ...], check: bool, card: Path | None) -> None:
    """Train the verdict on ARTICLES and lay its weights under nlp/models."""
    if card and not check:
        raise click.UsageError("--card hanya bersama --check.")
    known = [
        *_examples(_read(articles)),
        *(example._replace(fold=NO_FOLD) for example in _examples(_read(INVENTED))),
    ]
    if check:
        _report(figures(list(_unseen(known))), card)
    else:
        _write(_fit(known))
        click.echo(f"{len(known)} artikel dipelajari.")


def _report(measured: str, card: Path | None) -> None:
    click.echo(measured)
    if card:
        write_part(card, "silang", measured)


def _read(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        for article in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            yield {**article, **article.get("gold", {})}


def _examples(labelled: Iterator[dict[str, Any]]) -> Iterator[Example]:
    """Articles about elections, by the label or by the rules, which decide that alone."""
    nlp, embedder = load(), load_embedder()
    for article in labelled:
        doc = _read_by(nlp, article)
        if article["election"] or doc._.election:
            listed = sentences(doc)
            ruled = decide(doc, listed)
            row = traits(doc, listed, ruled, embedder)
            about = list(dict.fromkeys(topics()[topic].theme for topic in article["topics"]))
            said = verdict_of(article)
            yield Example(row, wording(listed), said, _fold(article), ruled, about)


def _read_by(nlp: Any, article: dict[str, Any]) -> Doc:
    """Through every component but the status itself, which would clear the topics."""
    doc: Doc = nlp.make_doc(article["text"])
    doc._.title = article.get("title")
    for name, component in nlp.pipeline:
        if name not in ("pantau_status", "pantau_violations"):
            doc = component(doc)
    return doc


def verdict_of(article: dict[str, Any]) -> str:
    """The status a reader gave; a roundup that should ring tells of something suspected."""
    if article["alert"] and article["status"] not in CONCRETE:
        return "dugaan"
    return article["status"] if article["status"] in VERDICTS else "netral"


def _fold(article: dict[str, Any]) -> int:
    beginning = (article.get("title") or article["text"])[:TITLE_BEGINNING].lower()
    return int(hashlib.sha1(beginning.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _fit(known: Sequence[Example]) -> Verdicts:
    """Weights for `VERDICTS` by traits and by words, and for every theme by both."""
    said = [VERDICTS.index(example.verdict) for example in known]
    shown = np.array([example.traits for example in known])
    counts = TfidfVectorizer(analyzer=Counter.elements, min_df=LEAST_ARTICLES, sublinear_tf=True)
    spoken = counts.fit_transform(example.wording for example in known)
    order, keys = _keys(counts)
    by_themes = _themes(known, hstack([csr_matrix(THEME_TRAITS * shown), spoken]).tocsr())
    by_words = _linear(_regression(WORDS_STRENGTH).fit(spoken, said))
    width = shown.shape[1]
    return Verdicts(
        keys=keys,
        rarity=counts.idf_[order],
        by_traits=_linear(_regression(TRAITS_STRENGTH).fit(shown, said)),
        by_words=Linear(by_words.weights[order], by_words.bias),
        themes=tuple(themes()),
        themes_by_traits=Linear(by_themes.weights[:width], by_themes.bias),
        themes_by_words=by_themes.weights[width:][order],
        embedder=load_embedder(),
    )


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=3000)


def _keys(counts: TfidfVectorizer) -> tuple[np.ndarray, np.ndarray]:
    """Columns in the order of their keys, and the keys; of two terms with one key the first."""
    sums = np.array([term_key(term) for term in counts.get_feature_names_out()], dtype=np.uint32)
    keys, order = np.unique(sums, return_index=True)
    return order, keys


def _linear(model: LogisticRegression) -> Linear:
    """A status that no article has gets no chance."""
    weights = np.zeros((model.coef_.shape[1], len(VERDICTS)))
    bias = np.full(len(VERDICTS), -np.inf)
    weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    return Linear(weights, bias)


def _themes(known: Sequence[Example], figures: csr_matrix) -> Linear:
    """One regression per theme; a theme of too few articles is as good as never."""
    weights, bias = np.zeros((figures.shape[1], len(themes()))), np.full(len(themes()), -10.0)
    for place, theme in enumerate(themes()):
        about = [theme in example.themes for example in known]
        if sum(about) >= LEAST_ARTICLES:
            model = _regression(WORDS_STRENGTH).fit(figures, about)
            weights[:, place], bias[place] = model.coef_[0], model.intercept_[0]
    return Linear(weights, bias)


def _write(made: Verdicts) -> None:
    TOPICS.mkdir(exist_ok=True)
    np.savez_compressed(
        TOPICS / FILE,
        keys=made.keys,
        rarity=made.rarity.astype(np.float32),
        traits=made.by_traits.weights.astype(np.float32),
        traits_bias=made.by_traits.bias.astype(np.float32),
        words=made.by_words.weights.astype(np.float16),
        words_bias=made.by_words.bias.astype(np.float32),
        themes=np.array(made.themes),
        theme_traits=made.themes_by_traits.weights.astype(np.float32),
        theme_bias=made.themes_by_traits.bias.astype(np.float32),
        theme_words=made.themes_by_words.astype(np.float16),
        embedder=np.array(version(STATIC)),
    )
    write_checksums(TOPICS)


def _unseen(known: Sequence[Example]) -> Iterator[Judged]:
    """Each article as judged by weights fitted without its fold."""
    for fold in range(FOLDS):
        kept = [example for example in known if example.fold == fold]
        if kept:
            model = _fit([example for example in known if example.fold != fold])
            for example in kept:
                terms = model.terms(example.wording)
                chances = model.chances(example.traits, terms)
                about = model.about(example.traits, terms)
                yield Judged(example.verdict, example.ruled, chances, example.themes, about)


if __name__ == "__main__":
    main()
