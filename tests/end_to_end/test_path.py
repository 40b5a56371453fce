"""The whole path on the sample outlets: crawl, extract, analyse, alert, search, by command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.demo.library import SampleArticle, articles, url
from crawler.demo.server import SampleServer, serving
from tests.end_to_end.conftest import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, server: SampleServer) -> Desk:
    """A desk at the end of the first day."""
    made = Desk(tmp_path_factory.mktemp("path"), server)
    for command in ("crawl", "extract", "analyse", "alert"):
        made.run(command)
    return made


@pytest.mark.parametrize("sample", articles(), ids=lambda a: a.id)
def test_extraction_gives_exactly_the_article(desk: Desk, sample: SampleArticle) -> None:
    row = desk.rows(
        "SELECT title, published_at, author, published_is_guess, text FROM articles WHERE url = ?",
        url(sample),
    )
    assert row, f"{url(sample)} is lost"
    title, published, author, guess, text = row[0]
    assert (title, author, guess) == (sample.title, sample.author, 0)
    assert published == sample.published_at.isoformat()
    assert str(text).replace("\n\n", "\n").endswith(sample.text.replace("\n\n", "\n"))


def test_nothing_but_the_articles_is_stored(desk: Desk) -> None:
    assert desk.rows("SELECT count(*) FROM articles") == [(len(articles()),)]


def test_every_response_is_archived_with_hash_time_and_status(desk: Desk) -> None:
    gaps = desk.rows(
        "SELECT url FROM fetches WHERE status = 200 AND error IS NULL "
        "AND (sha256 IS NULL OR warc_file IS NULL OR fetched_at IS NULL)"
    )
    assert gaps == []
    files = {str(name) for (name,) in desk.rows("SELECT DISTINCT warc_file FROM fetches") if name}
    assert files
    assert all((desk.folder / "arsip" / name).exists() for name in files)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/pilkada/9000000001/peladen-bermasalah", "500"),
        ("/pilkada/9000000002/lingkaran-alih", "pengalihan"),
        ("/pilkada/9000000003/halaman-raksasa", "besar"),
        ("/redaksi/catatan-rapat-redaksi-pagi/", "robots.txt"),
    ],
)
def test_what_went_wrong_is_kept_with_its_reason(desk: Desk, path: str, reason: str) -> None:
    rows = desk.rows("SELECT coalesce(error, status) FROM fetches WHERE url LIKE ?", f"%{path}")
    assert rows
    assert any(reason in str(error) for (error,) in rows)


def test_a_closed_folder_is_not_entered(server: SampleServer, desk: Desk) -> None:
    assert not [seen for seen in server.visits if "/redaksi/" in seen]
    assert desk.rows("SELECT count(*) FROM articles WHERE url LIKE '%/redaksi/%'") == [(0,)]


def test_twins_are_fetched_once(desk: Desk) -> None:
    twins = "SELECT url FROM fetches WHERE url LIKE '%/amp/%' OR url LIKE '%utm_%'"
    assert desk.rows(twins) == []


def test_a_second_crawl_fetches_no_article_and_stores_nothing(
    server: SampleServer, desk: Desk
) -> None:
    before = dict(server.visits)
    stored = desk.rows("SELECT count(*) FROM fetches WHERE kind = 'page' AND status = 200")
    desk.run("crawl")
    again = {seen for seen, count in server.visits.items() if count > before.get(seen, 0)}
    assert not again & {url(sample) for sample in articles()}
    assert desk.rows("SELECT count(*) FROM fetches WHERE kind = 'page' AND status = 200") == stored


def test_alerts_are_one_per_story_watch_and_stage_with_their_sentence(desk: Desk) -> None:
    doubled = desk.rows(
        "SELECT story_id, watch_key, stage FROM alerts GROUP BY 1, 2, 3 HAVING count(*) > 1"
    )
    assert doubled == []
    rows = desk.rows(
        "SELECT alerts.sentence, alerts.span, articles.text FROM alerts "
        "JOIN articles ON articles.id = alerts.article_id"
    )
    assert rows
    for sentence, span, text in rows:
        start, end = json.loads(str(span))
        assert str(text)[start:end] == sentence


def test_prevention_does_not_ring(desk: Desk) -> None:
    rung = {str(address) for (address,) in desk.rows(
        "SELECT url FROM articles JOIN alerts ON alerts.article_id = articles.id"
    )}  # fmt: skip
    quiet = [a for a in articles() if a.gold["status"] == "pencegahan"]
    wrong = [a.id for a in quiet if url(a) in rung]
    assert len(wrong) <= len(quiet) * 0.15, wrong


def test_search_as_json(desk: Desk) -> None:
    found = json.loads(desk.run("search", "netralitas lurah", "--json").stdout)
    assert found
    assert {"url", "title", "snippet", "score"} <= found[0].keys()


def test_a_hostile_query_is_refused_in_words(desk: Desk) -> None:
    told = desk.run("search", 'DEKAT/ "tak selesai', expect=1).stderr
    assert told.startswith("Error: ")
    assert "sqlite" not in told.casefold()


def test_explain_names_the_cues(desk: Desk) -> None:
    case = next(a for a in articles() if a.gold["alert"])
    told = desk.run("explain", url(case)).stdout
    assert "Status:" in told
    assert "Alarm:" in told


def test_extraction_again_from_the_archive_alone(
    desk: Desk, tmp_path: Path, server: SampleServer
) -> None:
    """Without berita.db the archive gives back every article, and no request is made."""
    other = Desk(tmp_path / "rebuilt", server)
    (other.folder / "arsip").symlink_to(desk.folder / "arsip", target_is_directory=True)
    before = sum(server.visits.values())
    other.run("extract", "--rerun")
    content = "SELECT key, url, title, text, published_at, version FROM articles ORDER BY key"
    assert other.rows(content) == desk.rows(content)
    assert sum(server.visits.values()) == before


def test_the_second_day(tmp_path: Path) -> None:
    """An edit becomes a version, a withdrawn article stays readable and is marked."""
    edited = next(a for a in articles() if a.edited_body)
    gone = next(a for a in articles() if a.gone)
    with serving() as own:
        desk = Desk(tmp_path / "days", own)
        only = ("crawl", "--only", edited.outlet, "--only", gone.outlet)
        desk.run(*only)
        desk.run("extract")
        own.second_visit()
        desk.run(*only, "--recheck")
        desk.run("extract")
    assert desk.rows("SELECT version FROM articles WHERE url = ?", url(edited)) == [(2,)]
    texts = desk.rows(
        "SELECT v.text FROM article_versions v JOIN articles a ON a.id = v.article_id "
        "WHERE a.url = ? ORDER BY number",
        url(edited),
    )
    assert len(texts) == 2
    assert texts[0] != texts[1]
    row = desk.rows("SELECT gone_at IS NOT NULL, text FROM articles WHERE url = ?", url(gone))
    assert row[0][0] == 1
    assert str(row[0][1]).endswith(gone.text.split("\n\n")[-1])
