"""The people an article mentions: one row of `people` for one name in one region.

A key is the folded name and the region of the office or the article (`nasional` for offices of
the whole country), so homonyms of two regions stay two. Which rows are other names of one human
being is worked out by `db.people.identifying`. Of what people decided in `meja.groupings`, only a
name split off an article matters here: `split` of a person's key and an article's key makes that
name in that article somebody else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from db.base import writing
from db.people.identity import NATIONAL, Decisions, is_national
from db.people.names import fold as fold
from db.reference import put_setting, setting

_INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}(?: (?:[A-Z]\.?){1,2})*")
_MENTIONS = (("officials", "name"), ("article_people", "name"), ("quotes", "speaker"))
_SEEN = "person_groupings"


@dataclass
class PersonGroupings:
    """`names`: decided pairs of names; `elsewhere`: who is another one in which article."""

    names: Decisions = field(default_factory=Decisions)
    elsewhere: set[tuple[str, str]] = field(default_factory=set)

    def add(self, action: str, key_a: str, key_b: str) -> None:
        if "@" in key_b:
            self.names.add(action, key_a, key_b)
        elif action == "split":
            self.elsewhere.add((key_a, key_b))

    def resolve(self, key: str, article_key: str) -> str:
        return f"{key}#{article_key}" if (key, article_key) in self.elsewhere else key


def groupings(rows: Iterable[tuple[str, str, str]]) -> PersonGroupings:
    """From `(action, key_a, key_b)` in the order they were decided."""
    made = PersonGroupings()
    for action, key_a, key_b in rows:
        made.add(action, key_a, key_b)
    return made


def decided(meja: Database) -> list[tuple[str, str, str]]:
    """What counts now; a deed that was taken back does not."""
    return meja.execute(
        "SELECT action, key_a, key_b FROM groupings "
        "WHERE noun = 'person' AND undone_at IS NULL ORDER BY id"
    ).fetchall()


def person_key(name: str, region: str | None, *, in_office: bool) -> str | None:
    """None for initials, and for a bare first name without an office: they name nobody."""
    folded = fold(name)
    if not folded or _INITIALS.fullmatch(name.strip()):
        return None
    if " " not in folded and not in_office:
        return None
    return f"{folded}@{region or ''}"


def link(db: Database, article_id: int, decisions: PersonGroupings) -> None:
    """Point every mention in an article, and every case, to the name it speaks of."""
    keys = _keys(db, article_id)
    article_key = db.execute("SELECT key FROM articles WHERE id = ?", [article_id]).fetchone()[0]
    people = {
        name: person_id(db, decisions.resolve(key, article_key), written)
        for name, (key, written) in keys.items()
    }
    _point(db, article_id, people)
    _accuse(db, article_id, people)
    touch(db, people.values())


def _point(db: Database, article_id: int, people: dict[str, int]) -> None:
    for table, column in _MENTIONS:
        mentions = db.execute(
            f"SELECT id, {column}, person_id FROM {table} WHERE article_id = ?",  # noqa: S608 - own names
            [article_id],
        ).fetchall()
        touch(db, {before for _, _, before in mentions if before is not None})
        db.conn.executemany(
            f"UPDATE {table} SET person_id = ? WHERE id = ?",  # noqa: S608 - own names
            [(people.get(fold(name or "")), row) for row, name, _ in mentions],
        )


def _accuse(db: Database, article_id: int, people: dict[str, int]) -> None:
    """Who brings a dispute before the court or Bawaslu is accused of nothing."""
    cases = db.execute(
        "SELECT v.id, iif(t.theme = 'sengketa', '[]', v.actors) FROM violations v "
        "JOIN topics t ON t.id = v.topic WHERE v.article_id = ?",
        [article_id],
    )
    for case, actors in cases.fetchall():
        db.execute("DELETE FROM accused WHERE violation_id = ?", [case])
        db.conn.executemany(
            "INSERT OR IGNORE INTO accused (violation_id, person_id) VALUES (?, ?)",
            [(case, people[fold(actor)]) for actor in json.loads(actors) if fold(actor) in people],
        )


def touch(db: Database, people: Iterable[int]) -> None:
    """Have it worked out again whose names these are."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO person_queue VALUES (?)", [(person,) for person in people]
    )


