"""What an election body is in an article: accused, or asked and acting.

The difference decides on which page of the kliping an article stands, so it errs to the side of
"asked": only a headline, the topic or a person's role makes a body a party.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

PARTY: Final = "pihak"
SOURCE: Final = "narasumber"

_WORD: Final = r"[\w./'-]+"
_ACTIVE_PREFIX: Final = r"me\w{3,}"  # also of verbs that no list foresees


def part(
    title: str,
    sentence: str,
    topic: str | None,
    status: str | None,
    people: Iterable[Mapping[str, Any]],
) -> str:
    """`PARTY`, `SOURCE`, or nothing.

    `sentence` is the one that decided the status; `people` are the named persons of the
    article with `role` and `institution`.
    """
    known = _rules()
    members = [row for row in people if known["body"].search(row["institution"] or "")]
    judged = topic in known["topics"] and status in known["cases"]
    named = bool(members) or known["body"].search(f"{title} {sentence}")
    if (
        (judged and named)
        or _is_accused(title)
        or any(row["role"] in known["roles"] for row in members)
    ):
        return PARTY
    return SOURCE if members or known["body"].search(title) else ""


def _is_accused(title: str) -> bool:
    rules = _rules()
    return bool(rules["accused"].search(title) or rules["accusing"].search(title))


@cache
def _rules() -> dict[str, Any]:
    path = Path(__file__).with_name("bodies.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    body = rf"(?:{_any(data['bodies'])})(?:\s+RI)?\b"
    goals = [word for word in data["goals"] if word != "di"]  # "Ketua KPPS di Ngawi Ditahan"
    goal = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in data["goals"])
    acting = rf"{_ACTIVE_PREFIX}|{_any([*data['active'], *goals])}"
    gap = rf"(?:\s+(?!(?:{acting})\b){_WORD}){{0,4}}?"
    filler = rf"(?:\s+(?:(?:{_any(data['between'])})\b|[\d-]+(?:ketua|anggota)?\b))*"
    return {
        "body": re.compile(rf"\b{body}", re.I),
        "accused": re.compile(rf"{goal}\b{body}{gap}\s+(?:{_any(data['accused'])})\b", re.I),
        "accusing": re.compile(rf"\b(?:{_any(data['accusing'])}){filler}\s+{body}", re.I),
        "topics": frozenset(data["topics"]),
        "roles": frozenset(data["roles"]),
        "cases": frozenset(data["cases"]),
    }


def _any(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
