"""How many eyes are open: which sources were read in the last day, and which are unwell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.health import Source, sources
from db.site import bases


@dataclass(frozen=True)
class Eyes:
    """Outlets by what happened to them in the last day; `unwell` ones are red on `/sumber`."""

    outlets: int
    read: int
    failed: int
    untried: int
    unwell: int
    newest_at: str | None


async def outlets(datasette: Any) -> list[Source]:
    """Every source with its state, its norm and what ails it."""
    return await bases.ask(datasette, sources)


def eyes(found: Sequence[Source]) -> Eyes:
    states = [source.state for source in found]
    return Eyes(
        outlets=len(found),
        read=states.count("terbaca"),
        failed=states.count("gagal"),
        untried=states.count("diam"),
        unwell=sum(source.fault is not None for source in found),
        newest_at=max((source.tried_at for source in found if source.tried_at), default=None),
    )
