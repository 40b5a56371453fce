"""Named-entity corpora: reading, joining without spoiling an exam, augmenting."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

LABELS = ("PER", "ORG", "LOC")
UNKNOWN = "?"
"""The tag of a word that may or may not belong to a name; spaCy learns nothing from it."""


@dataclass(frozen=True)
class Sentence:
    """Words with their IOB2 tags (``O``, ``B-PER`` ..., or UNKNOWN), as long as each other."""

    words: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def key(self) -> str:
        """Letters only, case folded: two spellings of one sentence are one sentence."""
        return sentence_key(" ".join(self.words))


def sentence_key(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


@cache
def corpora() -> dict[str, Any]:
    """``corpora.toml``: which files, which label is which."""
    return tomllib.loads(Path(__file__).with_name("corpora.toml").read_text(encoding="utf-8"))


def read_tagged(path: Path, labels: Mapping[str, str]) -> Iterator[Sentence]:
    """Sentences of a CoNLL file (token first, IOB tag last, blank line between), gzip or not.

    An ``I-`` that continues nothing begins an entity; an unmapped label is outside.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    rows: list[tuple[str, str]] = []
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            columns = line.split()
            if len(columns) >= 2:
                rows.append((columns[0], columns[-1]))
            elif rows:
                yield _sentence(rows, labels)
                rows = []
    if rows:
        yield _sentence(rows, labels)


def _sentence(rows: list[tuple[str, str]], labels: Mapping[str, str]) -> Sentence:
    tags: list[str] = []
    previous = "O"
    for _, raw in rows:
        prefix, _, name = raw.partition("-")
        label = labels.get(name)
        if label is None:
            previous = "O"
        else:
            goes_on = prefix == "I" and previous[2:] == label
            previous = f"{'I' if goes_on else 'B'}-{label}"
        tags.append(previous)
    return Sentence(tuple(word for word, _ in rows), tuple(tags))


def read_split(data: Path, group: str, split: str) -> Iterator[Sentence]:
    """One split of every set in a group of ``corpora.toml``, in file order."""
    for source in corpora()[group].values():
        yield from read_tagged(data / source[split], source["labels"])


def exam_keys(data: Path) -> frozenset[str]:
    """Keys of all sentences that some set keeps for dev or test."""
    return frozenset(
        sentence.key
        for group in ("ner", "partial")
        for split in ("dev", "test")
        for sentence in read_split(data, group, split)
    )


def read_train(data: Path, group: str) -> list[Sentence]:
    """Training sentences of a group, each once, without any exam sentence."""
    seen = set(exam_keys(data))
    if group == "partial":
        seen.update(sentence.key for sentence in read_split(data, "ner", "train"))
    kept = []
    for sentence in read_split(data, group, "train"):
        if sentence.key not in seen:
            seen.add(sentence.key)
            kept.append(sentence)
    return kept


def spans(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """Entities of an IOB2 sequence: (first word, word after the last, label)."""
    found: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag.startswith("B-"):
            found.append((index, index + 1, tag[2:]))
        elif tag.startswith("I-"):
            start, _, label = found[-1]
            found[-1] = (start, index + 1, label)
    return found


def to_docs(sentences: Iterable[Sentence], vocab: Vocab) -> DocBin:
    """spaCy's training format, with the corpora's own tokens."""
    docs = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
    for sentence in sentences:
        tags = [None if tag == UNKNOWN else tag for tag in sentence.tags]
        # spaCy takes None for "unknown"; its annotation forgets to say so.
        docs.add(Doc(vocab, words=list(sentence.words), ents=tags))  # type: ignore[arg-type]
    return docs
