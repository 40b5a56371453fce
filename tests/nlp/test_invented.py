"""The invented articles that the verdict learns from: whole, labelled, spread, each told once."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from nlp.annotation import CONCRETE, STATUSES
from nlp.lexicon.judgement import topics
from nlp.training.verdicts import INVENTED

LEAST_WORDS = 35


def articles() -> list[dict[str, Any]]:
    lines = [line for path in INVENTED for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def test_every_article_can_be_learnt_from() -> None:
    for article in articles():
        gold = article["gold"]
        assert article["title"].strip() == article["title"] != ""
        assert len(article["text"].split()) >= LEAST_WORDS, article["id"]
        assert gold["status"] in STATUSES
        assert set(gold["topics"]) <= topics().keys(), article["id"]
        assert gold["election"] == (gold["status"] != "bukan_pemilu"), article["id"]
        assert gold["alert"] >= (gold["status"] in CONCRETE), article["id"]


def test_no_article_is_told_twice() -> None:
    found = articles()
    for key in ("id", "title", "text"):
        assert len({article[key] for article in found}) == len(found), key


def test_all_statuses_and_most_topics_are_told_of() -> None:
    found = articles()
    statuses = Counter(article["gold"]["status"] for article in found)
    assert all(statuses[status] >= len(found) / 40 for status in STATUSES[:-1]), statuses
    told = {topic for article in found for topic in article["gold"]["topics"]}
    assert len(told) >= 0.9 * len(topics())
