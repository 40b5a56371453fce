"""One message about one or more alerts, in words and as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from db.words import clean, label, short_moment, stage

Row = Mapping[str, Any]
LONGEST_SENTENCE: Final = 600
LONGEST_SUBJECT: Final = 200
_DATA: Final = (
    *("alert_key", "status", "stage", "topic", "region", "title", "url", "outlet"),
    *("published_at", "raised_at", "sentence"),
)


class DeliveryError(Exception):
    """A message that was not taken over; the reason is in Indonesian and holds no secret."""


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Message:
    """`parts`: one text per alert; `more`: where all alerts of the watch are, or empty."""

    identity: str
    subject: str
    parts: tuple[str, ...]
    more: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    attachment: Attachment | None = None

    def text(self, longest: int | None = None) -> str:
        """All parts, or as many as fit into `longest` characters with a note on the rest."""
        whole = "\n\n".join([*self.parts, *([self.more] if self.more else [])])
        if longest is None or len(whole) <= longest:
            return whole
        kept = list(self.parts)
        while len(kept) > 1 and len(self._cut(kept)) > longest:
            kept.pop()
        return self._cut(kept)[:longest]

    def _cut(self, kept: Sequence[str]) -> str:
        rest = len(self.parts) - len(kept)
        note = [f"… dan {rest} peringatan lagi."] if rest else []
        return "\n\n".join([*kept, *note, *([self.more] if self.more else [])])


def compose(identity: str, watch_name: str, rows: Sequence[Row], site: str) -> Message:
    """`site` is the address of the site without a slash at the end, or empty."""
    first = rows[0]
    one = f"{label(first['status'], 'status')}: {first['title']}"
    said = one if len(rows) == 1 else f"{watch_name}: {len(rows)} peringatan"
    more = f"Langganan: {site}/langganan/{first['watch_key']}" if site else ""
    data = {
        "id": identity,
        "langganan": {"kunci": first["watch_key"], "nama": watch_name},
        "peringatan": [
            {**{name: row[name] for name in _DATA}, "halaman": _page(site, row)} for row in rows
        ],
    }
    parts = tuple(_part(row, site) for row in rows)
    subject = f"[Pantau] {shorten(_line(said), LONGEST_SUBJECT)}"
    return Message(identity, subject, parts, more, data)


def _part(row: Row, site: str) -> str:
    facts = [
        f"{row['outlet']}, {short_moment(row['published_at']) or 'tanpa tanggal'}",
        f"{label(row['status'], 'status')} menurut media",
        *(fact for fact in (row["topic"], row["region"], stage(row["stage"])) if fact),
    ]
    lines = [
        shorten(_line(row["title"]), LONGEST_SENTENCE),
        _line(" · ".join(facts)),
        f"“{shorten(_line(row['sentence']), LONGEST_SENTENCE)}”" if row["sentence"] else "",
        row["url"],
        _page(site, row) or "",
    ]
    return "\n".join(line for line in lines if line)


def _page(site: str, row: Row) -> str | None:
    return f"{site}/peringatan/{quote(row['alert_key'], safe=':')}" if site else None


def shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _line(text: str) -> str:
    """One line without signs that could steer a mail program."""
    return " ".join(str(clean(text)).split())
