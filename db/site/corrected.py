"""Corrections as pages show them: what was said, by whom, what it replaced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from db.decisions.correcting import plain
from db.decisions.restating import LISTS, value
from db.site import bases
from db.words import day, label, number, stage
from nlp import lexicon
from nlp.lexicon import judgement

Row = dict[str, Any]

_AFTER: Final = ("terpilih", "nonaktif", "petahana")
"""How an office is held, said behind it."""
_CORRECTIONS: Final = """
    SELECT c.*, coalesce(a.name, c.actor) AS actor_name,
        w.at AS withdrawn_at, coalesce(b.name, w.actor) AS withdrawn_by
    FROM meja.corrections c LEFT JOIN meja.accounts a ON a.username = c.actor
    LEFT JOIN meja.correction_withdrawals w ON w.correction_id = c.id
    LEFT JOIN meja.accounts b ON b.username = w.actor
"""
_LISTED: Final = f"""
    SELECT c.*, ar.title, ar.url, o.name AS outlet FROM ({_CORRECTIONS}) c
    LEFT JOIN articles ar ON ar.key = c.article_key LEFT JOIN outlets o ON o.id = ar.outlet_id
    WHERE (:bidang IS NULL OR c.field = :bidang) AND (:oleh IS NULL OR c.actor = :oleh)
    ORDER BY c.id DESC LIMIT :size OFFSET :offset
"""  # noqa: S608 - own text


async def of_article(datasette: Any, key: str, *, named: bool = True) -> list[Row]:
    """All corrections of an article, newest first, the withdrawn ones too.

    Not `named`: readers who have not signed in are not told who it was.
    """
    if not bases.has_desk(datasette):
        return []
    sql = f"{_CORRECTIONS} WHERE c.article_key = ? ORDER BY c.id DESC"
    rows = _told(await bases.rows(datasette, sql, [key]))
    return rows if named else [{**row, "actor_name": "seorang analis"} for row in rows]


async def listed(
    datasette: Any, field: str | None, actor: str | None, size: int, offset: int
) -> list[Row]:
    given = {"bidang": field, "oleh": actor, "size": size, "offset": offset}
    return _told(await bases.rows(datasette, _LISTED, given))


def standing(found: Iterable[Row]) -> dict[str, dict[str, Row]]:
    """The corrections that count, by field and by the value they brought; newest wins."""
    kept: dict[str, dict[str, Row]] = {}
    for row in found:
        if row["withdrawn_at"] is None:
            item = (row["new_value"] or "") if row["field"] in LISTS else ""
            kept.setdefault(row["field"], {}).setdefault(item, row)
    return kept


def item(field: str, row: Row) -> str:
    """The value of a shown row, as a correction names it."""
    return value(LISTS[field], row)


def shown(field: str, stored: str | None) -> str:
    """A stored value in words."""
    if stored is None:
        return "kosong"
    try:
        return str(_SAID[field](plain(field, stored)))
    except (KeyError, TypeError, ValueError):  # written by other hands than ours
        return stored


def _told(rows: list[Row]) -> list[Row]:
    for row in rows:
        row["old_shown"] = shown(row["field"], row["old_value"])
        row["new_shown"] = shown(row["field"], row["new_value"])
    return rows


def office(row: Row) -> str:
    """`Plt Kepala Badan ...`, `Bupati terpilih`; a position that says so itself stays as it is."""
    acting, position = (row["acting"] or "").replace("_", " "), str(row["position"])
    if not acting or acting.lower() in position.lower():
        return position
    return f"{position} {acting}" if acting in _AFTER else f"{acting} {position}"


def figure(row: Row) -> str:
    """`lebih dari 75 persen (tingkat partisipasi)`"""
    amount = number(row["value"])
    if row["value_max"] is not None:
        amount = f"{amount}-{number(row['value_max'])}"
    words = [label(row["bound"], "bound"), amount, row["unit"] or ""]
    about = f" ({row['about']})" if row["about"] else ""
    return " ".join(word for word in words if word) + about


def _region(code: str | None) -> str:
    entry = lexicon.regions().get(code or "")
    return entry.full_name if entry else code or ""


def _topic(code: str) -> str:
    entry = judgement.topics().get(code)
    return entry.name if entry else code


def _official(row: Row) -> str:
    parts = [row["name"], office(row), row["institution"], _region(row["region_code"])]
    return ", ".join(part for part in parts if part)


def _person(row: Row) -> str:
    role = (row["role"] or "").replace("_", " ")
    return f"{row['name']} ({role})" if role else str(row["name"])


def _quote(row: Row) -> str:
    words = row["text"] if len(row["text"]) <= 80 else row["text"][:79] + "…"
    return f"{row['speaker'] or 'tanpa nama'}: “{words}”"


def _violation(row: Row) -> str:
    parts = [
        _topic(row["topic"]),
        label(row["status"], "status"),
        "; ".join(row["actors"]),
        _region(row["region_code"]),
        day(row["date"]),
    ]
    return ", ".join(part for part in parts if part)


_SAID: Final[dict[str, Any]] = {
    "status": lambda code: label(code, "status"),
    "alert": lambda code: label(code, "alert"),
    "stage": stage,
    "topic": _topic,
    "topics": _topic,
    "region": _region,
    "regions": _region,
    "officials": _official,
    "people": _person,
    "figures": figure,
    "dates": lambda row: day(row["date"]),
    "quotes": _quote,
    "violations": _violation,
}
