"""Numbers, dates and codes in the form an Indonesian reader expects, on screens and in reports."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from markupsafe import Markup

from nlp.lexicon.judgement import stages

LOCALE: Final = "id"
WIB: Final = timezone(timedelta(hours=7))
ZONES: Final = {7: "WIB", 8: "WITA", 9: "WIT"}
"""The zones of Indonesia by their hours before UTC."""

_INVISIBLE = re.compile("[\r\u00ad\u200b\ufeff]")
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0001-\U000e007f]"
)


@cache
def labels() -> dict[str, dict[str, Any]]:
    path = Path(__file__).parent / "site" / "labels.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def label(code: str | None, group: str) -> str:
    """The word for a code, or the code itself with blanks when the tables know more than we do."""
    if not code:
        return ""
    found = labels().get(group, {}).get(code)
    if isinstance(found, dict):
        return str(found["name"])
    return str(found) if found else code.replace("_", " ")


def stage(code: str | None) -> str:
    """The name of one of the twelve stages of a case."""
    known = stages().get(code or "")
    return known.name if known else label(code, "stage")


def says(status: str | None, media: str) -> str:
    """Who says so: a status is always the medium's word, never Pantau's."""
    found = labels()["status"].get(status or "")
    return str(found["says"]).format(media=media) if found else label(status, "status")


def number(value: float | int | None) -> str:
    """1234.5 -> 1.234,5"""
    return "" if value is None else format_decimal(value, locale=LOCALE)


def moment(value: str | None) -> str:
    """ISO 8601 -> `Rabu, 9 Desember 2020 14.05 WITA`; a plain date stays without a clock."""
    if not value:
        return ""
    if len(value) == 10:
        return day(value)
    read = _parsed(value)
    if read is None:
        return value
    clock = format_datetime(read, "EEEE, d MMMM y HH.mm", locale=LOCALE)
    return f"{clock} {_zone(read)}".strip()


def short_moment(value: str | None) -> str:
    """For lists: `9 Des 2020 14.05 WITA`."""
    read = _parsed(value) if value and len(value) > 10 else None
    if read is None:
        return short_day(value)
    return f"{format_datetime(read, 'd MMM y HH.mm', locale=LOCALE)} {_zone(read)}".strip()


def day(value: str | None) -> str:
    """The date part -> `Rabu, 9 Desember 2020`."""
    return _date(value, "EEEE, d MMMM y")


def short_day(value: str | None) -> str:
    return _date(value, "d MMM y")


def clean(value: Any) -> Any:
    """Text that cannot steer the page: control and direction marks become visible, one for one.

    Every value that a template shows passes here; what is no text passes untouched.
    """
    if not isinstance(value, str):
        return value
    shown = _STEERING.sub("\ufffd", _INVISIBLE.sub(" ", value))
    return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704 - was one before


def listed(value: str | None) -> list[Any]:
    """A JSON column as a list; anything else as no list."""
    try:
        read = json.loads(value or "[]")
    except ValueError:
        return []
    return read if isinstance(read, list) else []


def link(value: str | None) -> str | None:
    """The address when it is safe to put into `href`."""
    return value if value and value.lower().startswith(("https://", "http://")) else None


FILTERS: Final = {
    "angka": number,
    "waktu": moment,
    "waktu_pendek": short_moment,
    "hari": day,
    "hari_pendek": short_day,
    "label": label,
    "tahap": stage,
    "daftar": listed,
    "tautan": link,
}


def _parsed(value: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read.astimezone(WIB) if read.tzinfo and read.utcoffset() == UTC.utcoffset(None) else read


def _zone(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    return ZONES.get(int(offset.total_seconds() // 3600), f"UTC{moment:%z}")


def _date(value: str | None, pattern: str) -> str:
    try:
        return format_date(date.fromisoformat((value or "")[:10]), pattern, locale=LOCALE)
    except ValueError:
        return value or ""
