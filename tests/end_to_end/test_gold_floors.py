"""What the language room scores on the sample articles never falls below what was reached.

The floors stand in `gold_floors.toml` with a digest of the exam, so that nobody changes the exam
without noticing. Raise them by hand when a change earns it; a lower one needs its reason in the
commit.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path

import pytest

from crawler.demo.gold import sample_gold
from crawler.demo.library import FOLDER
from nlp.evaluation.gold import answered
from nlp.evaluation.score import Scores, score

PINNED = tomllib.loads(Path(__file__).with_name("gold_floors.toml").read_text(encoding="utf-8"))


@cache
def scores() -> Scores:
    return score(answered(sample_gold()))


def digest() -> str:
    """Of every sample article with its gold answer."""
    whole = hashlib.sha256()
    for path in sorted((FOLDER / "articles").glob("*.toml")):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def test_the_exam_is_the_one_that_was_pinned() -> None:
    assert digest() == PINNED["exam"]


@pytest.mark.parametrize("noun", sorted(PINNED["f1"]))
def test_f1_is_not_below_its_floor(noun: str) -> None:
    assert scores().nouns[noun].f1 >= PINNED["f1"][noun]


def test_status_is_not_below_its_floor() -> None:
    assert scores().status_macro_f1 >= PINNED["status_macro_f1"]
