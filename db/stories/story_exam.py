"""How well the grouping does on labelled articles: the pairs that it puts into one story.

The labels (`nlp.evaluation.labels`) name for each article the `group` that tells of its event. The
stages of one case are one event while no gap between them is longer than the window of
`nlp.similarity`; `near` names the group that an article was chosen to be mistaken for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlite_utils import Database

from db import analysis, fetches, reference
from db.articles import ExtractedArticle, save
from db.base import Home, writing
from db.fetches import Fetch
from nlp.evaluation import labels
from nlp.evaluation.gold import GoldRecord

_OUTLET: Final = "ujian"
_SEEN: Final = "2030-01-01T00:00:00+07:00"
"""All are seen long after they were published, as in an import."""
Titles = tuple[str, str]


@dataclass
class StoryScore:
    """Pairs of articles: `right` ones, and the titles of those put together or left wrongly."""

    articles: int = 0
    groups: int = 0
    right: int = 0
    joined: list[Titles] = field(default_factory=list)
    missed: list[Titles] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return _share(self.right, len(self.joined))

    @property
    def recall(self) -> float:
        return _share(self.right, len(self.missed))

    @property
    def f1(self) -> float:
        return _share(2 * self.right, len(self.joined) + len(self.missed))

    def __str__(self) -> str:
        return (
            f"Cerita: {self.articles} artikel, {self.groups} peristiwa yang diberitakan lebih dari "
            f"sekali. Pasangan artikel: presisi {self.precision:.3f}, temuan {self.recall:.3f}, "
            f"F1 {self.f1:.3f} ({self.right} benar, {len(self.joined)} salah gabung, "
            f"{len(self.missed)} terlewat)."
        )

    def errors(self) -> Iterator[str]:
        """A line for each wrong pair, in Indonesian."""
        for kind, pairs in (("salah gabung", self.joined), ("terlewat", self.missed)):
            for one, other in pairs:
                yield f"{kind}: {one} | {other}"


def examine(label_file: Path, texts: Path, split: str | None = None) -> StoryScore:
    """Judge and group the labelled articles in a base of their own, as any base is grouped.

    Raises `GoldError`.
    """
    records = labels.joined(label_file, texts, split)
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "berita.db")
        db = home.open_berita()
        _fill(db, records)
        analysis.analyse(home)
        story = dict(
            db.execute(
                "SELECT a.url, sa.story_id FROM story_articles sa "
                "JOIN articles a ON a.id = sa.article_id"
            ).fetchall()
        )
        db.close()
    return _score(records, story)


def _fill(db: Database, records: Iterable[GoldRecord]) -> None:
    reference.load(db)
    fetches.save_outlets(
        db,
        [
            {
                "id": _OUTLET,
                "name": "Ujian",
                "network": "generic",
                "kind": "lokal",
                "province_code": None,
                "timezone": "Asia/Jakarta",
            }
        ],
    )
    with writing(db):
        for record in records:
            article = record.article
            at = article.get("published_at")
            url = _address(record)
            fetch = fetches.record(db, Fetch(_OUTLET, url, "page", _SEEN, status=200))
            title = article.get("title") or ""
            read = ExtractedArticle(url, _OUTLET, title, article["text"], _OUTLET, published_at=at)
            save(db, read, fetch, _SEEN)


def _score(records: Iterable[GoldRecord], story: dict[str, int]) -> StoryScore:
    kept = list(records)
    groups = [record.gold["group"] for record in kept]
    score = StoryScore(len(kept), sum(groups.count(name) > 1 for name in set(groups)))
    for one, other in combinations(kept, 2):
        same = one.gold["group"] == other.gold["group"]
        joined = story.get(_address(one), 0) == story.get(_address(other), -1)
        score.right += same and joined
        titles = (one.article.get("title") or "", other.article.get("title") or "")
        if same != joined:
            (score.joined if joined else score.missed).append(titles)
    return score


def _address(record: GoldRecord) -> str:
    return f"https://ujian.example/{record.article['id']}"


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right else 0.0
