"""The article store: versions, both indexes, and the same rows whatever the order of visits."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db.articles import (
    ExtractedArticle,
    Visit,
    article_key,
    mark_gone,
    rebuild_stems,
    remove,
    save,
    save_history,
)
from db.base import Home

URL = "https://contoh.example/berita/1/judul"
ARTICLE = ExtractedArticle(
    url=URL,
    outlet_id="contoh.example",
    title="Camat Dilaporkan ke Bawaslu",
    text="Warga melaporkan camat karena mengarahkan dukungan.",
    extractor="wordpress 2",
    published_at="2024-10-07T13:05:00+08:00",
    published_from="json-ld",
)
EDITED = replace(ARTICLE, text="Warga mencabut laporan atas camat itu.")
DAYS = ("2024-10-07T06:00:00+00:00", "2024-10-08T06:00:00+00:00", "2024-10-09T06:00:00+00:00")


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """A base that knows one outlet and three fetches of one page."""
    berita = Home(tmp_path / "berita.db").open_berita()
    berita.table("outlets").insert(
        {
            "id": "contoh.example",
            "name": "Contoh",
            "network": "wordpress",
            "kind": "lokal",
            "timezone": "Asia/Makassar",
        }
    )
    berita.table("fetches").insert_all(
        {
            "id": number,
            "outlet_id": "contoh.example",
            "url": URL,
            "kind": "page",
            "status": 200,
            "fetched_at": day,
            "warc_file": "a.warc.gz",
            "warc_offset": number,
        }
        for number, day in enumerate(DAYS, start=1)
    )
    return berita


def found_by_root(db: Database, query: str) -> list[int]:
    rows = db.execute("SELECT rowid FROM articles_stems WHERE articles_stems MATCH ?", [query])
    return [row[0] for row in rows.fetchall()]


def rows_of(db: Database) -> list[dict[str, Any]]:
    return [*db["articles"].rows, *db["article_versions"].rows]


def test_first_visit_makes_a_new_article(db: Database) -> None:
    assert save(db, ARTICLE, 1, DAYS[0]) == "new"
    row = db.table("articles").get(1)
    assert (row["key"], row["version"], row["published_from"]) == (article_key(URL), 1, "json-ld")


def test_a_visit_that_finds_the_same_text_only_moves_last_seen(db: Database) -> None:
    save(db, ARTICLE, 1, DAYS[0])
    assert save(db, ARTICLE, 2, DAYS[1]) == "same"
    row = db.table("articles").get(1)
    assert (row["first_seen_at"], row["last_seen_at"], row["fetch_id"]) == (DAYS[0], DAYS[1], 1)
    assert db["article_versions"].count == 1


def test_an_edit_is_a_version_and_both_indexes_follow(db: Database) -> None:
    save(db, ARTICLE, 1, DAYS[0])
    assert save(db, EDITED, 2, DAYS[1]) == "version"
    texts = [row["text"] for row in db["article_versions"].rows_where(order_by="number")]
    assert texts == [ARTICLE.text, EDITED.text]
    assert found_by_root(db, "cabut") == [1]
    assert found_by_root(db, "arah") == []
    assert [row["title"] for row in db.table("articles").search("mencabut")] == [ARTICLE.title]
    assert list(db.table("articles").search("mengarahkan")) == []


def test_an_edit_that_is_taken_back_is_a_third_version(db: Database) -> None:
    for number, article in enumerate([ARTICLE, EDITED, ARTICLE], start=1):
        save(db, article, number, DAYS[number - 1])
    assert db["article_versions"].count == 3


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_order_of_arrival_does_not_matter(db: Database, order: tuple[int, ...]) -> None:
    visits = [
        Visit(article, number, DAYS[number - 1])
        for number, article in enumerate([ARTICLE, EDITED, EDITED], start=1)
    ]
    save_history(db, visits)
    expected = rows_of(db)
    remove(db, URL)
    for index in order:
        save_history(db, [*visits[: index + 1]])
    save_history(db, [visits[index] for index in order])
    found = rows_of(db)
    for row in [*expected, *found]:
        row.pop("id")
    assert found == expected


def test_changed_text_drops_the_annotation_made_from_the_old_one(db: Database) -> None:
    save(db, ARTICLE, 1, DAYS[0])
    db.table("annotations").insert(
        {
            "article_id": 1,
            "version": 1,
            "election": 1,
            "status": "dugaan",
            "alert": 1,
            "rules_version": "x",
            "annotated_at": DAYS[0],
        }
    )
    save(db, ARTICLE, 2, DAYS[1])
    assert db["annotations"].count == 1
    save(db, EDITED, 3, DAYS[2])
    assert db["annotations"].count == 0


def test_gone_is_noted_once_and_forgotten_when_the_page_returns(db: Database) -> None:
    save(db, ARTICLE, 1, DAYS[0])
    assert mark_gone(db, URL, DAYS[1])
    assert not mark_gone(db, URL, DAYS[2])
    assert db.table("articles").get(1)["gone_at"] == DAYS[1]
    save(db, ARTICLE, 3, DAYS[2])
    assert db.table("articles").get(1)["gone_at"] is None


def test_an_answer_older_than_the_last_visit_is_not_gone(db: Database) -> None:
    save(db, ARTICLE, 2, DAYS[1])
    assert not mark_gone(db, URL, DAYS[0])
    assert not mark_gone(db, "https://contoh.example/tidak-dikenal", DAYS[2])


def test_removed_article_leaves_no_trace_in_the_indexes(db: Database) -> None:
    save(db, ARTICLE, 1, DAYS[0])
    assert remove(db, URL)
    assert not remove(db, URL)
    assert found_by_root(db, "lapor") == []
    assert list(db.table("articles").search("warga")) == []
    assert db["article_versions"].count == 0


def test_roots_of_another_stemmer_are_rebuilt(db: Database) -> None:
    save(db, ARTICLE, 1, DAYS[0])
    with db.atomic():
        db.execute("INSERT INTO articles_stems (articles_stems) VALUES ('delete-all')")
        db.execute("UPDATE settings SET value = 'lama' WHERE key = 'stems_version'")
    assert found_by_root(db, "lapor") == []
    assert rebuild_stems(db)
    assert found_by_root(db, "lapor") == [1]
    assert not rebuild_stems(db)


def test_a_failure_inside_leaves_neither_row_nor_index(db: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        save(db, replace(ARTICLE, outlet_id="tidak.dikenal"), 1, DAYS[0])
    assert db["articles"].count == 0
    assert found_by_root(db, "lapor") == []
