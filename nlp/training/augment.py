"""Variants of gold sentences: other letter cases, datelines, names of our own domain.

The public sets hold almost no election office: without the invented names the recogniser has
never seen "Bawaslu". Shares and templates stand in ``corpora.toml``.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from nlp.training.data import Sentence, corpora, spans

_LEXICON = Path(__file__).parents[1] / "lexicon"


def lower(sentence: Sentence) -> Sentence:
    return replace(sentence, words=tuple(word.lower() for word in sentence.words))


def capitals(sentence: Sentence) -> Sentence:
    """As a shouted headline or a dateline writes it."""
    return replace(sentence, words=tuple(word.upper() for word in sentence.words))


def headline(sentence: Sentence) -> Sentence:
    """Every Word Begins With a Capital, as in headlines."""
    return replace(sentence, words=tuple(word[:1].upper() + word[1:] for word in sentence.words))


def add_dateline(sentence: Sentence, rng: random.Random, places: list[tuple[str, ...]]) -> Sentence:
    """``KOTA, Outlet.com - `` before the sentence; the place is a LOC, the outlet an ORG."""
    place = rng.choice(places)
    if rng.random() < 0.6:
        place = tuple(word.upper() for word in place)
    outlet = rng.choice(corpora()["datelines"]["outlets"])
    dash = rng.choice(corpora()["datelines"]["dashes"])
    words, tags = list(place), ["B-LOC"] + ["I-LOC"] * (len(place) - 1)
    if rng.random() < 0.5:
        words, tags = [*words, ",", outlet], [*tags, "O", "B-ORG"]
    return Sentence((*words, dash, *sentence.words), (*tags, "O", *sentence.tags))


def places_of(sentences: Iterable[Sentence]) -> list[tuple[str, ...]]:
    """The LOC names of gold sentences, at most three words each, for made datelines."""
    found = {
        sentence.words[start:end]
        for sentence in sentences
        for start, end, label in spans(sentence.tags)
        if label == "LOC" and end - start <= 3
    }
    return sorted(name for name in found if all(word[:1].isupper() for word in name))


@cache
def _regions() -> tuple[tuple[str, str], ...]:
    """(official name, short name) of every province, kabupaten and kota."""
    with (_LEXICON / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return tuple((row["nama_resmi"], row["nama_pendek"]) for row in csv.DictReader(lines))


@cache
def _name_parts() -> tuple[str, ...]:
    return tuple((_LEXICON / "person_names.txt").read_text(encoding="utf-8").split())


def invent(label: str, rng: random.Random) -> tuple[str, ...]:
    """A made-up name of the kind, as words."""
    official, short = rng.choice(_regions())
    if label == "LOC":
        return tuple(rng.choice((official, short, short)).split())
    if label == "PER":
        parts = rng.choices(_name_parts(), k=rng.choice((1, 2, 2, 2, 3)))
        return tuple(part.title() for part in parts)
    template: str = rng.choice(corpora()["domain"]["offices"])
    return tuple(template.format(official=official, short=short).split())


def swap_name(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence with one of its names exchanged for an invented one of the same label."""
    found = spans(sentence.tags)
    if not found:
        return sentence
    start, end, label = rng.choice(found)
    name = invent(label, rng)
    tags = (f"B-{label}", *[f"I-{label}"] * (len(name) - 1))
    return Sentence(
        (*sentence.words[:start], *name, *sentence.words[end:]),
        (*sentence.tags[:start], *tags, *sentence.tags[end:]),
    )


def augment(sentences: list[Sentence], rng: random.Random) -> Iterator[Sentence]:
    """The sentences, and copies in other letter cases and with datelines (shares in the TOML)."""
    shares = corpora()["augmentation"]
    places = places_of(sentences)
    for sentence in sentences:
        yield sentence
        for change, make in (("lower", lower), ("headline", headline), ("capitals", capitals)):
            if rng.random() < shares[change]:
                yield make(sentence)
        if rng.random() < shares["dateline"]:
            yield add_dateline(sentence, rng, places)
        if rng.random() < shares["swap"]:
            yield swap_name(sentence, rng)
