"""What is compared, noun by noun: the items of a gold answer and of an annotation, as sets.

A gold answer is a plain mapping with the keys `election, status, alert, topics, region, regions,
dates, officials, people, figures, speakers`; a key that is absent was not labelled and is not
scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from nlp.annotation import Annotation
from nlp.lexicon import table
from nlp.lexicon.judgement import topics

Gold = Mapping[str, Any]
Items = set[Hashable]


def fold(text: str | None) -> str:
    """Compare names and offices without case, dots and double blanks."""
    return " ".join((text or "").replace(".", " ").casefold().split())


def _themes(names: list[str]) -> Items:
    return {topics()[name].theme for name in names if name in topics()}


def _office(official: Mapping[str, Any]) -> Hashable:
    name, position = fold(official["name"]), fold_list(official["position"])
    return (name, position, fold(official["acting"]))


def fold_list(text: str | None) -> str:
    """As `fold`, and "A, B, dan C" like "A, B dan C", the way the names of divisions vary."""
    return fold(re.sub(r",?\s+(?:dan|serta)\s+|\s*&\s*|,", " ", text or "", flags=re.IGNORECASE))


def _unit(text: str | None) -> str:
    unit = fold(text)
    return str(table("numbers")["satuan"]["sama"].get(unit, unit))


def _is_counted(figure: Mapping[str, Any]) -> bool:
    """Not "puluhan" and "ratusan": gold answers leave out what is only an order of magnitude."""
    return not (figure["value_max"] is not None and figure["bound"] == "lebih_dari")


def _number(value: float) -> float:
    return round(float(value), 4)


GOLD: dict[str, tuple[str, Callable[[Gold], Items]]] = {
    "tema": ("topics", lambda g: _themes(g["topics"])),
    "tema utama": ("topics", lambda g: _themes(g["topics"][:1])),
    "topik": ("topics", lambda g: set(g["topics"])),
    "wilayah": ("regions", lambda g: set(g["regions"])),
    "wilayah utama": ("region", lambda g: {g["region"]} - {"", None}),
    "tanggal": ("dates", lambda g: set(g["dates"])),
    "pejabat: nama": ("officials", lambda g: {fold(o["name"]) for o in g["officials"]}),
    "pejabat: nama, jabatan, status": (
        "officials",
        lambda g: {_office(o) for o in g["officials"]},
    ),
    "orang": (
        "people",
        lambda g: {fold(o["name"]) for o in g["officials"]} | {fold(p) for p in g["people"]},
    ),
    "angka": (
        "figures",
        lambda g: {(_number(f["value"]), _unit(f["unit"])) for f in g["figures"]},
    ),
    "penutur": ("speakers", lambda g: {fold(s) for s in g["speakers"]}),
}
"""For each noun the gold key that it needs and how to read its items."""

FOUND: dict[str, Callable[[Annotation], Items]] = {
    "tema": lambda a: {t["theme"] for t in a["topics"]},
    "tema utama": lambda a: {t["theme"] for t in a["topics"][:1]},
    "topik": lambda a: {t["topic"] for t in a["topics"]},
    "wilayah": lambda a: {r["code"] for r in a["regions"]},
    "wilayah utama": lambda a: {r["code"] for r in a["regions"] if r["main"]},
    "tanggal": lambda a: {d["date"] for d in a["dates"]},
    "pejabat: nama": lambda a: {fold(o["name"]) for o in a["officials"]},
    "pejabat: nama, jabatan, status": lambda a: {_office(o) for o in a["officials"]},
    "orang": lambda a: (
        {fold(o["name"]) for o in a["officials"]} | {fold(p["name"]) for p in a["people"]}
    ),
    "angka": lambda a: {
        (_number(f["value"]), _unit(f["unit"])) for f in a["figures"] if _is_counted(f)
    },
    "penutur": lambda a: {fold(q["speaker"]) for q in a["quotes"] if q["speaker"]},
}
"""The same items in an annotation."""
