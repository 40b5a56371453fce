"""Working out, name by name as articles arrive, which rows of `people` are one human being.

A queued name is compared with the names that share a block with it (the same words in one
province, or an office and a word); the heap of names connected that way is divided anew by
`db.people.identity`, which is a pure function of the heap, so any order of arrival ends in the
same rows.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from sqlite_utils import Database

from db.base import writing
from db.people import profiles
from db.people.identity import Decisions, Link, Name, Office, group, office
from db.people.names import settings, tokens
from db.people.people import PersonGroupings, ids
from db.reference import put_setting, setting

BATCH: Final = 200
_VERSION: Final = hashlib.sha256(f"1 {settings()}".encode()).hexdigest()[:12]
"""Changes with the spellings and, by its number, with the code that compares."""
_SETTING: Final = "people_version"


def identify(db: Database, decisions: PersonGroupings) -> int:
    """Bring the human beings up to date with the mentions and the decisions; how many names."""
    _renew(db)
    done = 0
    while divided := _batch(db, decisions.names):
        done += divided
    return done


def _renew(db: Database) -> None:
    """Queue everybody when names are compared in another way than the last time."""
    if setting(db, _SETTING) == _VERSION:
        return
    with writing(db):
        db.execute("INSERT OR IGNORE INTO person_queue SELECT id FROM people")
        put_setting(db, _SETTING, _VERSION)


def _batch(db: Database, decisions: Decisions) -> int:
    with writing(db):
        queued = [
            row for (row,) in db.execute("SELECT person_id FROM person_queue LIMIT ?", [BATCH])
        ]
        for person in queued:
            _block(db, person)
        done: set[int] = set()
        for person in queued:
            if person not in done:
                done |= _divide(db, person, decisions)
        db.conn.executemany(
            "DELETE FROM person_queue WHERE person_id = ?", [(person,) for person in queued]
        )
    return len(queued)


def _block(db: Database, person: int) -> None:
    """Note under which blocks a name is found."""
    db.execute("DELETE FROM person_blocks WHERE person_id = ?", [person])
    for name in names(db, [person]).values():
        db.conn.executemany(
            "INSERT OR IGNORE INTO person_blocks (block, person_id) VALUES (?, ?)",
            [(block, person) for block in _blocks(name)],
        )


def _blocks(name: Name) -> Iterable[str]:
    if "#" in name.key:
        return
    words = tokens(name.name)
    yield namesake_block(name.name)
    yield f"n|{name.region[:2]}|{' '.join(words)}"
    for held in name.offices:
        for word in {words[0], words[-1]}:
            yield f"o|{'|'.join(held)}|{word}"


def namesake_block(name: str) -> str:
    """The block of everybody of that name, wherever they are; not followed when dividing."""
    return f"z|{' '.join(tokens(name))}"


def _divide(db: Database, start: int, decisions: Decisions) -> set[int]:
    """Divide the heap around a name anew; which names that were."""
    heap = _heap(db, start, decisions)
    found = names(db, heap)
    keys = {name.key: person for person, name in found.items()}
    links = group(list(found.values()), decisions)
    whose = {keys[key]: (keys[link.whose], link) for key, link in links.items()}
    _write(db, whose)
    humans: dict[int, list[Name]] = defaultdict(list)
    for person, (human, _) in whose.items():
        humans[human].append(found[person])
    for human, known in humans.items():
        profiles.write(db, human, known)
    return set(heap)


def _heap(db: Database, start: int, decisions: Decisions) -> set[int]:
    heap: set[int] = set()
    waiting = {start}
    while waiting:
        person = waiting.pop()
        heap.add(person)
        near = db.execute(
            "SELECT b.person_id FROM person_blocks a JOIN person_blocks b ON b.block = a.block "
            "WHERE a.person_id = ? AND substr(a.block, 1, 1) != 'z'",
            [person],
        ).fetchall()
        key = db.execute("SELECT key, same_as FROM people WHERE id = ?", [person]).fetchone()
        partners = ids(db, "people", decisions.partners(key[0])) if key else []
        before = [key[1]] if key and key[1] else []
        waiting |= {*(row for (row,) in near), *partners, *before} - heap
    return heap


def names(db: Database | sqlite3.Connection, people: Iterable[int]) -> dict[int, Name]:
    """The names of these rows with the offices they were seen in; rows that are gone left out."""
    wanted = json.dumps(sorted(people))
    offices: dict[int, set[Office]] = defaultdict(set)
    for person, *held in db.execute(_OFFICES, [wanted]):
        offices[person].add(office(*held))
    return {
        person: Name(key, name, frozenset(offices[person]), mentions)
        for person, key, name, mentions in db.execute(_NAMES, [wanted])
    }


_NAMES: Final = (
    "SELECT p.id, p.key, p.name, (SELECT count(*) FROM (SELECT article_id FROM article_people "
    "WHERE person_id = p.id UNION SELECT article_id FROM officials WHERE person_id = p.id "
    "UNION SELECT article_id FROM quotes WHERE person_id = p.id)) "
    "FROM people p WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id"
)
_OFFICES: Final = (
    "SELECT DISTINCT person_id, position, institution, region_code, acting FROM officials "
    "WHERE person_id IN (SELECT value FROM json_each(?))"
)


def _write(db: Database, whose: dict[int, tuple[int, Link]]) -> None:
    db.conn.executemany(
        "UPDATE people SET same_as = ?, score = ?, why = ? WHERE id = ?",
        [
            (None, None, None, person) if human == person else (human, link.score, link.why, person)
            for person, (human, link) in whose.items()
        ],
    )
