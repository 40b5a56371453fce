"""The invented example sentences of every topic and class, each judged as an article of its own."""

from __future__ import annotations

from functools import cache

from nlp.annotation import CONCRETE
from nlp.lexicon.judgement import examples
from tests.nlp.judging import judge

STATUSES = {
    "dugaan_temuan": CONCRETE,
    "pencegahan": ("pencegahan",),
    "penjelasan_hukum": ("pencegahan",),
    "bantahan": ("tidak_terbukti",),
    "statistik": ("rekap",),
}
CLASS_FLOOR = 0.95
TOPIC_FLOOR = 0.89


@cache
def answers() -> list[tuple[bool, bool, str]]:
    """Class right, main topic right, and a line that tells what came out."""
    found = []
    for topic, kind, sentence in examples():
        answer = judge(sentence)
        main = answer["topics"][0]["topic"] if answer["topics"] else None
        line = f"{topic}/{kind} -> {main}/{answer['status']}: {sentence}"
        found.append((answer["status"] in STATUSES[kind], main == topic, line))
    return found


def test_there_are_all_of_them() -> None:
    assert len(answers()) == 408


def test_classes() -> None:
    misses = [line for right, _, line in answers() if not right]
    assert 1 - len(misses) / len(answers()) >= CLASS_FLOOR, "\n".join(misses)


def test_main_topics() -> None:
    misses = [line for _, right, line in answers() if not right]
    assert 1 - len(misses) / len(answers()) >= TOPIC_FLOOR, "\n".join(misses)
