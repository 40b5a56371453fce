"""What narrows a search beside its words: `tema: status: wilayah: pejabat: media: sejak: hingga:`.

Filters count for the whole search; one given twice means either, one with `-` before it excludes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Final

from db.people.people import fold
from db.people.supervisors import ROLES
from db.search.fulltext import Condition
from db.search.query import QueryError
from nlp import lexicon
from nlp.annotation import STATUSES
from nlp.lexicon import judgement

_FILTER = re.compile(r'(?<!\S)(-?)(\w+):("[^"]*"|[^\s()]*)(?!\S)')
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?|(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


def split(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The query without its filters, and these as sign (`-` or nothing), name and value."""
    given: list[tuple[str, str, str]] = []

    def take(match: re.Match[str]) -> str:
        sign, name, value = match[1], match[2].lower(), match[3].strip('"').strip()
        if name not in FILTERS:
            return match[0]
        given.append((sign, name, value))
        return " "

    return _FILTER.sub(take, text), given


def read(text: str) -> tuple[str, list[Condition]]:
    """The query without its filters, and these. Columns: `f` facets, `a` articles, `n` annotations.

    Raises `QueryError` for a value that nothing could match.
    """
    wanted: dict[tuple[str, str], list[Condition]] = defaultdict(list)
    rest, typed = split(text)
    for sign, name, value in typed:
        if not value:
            raise QueryError(f"Saringan {name}: belum diisi.")
        wanted[sign, name].append(FILTERS[name](value))
    return rest, [_together(sign, name, given) for (sign, name), given in wanted.items()]


def _together(sign: str, name: str, given: list[Condition]) -> Condition:
    operator = " AND " if name in ("sejak", "hingga") else " OR "
    sql = operator.join(f"coalesce({condition.sql}, 0)" for condition in given)
    parameters = tuple(value for condition in given for value in condition.parameters)
    return Condition(f"NOT ({sql})" if sign else f"({sql})", parameters)


def _theme(value: str) -> Condition:
    column, wanted = theme_or_topic(value)
    return Condition(f"{'f.theme' if column == 'theme' else 'n.topic'} = ?", (wanted,))


def theme_or_topic(value: str) -> tuple[str, str]:
    """`("theme", id)` or `("topic", id)` of that id or name. Raises `QueryError`."""
    wanted = fold(value)
    themes = [key for key, name in judgement.themes().items() if wanted in (fold(key), fold(name))]
    if themes:
        return "theme", themes[0]
    for topic in judgement.topics().values():
        if wanted in (fold(topic.id), fold(topic.name)):
            return "topic", topic.id
    raise QueryError(f"Tema tidak dikenal: {value}. Pilihan: {', '.join(judgement.themes())}.")


def _status(value: str) -> Condition:
    status = fold(value).replace(" ", "_")
    if status not in STATUSES:
        raise QueryError(f"Status tidak dikenal: {value}. Pilihan: {', '.join(STATUSES)}.")
    return Condition("f.status = ?", (status,))


def _region(value: str) -> Condition:
    codes = region_codes(value)
    if not codes:
        raise QueryError(f"Wilayah tidak dikenal: {value}.")
    parts = ["f.province_code = ?" if "." not in code else "n.region_code = ?" for code in codes]
    return Condition(f"({' OR '.join(parts)})", codes)


def _person(value: str) -> Condition:
    """Everybody one of whose names holds the value, under all of their names."""
    like = "%" + re.sub(r"([%_\\])", r"\\\1", value) + "%"
    return Condition(
        "a.id IN (WITH bearers AS (SELECT coalesce(same_as, id) AS human FROM people "
        "WHERE name LIKE ? ESCAPE '\\'), named AS (SELECT id FROM people "
        "WHERE coalesce(same_as, id) IN (SELECT human FROM bearers)) "
        "SELECT article_id FROM article_people WHERE person_id IN (SELECT id FROM named) "
        "OR name LIKE ? ESCAPE '\\' "
        "UNION SELECT article_id FROM officials WHERE person_id IN (SELECT id FROM named) "
        "OR name LIKE ? ESCAPE '\\')",
        (like, like, like),
    )


def _outlet(value: str) -> Condition:
    return Condition(
        "(f.outlet_id = ? OR f.outlet_id IN (SELECT id FROM outlets WHERE lower(name) = ?))",
        (value.lower(), value.lower()),
    )


def _supervisor(value: str) -> Condition:
    """What Bawaslu is in the article: `bawaslu:pihak` or `bawaslu:narasumber`."""
    if fold(value) not in ROLES:
        raise QueryError(f"Kedudukan Bawaslu tidak dikenal: {value}. Pilihan: {', '.join(ROLES)}.")
    return Condition(
        "a.id IN (SELECT article_id FROM supervisor_roles WHERE role = ?)", (fold(value),)
    )


def _since(value: str) -> Condition:
    return Condition("substr(a.published_at, 1, 10) >= ?", (_date(value),))


def _until(value: str) -> Condition:
    date = _date(value)
    return Condition(f"substr(a.published_at, 1, {len(date)}) <= ?", (date,))


def _date(value: str) -> str:
    """`2020`, `2020-09`, `2020-9-24`, `24/9/2020` as the beginning of an ISO date."""
    found = _DATE.fullmatch(value)
    if found is None:
        raise QueryError(f"Tanggal tidak dikenal: {value}. Contoh: 2024, 2024-11, 24/11/2024.")
    year, month, day, day_first, second, last = found.groups()
    if last:
        year, month, day = last, second, day_first
    parts = [year, *(part.zfill(2) for part in (month, day) if part)]
    return "-".join(parts)


FILTERS: Final[dict[str, Callable[[str], Condition]]] = {
    "tema": _theme,
    "status": _status,
    "wilayah": _region,
    "pejabat": _person,
    "media": _outlet,
    "bawaslu": _supervisor,
    "sejak": _since,
    "hingga": _until,
}


def region_codes(value: str) -> tuple[str, ...]:
    """Regions of that code, name or alias; several where one name is that of several."""
    return _regions_by_name().get(fold(value), ())


@cache
def _regions_by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, entry in lexicon.regions().items():
        names = {code, entry.name, entry.short_name, entry.full_name, *entry.aliases}
        for name in sorted({fold(name) for name in names}):
            found[name] = (*found.get(name, ()), code)
    return found
