"""What an import did: what was stored, what was known, and what was refused and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from crawler.extract import ExtractReport
from crawler.imports.documents import Refused

_SHOWN = 20


@dataclass
class ImportReport:
    """`stored` are new in the archive, `known` were there. `refused` keeps the first messages,
    `reasons` counts all of them."""

    files: int = 0
    stored: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    extract: ExtractReport = field(default_factory=ExtractReport)

    @property
    def failed(self) -> bool:
        return bool(self.reasons) or self.extract.failed

    def refuse(self, refused: Refused) -> None:
        """Count a refusal under its reason without the details in brackets."""
        self.reasons[refused.reason.partition(" (")[0]] += 1
        if len(self.refused) < _SHOWN:
            self.refused.append(refused)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        refused = sum(self.reasons.values())
        lines = [
            f"Impor: {self.files} berkas, {self.stored} dokumen baru, {self.known} sudah ada, "
            f"{refused} ditolak."
        ]
        lines += [f"  ditolak, {reason}: {count}" for reason, count in self.reasons.most_common()]
        lines += [f"  {message}" for message in self.refused]
        if refused > len(self.refused):
            lines.append(f"  ... dan {refused - len(self.refused)} lainnya")
        return "\n".join([*lines, str(self.extract)])
