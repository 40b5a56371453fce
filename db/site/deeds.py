"""Merging, splitting and taking back from a page: stored, followed, shown with who did it when."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from db.base import BaseError, Home
from db.decisions import deciding
from db.decisions.deciding import Deed, Noun
from db.site import bases

log = logging.getLogger("pantau.situs")

_HISTORY: Final = """
    WITH known AS (SELECT value FROM json_each(:keys)), deeds AS (
        SELECT DISTINCT coalesce(deed, id) AS deed FROM meja.groupings
        WHERE noun = :noun AND (key_a IN known OR key_b IN known))
    SELECT coalesce(g.deed, g.id) AS deed, g.action, g.key_a, g.key_b, g.at, g.reason, g.undone_at,
        count(*) AS pairs, coalesce(a.name, g.actor) AS actor_name,
        coalesce(b.name, g.undone_by) AS undone_name, max(g.id) AS last
    FROM meja.groupings g LEFT JOIN meja.accounts a ON a.username = g.actor
    LEFT JOIN meja.accounts b ON b.username = g.undone_by
    WHERE g.noun = :noun AND coalesce(g.deed, g.id) IN (SELECT deed FROM deeds)
    GROUP BY 1 ORDER BY 1 DESC
"""


async def history(datasette: Any, noun: Noun, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The deeds that touch one of these keys, newest first, each with its first pair."""
    if not bases.has_desk(datasette):
        return []
    given = {"noun": noun, "keys": json.dumps(list(keys))}
    return await bases.rows(datasette, _HISTORY, given)


async def seen(datasette: Any, noun: Noun, keys: Sequence[str]) -> int:
    """What a form sends along, so that nobody overrules somebody unseen."""
    if not bases.has_desk(datasette):
        return 0
    base = bases.base(datasette, "meja")
    newest: int = await base.execute_fn(lambda meja: deciding.newest(meja, noun, keys))
    return newest


async def decide(datasette: Any, actor: str, deed: Deed) -> None:
    """Raises `DecisionError`."""

    def store(meja: Any) -> int:
        meja.execute("BEGIN IMMEDIATE")  # nobody decides between our look and our write
        return deciding.decide(meja, actor, deed)

    await bases.write(datasette, store)


async def undo(datasette: Any, actor: str, noun: Noun, number: int) -> bool:
    done: bool = await bases.write(datasette, lambda meja: deciding.undo(meja, actor, noun, number))
    return done


async def follow(datasette: Any, request: Any, done: str, work: Callable[[Home], None]) -> None:
    """Bring the tables in line; what is stored stays stored when that fails."""
    home = Home(Path(bases.base(datasette, "berita").path))
    try:
        await asyncio.to_thread(work, home)
        datasette.add_message(request, done, datasette.INFO)
    except BaseError as error:
        log.error("%s: %s", request.path, error)  # noqa: TRY400 - told, not broken
        late = f"{done} Tabel belum ikut ({error}); akan ikut pada analisis berikutnya."
        datasette.add_message(request, late, datasette.WARNING)
