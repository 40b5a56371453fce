"""``python -m nlp.training.verdicts ARTICLES.jsonl...``: train the verdict on labelled articles.

Each line: ``{"title", "text", "election", "status", "alert", "topics"}``. The labels of real news
lie in ``nlp/evaluation``, the texts outside. ``--check`` prints a cross-validation by article
(near-copies, told by how their titles begin, stay in one fold) and writes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # has none
from spacy.tokens import Doc

from nlp.annotation import CONCRETE
from nlp.components.confidence import figures
from nlp.components.evidence import CASE, sentences
from nlp.components.passages import passages
from nlp.components.status import decide
from nlp.components.topics import candidates
from nlp.components.traits import traits
from nlp.components.verdict import chosen
from nlp.lexicon.judgement import topics
from nlp.models import STATIC, load_embedder, version, write_checksums
from nlp.models.verdicts import FILE, TOPICS, VERDICT_GROUPS
from nlp.pipeline import load

STRENGTH: Final = 0.3
"""Inverse of the penalty on weights; the best of a few by cross-validation."""
FOLDS: Final = 10
TITLE_BEGINNING: Final = 25


class Example(NamedTuple):
    row: np.ndarray
    group: str
    fold: int
    ruled: str
    topics: list[str]
    doc: Doc


@click.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Cross-validate by article; write nothing.")
def main(articles: tuple[Path, ...], check: bool) -> None:
    """Train the verdict on ARTICLES and lay its weights under nlp/models."""
    known = list(_examples(_read(articles)))
    if check:
        click.echo(_figures(known))
    else:
        _write(_fit(known), _fit_topics(known))
        click.echo(f"{len(known)} artikel dipelajari.")


def _read(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _examples(labelled: Iterator[dict[str, Any]]) -> Iterator[Example]:
    """Articles about elections, by the label or by the rules, which decide that alone."""
    nlp, embedder = load(), load_embedder()
    for article in labelled:
        doc = _read_by(nlp, article)
        if article["election"] or doc._.election:
            listed = sentences(doc)
            ruled = decide(doc, listed)
            row = traits(doc, listed, ruled, embedder)
            yield Example(row, group_of(article), _fold(article), ruled, article["topics"], doc)


def _read_by(nlp: Any, article: dict[str, Any]) -> Doc:
    """Through every component but the status itself, which would clear the topics."""
    doc: Doc = nlp.make_doc(article["text"])
    doc._.title = article.get("title")
    for name, component in nlp.pipeline:
        if name not in ("pantau_status", "pantau_violations"):
            doc = component(doc)
    return doc


def group_of(article: dict[str, Any]) -> str:
    """The verdict a reader gave; an article that should ring is one of a case."""
    if article["alert"] or article["status"] in CONCRETE:
        return CASE
    return article["status"] if article["status"] in VERDICT_GROUPS else "netral"


def _fold(article: dict[str, Any]) -> int:
    beginning = (article.get("title") or article["text"])[:TITLE_BEGINNING].lower()
    return int(hashlib.sha1(beginning.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _fit(known: Sequence[Example]) -> LogisticRegression:
    groups = [VERDICT_GROUPS.index(example.group) for example in known]
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    return model.fit(np.array([example.row for example in known]), groups)


def _topic_rows(known: Sequence[Example]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Figures of every candidate topic, whether its theme was right, and the fold.

    The status is the one given to the article when it was not trained on.
    """
    said = {id(example): chosen(chances) for example, chances in _unseen(known)}
    rows, right, folds = [], [], []
    for example in known:
        themes = {topics()[topic].theme for topic in example.topics}
        entries = candidates(passages(example.doc)) if example.doc._.topics else []
        rows += list(figures(example.doc, said[id(example)])) if entries else []
        right += [topics()[entry.topic].theme in themes for entry in entries]
        folds += [example.fold] * len(entries)
    return np.array(rows), np.array(right), np.array(folds)


def _fit_topics(known: Sequence[Example]) -> LogisticRegression:
    rows, right, _ = _topic_rows(known)
    return LogisticRegression(max_iter=2000).fit(rows, right)


def _write(model: LogisticRegression, topic_model: LogisticRegression) -> None:
    TOPICS.mkdir(exist_ok=True)
    np.savez_compressed(
        TOPICS / FILE,
        weights=model.coef_.T.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        topic_weights=topic_model.coef_[0].astype(np.float32),
        topic_bias=np.float32(topic_model.intercept_[0]),
        embedder=np.array(version(STATIC)),
    )
    write_checksums(TOPICS)


def _figures(known: Sequence[Example]) -> str:
    """Alerts and groups, by the rules alone and with the verdict, on articles not trained on."""
    said = {id(example): chosen(chances) for example, chances in _unseen(known)}
    ruled = [_as_group(example.ruled) for example in known]
    told = [said[id(example)] for example in known]
    lines = [
        f"{name}: {_alerts(known, found)}; kelompok benar {_right(known, found):.3f}"
        for name, found in (("aturan", ruled), ("aturan + pembelajaran", told))
    ]
    return "\n".join([*lines, _calibration(known)])


def _calibration(known: Sequence[Example]) -> str:
    """How often topics of a given score were right, on articles not trained on."""
    rows, right, folds = _topic_rows(known)
    sure = np.zeros(len(rows))
    for fold in range(FOLDS):
        inside = folds == fold
        model = LogisticRegression(max_iter=2000).fit(rows[~inside], right[~inside])
        sure[inside] = model.predict_proba(rows[inside])[:, 1]
    bins = [(low, (sure >= low) & (sure < low + 0.2)) for low in (0.0, 0.2, 0.4, 0.6, 0.8)]
    told = (
        f"{low:.1f}-{low + 0.2:.1f}: {right[b].mean():.2f} dari {b.sum()}"
        for low, b in bins
        if b.any()
    )
    return "nilai topik benar: " + ", ".join(told)


def _unseen(known: Sequence[Example]) -> Iterator[tuple[Example, dict[str, float]]]:
    for fold in range(FOLDS):
        kept = [example for example in known if example.fold == fold]
        if kept:
            model = _fit([example for example in known if example.fold != fold])
            chances = model.predict_proba(np.array([example.row for example in kept]))
            for example, row in zip(kept, chances, strict=True):
                yield example, dict(zip(VERDICT_GROUPS, row.tolist(), strict=True))


def _as_group(status: str) -> str:
    return CASE if status in CONCRETE else status


def _right(known: Sequence[Example], found: Sequence[str]) -> float:
    return sum(e.group == group for e, group in zip(known, found, strict=True)) / len(known)


def _alerts(known: Sequence[Example], found: Sequence[str]) -> str:
    rung = [group == CASE for group in found]
    due = [example.group == CASE for example in known]
    both = sum(a and b for a, b in zip(rung, due, strict=True))
    precision, recall = both / max(1, sum(rung)), both / max(1, sum(due))
    return f"{len(known)} artikel, alarm tepat {precision:.3f}, terjaring {recall:.3f}"


if __name__ == "__main__":
    main()
