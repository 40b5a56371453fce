"""Analysis: nothing judged twice, nothing lost, people's word last, killed at any moment."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.analysis import analyse, correct
from db.base import Home
from tests.db.conftest import Newsroom, derived_rows

CASE = (
    "TENGGARONG - Camat Muara Kaman Rahmat Hidayat dilaporkan ke Bawaslu Kabupaten Kutai "
    "Kartanegara karena diduga mengajak pegawai memilih pasangan calon nomor urut 2, Senin "
    "(7/10/2024). Ketua Bawaslu Kutai Kartanegara Siti Rahma mengatakan laporan itu sudah "
    'diregistrasi. "Camat akan kami panggil untuk klarifikasi," kata Siti Rahma.'
)
URGING = (
    "KLATEN - Bupati Klaten mengimbau seluruh ASN menjaga netralitas pada Pilkada 2024. Ia "
    "mengingatkan pegawai agar tidak terlibat politik praktis."
)
HARVEST = "Panen padi di Kecamatan Wonosari melimpah. Petani menjual gabah dengan harga baik."


def fill(room: Newsroom, count: int = 3) -> list[str]:
    texts = (CASE, URGING, HARVEST)
    return [
        room.store(
            f"berita-{number}",
            f"Berita nomor {number}",
            f"{texts[number % 3]} Catatan {number}.",
            published=f"2024-10-{7 + number % 20:02}T09:00:00+08:00",
        )
        for number in range(count)
    ]


def status(room: Newsroom, key: str) -> str:
    (row,) = room.db.execute(
        "SELECT n.status FROM annotations n JOIN articles a ON a.id = n.article_id WHERE key = ?",
        [key],
    )
    return str(row[0])


def test_every_article_is_judged_once(room: Newsroom) -> None:
    case, urging, harvest = fill(room)
    seen: list[tuple[int, int]] = []
    report = analyse(room.home, progress=lambda done, total: seen.append((done, total)))
    assert (report.analysed, report.failures, seen) == (3, [], [(3, 3)])
    assert [status(room, key) for key in (case, urging, harvest)][1:] == [
        "pencegahan",
        "bukan_pemilu",
    ]
    assert report.stories.articles == report.election == 2
    assert analyse(room.home).analysed == 0


def test_only_what_changed_is_judged_again(room: Newsroom) -> None:
    fill(room)
    analyse(room.home)
    room.store("berita-2", "Berita nomor 2", URGING)
    assert analyse(room.home).analysed == 1
    assert room.rows("SELECT version FROM annotations WHERE article_id = 3") == [(2,)]


def test_a_new_publish_date_is_a_reason_to_judge_again(room: Newsroom) -> None:
    fill(room)
    analyse(room.home)
    room.db.execute("UPDATE articles SET published_at = '2020-01-01T00:00:00+07:00' WHERE id = 1")
    assert analyse(room.home).analysed == 1


def test_a_rerun_judges_all_again_and_changes_nothing(room: Newsroom) -> None:
    fill(room, 70)
    analyse(room.home)
    before = derived_rows(room.db)
    assert analyse(room.home, rerun=True).analysed == 70
    assert derived_rows(room.db) == before


def test_a_limit_is_kept_and_the_rest_comes_next_time(room: Newsroom) -> None:
    fill(room, 70)
    assert [analyse(room.home, limit=66).analysed, analyse(room.home).analysed] == [66, 4]


def test_an_article_that_breaks_a_rule_stops_no_other(room: Newsroom) -> None:
    fill(room)
    room.db.execute("UPDATE articles SET published_at = 'kemarin' WHERE id = 2")
    report = analyse(room.home)
    assert report.analysed == 2
    assert [failure.url for failure in report.failures] == ["https://kabar.example/berita-1"]
    ((article, error),) = room.rows("SELECT article_id, error FROM analysis_errors")
    assert (article, "kemarin" in error) == (2, True)
    assert analyse(room.home).failures == []  # not tried again and again
    room.db.execute("UPDATE articles SET published_at = '2024-10-08' WHERE id = 2")
    room.db.execute("UPDATE articles SET version = 2 WHERE id = 2")
    assert analyse(room.home).analysed == 1
    assert room.rows("SELECT * FROM analysis_errors") == []


def test_what_people_stated_survives_every_rerun(room: Newsroom) -> None:
    _, urging, _ = fill(room)
    analyse(room.home)
    room.correct(urging, "status", "dugaan")
    room.correct(urging, "topic", "mutasi_jabatan")
    room.correct(urging, "region", "33.10")
    correct(room.home)
    expected = [("dugaan", 1, "mutasi_jabatan", "33.10")]
    query = "SELECT status, alert, topic, region_code FROM annotations WHERE article_id = 2"
    assert room.rows(query) == expected
    analyse(room.home, rerun=True)
    assert room.rows(query) == expected
    assert room.rows("SELECT theme, status, province_code FROM article_facets WHERE id = 2") == [
        ("penyalahgunaan_wewenang", "dugaan", "33")
    ]
    assert room.rows("SELECT topic FROM article_topics WHERE article_id = 2 AND rank = 1") == [
        ("mutasi_jabatan",)
    ]
    room.correct(urging, "alert", "0")
    correct(room.home)
    assert room.rows(query) == [("dugaan", 0, "mutasi_jabatan", "33.10")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "gawat"),
        ("topic", "sepakbola"),
        ("region", "99.99"),
        ("alert", "ya"),
        ("judul", "x"),
    ],
)
def test_a_correction_that_cannot_hold_is_shown(room: Newsroom, field: str, value: str) -> None:
    _, urging, _ = fill(room)
    room.correct(urging, field, value)
    report = analyse(room.home)
    assert report.analysed == 3
    ((url, reason),) = [(failure.url, failure.reason) for failure in report.failures]
    assert url == "https://kabar.example/berita-1"
    assert value in reason or field in reason
    assert status(room, urging) == "pencegahan"


def test_the_views_speak_indonesian(room: Newsroom) -> None:
    fill(room)
    analyse(room.home)
    assert room.rows("SELECT judul, provinsi FROM berita_pemilu ORDER BY judul") == [
        ("Berita nomor 0", "Provinsi Kalimantan Timur"),
        ("Berita nomor 1", "Provinsi Jawa Tengah"),
    ]
    assert sum(row[0] for row in room.rows("SELECT berita FROM rekap_tema")) >= 1
    for view in ("dugaan", "pejabat"):
        room.rows(f"SELECT * FROM {view}")  # noqa: S608


RUN = (
    "import sys; from pathlib import Path; from db.analysis import analyse; "
    "from db.base import Home; "
    "analyse(Home(Path(sys.argv[1])), progress=lambda done, total: print(done, flush=True))"
)


def killed(home: Home, moment: random.Random) -> None:
    """Start an analysis and kill it at some moment after its first batch or a later one."""
    command = [sys.executable, "-c", RUN, str(home.berita)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        for _ in range(moment.randrange(1, 3)):
            running.stdout.readline()
        time.sleep(moment.random() * 0.3)
        running.send_signal(signal.SIGKILL)


def test_killed_at_any_moment_and_run_again_it_ends_in_the_same_tables(
    room: Newsroom, tmp_path: Path
) -> None:
    fill(room, 200)
    undisturbed = Home(tmp_path / "lain" / "berita.db")
    undisturbed.berita.parent.mkdir()
    room.db.conn.backup(sqlite3.connect(undisturbed.berita))
    analyse(undisturbed)
    moment = random.Random(2024)
    for _ in range(3):
        killed(room.home, moment)
    analyse(room.home)
    assert derived_rows(room.db) == derived_rows(undisturbed.open_berita())
    assert room.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
