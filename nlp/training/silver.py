"""Labels for raw news: what two different recognisers both say; the rest counts as unknown.

One is the BiLSTM of ``teacher.py``, the other a spaCy model trained on the gold sets alone. They
read the text as printed; copies in lower case or headline capitals inherit those labels, which
is how the shipped model learns to read them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from nlp.training import teacher
from nlp.training.data import UNKNOWN, Sentence, corpora, exam_keys, sentence_key, spans
from nlp.training.news import read_sentences, tokenise

Words = tuple[str, ...]


class Recogniser(Protocol):
    def tags(self, sentences: Sequence[Words]) -> Iterator[Words]:
        """IOB2 tags, sentence by sentence."""
        ...


class SpacyRecogniser:
    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def tags(self, sentences: Sequence[Words]) -> Iterator[Words]:
        docs = (Doc(self._nlp.vocab, words=list(words)) for words in sentences)
        for doc in self._nlp.pipe(docs):
            yield tuple(
                f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc
            )


class TeacherRecogniser:
    def __init__(self, models: Sequence[teacher.Tagger], vectors: teacher.WordVectors) -> None:
        self._models, self._vectors = models, vectors

    def tags(self, sentences: Sequence[Words]) -> Iterator[Words]:
        by_length = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        found: dict[int, Words] = {}
        for picked in chunks(by_length, 64):
            shares = teacher.vote(self._models, [sentences[i] for i in picked], self._vectors)
            found.update(zip(picked, map(tuple, map(teacher.best_path, shares)), strict=True))
        return (found[i] for i in range(len(sentences)))


def chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def raw_sentences(data: Path, count: int) -> list[Words]:
    """Tokenised news sentences of a workable length, none of them from an exam, each once.

    Up to half have a word of our domain; the rest is drawn by chance.
    """
    news, rules = corpora()["news"], corpora()["silver"]
    rng = random.Random(0)
    seen = set(exam_keys(data))
    domain: list[str] = []
    other: list[str] = []
    for text in read_sentences(data, news["articles"], news["sentences"]):
        key = sentence_key(text)
        if not rules["shortest"] <= text.count(" ") + 1 <= rules["longest"] or key in seen:
            continue
        seen.add(key)
        words = set(text.lower().split())
        (other if words.isdisjoint(rules["domain"]) else domain).append(text)
    rng.shuffle(domain)
    rng.shuffle(other)
    picked = domain[: count // 2]
    picked += other[: count - len(picked)]
    return [tuple(words) for words in tokenise(picked)]


def agreed(first: Sequence[str], second: Sequence[str]) -> Words:
    """Names both found as they are; words inside a name only one found are unknown."""
    one, two = set(spans(first)), set(spans(second))
    tags = ["O"] * len(first)
    for start, end, _ in one ^ two:
        tags[start:end] = [UNKNOWN] * (end - start)
    for start, end, _ in one & two:
        tags[start:end] = first[start:end]
    return tuple(tags)


def opened(words: Words, tags: Words) -> Words:
    """Offices the recognisers may never have seen ("Bawaslu") are not "outside" but unknown."""
    offices = corpora()["silver"]["offices"]
    changed = list(tags)
    for index, word in enumerate(words):
        if word.lower() in offices and not tags[index].endswith("ORG"):
            for near in {index, *_touched(tags, index, index + 1)}:
                changed[near] = UNKNOWN
    return tuple(changed)


def completed(gold: Sequence[str], votes: Sequence[str]) -> Words:
    """Gold persons and places, and agreed organisations where the gold has nothing."""
    tags = [vote if vote == UNKNOWN else "O" for vote in votes]
    for start, end, label in spans(votes):
        if label == "ORG":
            tags[start:end] = votes[start:end]
    for start, end, _ in spans(gold):
        for index in _touched(tags, start, end):
            tags[index] = UNKNOWN
        tags[start:end] = gold[start:end]
    return tuple(tags)


def _touched(tags: Sequence[str], start: int, end: int) -> Iterator[int]:
    """All words of names that overlap ``start:end``."""
    for first, last, _ in spans(tags):
        if first < end and start < last:
            yield from range(first, last)


def label(sentences: Sequence[Words], one: Recogniser, two: Recogniser) -> list[Sentence]:
    """Sentences with agreed tags; without much unknown, and only a few without any name."""
    rules, rng = corpora()["silver"], random.Random(0)
    kept = []
    for words, *votes in zip(sentences, one.tags(sentences), two.tags(sentences), strict=True):
        sentence = Sentence(words, opened(words, agreed(*votes)))
        named = any(spans(sentence.tags)) or rng.random() < rules["nameless"]
        if named and sentence.tags.count(UNKNOWN) <= rules["unknown"] * len(words):
            kept.append(sentence)
    return kept


def complete(partial: Sequence[Sentence], one: Recogniser, two: Recogniser) -> list[Sentence]:
    """Sets that leave organisations untagged, with agreed ones filled in."""
    words = [sentence.words for sentence in partial]
    votes = map(agreed, one.tags(words), two.tags(words))
    return [
        replace(sentence, tags=completed(sentence.tags, vote))
        for sentence, vote in zip(partial, votes, strict=True)
    ]
