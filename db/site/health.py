"""How many eyes are open: which sources were read in the last day, and which are unwell."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from db import added_outlets
from db.health import Source, Visit, sources, visits
from db.site import bases

Found = TypeVar("Found", Source, Visit)


@dataclass(frozen=True)
class Eyes:
    """Outlets by what happened to them in the last day."""

    outlets: int
    read: int
    failed: int
    untried: int
    newest_at: str | None


async def outlets(datasette: Any) -> list[Source]:
    """Every source that is still read, with its state, its norm and what ails it."""
    return await _read(datasette, sources)


async def glance(datasette: Any) -> Eyes:
    """The eyes alone, without asking how each source fares."""
    return eyes(await _read(datasette, visits))


def eyes(found: Sequence[Source] | Sequence[Visit]) -> Eyes:
    states = [one.state for one in found]
    return Eyes(
        outlets=len(found),
        read=states.count("terbaca"),
        failed=states.count("gagal"),
        untried=states.count("diam"),
        newest_at=max((one.tried_at for one in found if one.tried_at), default=None),
    )


async def _read(datasette: Any, look: Callable[[sqlite3.Connection], list[Found]]) -> list[Found]:
    """Without the outlets that an admin took off the list: their silence is wanted."""
    found = await bases.ask(datasette, look)
    if not bases.has_desk(datasette):
        return found
    gone = await bases.base(datasette, "meja").execute_fn(added_outlets.removed)
    return [one for one in found if one.id not in gone]
