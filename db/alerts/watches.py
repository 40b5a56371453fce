"""Watches (langganan): what an analyst wants to be told of, as data.

A definition is a JSON object; all conditions it names must hold:

    {"theme": ["politik_uang"],       any of these themes (tanpa_tema: none was found) or
     "topic": ["mutasi_jabatan"],     any of these topics
     "status": ["rekap"],             only these; without it, concrete cases
     "region": ["64", "64.02"],       a province with all in it, a kabupaten or kota
     "words": "amplop OR sembako",    see db.query
     "person": ["Edi Suharto"],       named in the article
     "outlet": ["kaltim.example"]}    domains

It is checked when it is saved, so that no watch is ever dropped later because its query is bad.
"""

from __future__ import annotations

import json
import secrets
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from db.base import writing
from db.people.people import fold
from db.search.query import Node, QueryError, parse, says_something
from nlp import lexicon
from nlp.annotation import STATUSES
from nlp.lexicon import judgement

DEFAULTS: Final = Path(__file__).with_name("default_watches.toml")
THEMELESS: Final = "tanpa_tema"
"""The theme of a concrete case for which no topic was found: it must not go unheard."""
LISTS: Final = ("theme", "topic", "status", "region", "person", "outlet")


class WatchError(ValueError):
    """A watch that could not work; the message is in Indonesian and names every fault."""


@dataclass(frozen=True)
class Watch:
    """A watch ready to be held against articles."""

    key: str
    name: str
    theme: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    words: str = ""

    @cached_property
    def query(self) -> Node | None:
        return parse(self.words)

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics it asks for, those of its themes included; empty: any or none."""
        of_themes = [topic.id for topic in judgement.topics().values() if topic.theme in self.theme]
        themeless = [THEMELESS] if THEMELESS in self.theme else []
        return frozenset([*of_themes, *themeless, *self.topic])

    @cached_property
    def people(self) -> tuple[str, ...]:
        return tuple(fold(name) for name in self.person)


def check(definition: object, *, key: str = "", name: str = "") -> Watch:
    """The watch a definition describes. Raises `WatchError`."""
    if not isinstance(definition, Mapping):
        raise WatchError("Langganan harus berupa objek JSON.")
    faults = [f"syarat tidak dikenal: {field}" for field in definition.keys() - {*LISTS, "words"}]
    lists = {field: _strings(field, definition.get(field), faults) for field in LISTS}
    given = definition.get("words") or ""
    words = given.strip() if isinstance(given, str) else given
    faults += [*_unknown(lists), *_wordless(words)]
    if not words and not any(lists.values()):
        faults.append(f"paling sedikit satu syarat harus diisi ({', '.join(LISTS)}, words)")
    if faults:
        raise WatchError("Langganan ditolak: " + "; ".join(sorted(faults)) + ".")
    return Watch(key, name, words=words, **lists)


def read(definition: str) -> dict[str, Any]:
    """A definition written as JSON. Raises `WatchError` when it is none."""
    try:
        found = json.loads(definition)
    except json.JSONDecodeError as error:
        raise WatchError(f"Syarat langganan bukan JSON: {error}.") from error
    if not isinstance(found, dict):
        raise WatchError("Syarat langganan harus berupa objek JSON.")
    return found


def save(
    meja: Database,
    name: str,
    definition: Mapping[str, Any],
    *,
    key: str | None = None,
    owner: str | None = None,
    active: bool = True,
) -> str:
    """Keep a new watch, or the one of `key` in its new form; its key. Raises `WatchError`."""
    if not name.strip():
        raise WatchError("Langganan ditolak: nama belum diisi.")
    check(definition)
    row = (key or secrets.token_hex(6), name.strip(), _dump(definition), owner, int(active))
    with writing(meja):
        meja.execute(
            "INSERT INTO watches (key, name, definition, owner, active, created_at, updated_at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT (key) DO UPDATE SET "
            "name = ?2, definition = ?3, owner = coalesce(?4, owner), active = ?5, "
            "updated_at = ?6",
            [*row, _now()],
        )
    return row[0]


def install_defaults(meja: Database) -> int:
    """Put in the watches everybody starts with, once; how many were new."""
    rows = tomllib.loads(DEFAULTS.read_text("utf-8"))["langganan"]
    before = meja.execute("SELECT count(*) FROM watches").fetchone()[0]
    with writing(meja):
        for row in rows:
            definition = {name: value for name, value in row.items() if name not in ("key", "name")}
            check(definition)
            meja.execute(
                "INSERT OR IGNORE INTO watches "
                "(key, name, definition, is_default, created_at, updated_at) "
                "VALUES (?1, ?2, ?3, 1, ?4, ?4)",
                [row["key"], row["name"], _dump(definition), _now()],
            )
    return int(meja.execute("SELECT count(*) FROM watches").fetchone()[0]) - int(before)


def active(meja: Database) -> tuple[list[Watch], dict[str, str]]:
    """The watches switched on, and by name those that do not work any more, with the reason."""
    good: list[Watch] = []
    bad: dict[str, str] = {}
    for row in meja.query("SELECT key, name, definition FROM watches WHERE active ORDER BY key"):
        try:
            definition = json.loads(row["definition"])
            good.append(check(definition, key=row["key"], name=row["name"]))
        except ValueError as error:  # broken JSON and WatchError
            bad[row["name"]] = str(error)
    return good, bad


def _strings(field: str, value: object, faults: list[str]) -> tuple[str, ...]:
    """A list of texts; one text alone is taken as a list of one."""
    if value is None:
        return ()
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        faults.append(f"{field} harus berupa daftar teks")
        return ()
    return tuple(item.strip() for item in listed if item.strip())


def _unknown(lists: Mapping[str, Collection[str]]) -> list[str]:
    known: dict[str, Collection[str]] = {
        "theme": [*judgement.themes(), THEMELESS],
        "topic": judgement.topics(),
        "status": STATUSES,
        "region": lexicon.regions(),
    }
    return [
        f"{field} tidak dikenal: {value}"
        for field, values in known.items()
        for value in lists[field]
        if value not in values
    ]


def _wordless(words: object) -> list[str]:
    if not isinstance(words, str):
        return ["words harus berupa teks"]
    try:
        node = parse(words)
    except QueryError as error:
        return [f"words: {error}"]
    if words.strip() and node is None:
        return ["words: tidak memuat kata"]
    if node is not None and not says_something(node):
        return ["words: harus ada kata yang dicari, tidak hanya yang dikecualikan"]
    return []


def _dump(definition: Mapping[str, Any]) -> str:
    return json.dumps(definition, ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
