"""The form of a watch: from a request or a search, to a definition, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from db.alerts.watches import THEMELESS, WatchError, check
from db.search.filters import region_codes, split, theme_or_topic
from db.search.query import QueryError
from nlp import lexicon
from nlp.annotation import STATUSES
from nlp.lexicon import judgement

CHOICES: Final = {"tema": "theme", "topik": "topic", "status": "status"}
LINES: Final = {"wilayah": "region", "orang": "person", "media": "outlet"}
"""Fields of the form and of the definition: boxes to tick, and lists with one entry per line."""

LONGEST: Final = {"nama": 200, "kata": 2_000, "wilayah": 20_000, "orang": 20_000, "media": 20_000}
_FROM_SEARCH: Final = {"wilayah": "wilayah", "pejabat": "orang", "media": "media"}


@dataclass
class Form:
    """What stands in the fields, right or wrong; `notes` say what of a search was left out."""

    ticked: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in CHOICES})
    written: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LONGEST, ""))
    seen: str = ""
    """When the watch was last changed, as this page showed it."""
    notes: list[str] = field(default_factory=list)


def of_request(pairs: Iterable[tuple[str, str]]) -> Form:
    form = Form()
    for name, value in pairs:
        if name in form.ticked:
            form.ticked[name].add(value)
        elif name in form.written:
            form.written[name] = value
        elif name == "terlihat":
            form.seen = value
    return form


def of_watch(row: Mapping[str, Any]) -> Form:
    """The form of a kept watch, also of one that the lexicons do not know any more."""
    form = Form(seen=row["updated_at"])
    definition = json.loads(row["definition"])
    for name, key in CHOICES.items():
        form.ticked[name] = set(_listed(definition.get(key)))
    for name, key in LINES.items():
        form.written[name] = "\n".join(_listed(definition.get(key)))
    regions = map(region_name, _listed(definition.get("region")))
    form.written |= {"nama": row["name"], "kata": definition.get("words") or ""}
    form.written["wilayah"] = "\n".join(regions)
    return form


def of_search(query: str) -> Form:
    """The form that asks for what a search asked for, as far as a watch can."""
    form = Form()
    words, filters = split(query)
    lines: dict[str, list[str]] = {name: [] for name in LINES}
    for sign, name, value in filters:
        if sign or not _take(form, lines, name, value):
            form.notes.append(f"{sign}{name}:{value}")
    form.written |= {name: "\n".join(found) for name, found in lines.items()}
    form.written |= {"kata": words.strip(), "nama": words.strip()[:100]}
    return form


def _take(form: Form, lines: dict[str, list[str]], name: str, value: str) -> bool:
    """Put one filter of a search into the form; False when a watch has no such condition."""
    if name in _FROM_SEARCH:
        lines[_FROM_SEARCH[name]].append(value)
    elif name == "status":
        form.ticked["status"].add(value)
    elif name == "tema":
        try:
            key, wanted = theme_or_topic(value)
        except QueryError:
            return False
        form.ticked["tema" if key == "theme" else "topik"].add(wanted)
    else:
        return False
    return True


def definition(form: Form, outlets: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The definition and every fault, in Indonesian; `outlets`: domain or name to domain."""
    found: dict[str, Any] = {
        key: sorted(form.ticked[name]) for name, key in CHOICES.items() if form.ticked[name]
    }
    faults = [
        f"Isian {name} terlalu panjang: paling banyak {longest} huruf."
        for name, longest in LONGEST.items()
        if len(form.written[name]) > longest
    ]
    found["region"], wrong = _regions(_entries(form.written["wilayah"]))
    found["outlet"], unknown = _outlets(_entries(form.written["media"]), outlets)
    found["person"] = _entries(form.written["orang"])
    found["words"] = form.written["kata"].strip()
    kept = {key: value for key, value in found.items() if value}
    return kept, [*faults, *wrong, *unknown, *_checked(kept, bool(wrong or unknown))]


def unnamed(form: Form) -> list[str]:
    """The fault of a watch without a name; to try one, it needs none."""
    return [] if form.written["nama"].strip() else ["Nama langganan belum diisi."]


def _checked(kept: dict[str, Any], known_wrong: bool) -> list[str]:
    """What `db.alerts.watches` says to it, in the words of the form."""
    if not kept:
        return [] if known_wrong else ["Isi paling sedikit satu syarat."]
    try:
        check(kept)
    except WatchError as error:
        return [str(error).replace("words: ", "kata: ")]
    return []


def _regions(entries: list[str]) -> tuple[list[str], list[str]]:
    codes, faults = [], []
    for entry in entries:
        found = region_codes(entry)
        if len(found) == 1:
            codes.append(found[0])
        elif found:
            names = " atau ".join(f"{lexicon.regions()[code].full_name} ({code})" for code in found)
            faults.append(f"Wilayah {entry} dapat berarti {names}. Tulis salah satu.")
        else:
            faults.append(f"Wilayah tidak dikenal: {entry}.")
    return list(dict.fromkeys(codes)), faults


def _outlets(entries: list[str], known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    found = [known[entry.lower()] for entry in entries if entry.lower() in known]
    faults = [f"Media tidak dikenal: {entry}." for entry in entries if entry.lower() not in known]
    return list(dict.fromkeys(found)), faults


def region_name(code: str) -> str:
    """The name of a region where it leads back to that region alone, else its code."""
    entry = lexicon.regions().get(code)
    return entry.full_name if entry and region_codes(entry.full_name) == (code,) else code


def choices() -> dict[str, list[tuple[str, str]]]:
    """The boxes of the form: value and words of each."""
    themes = [*judgement.themes().items(), (THEMELESS, "Tanpa tema")]
    topics = [(topic.id, topic.name) for topic in judgement.topics().values()]
    return {"tema": themes, "topik": topics, "status": [(status, status) for status in STATUSES]}


def summary(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The conditions of a kept watch in words."""
    form, named = of_watch(row), {name: dict(pairs) for name, pairs in choices().items()}
    found = [
        (name, ", ".join(named[name].get(value, value) for value in sorted(form.ticked[name])))
        for name in ("tema", "topik")
    ]
    found.append(("status", ", ".join(sorted(form.ticked["status"])) or "kasus konkret"))
    found += [(name, ", ".join(_entries(form.written[name]))) for name in LINES]
    return [(name, text) for name, text in [*found, ("kata", form.written["kata"])] if text]


def _entries(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(item) for item in value or []]
