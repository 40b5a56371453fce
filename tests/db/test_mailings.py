"""The morning kliping and the word of silent sources, to a real SMTP server, over kills."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import docx
import pytest
import time_machine
from pypdf import PdfReader

from db import accounts, mailings
from db.mailings import store
from db.mailings.store import Mailing, MailingError
from tests.db import receivers
from tests.db.conftest import Newsroom
from tests.db.receivers import Letters
from tests.db.test_delivery import config

EVENING = "2024-10-07T20:00:00+08:00"
MORNING = "2024-10-08T08:00:00+08:00"
CASE = "Camat Segah diduga mengajak warga memilih pasangan calon. Bawaslu menelusurinya."


@pytest.fixture
def letters() -> Iterator[Letters]:
    with receivers.smtp() as running:
        yield running


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(EVENING, tick=False) as travel:
        yield travel


@pytest.fixture
def desk(room: Newsroom, clock: Any) -> Newsroom:
    accounts.add(room.meja, "sari", "Sari Lestari", "staf", None)
    return room


def wish(desk: Newsroom, **more: Any) -> None:
    asked = Mailing(
        **{"kind": "kliping", "target": "humas@bawaslu.example", "region": "64", **more}
    )
    with desk.meja.conn:
        store.save(desk.meja.conn, "sari", asked)


def send(desk: Newsroom, letters: Letters, **more: Any) -> mailings.MailingReport:
    return mailings.send(desk.home, config(letters, **more))


def article(desk: Newsroom, name: str, published: str, **judged: Any) -> None:
    desk.add(name, f"Camat di {name} Diduga Ajak Warga", CASE, published=published, **judged)


def enclosed(letter: EmailMessage) -> tuple[str | None, bytes]:
    [part] = letter.iter_attachments()
    return part.get_filename(), part.get_payload(decode=True)  # type: ignore[return-value]  # bytes


def test_kliping_comes_at_eight_of_the_region_and_once_a_day(
    desk: Newsroom, letters: Letters, clock: Any
) -> None:
    wish(desk)
    article(desk, "segah", "2024-10-08T07:30:00+08:00", region="64.03")
    article(desk, "lama", "2024-10-07T07:59:00+08:00", region="64.03")
    article(desk, "gowa", "2024-10-08T07:00:00+08:00", region="73.06")
    for moment, expected in (
        ("2024-10-08T07:59:00+08:00", 0),  # WITA: already 08.00 WIB an hour later
        (MORNING, 1),
        ("2024-10-08T08:15:00+08:00", 1),
        ("2024-10-08T23:59:00+08:00", 1),
        ("2024-10-09T08:00:00+08:00", 2),
    ):
        clock.move_to(datetime.fromisoformat(moment))
        send(desk, letters)
        assert len(letters.taken) == expected, moment
    first, second = letters.taken
    assert first["To"] == "humas@bawaslu.example"
    assert first["Subject"].strip() == (
        "[Pantau] Kliping media: Provinsi Kalimantan Timur, Selasa, 8 Oktober 2024"
    )
    name, data = enclosed(first)
    assert name == "kliping-64-2024-10-08.docx"
    text = "\n".join(line.text for line in docx.Document(io.BytesIO(data)).paragraphs)
    assert "Camat di segah" in text
    assert "Camat di lama" not in text
    assert "Camat di gowa" not in text
    assert "https://pantau.example/kliping?wilayah=64" in first.get_body().get_content()  # type: ignore[union-attr]  # has one
    assert "NIHIL" in second.get_body().get_content()  # type: ignore[union-attr]  # has one


def test_pdf_at_another_hour(desk: Newsroom, letters: Letters, clock: Any) -> None:
    wish(desk, form="pdf", hour=6, region=None)
    clock.move_to(datetime.fromisoformat("2024-10-08T06:00:00+07:00"))
    send(desk, letters)
    name, data = enclosed(letters.taken[0])
    assert name == "kliping-semua-2024-10-08.pdf"
    assert "Kliping media" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_mornings_that_a_machine_slept_through_are_made_up_for(
    desk: Newsroom, letters: Letters, clock: Any
) -> None:
    wish(desk)
    clock.move_to(datetime.fromisoformat("2024-10-20T09:00:00+08:00"))
    send(desk, letters)
    names = [str(enclosed(letter)[0]) for letter in letters.taken]
    assert names == [f"kliping-64-2024-10-{day}.docx" for day in (17, 18, 19, 20)]


def test_refused_letter_goes_out_later_under_the_same_name(
    desk: Newsroom, letters: Letters, clock: Any
) -> None:
    wish(desk)
    letters.answers = ["451 nanti"]
    clock.move_to(datetime.fromisoformat(MORNING))
    report = send(desk, letters)
    assert "451 nanti" in report.failures["humas@bawaslu.example"]
    clock.shift(timedelta(seconds=30))
    send(desk, letters)
    assert letters.taken == []
    clock.shift(timedelta(minutes=2))
    send(desk, letters)
    assert letters.taken[0]["Message-ID"] == letters.refused[0]["Message-ID"]
    [row] = desk.meja.query("SELECT state, attempts FROM mailing_editions")
    assert tuple(row.values()) == ("terkirim", 2)


KILLED = """
import os, signal, sys
from pathlib import Path
import time_machine
from db.base import Home
from db.delivery import email
from db import mailings
from tests.db.test_delivery import config
from tests.db.receivers import Letters
real, when = email.send, sys.argv[3]
def send(*args):
    if when == "after":
        real(*args)
    os.kill(os.getpid(), signal.SIGKILL)
