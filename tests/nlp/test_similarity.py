"""Same event or not, scored on the sample articles with their gold facts."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from nlp import similarity
from nlp.lexicon.judgement import topics
from nlp.similarity import Fingerprint

ARTICLES = Path(__file__).parents[2] / "crawler" / "demo" / "articles"
TEXT = (
    "Pengawas menghentikan pikap berisi 180 paket sembako di Desa Loa Pelita pada Minggu malam. "
    "Di dalam mobil itu ada 47 amplop berisi uang seratus ribu rupiah dan stiker pasangan calon."
)


def made(title: str = "Sembako di Loa Pelita", text: str = TEXT, **changed: Any) -> Fingerprint:
    facts: dict[str, Any] = {
        "day": 738_000,
        "region": "64.02",
        "regions": ["64", "64.02"],
        "theme": "politik_uang",
        "dates": [],
    }
    return similarity.fingerprint(title, text, **{**facts, **changed})


def score(a: Fingerprint, b: Fingerprint) -> float:
    return similarity.score(a, b, similarity.overlap(a, b))


def gold(path: Path) -> tuple[str, Fingerprint]:
    article = tomllib.loads(path.read_text("utf-8"))
    facts = article["gold"]
    themes = [topics()[topic].theme for topic in facts["topics"]]
    return article["event"], made(
        article["title"],
        article["body"],
        day=article["published_at"].date().toordinal(),
        region=facts["region"] or None,
        regions=facts["regions"],
        theme=themes[0] if themes else None,
        dates=facts["dates"],
    )


def test_pairs_of_one_event_are_told_from_all_others() -> None:
    articles = [gold(path) for path in sorted(ARTICLES.glob("*.toml"))]
    right = wrong = missed = unfound = 0
    for (event, a), (other, b) in combinations(articles, 2):
        same, judged = bool(event) and event == other, score(a, b) >= similarity.same_event()
        right += same and judged
        wrong += judged and not same
        missed += same and not judged
        unfound += same and len(similarity.features(a) & similarity.features(b)) < 3
    assert right >= 30
    assert 2 * right / (2 * right + wrong + missed) >= 0.97
    assert unfound == 0


def test_it_does_not_matter_which_article_comes_first() -> None:
    a, b = made(), made("Sembako Disita", TEXT.replace("Minggu", "Senin"), theme=None)
    assert score(a, b) == score(b, a)
    assert similarity.overlap(a, b) == similarity.overlap(b, a)


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"region": None, "regions": []}, True),
        ({"region": "64", "regions": ["64"]}, True),
        ({"region": "64.03", "regions": ["64.03"]}, False),
        ({"region": "64.03", "regions": ["64.02", "64.03"]}, False),
        ({"region": "33", "regions": ["33"]}, False),
        ({"day": 738_002}, True),
        ({"day": 738_030}, False),
    ],
)
def test_an_account_in_other_words(changed: dict[str, Any], same: bool) -> None:
    told = (
        "Paket sembako sebanyak 180 buah dan 47 amplop uang ditemukan dalam pikap yang dicegat "
        "pengawas di Loa Pelita. Stiker pasangan calon ikut terselip."
    )
    other = made("Pikap Sembako Dicegat di Loa Pelita", told, **changed)
    assert (score(made(), other) >= similarity.same_event()) is same


def test_a_press_release_with_a_line_added_is_a_copy() -> None:
    a, b = made(), made("Judul Lain", TEXT + " Berita ini sudah dikonfirmasi.")
    wording = similarity.overlap(a, b)
    assert similarity.is_copy(wording, a, b)
    assert similarity.score(a, b, wording) == 1.0


def test_the_same_form_filled_in_for_another_kabupaten_is_no_copy() -> None:
    a = made()
    b = made(text=TEXT.replace("Loa Pelita", "Gunung Tabur"), region="64.03", regions=["64.03"])
    assert not similarity.is_copy(similarity.overlap(a, b), a, b)


def test_a_fingerprint_survives_being_stored() -> None:
    a = made(title="“Kuwu” & camat", region=None, theme=None)
    assert Fingerprint.load(a.dump()) == a


def test_an_empty_article_is_like_nothing() -> None:
    empty = made("", "", region=None, regions=[], theme=None)
    assert score(empty, empty) < similarity.same_event()
    assert score(empty, made()) < similarity.same_event()
