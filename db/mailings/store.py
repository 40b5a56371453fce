"""Whom a mailing goes to: rows of `mailings`, one per person, kind and address."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from db import audit
from db.alerts.channels import Channel, read
from db.reports.errors import ReportError
from db.reports.place import find

KINDS: Final = {"kliping": "Kliping pagi", "sumber": "Kabar sumber"}
FORMS: Final = ("docx", "pdf")
_OWN: Final = """
    SELECT m.*, e.edition, e.state, e.error, e.sent_at FROM mailings m
    LEFT JOIN mailing_editions e ON e.id = (
        SELECT max(id) FROM mailing_editions WHERE mailing_id = m.id)
    WHERE m.username = ? AND m.active ORDER BY m.id
"""


class MailingError(ValueError):
    """A mailing that cannot be kept; the message is in Indonesian."""


@dataclass(frozen=True)
class Mailing:
    """`region` is a code or None for all; `hour` counts on the clock of the region."""

    kind: str
    target: str
    region: str | None = None
    form: str = "docx"
    hour: int = 8


def asked(fields: Mapping[str, str]) -> Mailing:
    """The mailing a form describes. Raises `MailingError`."""
    kind, form, hour = fields.get("jenis", ""), fields.get("bentuk", "docx"), fields.get("jam", "8")
    if kind not in KINDS or form not in FORMS:
        raise MailingError("Pilih jenis kiriman dan bentuk berkasnya: DOCX atau PDF.")
    if not (hour.isascii() and hour.isdecimal() and int(hour[:3]) < 24):
        raise MailingError("Jam kirim harus 0 sampai 23.")
    try:
        address: Channel = read({"jenis": "email", "tujuan": fields.get("tujuan", "")})
        region = find(fields.get("wilayah")).code if kind == "kliping" else None
    except (ReportError, ValueError) as error:
        raise MailingError(str(error)) from error
    return Mailing(kind, address.target, region, form, int(hour))


def save(meja: sqlite3.Connection, username: str, wanted: Mailing) -> None:
    """Keep one inside the caller's transaction; the same address again changes it."""
    meja.execute(
        "INSERT INTO mailings (username, kind, target, region_code, form, hour, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (username, kind, target) DO UPDATE SET "
        "region_code = excluded.region_code, form = excluded.form, hour = excluded.hour, "
        "active = 1, created_at = excluded.created_at",
        (
            *(username, wanted.kind, wanted.target, wanted.region, wanted.form, wanted.hour),
            audit.now(),
        ),
    )
    audit.record(meja, username, "kiriman_disimpan", wanted.target, wanted.kind)


def stop(meja: sqlite3.Connection, username: str, mailing_id: int) -> bool:
    """Send no more; what was sent stays on record. False when it is not this person's."""
    sql = "UPDATE mailings SET active = 0 WHERE id = ? AND username = ? AND active"
    stopped = meja.execute(sql, (mailing_id, username)).rowcount > 0
    if stopped:
        audit.record(meja, username, "kiriman_dihentikan", str(mailing_id))
    return stopped


def own(meja: sqlite3.Connection, username: str) -> list[dict[str, Any]]:
    """The mailings of a person, each with its newest edition."""
    cursor = meja.execute(_OWN, (username,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
