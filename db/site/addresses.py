"""Addresses of pages whose names are no plain keys."""

from __future__ import annotations

from typing import Final

PERSON: Final = r"(?P<slug>[a-z0-9-]+@(?:[0-9.]*|nasional)(?:~[0-9a-f]{16})?)"
"""In routes: `ahmad-fauzan@64.02`; folded names hold no hyphen."""


def person(key: str | None) -> str | None:
    """The page of the human being who bears the name of that key."""
    return f"/pejabat/{key.replace(' ', '-').replace('#', '~')}" if key else None


def person_key(slug: str) -> str:
    return slug.replace("-", " ").replace("~", "#")
