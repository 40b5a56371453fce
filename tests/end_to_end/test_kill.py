"""`kill -9` at twenty random moments of crawl, extract and analyse changes nothing in the end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

from crawler.demo.server import SampleServer
from tests.end_to_end.conftest import Desk

KILLS = 20
STEPS = ("crawl", "extract", "analyse", "alert")

FINAL = {
    "articles": "SELECT key, url, title, text, author, published_at, published_from, version, "
    "gone_at IS NOT NULL, extractor FROM articles",
    "versions": "SELECT key, number, v.title, v.text FROM article_versions v "
    "JOIN articles a ON a.id = v.article_id",
    "pages": "SELECT url, kind, page_of, status, sha256 FROM fetches "
    "WHERE kind = 'page' AND status = 200",
    "annotations": "SELECT key, n.version, election, status, alert, topic, region_code, stage, "
    "reasons, rules_version FROM annotations n JOIN articles a ON a.id = n.article_id",
    "officials": "SELECT a.key, p.key, o.name, position, institution, acting, spans "
    "FROM officials o JOIN articles a ON a.id = o.article_id "
    "LEFT JOIN people p ON p.id = person_id",
    "figures": "SELECT key, value, unit, about, span FROM figures f "
    "JOIN articles a ON a.id = f.article_id",
    "stories": "SELECT s.key, a.key, s.articles, s.accounts FROM story_articles "
    "JOIN stories s ON s.id = story_id JOIN articles a ON a.id = article_id",
    "alerts": "SELECT l.watch_key, s.key, l.stage, l.status FROM alerts l "
    "JOIN stories s ON s.id = l.story_id",
    "words": "SELECT count(*) FROM articles_stems WHERE articles_stems MATCH 'netral'",
}
"""What must be the same, by natural key; numbers of rows and clock times may differ."""


def final(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(desk.rows(sql), key=repr) for name, sql in FINAL.items()}


def kill_somewhere(desk: Desk, dice: random.Random) -> None:
    """Start the step that is not finished yet and kill it and its children."""
    step = dice.choice(STEPS[:3])
    process = desk.start(step)
    time.sleep(dice.uniform(0.3, 5.0))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    subprocess.run(["pkill", "-9", "-s", str(process.pid)], check=False)


def test_killed_twenty_times_ends_as_undisturbed(tmp_path: Path, server: SampleServer) -> None:
    calm, killed = Desk(tmp_path / "calm", server), Desk(tmp_path / "killed", server)
    for step in STEPS:
        calm.run(step)
    dice = random.Random(20201209)
    for _ in range(KILLS):
        kill_somewhere(killed, dice)
    for step in STEPS:
        killed.run(step)
    expected, got = final(calm), final(killed)
    for name in FINAL:
        assert got[name] == expected[name], name
    assert expected["articles"]
    assert expected["alerts"]
