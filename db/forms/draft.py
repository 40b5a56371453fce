"""The draft of Formulir A: its fields, each statement with the number of its source."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from db.clocks.pressing import of_case
from db.forms.fields import FIELDS, LONGEST, Statement, form
from db.forms.material import Article, articles
from db.reports.items import plain
from db.reports.masking import masked
from db.reports.place import find
from db.words import moment

MOST_STATEMENTS: Final = 12
"""Of one field; a draft is read, not searched."""


@dataclass(frozen=True)
class Field:
    """Without statements: blank, to be filled by hand."""

    name: str
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Section:
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Draft:
    """`sources[0]` is source number 1."""

    title: str
    case: str
    caution: str
    number: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    signature: tuple[str, ...]
    mask_note: str
    made_at: str


def draft(db: sqlite3.Connection, alert: dict[str, Any], *, mask: bool = False) -> Draft:
    """What the articles of an alert's case say, in the order of the form.

    `db` is `berita.db` with `meja.db` attached as `meja`; `alert` a row of `alerts` with `title`.
    With `mask`, people without an office are named by their initials.
    """
    written, place = form(), find(alert["region_code"])
    material = articles(db, alert)
    known = _known(db, material)
    fields = {name: list(find_(material)) for name, find_ in FIELDS.items()}
    fields["diketahui"] = [Statement(known, len(material) + 1)] if known else []
    sections = tuple(_section(part, fields) for part in written["bagian"])
    sources = [article.source(place) for article in material]
    made = Draft(
        title=written["judul"],
        case=plain(alert["title"], LONGEST),
        caution=written["peringatan"],
        number=written["nomor"],
        sections=sections,
        sources=(*sources, *(["Catatan petugas di Pantau"] if known else [])),
        signature=tuple(written["tanda_tangan"]),
        mask_note=written["samaran"] if mask else "",
        made_at=datetime.now(place.clock).isoformat(timespec="minutes"),
    )
    return _without_names(made, _private(material)) if mask else made


def _section(part: dict[str, Any], found: dict[str, list[Statement]]) -> Section:
    fields = tuple(
        Field(row["nama"], tuple(_once(found.get(row.get("isi", ""), []))[:MOST_STATEMENTS]))
        for row in part["butir"]
    )
    return Section(part["judul"], fields)


def _once(statements: Iterable[Statement]) -> list[Statement]:
    """Each statement once, from the article that made it first."""
    return list({(one.text, one.quote): one for one in reversed(list(statements))}.values())[::-1]


def _known(db: sqlite3.Connection, material: Sequence[Article]) -> str | None:
    """When and by whom the case was marked as known, if it was."""
    clocks = of_case(db, [article.row["key"] for article in material], "meja")
    if not clocks:
        return None
    known = clocks[0].known
    return f"{moment(known.moment.isoformat())}, ditandai {known.actor_name}"


def _private(material: Sequence[Article]) -> list[str]:
    """Names of everybody without an office, but for those who stand in public themselves."""
    open_roles = form()["samarkan"]["peran_umum"]
    people = [row for article in material for row in article.parts["people"]]
    public = {row["name"] for article in material for row in article.parts["officials"]}
    public |= {row["name"] for row in people if row["role"] in open_roles}
    return sorted({row["name"] for row in people} - public)


def _without_names(made: Draft, names: Sequence[str]) -> Draft:
    def hidden(one: Statement) -> Statement:
        return replace(one, text=masked(one.text, names), quote=masked(one.quote, names))

    sections = tuple(
        replace(
            part,
            fields=tuple(
                replace(field, statements=tuple(map(hidden, field.statements)))
                for field in part.fields
            ),
        )
        for part in made.sections
    )
    sources = tuple(masked(source, names) for source in made.sources)
    return replace(made, case=masked(made.case, names), sections=sections, sources=sources)
