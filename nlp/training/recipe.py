"""Everything from raw corpora to the two shipped folders, in steps that are kept once done.

A step writes its result under a temporary name and renames it, so a run that was stopped goes on
where it was; delete the work folder to begin anew.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import spacy
import torch
from spacy.cli.train import train as spacy_train

from nlp.training import silver, teacher, vectors
from nlp.training.augment import augment, lower
from nlp.training.data import Sentence, corpora, read_split, read_train, to_docs

CONFIG = Path(__file__).with_name("ner.cfg")


def once(target: Path, make: Callable[[Path], object]) -> Path:
    """Make ``target`` (file or folder) unless it is there already."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        make(part)
        part.rename(target)
    return target


class NerRecipe:
    """The recogniser's steps; each method returns where its result lies."""

    def __init__(self, data: Path, work: Path) -> None:
        self.data, self.work = data, work
        self.rules = corpora()["silver"]

    def vectors(self) -> Path:
        text = once(self.work / "news.txt", lambda part: vectors.write_text(self.data, part))
        table = once(self.work / "news.floret", lambda part: vectors.train(text, part))
        return once(self.work / "vectors", lambda part: vectors.pipeline(table, part))

    def teacher(self) -> tuple[teacher.Tagger, teacher.WordVectors]:
        words = teacher.WordVectors(spacy.load(self.vectors()).vocab.vectors)
        recipe = teacher.Recipe()

        def make(part: Path) -> None:
            model = teacher.train(read_train(self.data, "ner"), words, recipe)
            torch.save(model.state_dict(), part)

        path = once(self.work / "teacher.pt", make)
        model = teacher.Tagger(words.dims, recipe.hidden, recipe.dropout)
        model.load_state_dict(torch.load(path, weights_only=True))
        return model.eval(), words

    def plain(self) -> Path:
        """A recogniser from gold sentences alone: the second voice of the silver labels."""
        gold = read_train(self.data, "ner")
        return self._train("plain", gold, seed=0, steps=self.rules["plain_steps"])

    def silver(self) -> Path:
        """Sentences two recognisers agree on, one JSON object per line."""

        def make(part: Path) -> None:
            model, words = self.teacher()
            voices = (
                silver.SpacyRecogniser(spacy.load(self.plain() / "model-best")),
                silver.TeacherRecogniser([model], words),
            )
            raw = silver.raw_sentences(self.data, self.rules["sentences"])
            kept = silver.label(raw, *voices)
            kept += silver.complete(read_train(self.data, "partial"), *voices)
            _write(kept, part)

        return once(self.work / "silver.jsonl", make)

    def final(self, seed: int) -> Path:
        """Gold (as often as the TOML says) and silver together."""
        gold = read_train(self.data, "ner") * self.rules["gold_times"]
        steps = self.rules["final_steps"]
        return self._train("final", [*gold, *_read(self.silver())], seed=seed, steps=steps)

    def _train(self, name: str, sentences: list[Sentence], *, seed: int, steps: int) -> Path:
        """One spaCy run on all letter cases; model-best is chosen on dev, cased and lower case."""
        vocab = spacy.blank("id").vocab
        dev = list(read_split(self.data, "ner", "dev"))
        rng = random.Random(0)
        train_docs = once(
            self.work / f"{name}.spacy",
            lambda part: to_docs(augment(sentences, rng), vocab).to_disk(part),
        )
        dev_docs = once(
            self.work / "dev.spacy",
            lambda part: to_docs([*dev, *map(lower, dev)], vocab).to_disk(part),
        )
        overrides = {
            "paths.train": str(train_docs),
            "paths.dev": str(dev_docs),
            "paths.vectors": str(self.vectors()),
            "system.seed": seed,
            "training.max_steps": steps,
        }
        target = self.work / f"{name}-{seed}"
        return once(target, lambda part: spacy_train(CONFIG, part, overrides=overrides))


def _write(sentences: Iterable[Sentence], path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        for sentence in sentences:
            out.write(json.dumps(asdict(sentence), ensure_ascii=False) + "\n")


def _read(path: Path) -> list[Sentence]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Sentence(tuple(row["words"]), tuple(row["tags"])) for row in rows]
