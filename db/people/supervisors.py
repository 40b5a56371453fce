"""Whether Bawaslu is the party of an article or its source: criticism kept apart from statements.

It is a party where a sentence says what was done to it or is held against it (`supervisor_roles.
toml`), or where a case about organisers names one of its own as actor; else, where the article
speaks of it at all, it is a source.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlite_utils import Database

from db.base import writing
from db.reference import put_setting, setting

PARTY: Final = "pihak"
SOURCE: Final = "narasumber"
ROLES: Final = (PARTY, SOURCE)

_SETTING: Final = "supervisors_version"
_NAME = r"[A-Z0-9][\w.'’/()-]*"
_PLACES = ("kabupaten", "kota", "provinsi", "kecamatan", "distrik", "setempat", "dan", "serta")
_MOST = 12


class Role(NamedTuple):
    """`span` holds the words that decided, or the first mention of the body."""

    role: str
    words: str
    span: tuple[int, int]


@cache
def _settings() -> tuple[dict[str, list[str]], str]:
    data = Path(__file__).with_name("supervisor_roles.toml").read_bytes()
    return tomllib.loads(data.decode()), hashlib.sha256(data).hexdigest()[:12]


def role_in(text: str) -> Role | None:
    """What Bawaslu is in a text; None where it is not spoken of."""
    mention = _body().search(text)
    if mention is None:
        return None
    for pattern in _patterns():
        if found := pattern.search(text):
            return Role(PARTY, found[0], found.span())
    return Role(SOURCE, mention[0], mention.span())


def note(db: Database, article_id: int) -> None:
    """Write down what Bawaslu is in an article, from its text and its cases."""
    (text,) = db.execute("SELECT text FROM articles WHERE id = ?", [article_id]).fetchone()
    found = role_in(text)
    db.execute("DELETE FROM supervisor_roles WHERE article_id = ?", [article_id])
    if found is None:
        return
    own = next((name for name in _accused(db, article_id)), None)
    if own and found.role == SOURCE:
        found = Role(PARTY, own, (max(text.find(own), 0), max(text.find(own), 0) + len(own)))
    db.execute(
        "INSERT INTO supervisor_roles (article_id, role, words, span) VALUES (?, ?, ?, ?)",
        [article_id, found.role, found.words, json.dumps(found.span)],
    )


def renew(db: Database) -> None:
    """Look at every judged article again when the phrases changed since the last time."""
    version = _settings()[1]
    if setting(db, _SETTING) == version:
        return
    with writing(db):
        for (article,) in db.execute("SELECT article_id FROM annotations").fetchall():
            note(db, article)
        put_setting(db, _SETTING, version)


def _accused(db: Database, article_id: int) -> Iterable[str]:
    """Members of the body whom a case about organisers names as actors."""
    rows = db.execute(
        "SELECT DISTINCT f.name, coalesce(f.institution, f.position) FROM accused c "
        "JOIN violations v ON v.id = c.violation_id JOIN topics t ON t.id = v.topic "
        "JOIN officials f ON f.article_id = v.article_id AND f.person_id = c.person_id "
        "WHERE v.article_id = ? AND t.theme = 'integritas_penyelenggara' ORDER BY f.id",
        [article_id],
    )
    return [name for name, body in rows.fetchall() if _body().search(body)]


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{_any(_settings()[0]['badan'])})\b")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Case counts between: only names, which begin with a capital, may stand there freely."""
    known, _ = _settings()
    body = rf"\b(?i:{_any(known['badan'])})\b"
    between = {
        "dikenai": _PLACES,
        "terhadap": (*known["antara"], *_PLACES),
        "diputus": (*known["antara"], *known["antara_putusan"], *_PLACES),
    }
    gaps = {name: _gap(words) for name, words in between.items()}
    return (
        re.compile(rf"{body}{gaps['dikenai']}[\s,]+(?i:{_any(known['dikenai'])})\b"),
        re.compile(rf"\b(?i:{_any(known['terhadap'])}){gaps['terhadap']}\s+{body}"),
        re.compile(rf"\b(?i:{_any(known['diputus'])}){gaps['diputus']}[\s(]+{body}"),
    )


def _any(phrases: Iterable[Any]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)


def _gap(words: Iterable[str]) -> str:
    return rf"(?:[ ,]+(?:{_NAME}|{_any(words)})){{0,{_MOST}}}?"
