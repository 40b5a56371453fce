"""Topics, themes or regions against the stages of an election: the table of a researcher."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from db.counting import NONE, Scope
from db.stages import Calendar
from nlp import lexicon
from nlp.lexicon import judgement

AXES: Final = {
    "topik": "Topik",
    "tema": "Tema",
    "provinsi": "Provinsi",
    "kabupaten": "Kabupaten/kota",
}
_PLACED: Final = "LEFT JOIN article_regions x ON x.article_id = a.id"
_GROUPS: Final = {
    "topik": ("n.topic", ""),
    "tema": ("f.theme", ""),
    "provinsi": ("substr(x.region_code, 1, 2)", _PLACED),
    "kabupaten": (
        "x.region_code",
        "JOIN article_regions x ON x.article_id = a.id "
        "AND x.region_code > :below AND x.region_code < :beyond",
    ),
}
_TEXT: Final = "coalesce(sa.copy_of, a.id)"
_CELLS: Final = """
    SELECT json_extract(s.value, '$[0]') AS place, coalesce({group}, :none) AS line,
        count(DISTINCT {text}) AS number
    FROM json_each(:stages) s
    CROSS JOIN articles a ON a.published_at >= json_extract(s.value, '$[1]')
        AND a.published_at < json_extract(s.value, '$[2]') || '~'
    CROSS JOIN article_facets f ON f.id = a.id
    LEFT JOIN annotations n ON n.article_id = a.id
    LEFT JOIN story_articles sa ON sa.article_id = a.id {joined}
    WHERE {where} GROUP BY place, line
"""


@dataclass(frozen=True)
class Line:
    """A row of the table: a topic, theme or region and its number in each stage."""

    code: str
    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Recap:
    """Rows by their sum; a text counts once in each row it belongs to, `sums` count it once."""

    calendar: Calendar
    axis: str
    scope: Scope
    lines: Sequence[Line]
    sums: tuple[int, ...]

    def cell(self, line: str | None, stage: int) -> Scope:
        """The articles that one number counted; without a line those of the whole stage."""
        chosen = self.calendar.stages[stage]
        scope = replace(self.scope, since=chosen.first.isoformat(), until=chosen.last.isoformat())
        if line is None:
            return scope
        field = {"topik": "topic", "tema": "theme"}.get(self.axis, "region")
        changes: dict[str, Any] = {field: line}
        return replace(scope, **changes)

    def rows(self) -> list[dict[str, Any]]:
        """For a file: one row per line, one column per stage."""
        names = [stage.name for stage in self.calendar.stages]
        return [
            {
                AXES[self.axis]: line.name,
                "Kode": line.code,
                **dict(zip(names, line.numbers, strict=True)),
                "Jumlah": sum(line.numbers),
            }
            for line in self.lines
        ]


def recap(db: sqlite3.Connection, calendar: Calendar, axis: str, scope: Scope) -> Recap:
    """`axis` is a key of `AXES`; `kabupaten` counts in the province `scope.region`."""
    group, joined = _GROUPS[axis]
    stages = [[str(i), s.first.isoformat(), s.last.isoformat()] for i, s in _numbered(calendar)]
    values = {**scope.values, "stages": json.dumps(stages)}
    text = _TEXT if scope.once else "a.id"
    sql = _CELLS.format(group=group, joined=joined, where=scope.where, text=text)
    found: dict[str, dict[int, int]] = {}
    for stage, line, number in db.execute(sql, values):
        found.setdefault(line, {})[int(stage)] = number
    whole = _CELLS.format(group="'semua'", joined="", where=scope.where, text=text)
    sums = {int(stage): number for stage, _, number in db.execute(whole, values)}
    places = range(len(calendar.stages))
    lines = [_line(axis, code, numbers, places) for code, numbers in found.items()]
    lines.sort(key=lambda line: (line.code == NONE, -sum(line.numbers), line.name))
    return Recap(calendar, axis, scope, lines, tuple(sums.get(place, 0) for place in places))


def _numbered(calendar: Calendar) -> Any:
    return enumerate(calendar.stages)


def _line(axis: str, code: str, numbers: Mapping[int, int], places: range) -> Line:
    return Line(code, name(axis, code), tuple(numbers.get(place, 0) for place in places))


def name(axis: str, code: str) -> str:
    """What a line is called."""
    if code == NONE:
        return {"topik": "Tanpa topik", "tema": "Tanpa tema"}.get(axis, "Tanpa wilayah")
    if axis == "topik":
        return judgement.topics()[code].name if code in judgement.topics() else code
    if axis == "tema":
        return judgement.themes().get(code, code)
    region = lexicon.regions().get(code)
    return region.full_name if region else code
