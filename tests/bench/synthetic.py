"""Invented articles in any number, and bases full of them.

The text is sentences of the sample articles, shuffled; place, people and theme are drawn anew, so
that most articles are events of their own; a quarter tell an earlier one with half or more of its
sentences, as in real news. Every article depends on its number alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from crawler.demo import library
from db import derived, fetches, reference
from db.articles import ExtractedArticle, save
from db.base import writing
from db.fetches import Fetch
from nlp.annotation import Article
from nlp.lexicon import regions
from nlp.lexicon.judgement import topics
from tests.db.conftest import annotation

PER_DAY: Final = 50
"""Articles of one day: a base grows by days, as a real one does."""

_START: Final = datetime(2022, 1, 1, 6, tzinfo=ZoneInfo("Asia/Jakarta"))
_OUTLETS: Final = 40
_SENTENCES: Final = (8, 20)  # of an article, as in the sample articles
_RETOLD: Final = 0.25  # share of articles that tell an event of the days before once more
_LAG: Final = 3  # days within which an event is told again
_STATUSES: Final = ("dugaan", "proses", "terbukti", "pencegahan", "netral", "rekap")
_END_OF_SENTENCE: Final = re.compile(r'(?<=[.!?”"])\s+(?=[A-Z“"])')
_GIVEN: Final = (
    "Arbain Dewi Fauzan Hasnah Ismail Kartini Lukman Marta Nurdin Rahmat Sulastri Yohanes"
)
_FAMILY: Final = "Anggraini Batubara Halidi Kobogau Lenggana Mahmud Palandi Sanjaya Tenriola Wonda"


@dataclass(frozen=True)
class Synthetic:
    """One invented article with the facts that a base keeps of it."""

    number: int
    title: str
    text: str
    published_at: datetime
    status: str
    topic: str
    region: str
    people: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://{_outlet(self.number)}/berita/{self.number}/judul"

    def as_input(self) -> Article:
        """The article as the language room takes it."""
        return Article(
            id=str(self.number),
            title=self.title,
            text=self.text,
            published_at=self.published_at.isoformat(),
        )


def article(number: int) -> Synthetic:
    """The article of that number."""
    dice = random.Random(number)
    event = random.Random(_event(number, dice))
    whole = event.sample(_sentences(), event.randint(*_SENTENCES))
    sentences = dice.sample(whole, dice.randint(len(whole) // 2, len(whole)))
    return Synthetic(
        number=number,
        title=event.choice(library.articles()).title,
        text="\n\n".join(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)),
        published_at=_START + timedelta(days=number / PER_DAY),
        status=event.choice(_STATUSES),
        topic=event.choice(sorted(topics())),
        region=event.choice(_districts()),
        people=tuple(
            f"{event.choice(_GIVEN.split())} {event.choice(_FAMILY.split())}" for _ in range(3)
        ),
    )


def articles(count: int) -> Iterator[Synthetic]:
    """The first `count` articles."""
    return map(article, range(count))


def store(db: Database, numbers: Iterable[int]) -> None:
    """Put articles with their judgement into a base, in one transaction."""
    reference.load(db)
    _store_outlets(db)
    with writing(db):
        for made in map(article, numbers):
            _store(db, made)


def _store(db: Database, made: Synthetic) -> None:
    at = made.published_at.isoformat()
    outlet = _outlet(made.number)
    fetch_id = fetches.record(db, Fetch(outlet, made.url, "page", at, status=200))
    extracted = ExtractedArticle(made.url, outlet, made.title, made.text, "uji 1", published_at=at)
    save(db, extracted, fetch_id, at)
    (article_id,) = db.execute("SELECT id FROM articles WHERE url = ?", [made.url]).fetchone()
    facts = annotation(
        made.text,
        status=made.status,
        topic=made.topic,
        region=made.region,
        people=made.people,
        dates=(at[:10],),
    )
    derived.write(db, article_id, 1, facts, at)


def _store_outlets(db: Database) -> None:
    fetches.save_outlets(
        db,
        [
            {
                "id": _outlet(number),
                "name": f"Kabar {number}",
                "network": "generic",
                "kind": "lokal",
                "province_code": None,
                "timezone": "Asia/Jakarta",
            }
            for number in range(_OUTLETS)
        ],
    )


def _event(number: int, dice: random.Random) -> int:
    """The number of the event that an article tells of: its own, or an earlier one."""
    return number - dice.randint(1, _LAG * PER_DAY) if dice.random() < _RETOLD else number


def _outlet(number: int) -> str:
    return f"kabar{number % _OUTLETS}.example"


@cache
def _sentences() -> list[str]:
    paragraphs = (p for sample in library.articles() for p in sample.text.split("\n\n"))
    return [sentence for p in paragraphs for sentence in _END_OF_SENTENCE.split(p)]


@cache
def _districts() -> list[str]:
    return [code for code, entry in regions().items() if entry.level != "provinsi"]
