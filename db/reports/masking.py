"""Names of ordinary people as initials: a report travels further than the page it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

PRIVATE: Final = ("warga", "pelapor", "saksi", "korban")
"""Roles of people who hold no office and are not accused."""

_SHORT: Final = 4  # "Budi"; shorter parts are too often other words


def masked(text: str, names: Iterable[str]) -> str:
    """The text with these names, and their longer parts standing alone, as initials."""
    parts = {part for name in names for part in name.split() if len(part) >= _SHORT}
    for name in sorted({*names, *parts}, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", _initials(name), text)
    return text


def _initials(name: str) -> str:
    return "".join(f"{part[0].upper()}." for part in name.split())
