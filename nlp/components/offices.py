"""The offices, bodies and divisions of the lexicon, ready to be looked up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from nlp.lexicon import positions
from nlp.phrases import Phrases


@dataclass(frozen=True)
class Office:
    """`pattern` says what stands behind it; `title` and `institution` are how to write it down."""

    id: str
    name: str
    pattern: str
    title: str
    institution: str
    level: str | None
    inside: tuple[str, ...]
    national: bool


@dataclass(frozen=True)
class Body:
    """`place` is what its name goes on with: wilayah, kecamatan, desa, tempat.

    `verbatim` bodies are written down as the text has them.
    """

    name: str
    named_office: bool
    place: str
    central: bool
    short: bool
    verbatim: bool


@dataclass(frozen=True)
class Head:
    """The word or words that open an office: an office, a role in a body, or a division.

    A `bare` division has no word for its head and needs its body: `Divisi Hukum KPU Maros, Edi`.
    """

    office: Office | None = None
    role: str | None = None
    division: bool = False
    acting: str | None = None
    bare: bool = False


def _office(row: dict[str, Any]) -> Office:
    return Office(
        row["id"],
        row["nama"],
        row["pola"],
        row.get("jabatan", row["nama"]),
        row.get("lembaga", ""),
        row.get("tingkat"),
        tuple(row.get("di", ())),
        row.get("nasional", False),
    )


@cache
def offices() -> dict[str, Office]:
    return {row["id"]: _office(row) for row in positions()["jabatan"]}


@cache
def roles() -> dict[str, Head]:
    """Form -> the role in a body that it stands for."""
    return {form: Head(role=role) for role, forms in positions()["peran"].items() for form in forms}


@cache
def heads() -> Phrases[Head]:
    """Every form that can open an office."""
    data, entries = positions(), list[tuple[str, Head]]()
    for row in data["jabatan"]:
        head = Head(office=offices()[row["id"]])
        for form in row["bentuk"]:
            entries += [(form, head), (f"{form}nya", head)]
    for form, (acting, office) in data["gabungan"].items():
        entries.append((form, Head(office=offices()[office], acting=acting)))
    entries += _composed()
    entries += roles().items()
    entries += [(form, Head(division=True)) for form in data["divisi"]["kepala"]]
    entries += [(form, Head(division=True, bare=True)) for form in data["divisi"]["polos"]]
    return Phrases(entries)


def _composed() -> list[tuple[str, Head]]:
    """`Wakil Sekretaris DPC`: every role with every body that it may be in."""
    return [
        (f"{role} {body}", Head(office=offices()[row["jabatan"]]))
        for row in positions()["susunan"]
        for role in row["peran"]
        for body in row["badan"]
    ]


@cache
def organs() -> Phrases[bool]:
    """`Badan Kehormatan`, `Pansus`: organs of a parliament."""
    return Phrases((form, True) for form in positions()["alat"]["nama"])


@cache
def memberships() -> Phrases[bool]:
    """`dari Fraksi`, `Dapil`: what opens the words on a member's party and district."""
    return Phrases((form, True) for form in positions()["alat"]["sesudah"])


def _body(row: dict[str, Any]) -> Body:
    return Body(
        row.get("lembaga", row["nama"]),
        row.get("tulis") == "peran badan",
        row.get("tempat", "wilayah"),
        row.get("pusat", False),
        row.get("pendek", False),
        row.get("apa_adanya", False),
    )


@cache
def bodies() -> Phrases[Body]:
    return Phrases((form, _body(row)) for row in positions()["badan"] for form in row["bentuk"])


@cache
def acting_before() -> Phrases[str]:
    """Words before an office -> Plt, Pj, mantan, calon ..."""
    return Phrases(
        (form, status) for status, forms in positions()["acting"].items() for form in forms
    )


@cache
def acting_after() -> Phrases[str]:
    forms = positions()["acting_sesudah"]
    return Phrases((form, status) for status in forms for form in forms[status])


@cache
def division_abbreviations() -> Phrases[str]:
    return Phrases(positions()["divisi"]["singkatan"].items())


@cache
def division_openers() -> Phrases[bool]:
    return Phrases((form, True) for form in positions()["divisi"]["sesudah"])


@cache
def unit_words() -> frozenset[str]:
    return frozenset(positions()["unit"]["kata"])


@cache
def central_words() -> frozenset[str]:
    """In the name of an organisation, these make it one of the whole country."""
    return frozenset(positions()["pusat"]["kata"])


@cache
def ahli_words() -> frozenset[str]:
    """Fields of study behind "pengamat", "dosen" and the like."""
    return frozenset(positions()["ahli"]["kata"])


@cache
def links(key: str) -> Phrases[bool]:
    """Connecting phrases: key is nama, jabatan or rangkap."""
    return Phrases((form, True) for form in positions()["sambung"][key])
