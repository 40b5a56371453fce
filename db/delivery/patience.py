"""How long a message that was not taken is tried again."""

from __future__ import annotations

from collections.abc import Sequence


def wait(attempts: int, waits: Sequence[int]) -> int:
    """Minutes until the next attempt, after so many failed ones."""
    return int(waits[min(attempts, len(waits)) - 1]) if waits else 1


def after(attempts: int, waits: Sequence[int], patience_hours: int) -> str:
    """The state of a message after so many failed attempts: `menunggu` or `gagal`."""
    waited = sum(wait(number, waits) for number in range(1, attempts))
    return "gagal" if waited >= patience_hours * 60 else "menunggu"
