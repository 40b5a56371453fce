"""What a mailing says: the kliping with its file, or the sources that fell silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlite_utils import Database

from db import reports
from db.delivery.message import Attachment, Message
from db.health import Source
from db.mailings import editions, notices
from db.reports import message, wording
from db.reports.place import find
from db.words import clean, day, label, short_moment

Row = Mapping[str, Any]
_RULE: Final = "Daftar lengkap"


def kliping(berita: Database, edition: Row, site: str) -> Message:
    """The kliping of the edition's day as DOCX or PDF. Raises `ReportError`."""
    where = find(edition["region_code"])
    found = reports.collect(berita.conn, where, editions.window(edition))
    content_type, make = reports.FORMS[edition["form"]]
    name = f"kliping-{where.code or 'semua'}-{edition['edition']}.{edition['form']}"
    return Message(
        edition["message_id"],
        f"[Pantau] {wording.heading(found)}, {day(edition['edition'])}",
        (message.text(found).decode(),),
        f"{_RULE}: {site}/kliping?wilayah={where.code or ''}" if site else "",
        attachment=Attachment(name, content_type, make(found)),
    )


def silent(meja: Database, edition: Row, sources: Sequence[Source], site: str) -> Message | None:
    """The notices since the edition before that still hold; None when all have ended."""
    before = editions.last_told(meja, edition["mailing_id"], edition["id"])
    last = int(edition["edition"])
    told = [row for row in notices.open_notices(meja, before) if int(row["id"]) <= last]
    if not told:
        return None
    read = sum(source.state == "terbaca" for source in sources)
    names = {source.id: _one_line(source.name) for source in sources}
    parts = [f"{read} dari {len(sources)} sumber terbaca dalam 24 jam terakhir."]
    parts += [_line(row, names.get(row["outlet_id"], row["outlet_id"])) for row in told]
    subject = f"[Pantau] {len(told)} sumber terganggu: {', '.join(_names(told, names))}"
    more = f"{_RULE}: {site}/sumber?keadaan=sakit" if site else ""
    return Message(edition["message_id"], subject[:200], tuple(parts), more)


def _names(told: Sequence[Row], names: Mapping[str, str]) -> list[str]:
    shown = [names.get(row["outlet_id"], row["outlet_id"]) for row in told[:3]]
    return [*shown, *(["…"] if len(told) > len(shown) else [])]


def _line(row: Row, name: str) -> str:
    read = short_moment(row["last_read_at"]) or "belum pernah"
    return f"{name} ({row['outlet_id']})\n{label(row['fault'], 'fault')}; terakhir terbaca {read}."


def _one_line(text: str) -> str:
    """Without what could steer a mail program."""
    return " ".join(str(clean(text)).split())