email.send = send
with time_machine.travel(sys.argv[4], tick=False):
    mailings.send(Home(Path(sys.argv[1])), config(Letters(port=int(sys.argv[2]))))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_in_the_act_one_edition_a_day(
    desk: Newsroom, letters: Letters, clock: Any, moment: str
) -> None:
    wish(desk)
    words = [str(desk.home.berita), str(letters.port), moment, MORNING]
    done = subprocess.run([sys.executable, "-c", KILLED, *words], check=False)
    assert done.returncode == -signal.SIGKILL
    clock.move_to(datetime.fromisoformat(MORNING))
    for _ in range(3):
        send(desk, letters)
    assert len({letter["Message-ID"] for letter in letters.taken}) == 1
    assert len(letters.taken) == (1 if moment == "before" else 2)


def test_stopped_and_closed_accounts_get_nothing(
    desk: Newsroom, letters: Letters, clock: Any
) -> None:
    wish(desk)
    wish(desk, target="lain@bawaslu.example")
    with desk.meja.conn:
        assert store.stop(desk.meja.conn, "sari", 1)
        assert not store.stop(desk.meja.conn, "budi", 2)
    clock.move_to(datetime.fromisoformat(MORNING))
    send(desk, letters)
    assert [letter["To"] for letter in letters.taken] == ["lain@bawaslu.example"]
    desk.meja.execute("UPDATE accounts SET active = 0")
    desk.meja.conn.commit()
    clock.shift(timedelta(days=1))
    send(desk, letters)
    assert len(letters.taken) == 1


def test_silent_source_is_told_once_and_again_after_it_was_well(
    desk: Newsroom, letters: Letters, clock: Any
) -> None:
    wish(desk, kind="sumber", target="admin@bawaslu.example")
    article(desk, "segah", "2024-10-07T07:30:00+08:00")
    desk.db.execute("UPDATE fetches SET fetched_at = '2024-10-07T12:00:00+00:00'")
    assert send(desk, letters).noticed == 0
    clock.shift(timedelta(hours=25))
    assert send(desk, letters).noticed == 1
    assert send(desk, letters).noticed == 0
    [letter] = letters.taken
    assert letter["Subject"] == "[Pantau] 1 sumber terganggu: Kabar"
    said = letter.get_body().get_content()  # type: ignore[union-attr]  # has one
    assert "Tidak dicoba; terakhir terbaca 7 Okt 2024 19.00 WIB" in said
    assert "0 dari 1 sumber terbaca" in said
    answered(desk, "kabar.example", "2024-10-08T21:00:00+08:00")
    assert send(desk, letters).noticed == 0
    clock.shift(timedelta(hours=30))
    assert send(desk, letters).noticed == 1
    assert len(letters.taken) == 2


def test_hostile_name_of_a_source_stays_in_its_line(
    desk: Newsroom, letters: Letters, clock: Any
) -> None:
    wish(desk, kind="sumber")
    article(desk, "segah", "2024-10-07T07:30:00+08:00")
    desk.db.execute("UPDATE outlets SET name = 'Kabar' || char(13, 10) || 'Bcc: x@y.example'")
    desk.db.execute("UPDATE fetches SET fetched_at = '2024-10-05T12:00:00+00:00'")
    send(desk, letters)
    [letter] = letters.taken
    assert letter["Bcc"] is None
    assert letter["Subject"].strip().endswith("Kabar Bcc: x@y.example")


def test_source_that_was_never_read_is_not_called_silent(
    desk: Newsroom, letters: Letters, clock: Any
) -> None:
    wish(desk, kind="sumber")
    row = {"id": "baru.example", "name": "Baru", "network": "wordpress", "kind": "lokal"}
    desk.db.table("outlets").insert({**row, "timezone": "Asia/Jakarta"})
    assert send(desk, letters).noticed == 0
    assert letters.taken == []


def answered(desk: Newsroom, outlet: str, moment: str) -> None:
    at = datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="seconds")
    row = {"outlet_id": outlet, "url": f"https://{outlet}/feed", "kind": "feed", "status": 304}
    desk.db.table("fetches").insert({**row, "fetched_at": at})


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"jenis": "gosip"}, "Pilih jenis kiriman"),
        ({"jenis": "kliping", "bentuk": "exe"}, "Pilih jenis kiriman"),
        ({"jenis": "kliping", "jam": "25"}, "Jam kirim"),
        ({"jenis": "kliping", "tujuan": "bukan alamat"}, "Alamat surel keliru"),
        ({"jenis": "kliping", "tujuan": "a@b.example", "wilayah": "Atlantis"}, "tidak dikenal"),
    ],
)
def test_bad_wish_is_refused(fields: dict[str, str], says: str) -> None:
    with pytest.raises(MailingError, match=says):
        store.asked(fields)