def leave(db: Database, article_id: int) -> None:
    """Before an article's mentions are taken away: whoever they spoke of is looked at again."""
    for table, _ in _MENTIONS:
        db.execute(
            f"INSERT OR IGNORE INTO person_queue SELECT DISTINCT person_id FROM {table} "  # noqa: S608 - own names
            "WHERE article_id = ? AND person_id IS NOT NULL",
            [article_id],
        )


def relink(db: Database, meja: Database) -> int:
    """Follow merges and splits decided since the last run; how many articles or names are due."""
    rows = decided(meja)
    known = [tuple(row) for row in json.loads(setting(db, _SEEN) or "[]")]
    if rows == known:
        return 0
    with writing(db):
        due = _changed(db, groupings(rows), groupings(known))
        put_setting(db, _SEEN, json.dumps(rows))
    return due


def _changed(db: Database, now: PersonGroupings, before: PersonGroupings) -> int:
    moved = now.elsewhere ^ before.elsewhere
    articles = {row for _, key in moved for row in ids(db, "articles", [key])}
    for article in sorted(articles):
        link(db, article, now)
    pairs = {*now.names.merged, *now.names.apart, *before.names.merged, *before.names.apart}
    names = ids(db, "people", {key for pair in pairs for key in pair})
    touch(db, names)
    return len(articles) + len(names)


def ids(db: Database, table: str, keys: Iterable[str]) -> list[int]:
    """Row numbers of these keys of `articles` or `people`, of those that are there."""
    rows = db.execute(
        f"SELECT id FROM {table} WHERE key IN (SELECT value FROM json_each(?))",  # noqa: S608 - own names
        [json.dumps(sorted(keys))],
    )
    return [row for (row,) in rows.fetchall()]


def _keys(db: Database, article_id: int) -> dict[str, tuple[str, str]]:
    """Folded name to person key and name as written, for everybody named in one article."""
    row = db.execute(
        "SELECT region_code FROM annotations WHERE article_id = ?", [article_id]
    ).fetchone()
    main = row[0] if row else None
    found: dict[str, tuple[str, str]] = {}
    for name, position, institution, region in db.execute(
        "SELECT name, position, institution, region_code FROM officials WHERE article_id = ? "
        "ORDER BY id",
        [article_id],
    ):
        of_all = region is None and is_national(fold(position), fold(institution or ""))
        _add(found, name, NATIONAL if of_all else region or main, in_office=True)
    for (name,) in db.execute(
        "SELECT name FROM article_people WHERE article_id = ?1 "
        "UNION SELECT speaker FROM quotes WHERE article_id = ?1",
        [article_id],
    ):
        _add(found, name or "", main, in_office=False)
    return found


def _add(
    found: dict[str, tuple[str, str]], name: str, region: str | None, *, in_office: bool
) -> None:
    key = person_key(name, region, in_office=in_office)
    if key is not None:
        found.setdefault(fold(name), (key, name))


def person_id(db: Database, key: str, name: str) -> int:
    """The row of that key, made when it is new. `name` is how it is first written."""
    row = db.execute("SELECT id FROM people WHERE key = ?", [key]).fetchone()
    if row is not None:
        return int(row[0])
    region = key.partition("#")[0].rpartition("@")[2]
    cursor = db.execute(
        "INSERT INTO people (key, name, region_code) VALUES (?, ?, ?)",
        [key, name, None if region in ("", NATIONAL) else region],
    )
    return int(cursor.lastrowid or 0)


def sweep(db: Database) -> None:
    """Forget people nobody mentions any more."""
    gone = (
        "SELECT id FROM people WHERE id NOT IN (SELECT person_id FROM article_people "
        "WHERE person_id IS NOT NULL UNION SELECT person_id FROM officials "
        "WHERE person_id IS NOT NULL UNION SELECT person_id FROM quotes "
        "WHERE person_id IS NOT NULL)"
    )
    with writing(db):
        db.execute(
            "INSERT OR IGNORE INTO person_queue "  # noqa: S608 - own query
            f"SELECT id FROM people WHERE same_as IN ({gone}) UNION "
            f"SELECT same_as FROM people WHERE same_as IS NOT NULL AND id IN ({gone})"
        )
        db.execute(f"DELETE FROM accused WHERE person_id IN ({gone})")  # noqa: S608 - own query
        db.execute(f"DELETE FROM people WHERE id IN ({gone})")  # noqa: S608 - own query
