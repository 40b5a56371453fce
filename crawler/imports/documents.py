"""What the readers hand over: documents for the archive, and what they had to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Document:
    """One article as it came. `outlet` is what the file calls its source, a name or a host.

    `fetched_at` is None when the file does not say when it was gathered; `place` is for messages.
    """

    place: str
    url: str
    body: bytes
    content_type: str
    outlet: str
    fetched_at: str | None = None
    page_of: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """What could not be imported: file and line, and why, in Indonesian."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


Item = Document | Refused
