"""What concerns the person who looks: their region, their themes, and what is new of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from db import accounts
from db.clocks.running import Case
from db.counting import Scope
from db.site import alert, bases, clock, guard
from nlp import lexicon
from nlp.lexicon import judgement

_FRESH: Final = f"{alert.STATE} = 'baru'"
_HERE: Final = "(a.region_code = :region OR a.region_code GLOB :region || '.*')"
_OURS: Final = "t.theme IN (SELECT value FROM json_each(:themes))"
_GROWING: Final = """
    SELECT s.*, t.name AS topic_name, r.name AS region, n.fresh, n.media FROM (
        SELECT sa.story_id, count(*) AS fresh, count(DISTINCT a.outlet_id) AS media
        FROM articles a JOIN story_articles sa ON sa.article_id = a.id
        WHERE a.published_at >= :since AND a.published_at < :before
        GROUP BY sa.story_id HAVING count(*) > 1
    ) n JOIN stories s ON s.id = n.story_id
    LEFT JOIN topics t ON t.id = s.topic LEFT JOIN regions r ON r.code = s.region_code
    WHERE :region = '' OR s.region_code = :region OR s.region_code GLOB :region || '.*'
    ORDER BY n.media DESC, n.fresh DESC, s.last_published_at DESC LIMIT :limit
"""


@dataclass(frozen=True)
class Interest:
    """`region` is a code or empty for all; `themes` are ids, none for all."""

    region: str = ""
    themes: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        found = lexicon.regions().get(self.region)
        return found.full_name if found else ""

    @property
    def theme_names(self) -> list[str]:
        return [judgement.themes()[theme] for theme in self.themes]

    @property
    def scope(self) -> Scope:
        return Scope(region=self.region)


async def interest(datasette: Any, request: Any) -> Interest:
    """Of the person who is signed in; of anybody else everything."""
    actor = request.actor
    if guard.role(actor) is None or not bases.has_desk(datasette):
        return Interest()
    found = await bases.base(datasette, "meja").execute_fn(
        lambda meja: accounts.interest(meja, actor["id"])
    )
    region, themes = found
    known = tuple(theme for theme in themes if theme in judgement.themes())
    return Interest(region if region in lexicon.regions() else "", known)


async def fresh_alerts(datasette: Any, mine: Interest, limit: int) -> list[dict[str, Any]]:
    """What nobody has looked at yet in my region and themes, each article once."""
    wanted = [*([_HERE] if mine.region else []), *([_OURS] if mine.themes else []), _FRESH]
    sql = f"{alert.ALERTS} WHERE {' AND '.join(wanted)} {alert.NEWEST} LIMIT :limit"
    values = {"region": mine.region, "themes": json.dumps(mine.themes), "limit": limit * 4}
    found = await bases.rows(datasette, sql, values)
    once = {row["story_id"] or -row["article_id"]: row for row in reversed(found)}
    return sorted(once.values(), key=lambda row: row["raised_at"], reverse=True)[:limit]


async def running_clocks(datasette: Any, mine: Interest, limit: int) -> list[Case]:
    return (await clock.running(datasette, mine.region or None))[:limit]


async def growing(
    datasette: Any, mine: Interest, since: str, before: str, limit: int
) -> list[dict[str, Any]]:
    """Stories of my region that several articles told between two days."""
    values = {"since": since, "before": before, "region": mine.region, "limit": limit}
    return await bases.rows(datasette, _GROWING, values)
