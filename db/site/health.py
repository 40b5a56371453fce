"""How many eyes are open: which sources were read in the last day, and which are unwell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db import added_outlets
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
    """Every source that is still read, with its state, its norm and what ails it."""
    found = await bases.ask(datasette, sources)
    if not bases.has_desk(datasette):
        return found
    gone = await bases.base(datasette, "meja").execute_fn(added_outlets.removed)
    return [source for source in found if source.id not in gone]


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
