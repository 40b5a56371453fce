"""The contract: every field on any input, every span inside the text, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.annotate import RULES_VERSION, annotate, check
from nlp.annotation import Annotation, Article

WORDS = [
    "Bupati", "Kukar", "Edi Suharto", "mengatakan", "“", "”", '"', ",", ".", "\n", "\n\n", "(", ")",
    "9/12", "Rabu", "Rp 50", "ribu", "dua", "persen", "Plt", "Kepala Dinas", "Ketua", "Bawaslu",
    "-", "Desa", "H.", "S.H.", "katanya", "<p>", "&nbsp;", "\u2028", "1.", "KM", "berinisial", "Di",
    "Paslon nomor urut 1", "A-B", "İ", "H-3", "Menurut", "dan", "Camat", "0906/Tgr", "antara",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
)


def article(text: str, **more: Any) -> Article:
    return check({"id": "a", "text": text, **more})


def spans(found: Annotation) -> Iterator[list[int]]:
    for row in (*found["officials"], *found["people"], *found["regions"]):
        yield from row["spans"]
    yield from (row["span"] for row in (*found["figures"], *found["dates"], *found["quotes"]))
    for topic in found["topics"]:
        yield from topic["evidence"]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_span_is_inside_the_text(text: str) -> None:
    (found,) = annotate([article(text, published_at="2020-09-24", title=text[:40])])
    for start, end in spans(found):
        assert start >= 0
        assert start < end <= len(text)
        assert text[start:end].strip()


def test_answers_come_in_order_with_every_field() -> None:
    articles = [
        check({"id": str(number), "text": "Bawaslu Berau " * number}) for number in range(5)
    ]
    found = list(annotate(articles))
    assert [row["id"] for row in found] == ["0", "1", "2", "3", "4"]
    assert all(set(row) == set(Annotation.__annotations__) for row in found)
    assert {row["rules_version"] for row in found} == {RULES_VERSION}


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("teks", "bukan objek JSON"),
        ({"id": "1"}, "text tidak ada"),
        ({"id": 1, "text": ""}, "id tidak ada"),
        ({"id": "1", "text": "", "title": 5}, "title bukan teks"),
        ({"id": "1", "text": "", "published_at": "kemarin"}, "published_at bukan tanggal"),
    ],
)
def test_a_bad_record_is_refused_in_indonesian(record: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        check(record)


def test_html_left_in_moves_no_span() -> None:
    text = "<p>Ketua <b>Bawaslu</b> Kukar&nbsp;Edi Suharto</p><p>Ada 12 orang.</p>"
    (found,) = annotate([article(text)])
    start, end = found["officials"][0]["spans"][0]
    assert text[start:end] == "Edi Suharto"
    assert found["figures"][0]["value"] == 12


def test_a_very_long_text_is_answered() -> None:
    sentence = (
        "Ketua KPU Berau Edi Suharto mengatakan ada 12 orang di Kukar, Rabu (9/12). “Kami siap. "
    )
    (found,) = annotate([article(sentence * 3_000, published_at="2020-12-10")])
    assert len(found["figures"]) == 3_000
    assert [o["name"] for o in found["officials"]] == ["Edi Suharto"]


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\n", "...", "“", "1234567890", "The vote was held."]
)
def test_empty_and_foreign_texts_give_no_facts(text: str) -> None:
    (found,) = annotate([article(text)])
    assert [found["officials"], found["people"], found["regions"], found["quotes"]] == [[]] * 4
