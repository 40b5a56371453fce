"""Cells of the plain table pages that lead to the pages made for reading."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup

from db.site import addresses
from db.site.alert import address

_PAGES: Final = {
    ("berita", "articles", "key"): "/artikel/{}",
    ("berita", "stories", "key"): "/cerita/{}",
    ("meja", "corrections", "article_key"): "/artikel/{}",
}
_PERSON_KEYS: Final = {("berita", "people", "key"), ("berita", "pejabat", "kunci")}
_ALERT_KEYS: Final = {
    ("berita", "alerts", "key"),
    ("meja", "alert_events", "alert_key"),
    ("meja", "deliveries", "alert_key"),
    ("meja", "alert_states", "alert_key"),
}


def render(value: Any, column: str, table: str | None, database: str) -> Markup | None:
    """A link for a key; None leaves the cell to Datasette."""
    if not isinstance(value, str):
        return None
    place = (database, table or "", column)
    if place in _PAGES:
        return _link(_PAGES[place].format(value), value)
    if place in _PERSON_KEYS:
        return _link(addresses.person(value) or "", value)
    if place in _ALERT_KEYS:
        return _link(address({"key": value}), value)
    return None


def _link(href: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text)
