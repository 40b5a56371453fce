"""Long lists in pages, with every choice in the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

Item = TypeVar("Item")


@dataclass
class Page:
    """One page of a list: `?hal=2` and the other parameters it keeps."""

    path: str
    size: int
    number: int = 1
    params: list[tuple[str, str]] = field(default_factory=list)
    has_next: bool = False

    @classmethod
    def of(cls, request: Any, size: int) -> Page:
        args = request.args
        params = [(key, value) for key in args for value in args.getlist(key) if value.strip()]
        wanted = args.get("hal") or "1"
        number = min(int(wanted), 100_000) if wanted.isdecimal() else 1
        kept = [(key, value) for key, value in params if key != "hal"]
        return cls(request.path, size, max(number, 1), kept)

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    def cut(self, found: list[Item]) -> list[Item]:
        """The rows of this page, from one row more than fits."""
        self.has_next = len(found) > self.size
        return found[: self.size]

    def link(self, **changes: object) -> str:
        """The address with other parameters (None drops one), back on the first page."""
        kept = [(key, value) for key, value in self.params if key not in changes]
        added = [(key, str(value)) for key, value in changes.items() if value not in (None, "")]
        query = urlencode(kept + added)
        return f"{self.path}?{query}" if query else self.path

    def turn(self, by: int) -> str:
        return self.link(hal=self.number + by if self.number + by > 1 else None)
