"""What a record of the archive says, and how its header lines say it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

SHA256 = "Pantau-Body-SHA256"
"""Of the body as received; WARC-Payload-Digest says the same in SHA-1, for other tools."""


class ArchiveError(Exception):
    """A record that cannot be read; the message is in Indonesian and names the file."""


@dataclass(frozen=True)
class Label:
    """What the crawler knows of a response; `fetched_at` is UTC as `schedule.stamp` writes it.

    `key` is that of the frontier (`announced`), where the address came from a list.
    """

    outlet_id: str
    kind: str
    fetched_at: str
    page_of: str | None = None
    key: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """The WARC header lines of this label; JSON in ASCII, so that any tool can read them."""
        lines = {
            "WARC-Date": self.fetched_at.replace("+00:00", "Z"),
            "Pantau-Outlet": self.outlet_id,
            "Pantau-Kind": self.kind,
            "Pantau-Page-Of": self.page_of,
            "Pantau-Key": self.key,
            "Pantau-Hints": json.dumps(dict(self.hints), sort_keys=True) if self.hints else None,
        }
        return {name: value for name, value in lines.items() if value}

    @classmethod
    def parse(cls, headers: Mapping[str, str]) -> Label:
        """Read the label of a record; a foreign record has empty fields."""
        return cls(
            outlet_id=headers.get("Pantau-Outlet", ""),
            kind=headers.get("Pantau-Kind", ""),
            fetched_at=headers.get("WARC-Date", "").replace("Z", "+00:00"),
            page_of=headers.get("Pantau-Page-Of"),
            key=headers.get("Pantau-Key"),
            hints=json.loads(headers.get("Pantau-Hints", "{}")),
        )


@dataclass(frozen=True)
class Place:
    """Where a record lies: file name in the archive folder, byte offset and length there.

    `sha256` and `bytes` are of the body as received.
    """

    file: str
    offset: int
    length: int
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Record:
    """A response or an imported document; `body` is free of content encodings.

    The names in `headers` are lower case. `is_complete` is False where `sha256` of the record does
    not fit its body: the run was killed while it wrote.
    """

    url: str
    status: int | None
    headers: dict[str, str]
    body: bytes
    label: Label
    place: Place
    is_complete: bool

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")
