"""Floret word vectors of lower-cased raw news: the features that survive any letter case."""

from __future__ import annotations

from pathlib import Path

import floret
import spacy
from spacy.training.initialize import convert_vectors

from nlp.training.data import corpora
from nlp.training.news import read_sentences, tokenise
from nlp.training.steps import once

DIMS = 96


def news_text(data: Path, work: Path) -> Path:
    """The file of ``write_text``, made once; both recipes begin with it."""
    return once(work / "news.txt", lambda part: write_text(data, part))


def write_text(data: Path, target: Path) -> None:
    """One lower-cased, tokenised sentence per line."""
    news = corpora()["news"]
    sentences = read_sentences(data, news["articles"], news["sentences"])
    with target.open("w", encoding="utf-8") as out:
        for words in tokenise(sentences):
            out.write(" ".join(words).lower() + "\n")


def train(text: Path, target: Path, rows: int, epochs: int) -> None:
    """Write the floret table. One thread, because more would make the result vary."""
    model = floret.train_unsupervised(
        str(text), model="cbow", mode="floret", hashCount=2, bucket=rows, dim=DIMS,
        minn=4, maxn=5, minCount=5, ws=5, neg=5, epoch=epochs, lr=0.05, thread=1,
    )  # fmt: skip
    model.save_floret_vectors(str(target))


def pipeline(table: Path, target: Path) -> None:
    """A blank Indonesian pipeline holding the vectors, looked up by LOWER."""
    nlp = spacy.blank("id")
    convert_vectors(nlp, table, truncate=0, prune=-1, mode="floret", attr="LOWER")
    nlp.to_disk(target)
