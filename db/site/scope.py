"""A scope of articles in the address of a page, so that every number is a link."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from db.counting import NONE, Scope
from db.site.errors import PageError
from nlp import lexicon
from nlp.lexicon import judgement

_TEXTS: Final = {
    "sejak": "since",
    "hingga": "until",
    "tema": "theme",
    "topik": "topic",
    "wilayah": "region",
}
_SWITCHES: Final = {"khusus": "own", "ganda": "shared", "kasus": "cases", "sekali": "once"}


def read(request: Any) -> Scope:
    """What the address asks for. Raises `PageError` for a date, theme or region that is none."""
    asked = {name: (request.args.get(name) or "").strip() for name in _TEXTS}
    for name in ("sejak", "hingga"):
        asked[name] = _date(asked[name])
    _check("Tema", asked["tema"], judgement.themes())
    _check("Topik", asked["topik"], judgement.topics())
    _check("Wilayah", asked["wilayah"], lexicon.regions())
    if asked["sejak"] and asked["hingga"] and asked["sejak"] > asked["hingga"]:
        raise PageError(400, "Rentang tanggal kosong: hingga mendahului sejak.")
    chosen: dict[str, Any] = {field: asked[name] for name, field in _TEXTS.items()}
    for name, field in _SWITCHES.items():
        chosen[field] = request.args.get(name) == "1"
    return Scope(**chosen)


def query(scope: Scope, **more: Any) -> str:
    """The address's parameters that mean this scope."""
    texts = {name: getattr(scope, field) for name, field in _TEXTS.items()}
    switches = {name: "1" for name, field in _SWITCHES.items() if getattr(scope, field)}
    chosen = {**texts, **switches, **more}
    return urlencode({name: value for name, value in chosen.items() if value})


def _date(text: str) -> str:
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise PageError(400, f"Tanggal tidak dikenal: {text}. Contoh: 2024-11-24.") from None


def _check(noun: str, code: str, known: Any) -> None:
    if code and code != NONE and code not in known:
        raise PageError(400, f"{noun} tidak dikenal: {code}.")
