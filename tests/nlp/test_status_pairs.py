"""Sentences that differ in one word and mean something else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.nlp.judging import group, judge

PAIRS = tomllib.loads(Path(__file__).with_name("status_pairs.toml").read_text("utf-8"))


def pairs() -> Iterator[tuple[str, str, str]]:
    for subject, statuses in PAIRS.items():
        for status, sentences in statuses.items():
            for sentence in sentences:
                yield subject, status, sentence


@pytest.mark.parametrize(("subject", "status", "sentence"), list(pairs()))
def test_one_word_changes_the_status(subject: str, status: str, sentence: str) -> None:
    found = judge(sentence)
    assert group(found["status"]) == status, found["reasons"]
    assert found["alert"] is (status == "kasus")


def test_there_are_enough_pairs() -> None:
    assert len(list(pairs())) >= 80
