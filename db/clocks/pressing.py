"""Pressing a mark: what is allowed when, and the row that keeps it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

from db import audit
from db.clocks.clock import Clock, clocks
from db.clocks.deadlines import REGIMES
from db.words import ZONES, moment

LONGEST_NOTE: Final = 2_000
EARLIEST: Final = 2000
"""A year before it is a slip of the keyboard."""

OFFSETS: Final = {name: timezone(timedelta(hours=hours)) for hours, name in ZONES.items()}
_SOON: Final = timedelta(minutes=2)
"""Clocks of two machines differ a little; more than this is a slip."""

_MARKS: Final = """
    SELECT m.*, coalesce(a.name, m.actor) AS actor_name
    FROM {base}.clock_marks m LEFT JOIN {base}.accounts a ON a.username = m.actor
    WHERE m.article_key IN (SELECT value FROM json_each(?)) ORDER BY m.article_key, m.id
"""


class ClockError(ValueError):
    """A mark that cannot be set; the message is in Indonesian."""


@dataclass(frozen=True)
class Press:
    """What an officer asks for; `articles` are all of the case, the one they look at first."""

    mark: str
    actor: str
    articles: Sequence[str]
    moment: datetime
    regime: str = ""
    note: str = ""


def read_moment(date_and_time: str, zone: str) -> datetime:
    """What a form says, `2024-10-07T08:00` in WIB, WITA or WIT. Raises `ClockError`."""
    try:
        clock, read = OFFSETS[zone], datetime.fromisoformat(date_and_time)
    except (KeyError, ValueError):
        raise ClockError("Isi tanggal dan jam, lalu pilih WIB, WITA, atau WIT.") from None
    if read.tzinfo is not None:
        raise ClockError("Isi tanggal dan jam, lalu pilih WIB, WITA, atau WIT.")
    return read.replace(tzinfo=clock)


def of_case(db: sqlite3.Connection, articles: Sequence[str], base: str = "main") -> list[Clock]:
    """The clocks that any of these articles started; more than one where stories were merged.

    `base` is the name of `meja.db` in the connection.
    """
    cursor = db.execute(_MARKS.format(base=base), [json.dumps(list(articles))])
    names = [column[0] for column in cursor.description]
    return clocks(dict(zip(names, row, strict=True)) for row in cursor)


def press(meja: sqlite3.Connection, wish: Press) -> str:
    """Keep a mark with its audit row, inside the caller's transaction; what it says in words.

    Raises `ClockError` when it does not fit what was pressed before.
    """
    if len(wish.note) > LONGEST_NOTE:
        raise ClockError(f"Keterangan terlalu panjang: paling banyak {LONGEST_NOTE} huruf.")
    if wish.moment > datetime.now(UTC) + _SOON:
        raise ClockError("Waktu itu belum terjadi. Periksa tanggal, jam, dan zonanya.")
    if wish.moment.year < EARLIEST:
        raise ClockError("Tahun itu terlalu lama. Periksa tanggalnya.")
    running = [clock for clock in of_case(meja, wish.articles) if clock.done is None]
    key = _CHECKS[wish.mark](wish, running)
    regime = wish.regime if wish.mark == "diketahui" else None
    row: Mapping[str, Any] = {
        "article_key": key,
        "mark": wish.mark,
        "moment": wish.moment.isoformat(timespec="minutes"),
        "regime": regime,
        "note": wish.note or None,
        "actor": wish.actor,
        "at": audit.now(),
    }
    meja.execute(
        f"INSERT INTO clock_marks ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608 - own names
        list(row.values()),
    )
    said = " ".join(part for part in (wish.mark, moment(row["moment"]), regime) if part)
    audit.record(meja, wish.actor, f"jam_{wish.mark}", key, said)
    return said


def _start(wish: Press, running: Sequence[Clock]) -> str:
    if running:
        first = running[0].known
        raise ClockError(
            f"Jam perkara ini sudah berjalan: {first.actor_name} menandainya diketahui "
            f"{moment(first.moment.isoformat())}."
        )
    if wish.regime not in REGIMES:
        raise ClockError("Pilih pilkada atau pemilu: tenggatnya berbeda.")
    return wish.articles[0]


def _register(wish: Press, running: Sequence[Clock]) -> str:
    clock = _only(running)
    if clock.registered:
        raise ClockError(
            f"Perkara ini sudah ditandai diregistrasi oleh {clock.registered.actor_name}."
        )
    if wish.moment < clock.known.moment:
        raise ClockError("Registrasi tidak mungkin mendahului saat diketahui.")
    return clock.article_key


def _stop(wish: Press, running: Sequence[Clock]) -> str:
    clock = _only(running)
    if not wish.note:
        raise ClockError("Tulis alasannya: mengapa jam ini dihentikan atau dibatalkan.")
    return clock.article_key


def _only(running: Sequence[Clock]) -> Clock:
    if not running:
        raise ClockError("Jam perkara ini belum atau tidak lagi berjalan.")
    return running[0]


_CHECKS: Final = {
    "diketahui": _start,
    "diregistrasi": _register,
    "selesai": _stop,
    "dibatalkan": _stop,
}
