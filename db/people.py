"""Human beings behind the names: one row each, as far as name and region tell them apart.

A person's key is the folded name and the region of the office or the article, so homonyms of two
regions stay two. What people decided in `meja.groupings` wins over that:

* `merge` a b: the person b is the person a;
* `split` a b: undoes that merge; where b is the key of an article, the a of that article is
  somebody else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from db.base import writing
from db.reference import put_setting, setting

_INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}(?: (?:[A-Z]\.?){1,2})*")
_MENTIONS = (("officials", "name"), ("article_people", "name"), ("quotes", "speaker"))
_SEEN = "person_groupings"
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass
class PersonGroupings:
    """`parents`: merged key to the key it became; `apart`: who is another one in an article."""

    parents: dict[str, str] = field(default_factory=dict)
    apart: set[tuple[str, str]] = field(default_factory=set)

    def add(self, action: str, key_a: str, key_b: str) -> None:
        if action == "merge":
            if self.canonical(key_a) != self.canonical(key_b):
                self.parents[self.canonical(key_b)] = self.canonical(key_a)
        elif self.parents.pop(key_b, None) is None:
            self.apart.add((key_a, key_b))

    def canonical(self, key: str) -> str:
        while key in self.parents:
            key = self.parents[key]
        return key

    def resolve(self, key: str, article_key: str) -> str:
        canonical = self.canonical(key)
        if {(key, article_key), (canonical, article_key)} & self.apart:
            return self.canonical(f"{key}#{article_key}")
        return canonical


def groupings(rows: Iterable[tuple[str, str, str]]) -> PersonGroupings:
    """From `(action, key_a, key_b)` in the order they were decided."""
    made = PersonGroupings()
    for action, key_a, key_b in rows:
        made.add(action, key_a, key_b)
    return made


def decided(meja: Database) -> list[tuple[str, str, str]]:
    return meja.execute(
        "SELECT action, key_a, key_b FROM groupings WHERE noun = 'person' ORDER BY id"
    ).fetchall()


def fold(name: str) -> str:
    """The name without accents, punctuation and case: how one name is compared with another."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NOT_LETTERS.sub(" ", plain.lower()).strip()


def person_key(name: str, region: str | None, *, in_office: bool) -> str | None:
    """None for initials, and for a bare first name without an office: they name nobody."""
    folded = fold(name)
    if not folded or _INITIALS.fullmatch(name.strip()):
        return None
    if " " not in folded and not in_office:
        return None
    return f"{folded}@{region or ''}"


def link(db: Database, article_id: int, decisions: PersonGroupings) -> None:
    """Point every mention in an article to its human being."""
    keys = _keys(db, article_id)
    article_key = db.execute("SELECT key FROM articles WHERE id = ?", [article_id]).fetchone()[0]
    for table, column in _MENTIONS:
        mentions = db.execute(
            f"SELECT id, {column} FROM {table} WHERE article_id = ?",  # noqa: S608 - own names
            [article_id],
        ).fetchall()
        db.conn.executemany(
            f"UPDATE {table} SET person_id = ? WHERE id = ?",  # noqa: S608 - own names
            [(_person_of(db, name, keys, article_key, decisions), row) for row, name in mentions],
        )


def relink(db: Database, meja: Database) -> int:
    """Follow merges and splits decided since the last run; how many articles that touched."""
    rows = decided(meja)
    known = json.loads(setting(db, _SEEN) or "[]")
    if [list(row) for row in rows] == known:
        return 0
    named = {key for _, *keys in [*rows, *known] for key in keys}
    with writing(db):
        articles = _mentioning(db, named | {groupings(rows).canonical(key) for key in named})
        for article_id in articles:
            link(db, article_id, groupings(rows))
        put_setting(db, _SEEN, json.dumps(rows))
    return len(articles)


def _mentioning(db: Database, keys: set[str]) -> list[int]:
    """Articles that mention one of these people, or somebody split off from one of them."""
    found: set[int] = set()
    for key in keys:
        for table, _ in _MENTIONS:
            found.update(
                row[0]
                for row in db.execute(
                    f"SELECT article_id FROM {table} WHERE person_id IN "  # noqa: S608 - own names
                    "(SELECT id FROM people WHERE key = ? OR substr(key, 1, ?) = ?)",
                    [key, len(key) + 1, f"{key}#"],
                )
            )
    return sorted(found)


def _keys(db: Database, article_id: int) -> dict[str, str]:
    """Folded name to person key for everybody named in one article."""
    row = db.execute(
        "SELECT region_code FROM annotations WHERE article_id = ?", [article_id]
    ).fetchone()
    main = row[0] if row else None
    found: dict[str, str] = {}
    for name, region in db.execute(
        "SELECT name, region_code FROM officials WHERE article_id = ? ORDER BY id", [article_id]
    ):
        _add(found, name, region or main, in_office=True)
    for (name,) in db.execute(
        "SELECT name FROM article_people WHERE article_id = ?1 "
        "UNION SELECT speaker FROM quotes WHERE article_id = ?1",
        [article_id],
    ):
        _add(found, name or "", main, in_office=False)
    return found


def _add(found: dict[str, str], name: str, region: str | None, *, in_office: bool) -> None:
    key = person_key(name, region, in_office=in_office)
    if key is not None:
        found.setdefault(fold(name), key)


def _person_of(
    db: Database, name: str | None, keys: dict[str, str], article: str, decisions: PersonGroupings
) -> int | None:
    key = keys.get(fold(name or ""))
    return person_id(db, decisions.resolve(key, article), name or "") if key else None


def person_id(db: Database, key: str, name: str) -> int:
    """The row of that key, made when it is new. `name` is how it is first written."""
    row = db.execute("SELECT id FROM people WHERE key = ?", [key]).fetchone()
    if row is not None:
        return int(row[0])
    region = key.partition("#")[0].rpartition("@")[2] or None
    cursor = db.execute(
        "INSERT INTO people (key, name, region_code) VALUES (?, ?, ?)", [key, name, region]
    )
    return int(cursor.lastrowid or 0)


def sweep(db: Database) -> None:
    """Forget people nobody mentions any more."""
    db.execute(
        "DELETE FROM people WHERE id NOT IN (SELECT person_id FROM article_people "
        "WHERE person_id IS NOT NULL UNION SELECT person_id FROM officials "
        "WHERE person_id IS NOT NULL UNION SELECT person_id FROM quotes "
        "WHERE person_id IS NOT NULL)"
    )
