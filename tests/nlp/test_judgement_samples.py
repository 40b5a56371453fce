"""The sample articles against their gold answers."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from nlp.annotation import Annotation
from nlp.lexicon.judgement import stages, topics
from tests.nlp.judging import judge

ARTICLES = Path(__file__).parents[2] / "crawler" / "demo" / "articles"
STATUS_FLOOR, MAIN_FLOOR, ALERT_FLOOR, STAGE_FLOOR = 0.93, 0.92, 0.96, 0.69


@cache
def answers() -> list[tuple[dict[str, Any], Annotation]]:
    articles = [tomllib.loads(path.read_text("utf-8")) for path in sorted(ARTICLES.glob("*.toml"))]
    return [(a, judge(a["body"].strip(), a["title"])) for a in articles if "gold" in a]


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_election() -> None:
    assert all(found["election"] is a["gold"]["election"] for a, found in answers())


def test_status() -> None:
    wrong = [
        f"{a['id']} {a['gold']['status']} -> {found['status']}: {a['title']}"
        for a, found in answers()
        if found["status"] != a["gold"]["status"]
    ]
    assert 1 - len(wrong) / len(answers()) >= STATUS_FLOOR, "\n".join(wrong)


def test_alerts() -> None:
    rung = [a["gold"]["alert"] for a, found in answers() if found["alert"]]
    due = [found["alert"] for a, found in answers() if a["gold"]["alert"]]
    assert share(rung) >= ALERT_FLOOR
    assert share(due) >= ALERT_FLOOR


def test_main_theme() -> None:
    right = [
        bool(found["topics"])
        and found["topics"][0]["theme"] == topics()[a["gold"]["topics"][0]].theme
        for a, found in answers()
        if a["gold"]["topics"]
    ]
    assert share(right) >= MAIN_FLOOR


def test_a_case_is_at_a_stage_that_its_status_can_be_at() -> None:
    cases = [case for _, found in answers() for case in found["violations"] if case["stage"]]
    assert cases
    assert all(case["status"] in stages()[str(case["stage"])].statuses for case in cases)


def test_stage_of_a_case() -> None:
    right = [
        next((case["stage"] for case in found["violations"]), None) == a["gold"]["stage"]
        for a, found in answers()
        if a["gold"].get("stage")
    ]
    assert share(right) >= STAGE_FLOOR
