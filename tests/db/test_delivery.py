"""Alerts on their way out, to real receivers: failures, kills, digests, several watches."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from filelock import FileLock

from db.alerts import channels, watches
from db.alerts.alerts import raise_alerts
from db.alerts.channels import Channel, ChannelError
from db.config import Config, load
from db.delivery import deliver, digest
from db.delivery.message import compose
from db.delivery.telegram import LONGEST, TOKEN
from tests.db import receivers
from tests.db.conftest import Newsroom
from tests.db.receivers import Calls, Letters

MORNING = "2024-11-30T08:00:00+07:00"
BRIBE = "Warga {n} diduga menerima amplop berisi uang dari tim sukses. Bawaslu menelusurinya."
SETTINGS = Path("/nonexistent/pantau.toml")


@pytest.fixture
def letters() -> Iterator[Letters]:
    with receivers.smtp() as running:
        yield running


@pytest.fixture
def calls() -> Iterator[Calls]:
    with receivers.http() as running:
        yield running


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as travel:
        yield travel


def config(letters: Letters | None = None, calls: Calls | None = None, **more: Any) -> Config:
    read = load(SETTINGS)
    of = read.pengiriman
    of |= {"alamat_situs": "https://pantau.example/", "batas_detik": 5, **more}
    of |= {"smtp_keamanan": "", "dari": "Pantau <pantau@bawaslu.example>"}
    if letters:
        of |= {"smtp_host": "127.0.0.1", "smtp_port": letters.port}
    if calls:
        of |= {"telegram_alamat": calls.address}
    return read


def watch(room: Newsroom, key: str = "amplop", words: str = "amplop") -> str:
    return watches.save(room.meja, f"Langganan {key}", {"words": words}, key=key)


def channel(room: Newsroom, kind: str, target: str, *, key: str = "amplop", **more: Any) -> None:
    with room.meja.conn:
        channels.save(room.meja.conn, key, Channel(kind, target, **more))


def ring(room: Newsroom, *names: str, text: str = BRIBE) -> None:
    for name in names:
        room.add(name, f"Kasus di {name}", text.format(n=name))
    raise_alerts(room.home)


def queue(room: Newsroom) -> list[tuple[Any, ...]]:
    sql = "SELECT state, attempts FROM deliveries ORDER BY id"
    return room.meja.execute(sql).fetchall()


@pytest.mark.parametrize("kind", ["email", "webhook", "telegram"])
def test_failure_then_success(
    room: Newsroom, letters: Letters, calls: Calls, clock: Any, kind: str, monkeypatch: Any
) -> None:
    monkeypatch.setenv(TOKEN, "123:rahasia")
    targets = {"email": "humas@bawaslu.example", "webhook": f"{calls.address}/kait?a=1"}
    watch(room)
    channel(room, kind, targets.get(kind, "-100123"))
    ring(room, "satu")
    settings = config(letters, calls)
    letters.answers = ["451 nanti dahulu"] * 2
    calls.answers = [(500, {"description": "nanti dahulu"})] * 2
    failed = deliver(room.home, settings)
    assert (failed.queued, failed.sent, failed.waiting, failed.failed) == (1, 0, 1, True)
    assert "rahasia" not in str(failed)
    assert not deliver(room.home, settings).failed  # not due yet
    clock.shift(61)
    assert deliver(room.home, settings).failed
    clock.shift(61)
    assert deliver(room.home, settings).sent == 0  # the second wait is longer
    clock.shift(300)
    assert deliver(room.home, settings).sent == 1
    clock.shift(86_400)
    assert deliver(room.home, settings).sent == 0
    assert queue(room) == [("terkirim", 3)]
    errors = [row["error"] for row in room.meja.query("SELECT error FROM delivery_attempts")]
    assert [bool(error) for error in errors] == [True, True, False]
    assert len(letters.taken) + len(calls.heard) == (1 if kind == "email" else 3)


def test_email_says_what_the_alert_says(room: Newsroom, letters: Letters, clock: Any) -> None:
    watch(room)
    channel(room, "email", "humas@bawaslu.example")
    ring(room, "satu")
    deliver(room.home, config(letters))
    letter = letters.taken[0]
    assert (letter["To"], letter["Subject"]) == (
        "humas@bawaslu.example",
        "[Pantau] Dugaan: Kasus di satu",
    )
    text = letter.get_content()
    assert "diduga menerima amplop" in text
    assert "https://kabar.example/satu" in text
    assert "https://pantau.example/peringatan/amplop:" in text


def test_webhook_holds_the_facts(room: Newsroom, calls: Calls, clock: Any) -> None:
    watch(room)
    channel(room, "webhook", f"{calls.address}/kait?a=1")
    ring(room, "satu")
    deliver(room.home, config())
    call = calls.heard[0]
    assert call.path == "/kait?a=1"
    assert call.headers["Idempotency-Key"] == call.data["id"]
    assert call.data["langganan"] == {"kunci": "amplop", "nama": "Langganan amplop"}
    told = call.data["peringatan"][0]
    assert (told["status"], told["url"]) == ("dugaan", "https://kabar.example/satu")


def test_telegram_names_chat_and_bot(
    room: Newsroom, calls: Calls, clock: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv(TOKEN, "123:rahasia")
    watch(room)
    channel(room, "telegram", "@humas_kaltim")
    ring(room, "satu")
    assert deliver(room.home, config(calls=calls)).sent == 1
    assert calls.heard[0].path == "/bot123:rahasia/sendMessage"
    assert calls.heard[0].data["chat_id"] == "@humas_kaltim"
    assert "Kasus di satu" in calls.heard[0].data["text"]


def test_killed_between_sending_and_recording(room: Newsroom, calls: Calls, clock: Any) -> None:
    """The receiver sees it twice, under one id; nothing is lost or sent a third time."""
    watch(room)
    channel(room, "webhook", calls.address)
    ring(room, "satu", "dua")
    script = (
        "import sys; from pathlib import Path; from db.base import Home;"
        "from db.config import load;"
        "from db.delivery import deliver; home = Home(Path(sys.argv[1]));"
        "print('siap', flush=True); sys.stdin.readline();"
        "deliver(home, load(home.berita.with_name('pantau.toml')))"
    )
    command = [sys.executable, "-c", script, str(room.home.berita)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as sender:
        calls.before = sender.kill
        assert sender.communicate(b"\n", timeout=60)[0].strip() == b"siap"
        assert sender.returncode == -signal.SIGKILL
    calls.before = None
    assert queue(room) == [("menunggu", 0)] * 2
    assert deliver_later(room).sent == 2
    assert deliver_later(room).sent == 0
    keys = [call.headers["Idempotency-Key"] for call in calls.heard]
    assert (len(keys), len(set(keys)), keys[0] in keys[1:]) == (3, 2, True)
    assert queue(room) == [("terkirim", 1)] * 2


def deliver_later(room: Newsroom) -> Any:
    """As in the killed process, on the real clock."""
    with time_machine.travel("2099-01-01T00:00:00+00:00", tick=False):
        return deliver(room.home, config())


def test_two_watches_each_to_its_own(room: Newsroom, letters: Letters, clock: Any) -> None:
    watch(room)
    watch(room, "uang", "uang")
    channel(room, "email", "satu@bawaslu.example")
    channel(room, "email", "dua@bawaslu.example", key="uang")
    ring(room, "satu")
    ring(room, "dua", text="Uang {n} diduga dibagikan kepada warga. Bawaslu menelusurinya.")
    assert deliver(room.home, config(letters)).sent == 3
    sent = sorted((letter["To"], letter["Subject"].rpartition(" ")[2]) for letter in letters.taken)
    assert sent == [
        ("dua@bawaslu.example", "dua"),
        ("dua@bawaslu.example", "satu"),
        ("satu@bawaslu.example", "satu"),
    ]


def test_one_receiver_down_stops_no_other(
    room: Newsroom, letters: Letters, calls: Calls, clock: Any
) -> None:
    watch(room)
    channel(room, "webhook", "http://127.0.0.1:9/")  # nobody listens there
    channel(room, "email", "humas@bawaslu.example")
    ring(room, "satu", "dua")
    report = deliver(room.home, config(letters))
    assert (report.sent, len(report.failures)) == (2, 1)
    assert "Tidak tersambung" in str(report)
    tried = room.meja.execute("SELECT count(*) FROM delivery_attempts WHERE error IS NOT NULL")
    assert tried.fetchone() == (1,)  # the second message was not tried on a dead receiver


def test_digest_at_its_hour(room: Newsroom, letters: Letters, clock: Any) -> None:
    watch(room)
    channel(
        room, "email", "humas@bawaslu.example",
        mode="ringkasan", digest_hour=7, zone="Asia/Makassar",
    )  # fmt: skip
    ring(room, "satu")
    clock.shift(3600)
    assert deliver(room.home, config(letters)).queued == 1
    ring(room, "dua")
    deliver(room.home, config(letters))
    clock.move_to("2024-12-01T06:59:59+08:00")
    assert deliver(room.home, config(letters)).sent == 0
    clock.move_to("2024-12-01T07:00:00+08:00")
    assert deliver(room.home, config(letters)).messages == 1
    letter = letters.taken[0]
    assert letter["Subject"] == "[Pantau] Langganan amplop: 2 peringatan"
    assert all(f"Kasus di {name}" in letter.get_content() for name in ("satu", "dua"))


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        ("2024-11-30T06:59:00+07:00", "Asia/Jakarta", "2024-11-30T00:00:00+00:00"),
        ("2024-11-30T07:00:00+07:00", "Asia/Jakarta", "2024-12-01T00:00:00+00:00"),
        ("2024-11-30T06:59:00+07:00", "Asia/Jayapura", "2024-11-30T22:00:00+00:00"),
    ],
)
def test_next_digest(now: str, zone: str, expected: str) -> None:
    row = {"mode": "ringkasan", "digest_hour": 7, "zone": zone}
    assert digest.due(row, datetime.fromisoformat(now)) == expected


def test_a_flood_is_one_message(room: Newsroom, letters: Letters, clock: Any) -> None:
    watch(room)
    channel(room, "email", "humas@bawaslu.example")
    for number in range(4):
        room.add(f"a{number}", f"Amplop {number}", BRIBE.format(n=f"desa {number}"))
    raise_alerts(room.home)
    report = deliver(room.home, config(letters, gabung_di_atas=3))
    assert (report.sent, report.messages) == (4, 1)


def test_backlog_stays_in_the_inbox(room: Newsroom, letters: Letters) -> None:
    """What was fetched long before the channel was made rings, but is not sent."""
    with time_machine.travel("2024-12-05T08:00:00+07:00", tick=False):
        watch(room)
        channel(room, "email", "humas@bawaslu.example")
        ring(room, "satu")
        assert deliver(room.home, config(letters)).queued == 0
    assert room.rows("SELECT count(*) FROM alerts WHERE watch_key = 'amplop'") == [(1,)]


def test_rebuilt_base_sends_nothing_twice(room: Newsroom, letters: Letters, clock: Any) -> None:
    watch(room)
    channel(room, "email", "humas@bawaslu.example")
    ring(room, "satu")
    deliver(room.home, config(letters))
    with room.db.conn:
        room.db.execute("DELETE FROM alerts")
        room.db.execute("DELETE FROM settings WHERE key LIKE 'watch:%'")
    clock.shift(3600)
    assert raise_alerts(room.home).raised > 0
    assert deliver(room.home, config(letters)).queued == 0
    assert len(letters.taken) == 1


def test_given_up_is_shown_and_can_be_sent_again(
    room: Newsroom, letters: Letters, clock: Any
) -> None:
    watch(room)
    channel(room, "email", "humas@bawaslu.example")
    ring(room, "satu")
    letters.answers = ["550 tidak dikenal"] * 4
    settings = config(letters, jeda_menit=[60], batas_jam=2)
    for _ in range(3):
        report = deliver(room.home, settings)
        clock.shift(3601)
    assert report.given_up == 1
    assert "550 tidak dikenal" in str(report)
    assert queue(room) == [("gagal", 3)]
    letters.answers = []
    assert deliver(room.home, settings).sent == 0
    with room.meja.conn:
        assert channels.retry(room.meja.conn, "amplop", 1) == 1
    assert deliver(room.home, settings).sent == 1


def test_switched_off_channel_waits(room: Newsroom, letters: Letters, clock: Any) -> None:
    watch(room)
    channel(room, "email", "humas@bawaslu.example")
    ring(room, "satu")
    deliver(room.home, config())  # no SMTP server is set
    with room.meja.conn:
        assert channels.switch(room.meja.conn, "amplop", 1, on=False)
        assert not channels.switch(room.meja.conn, "lain", 1, on=True)
    clock.shift(3600)
    assert deliver(room.home, config(letters)).waiting == 1
    with room.meja.conn:
        channels.switch(room.meja.conn, "amplop", 1, on=True)
    assert deliver(room.home, config(letters)).sent == 1


def test_a_crawler_that_writes_stops_no_delivery(
    room: Newsroom, letters: Letters, clock: Any
) -> None:
    watch(room)
    channel(room, "email", "humas@bawaslu.example")
    ring(room, "satu")
    room.db.execute("BEGIN IMMEDIATE")
    assert deliver(room.home, config(letters)).sent == 1
    room.db.conn.rollback()


def test_one_process_at_a_time(room: Newsroom) -> None:
    with FileLock(room.home.berita.with_name("pengiriman.kunci")):
        report = deliver(room.home, config())
    assert report.busy
    assert "proses lain" in str(report)
    assert json.dumps(report.as_dict())


def test_the_command_reads_the_settings_beside_the_base(
    room: Newsroom, letters: Letters, clock: Any
) -> None:
    watch(room)
    channel(room, "email", "humas@bawaslu.example")
    ring(room, "satu")
    room.home.berita.with_name("pantau.toml").write_text(
        '[pengiriman]\nsmtp_host = "127.0.0.1"\nsmtp_keamanan = ""\n'
        f'smtp_port = {letters.port}\ndari = "pantau@bawaslu.example"\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pantau", "--db", str(room.home.berita), "deliver", "--json"]
    first, second = (subprocess.run(command, capture_output=True, text=True) for _ in range(2))
    assert (first.returncode, json.loads(first.stdout)["sent"]) == (0, 1)
    assert json.loads(second.stdout)["sent"] == 0
    assert letters.taken[0]["Subject"] == "[Pantau] Dugaan: Kasus di satu"


def test_unset_servers_are_told(room: Newsroom, clock: Any, monkeypatch: Any) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    watch(room)
    channel(room, "email", "humas@bawaslu.example")
    channel(room, "telegram", "123")
    ring(room, "satu")
    told = str(deliver(room.home, config()))
    assert "smtp_host" in told
    assert TOKEN in told


def test_hostile_titles_stay_on_one_line_and_fit() -> None:
    row = {
        "title": "Amplop\r\nBcc: semua@bawaslu.example \u202eterbalik" + "x" * 5000,
        "sentence": "kata " * 200_000,
        **dict.fromkeys(("stage", "topic", "region", "published_at"), None),
        "status": "dugaan",
        "outlet": "Kabar",
        "url": "https://kabar.example/1",
        "alert_key": "a:b:-",
        "watch_key": "a",
        "raised_at": "2024-11-30T00:00:00+00:00",
    }
    message = compose("1", "Amplop", [row] * 40, "https://pantau.example")
    single = compose("1", "Amplop", [row], "")
    assert "\n" not in single.subject
    assert "\r" not in single.text()
    assert "\u202e" not in single.text()
    assert len(message.text(LONGEST)) <= LONGEST
    assert "peringatan lagi" in message.text(LONGEST)
    assert len(message.parts) == 40


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"jenis": "pos", "tujuan": "x"}, "Pilih jenis"),
        ({"jenis": "email", "tujuan": "humas"}, "surel keliru"),
        ({"jenis": "email", "tujuan": "a@b.example\nBcc: c@d.example"}, "surel keliru"),
        ({"jenis": "webhook", "tujuan": "ftp://x.example"}, "https"),
        ({"jenis": "webhook", "tujuan": "http://[x"}, "https"),
        ({"jenis": "webhook", "tujuan": "https://"}, "https"),
        ({"jenis": "telegram", "tujuan": "humas"}, "Telegram"),
        ({"jenis": "email", "tujuan": "a" * 600}, "terlalu panjang"),
        ({"jenis": "email", "tujuan": "a@b.example", "cara": "kapan-kapan"}, "Pilih langsung"),
        ({"jenis": "email", "tujuan": "a@b.example", "jam": "24"}, "0 sampai 23"),
        ({"jenis": "email", "tujuan": "a@b.example", "zona": "Mars"}, "WIB"),
    ],
)
def test_impossible_channels_are_refused(fields: dict[str, str], says: str) -> None:
    with pytest.raises(ChannelError, match=says):
        channels.read(fields)


def test_same_target_again_changes_its_mode(room: Newsroom) -> None:
    watch(room)
    for mode in channels.MODES:
        channel(room, "email", "humas@bawaslu.example", mode=mode)
    assert room.meja.execute("SELECT mode, active FROM channels").fetchall() == [("ringkasan", 1)]
