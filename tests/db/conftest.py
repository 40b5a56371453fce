"""A small newsroom: real bases in a temporary folder, filled with invented articles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db import derived, reference
from db.articles import ExtractedArticle, article_key, save
from db.base import Home
from db.decisions import corrections
from db.people import people
from db.stories import stories
from nlp.annotation import Annotation
from nlp.lexicon.judgement import topics

AT = "2024-11-30T00:00:00+00:00"
RULES = "uji"


@dataclass
class Newsroom:
    """`add` stores an article with a judgement; `group` brings the stories up to date."""

    home: Home
    db: Database
    meja: Database

    def add(
        self,
        name: str,
        title: str,
        text: str,
        *,
        published: str | None = "2024-10-07T08:00:00+07:00",
        outlet: str = "kabar.example",
        **judged: Any,
    ) -> str:
        """Key of the article `https://<outlet>/<name>`; `judged` as for `annotation`."""
        key = self.store(name, title, text, published=published, outlet=outlet)
        self.judge(key, annotation(text, **judged))
        return key

    def store(
        self,
        name: str,
        title: str,
        text: str,
        *,
        published: str | None = "2024-10-07T08:00:00+07:00",
        outlet: str = "kabar.example",
    ) -> str:
        self._outlet(outlet)
        url = f"https://{outlet}/{name}"
        fetch = self._fetch(outlet, url)
        article = ExtractedArticle(
            url=url,
            outlet_id=outlet,
            title=title,
            text=text,
            extractor="uji 1",
            published_at=published,
        )
        save(self.db, article, fetch, AT)
        return article_key(url)

    def judge(self, key: str, found: Annotation) -> None:
        row = self.article(key)
        with self.db.atomic():
            derived.write(self.db, row["id"], row["version"], found, AT)
            corrections.apply(self.db, row["id"], corrections.of_article(self.meja, key))
            people.link(self.db, row["id"], people.groupings(people.decided(self.meja)))

    def article(self, key: str) -> dict[str, Any]:
        return next(iter(self.db.query("SELECT * FROM articles WHERE key = ?", [key])))

    def group(self) -> set[frozenset[str]]:
        """Bring the stories up to date; the article keys of each."""
        stories.group(self.db, self.meja)
        return self.stories()

    def stories(self) -> set[frozenset[str]]:
        found: dict[int, set[str]] = {}
        for story, key in self.db.execute(
            "SELECT story_id, key FROM story_articles JOIN articles ON id = article_id"
        ):
            found.setdefault(story, set()).add(key)
        return {frozenset(keys) for keys in found.values()}

    def decide(self, noun: str, action: str, key_a: str, key_b: str) -> None:
        self.meja.table("groupings").insert(
            {
                "noun": noun,
                "action": action,
                "key_a": key_a,
                "key_b": key_b,
                "actor": "sari",
                "at": AT,
            }
        )

    def correct(self, key: str, field: str, value: str | None) -> None:
        self.meja.table("corrections").insert(
            {"article_key": key, "field": field, "new_value": value, "actor": "sari", "at": AT}
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.db.execute(query).fetchall()

    def _outlet(self, outlet: str) -> None:
        row = {
            "id": outlet,
            "name": outlet.partition(".")[0].title(),
            "network": "wordpress",
            "kind": "lokal",
            "timezone": "Asia/Jakarta",
        }
        self.db.table("outlets").insert(row, ignore=True)

    def _fetch(self, outlet: str, url: str) -> int:
        count = self.db.execute("SELECT count(*) FROM fetches").fetchone()[0]
        row = {
            "outlet_id": outlet,
            "url": url,
            "kind": "page",
            "fetched_at": AT,
            "status": 200,
            "warc_file": "a.warc.gz",
            "warc_offset": count,
        }
        return int(self.db.table("fetches").insert(row).last_pk or 0)


def annotation(
    text: str,
    *,
    status: str = "dugaan",
    topic: str | None = "politik_uang",
    region: str | None = "64.02",
    people: tuple[str, ...] = (),
    officials: tuple[tuple[str, str], ...] = (),
    stage: str | None = None,
    sentence: str | None = None,
    dates: tuple[str, ...] = (),
) -> Annotation:
    """A judgement as the language room would give it. `officials` are (name, position)."""
    concrete = status in ("dugaan", "proses", "terbukti")
    start = text.find(sentence) if sentence else 0
    end = start + len(sentence) if sentence else len(text.partition(".")[0]) + 1
    theme = topics()[topic].theme if topic else ""
    return {
        "id": "",
        "election": status != "bukan_pemilu",
        "status": status,
        "alert": concrete,
        "topics": [{"topic": topic, "theme": theme, "score": 0.9, "evidence": [[start, end]]}]
        if topic
        else [],
        "officials": [
            {
                "name": name,
                "position": position,
                "institution": None,
                "region": region,
                "acting": None,
                "spans": [[0, 4]],
            }
            for name, position in officials
        ],
        "people": [{"name": name, "role": None, "spans": [[0, 4]]} for name in people],
        "figures": [],
        "regions": [{"code": region, "name": "", "main": True, "spans": [[0, 4]], "localities": []}]
        if region
        else [],
        "dates": [{"date": date, "span": [0, 4], "doubt": False} for date in dates],
        "quotes": [],
        "violations": [
            {
                "topic": topic,
                "status": status,
                "stage": stage,
                "actors": list(people),
                "region": region,
                "date": None,
                "keywords": [],
                "evidence": [start, end],
                "norms": [],
            }
        ]
        if topic and concrete
        else [],
        "reasons": [],
        "rules_version": RULES,
    }


def derived_rows(db: Database) -> dict[str, list[str]]:
    """Everything derived, without row numbers and times: two bases that agree are equal."""
    key = "(SELECT key FROM articles WHERE id = t.article_id)"
    person = "(SELECT key FROM people WHERE id = t.person_id)"
    found: dict[str, list[str]] = {}
    for table in (*derived.DERIVED, "story_articles", "alerts", "quiet_matches"):
        columns = [
            column.name
            for column in db.table(table).columns
            if column.name not in ("id", "article_id", "person_id", "story_id", "copy_of")
            and not column.name.endswith("at")
        ]
        extra = person if "person_id" in db.table(table).columns_dict else "''"
        rows = db.execute(
            f"SELECT {key}, {extra}, {', '.join(columns)} FROM {table} t"  # noqa: S608
        )
        found[table] = sorted(json.dumps(row) for row in rows)
    found["stories"] = sorted(
        json.dumps(row) for row in db.execute("SELECT key, title, articles, accounts FROM stories")
    )
    found["people"] = sorted(json.dumps(row) for row in db.execute("SELECT key, name FROM people"))
    return found


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    home = Home(tmp_path / "berita.db")
    made = Newsroom(home, home.open_berita(), home.open_meja())
    reference.load(made.db)
    return made
