"""The sample articles keep what their gold answers claim, and are as varied as promised.

The gold answers are read from the text alone, in the shape of the language contract. Conventions:
`figures` holds every number that counts or measures, in digits or words, but no date, time, age,
article, ballot or TPS number; an official named with a candidacy has `acting` "calon"; names carry
no degree and no rank.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.demo.library import FOLDER, SampleArticle, articles, sites
from nlp.annotation import CONCRETE, STATUSES
from nlp.lexicon import regions, table

ARTICLES = articles()
BY_ID = {article.id: article for article in ARTICLES}
TOPICS = {topic["id"]: topic["tema"] for topic in table("topics")["topik"]}
STAGES = {stage["id"] for stage in table("stages")["tahap"]}
ACTING = {"", "Plt", "Plh", "Pj", "Pjs", "nonaktif", "mantan", "terpilih", "calon", "bakal_calon"}
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
WEEKDAY = re.compile(
    rf"({'|'.join(DAYS)}),? "
    rf"(?:\((\d+)/(\d+)(?:/(\d{{4}}))?\)|(\d+) ({'|'.join(MONTHS)})(?: (\d{{4}}))?)"
)
ONES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SMALL = {word: number for number, word in enumerate((*ONES, "sepuluh", "sebelas"), start=1)}
SCALE = {"belas": 1, "puluh": 10, "ribu": 1e3, "juta": 1e6, "miliar": 1e9, "triliun": 1e12, "": 1}
NUMBER = re.compile(
    rf"(?<![\w.,])(?:rp ?)?(\d[\d.]*(?:,\d+)?|{'|'.join(SMALL)})(?: ({'|'.join(SCALE)}))?\b", re.I
)
MINIMUM = {
    "dugaan": 20,
    "proses": 18,
    "terbukti": 12,
    "tidak_terbukti": 10,
    "rekap": 8,
    "pencegahan": 16,
    "netral": 10,
    "bukan_pemilu": 6,
}

each = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)


def reading(article: SampleArticle) -> str:
    """All a reader sees of the article itself."""
    return f"{article.title}\n{article.text}"


def named(article: SampleArticle) -> list[str]:
    return [*(official["name"] for official in article.gold["officials"]), *article.gold["people"]]


def value(number: re.Match[str]) -> float:
    digits, scale = number[1].lower(), (number[2] or "").lower()
    plain = float(SMALL.get(digits) or digits.rstrip(".").replace(".", "").replace(",", "."))
    return plain + 10 if scale == "belas" else plain * SCALE[scale]


def weekdays(article: SampleArticle) -> list[tuple[str, date]]:
    """Each weekday of the text with the date written beside it."""
    found = []
    for match in WEEKDAY.finditer(f"{reading(article)}\n{article.edited_body}"):
        day, month = match[2] or match[5], match[3] or MONTHS.index(match[6]) + 1
        year = match[4] or match[7] or article.published_at.year
        found.append((match[1], date(int(year), int(month), int(day))))
    return found


def is_written(day: date, text: str) -> bool:
    month = MONTHS[day.month - 1]
    form = rf"\b{day.day}(?:/{day.month}\b|(?: (?:hingga|sampai) \d+)? {month})"
    return re.search(form, text) is not None


def test_files_are_named_after_their_article() -> None:
    names = {path.stem for path in (FOLDER / "articles").glob("*.toml")}
    assert names == {f"{article.id}-{article.slug}" for article in ARTICLES}
    assert len(BY_ID) == len(ARTICLES) >= 92


@each
def test_outlet_zone_and_encoding(article: SampleArticle) -> None:
    site = sites()[article.outlet]
    local = article.published_at.astimezone(ZoneInfo(site.outlet.timezone))
    assert local.utcoffset() == article.published_at.utcoffset()
    assert (reading(article) + article.edited_body).encode(site.charset)


@each
def test_identifiers_are_known(article: SampleArticle) -> None:
    gold = article.gold
    places = [*gold["regions"], *(official["region"] for official in gold["officials"])]
    assert {place for place in places if place} <= regions().keys()
    assert gold["region"] in {"", *gold["regions"]}
    assert set(gold["topics"]) <= TOPICS.keys()
    assert gold["stage"] in {"", *STAGES}
    assert {official["acting"] for official in gold["officials"]} <= ACTING


@each
def test_judgement_is_consistent(article: SampleArticle) -> None:
    gold = article.gold
    assert gold["status"] in STATUSES
    assert gold["alert"] == (gold["status"] in CONCRETE)
    assert gold["election"] == (gold["status"] != "bukan_pemilu")
    assert bool(gold["topics"]) == (gold["status"] not in {"netral", "bukan_pemilu"})
    assert bool(gold["stage"]) or not gold["alert"]


@each
def test_weekdays_fit_their_dates(article: SampleArticle) -> None:
    assert [day for day, when in weekdays(article) if DAYS[when.weekday()] != day] == []


@each
def test_gold_dates_are_in_the_text(article: SampleArticle) -> None:
    days = [date.fromisoformat(day) for day in article.gold["dates"]]
    assert [day for day in days if not is_written(day, reading(article))] == []
    assert {when for _, when in weekdays(article)} <= set(days)


@each
def test_gold_names_are_in_the_text(article: SampleArticle) -> None:
    assert [name for name in named(article) if name not in reading(article)] == []
    assert set(article.gold["speakers"]) <= set(named(article))


@each
def test_gold_figures_are_in_the_text(article: SampleArticle) -> None:
    text = reading(article).lower()
    values = {value(number) for number in NUMBER.finditer(text)}
    figures: list[dict[str, Any]] = article.gold["figures"]
    assert [figure for figure in figures if figure["value"] not in values] == []
    words = {"rp" if figure["unit"] == "rupiah" else figure["unit"].lower() for figure in figures}
    assert [word for word in words if word not in text] == []


@each
def test_gold_regions_are_named_in_the_text(article: SampleArticle) -> None:
    entries = [regions()[code] for code in article.gold["regions"]]
    names = [(entry.short_name, entry.name, *entry.aliases) for entry in entries]
    assert [forms for forms in names if not any(form in reading(article) for form in forms)] == []


def test_every_status_outlet_and_province_has_its_share() -> None:
    statuses = Counter(article.gold["status"] for article in ARTICLES)
    assert {
        status: statuses[status] for status in MINIMUM if statuses[status] < MINIMUM[status]
    } == {}
    outlets = Counter(article.outlet for article in ARTICLES)
    assert [outlet for outlet in sites() if outlets[outlet] < 8] == []
    assert len({article.gold["region"][:2] for article in ARTICLES} - {""}) >= 14
    years = {article.published_at.year for article in ARTICLES}
    assert {2020, 2024} <= years


def test_every_topic_is_seen_in_different_statuses() -> None:
    seen = defaultdict(set)
    for article in ARTICLES:
        for topic in article.gold["topics"]:
            seen[topic].add(article.gold["status"])
    assert {topic: seen[topic] for topic in TOPICS if len(seen[topic]) < 2} == {}
    assert {TOPICS[topic] for topic in seen} == set(TOPICS.values())


def test_events_are_told_by_several_outlets_in_their_own_words() -> None:
    told = defaultdict(list)
    for article in ARTICLES:
        if article.event and not article.copy_of:
            told[article.event].append(article)
    sizes = [len({article.text for article in group}) for group in told.values()]
    assert sum(size >= 3 for size in sizes) >= 6
    assert sum(size == 2 for size in sizes) >= 4


def test_one_event_moves_through_its_stages() -> None:
    stages = [a.gold["stage"] for a in ARTICLES if a.event == "tarakan-lurah-2024"]
    assert stages == ["laporan_temuan", "klarifikasi"] + ["rekomendasi_penerusan"] * 2


def test_press_releases_are_copied_word_for_word() -> None:
    copies = [article for article in ARTICLES if article.copy_of]
    assert sorted(Counter(article.copy_of for article in copies).values()) == [2, 2]
    for copy in copies:
        source = BY_ID[copy.copy_of]
        assert (copy.body, copy.gold, copy.event) == (source.body, source.gold, source.event)
        assert copy.outlet != source.outlet


def test_some_articles_have_pages_change_or_vanish() -> None:
    assert sum(len(article.pages()) == 2 for article in ARTICLES) >= 2
    edited = [article for article in ARTICLES if article.edited_body]
    assert edited
    assert all(article.edited_body != article.body for article in edited)
    assert any(article.gone for article in ARTICLES)
