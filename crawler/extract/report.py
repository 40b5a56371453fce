"""What an extraction did, in counts and in reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from db.articles import Outcome

_SHOWN = 5


@dataclass
class ExtractReport:
    """`responses` were read. `no_article` counts reasons, `examples` has a URL for each.

    `errors` names what could not be read at all: faults of the archive or of the program.
    """

    responses: int = 0
    new: int = 0
    versions: int = 0
    same: int = 0
    gone: int = 0
    removed: int = 0
    no_article: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome, *, gone: bool) -> None:
        """Count what became of one article."""
        self.new += outcome == "new"
        self.versions += outcome == "version"
        self.same += outcome == "same"
        self.gone += gone

    @property
    def failed(self) -> bool:
        return bool(self.errors)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        lines = [
            f"Ekstraksi: {self.responses} jawaban dibaca, {self.new} artikel baru, "
            f"{self.versions} berubah, {self.same} tetap, {self.gone} sudah dihapus medianya."
        ]
        for reason, count in self.no_article.most_common():
            lines.append(f"  bukan artikel, {reason}: {count} (misalnya {self.examples[reason]})")
        lines += [f"  gagal: {error}" for error in self.errors[:_SHOWN]]
        if len(self.errors) > _SHOWN:
            lines.append(f"  ... dan {len(self.errors) - _SHOWN} kegagalan lain")
        return "\n".join(lines)
