"""From the raw corpora to the shipped recogniser, step by step."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import spacy
import torch
from spacy.cli.train import train as spacy_train
from spacy.util import load_config
from spacy.vocab import Vocab

from nlp.training import silver, teacher, vectors
from nlp.training.augment import augment, lower
from nlp.training.data import LABELS, Sentence, corpora, read_split, read_train, to_docs
from nlp.training.sizes import Sizes
from nlp.training.steps import once

CONFIG = Path(__file__).with_name("ner.cfg")


class NerRecipe:
    """The recogniser's steps; each method returns where its result lies."""

    def __init__(self, data: Path, work: Path, size: Sizes) -> None:
        self.data, self.work, self.size = data, work, size

    def vectors(self) -> Path:
        text = vectors.news_text(self.data, self.work)
        table = once(
            self.work / "news.floret",
            lambda part: vectors.train(text, part, self.size.floret_rows, self.size.floret_epochs),
        )
        return once(self.work / "vectors", lambda part: vectors.pipeline(table, part))

    def teacher(self) -> tuple[teacher.Tagger, teacher.WordVectors]:
        words = teacher.WordVectors(Vocab().from_disk(self.vectors() / "vocab").vectors)
        recipe = teacher.Recipe(epochs=self.size.teacher_epochs)

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
        steps, patience = self.size.plain_steps, self.size.plain_patience
        return self._train("plain", gold, seed=0, steps=steps, patience=patience)

    def silver(self) -> Path:
        """Sentences two recognisers agree on, one JSON object per line."""

        def make(part: Path) -> None:
            model, words = self.teacher()
            voices = (
                silver.SpacyRecogniser(
                    spacy.load(self.plain() / "model-best", exclude=["tokenizer"])
                ),
                silver.TeacherRecogniser([model], words),
            )
            raw = silver.raw_sentences(self.data, self.size.silver_sentences)
            kept = silver.label(raw, *voices)
            kept += silver.complete(read_train(self.data, "partial"), *voices)
            _write(kept, part)

        return once(self.work / "silver.jsonl", make)

    def final(self, seed: int) -> Path:
        """Gold (as often as the TOML says) and silver together, going on from ``plain``.

        One round after the other, each with its own rise and fall of the learning rate.
        """
        gold = read_train(self.data, "ner") * corpora()["silver"]["gold_times"]
        sentences = [*gold, *_read(self.silver())]
        made = self.plain()
        for number, steps in enumerate(self.size.final_steps):
            name = f"final{number}"
            made = self._train(
                name, sentences, seed=seed + number, steps=steps, begin=made / "model-best"
            )
        return made

    def mean(self, seeds: Sequence[int]) -> Path:
        """The mean of several seeds' weights: all go on from ``plain``, so theirs mean the same."""
        made = [self.final(seed) / "model-best" for seed in seeds]
        return once(self.work / "final-mean", lambda part: average(made, part))

    def _train(
        self,
        name: str,
        sentences: list[Sentence],
        *,
        seed: int,
        steps: int,
        patience: int = 0,
        begin: Path | None = None,
    ) -> Path:
        """One spaCy run on all letter cases; model-best is chosen on dev, cased and lower case."""
        vocab = Vocab()
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
            "training.patience": patience,
            "training.eval_frequency": self.size.evaluate_every,
        }
        config = load_config(CONFIG)
        if begin:
            config["components"] = {pipe: {"source": str(begin)} for pipe in config["components"]}
        written = self.work / f"{name}.cfg"
        config.to_disk(written)
        target = self.work / f"{name}-{seed}"
        return once(target, lambda part: spacy_train(written, part, overrides=overrides))


def average(made: Sequence[Path], target: Path) -> None:
    """The pipeline whose every weight is the mean of that weight in the pipelines ``made``."""
    pipelines = [spacy.load(folder) for folder in made]
    for pipe in pipelines[0].pipe_names:
        models = [nlp.get_pipe(pipe).model.walk() for nlp in pipelines]  # type: ignore[attr-defined]  # spaCy types pipes as callables
        for nodes in zip(*models, strict=True):
            for name in nodes[0].param_names:
                if nodes[0].has_param(name):
                    weights = [node.get_param(name) for node in nodes]
                    nodes[0].set_param(name, np.mean(weights, axis=0))
    pipelines[0].to_disk(target)


def package(made: Path, target: Path) -> None:
    """The pipeline without traces of where it was made, and without the corpora's words.

    Of the string table only what a blank pipeline holds and the labels are needed: features are
    hashes.
    """
    nlp = spacy.load(made)
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(
        name="news_ner",
        version=corpora()["silver"]["version"],
        description="Indonesian news: names of persons, organisations and places",
        license="MIT",
    )
    nlp.to_disk(target)
    strings = {*spacy.blank("id").vocab.strings, *LABELS, *nlp.pipe_names}
    (target / "vocab" / "strings.json").write_text(json.dumps(sorted(strings)), encoding="utf-8")


def _write(sentences: Iterable[Sentence], path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        for sentence in sentences:
            out.write(json.dumps(asdict(sentence), ensure_ascii=False) + "\n")


def _read(path: Path) -> list[Sentence]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Sentence(tuple(row["words"]), tuple(row["tags"])) for row in rows]
