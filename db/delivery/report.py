"""What one delivery run did."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.mailings import MailingReport


@dataclass
class DeliveryReport:
    """`queued`: new in the queue; `sent`: alerts taken over by receivers, in `messages`;
    `waiting`: still unsent; `given_up`: failed for too long; `failures`: channel to reason.
    """

    queued: int = 0
    sent: int = 0
    messages: int = 0
    waiting: int = 0
    given_up: int = 0
    busy: bool = False
    """Another process was delivering; this one did nothing."""
    failures: dict[str, str] = field(default_factory=dict)
    mailings: MailingReport | None = None
    """Of the same run, where it sends them too."""

    @property
    def failed(self) -> bool:
        return bool(self.failures) or bool(self.mailings and self.mailings.failed)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        if self.busy:
            return "Pengiriman: proses lain sedang mengirim."
        lines = [
            f"Pengiriman: {self.sent} peringatan terkirim dalam {self.messages} pesan; "
            f"{self.queued} baru masuk antrean, {self.waiting} menunggu, {self.given_up} gagal."
        ]
        lines += [f"  {channel}: {reason}" for channel, reason in self.failures.items()]
        lines += [str(self.mailings)] if self.mailings else []
        return "\n".join(lines)
