"""What the articles say for each field of a form, in the words of the media."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from db.forms.material import Article
from db.reports.items import plain
from db.words import day, listed, says, short_moment, stage

LONGEST: Final = 600
"""Characters of one quotation."""
_DOUBT: Final = " (hari di artikel tidak cocok dengan tanggalnya)"
_DATELINE: Final = 5
"""Words; a shorter sentence says where the newsroom sat rather than what happened."""


@dataclass(frozen=True)
class Statement:
    """`quote` are the words of the medium; `source` is a number of `Draft.sources`."""

    text: str
    source: int
    quote: str = ""


@cache
def form() -> dict[str, Any]:
    """`form_a.toml`."""
    path = Path(__file__).with_name("form_a.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _told(material: Sequence[Article]) -> Iterator[Statement]:
    for article in material:
        row = article.row
        stands = says(row["status"], row["outlet"])
        where = f" ({stage(row['stage'])})" if row["stage"] else ""
        when = short_moment(row["published_at"]) or "tanpa tanggal"
        yield Statement(f"{when}: {stands}{where}.", article.number, _cut(row["title"]))


def _events(material: Sequence[Article]) -> Iterator[Statement]:
    for article in material:
        for case in article.parts["violations"]:
            start, end = json.loads(case["evidence"])
            said = says(case["status"], article.row["outlet"])
            yield Statement(f"{said}:", article.number, _cut(article.row["text"][start:end]))


def _places(material: Sequence[Article]) -> Iterator[Statement]:
    """The kecamatan and desa that the article names inside the region, else the region."""
    for article in material:
        regions = {row["region_code"]: row for row in article.parts["regions"]}
        for case in article.parts["violations"]:
            if case["region"]:
                found = regions.get(case["region_code"], {})
                for place in listed(found.get("localities")):
                    said = f"{place['name']}, {case['region']}"
                    yield _stated(article, said, [place["span"]])
                yield _stated(article, case["region"], listed(found.get("spans")))


def _days(material: Sequence[Article]) -> Iterator[Statement]:
    for article in material:
        told = {row["date"]: row for row in article.parts["dates"]}
        for case in article.parts["violations"]:
            if case["date"]:
                row = told.get(case["date"], {})
                doubt = (
                    " (hari di artikel tidak cocok dengan tanggalnya)" if row.get("doubt") else ""
                )
                spans = [listed(row["span"])] if row else []
                yield _stated(article, f"{day(case['date'])}{doubt}", spans)


def _accused(material: Sequence[Article]) -> Iterator[Statement]:
    """Only who is named, or given by initials: a crowd and an office without a name are none."""
    for article in material:
        offices = {row["name"]: row for row in article.parts["officials"]}
        spans = {row["name"]: listed(row["spans"]) for row in article.parts["people"]} | {
            name: listed(row["spans"]) for name, row in offices.items()
        }
        for case in article.parts["violations"]:
            for name in listed(case["actors"]):
                if name in spans:
                    said = _with_office(name, offices.get(name))
                    yield _stated(article, said, spans[name])


def _witnesses(material: Sequence[Article]) -> Iterator[Statement]:
    for article in material:
        for person in article.parts["people"]:
            if person["role"] == "saksi":
                yield _stated(article, person["name"], listed(person["spans"]))


def _proofs(material: Sequence[Article]) -> Iterator[Statement]:
    wanted, other = (_any_of(form()["bukti"][name]) for name in ("kata", "kecuali"))
    for article in material:
        for sentence in article.sentences():
            matches = wanted.finditer(other.sub("", sentence))
            found = dict.fromkeys(match[0].lower() for match in matches)
            if found:
                said = f"Disebut {article.row['outlet']}: {', '.join(found)}."
                yield Statement(said, article.number, _cut(sentence))


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in words)
    return re.compile(rf"\b(?:{alternatives})(?:nya)?\b", re.IGNORECASE)


def _statements(material: Sequence[Article]) -> Iterator[Statement]:
    for article in material:
        for quote in article.parts["quotes"]:
            if quote["speaker"]:
                said = f"Menurut {quote['speaker']}, dikutip {article.row['outlet']}:"
                yield Statement(said, article.number, _cut(quote["text"]))


def _norms(material: Sequence[Article]) -> Iterator[Statement]:
    for article in material:
        for case in article.parts["violations"]:
            for norm in listed(case["norms"]):
                yield Statement(norm, article.number)


FIELDS: Final[dict[str, Callable[[Sequence[Article]], Iterator[Statement]]]] = {
    "pemberitaan": _told,
    "peristiwa": _events,
    "tempat": _places,
    "waktu": _days,
    "terlapor": _accused,
    "saksi": _witnesses,
    "bukti": _proofs,
    "keterangan": _statements,
    "dasar": _norms,
}
"""What `isi` of `form_a.toml` names."""


def _stated(article: Article, text: str, spans: Sequence[Sequence[int]]) -> Statement:
    """A finding with the first whole sentence that holds it, where one does."""
    held = (article.sentence(span[0]) for span in spans)
    sentence = next((one for one in held if one and len(one.split()) > _DATELINE), None)
    return Statement(f"{text}, menurut {article.row['outlet']}", article.number, _cut(sentence))


def _with_office(name: str, office: dict[str, Any] | None) -> str:
    if office is None:
        return name
    parts = [office["acting"], office["position"], office["institution"]]
    return f"{name} ({' '.join(part.replace('_', ' ') for part in parts if part)})"


def _cut(text: str | None) -> str:
    return plain(text, LONGEST) if text else ""
