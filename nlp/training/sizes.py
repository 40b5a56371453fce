"""How much work the recipes put in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sizes:
    """One table of ``sizes.toml``."""

    floret_rows: int
    floret_epochs: int
    teacher_epochs: int
    evaluate_every: int
    plain_steps: int
    plain_patience: int
    silver_sentences: int
    final_steps: list[int]
    ner_seeds: list[int]
    pieces: int
    embedding_epochs: int
    embedding_batch: int
    embedding_seeds: list[int]


def sizes(name: str) -> Sizes:
    """``full`` or ``quick``."""
    text = Path(__file__).with_name("sizes.toml").read_text(encoding="utf-8")
    return Sizes(**tomllib.loads(text)[name])
