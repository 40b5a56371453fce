"""What a watch would have rung for lately, before anybody keeps it. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from db.alerts.alerts import moved_on
from db.alerts.watches import Watch
from db.alerts.watching import facts, hold

DAYS: Final = 30
MOST: Final = 20_000
"""Articles held against a watch; of more, the oldest are left out."""

_NEWEST: Final = "SELECT max(published) FROM article_facets"
_SHOWN: Final = """
    SELECT a.key, a.title, a.published_at, n.status, n.stage, o.name AS outlet, r.name AS region
    FROM articles a JOIN annotations n ON n.article_id = a.id JOIN outlets o ON o.id = a.outlet_id
    LEFT JOIN regions r ON r.code = n.region_code WHERE a.id = ?
"""


@dataclass(frozen=True)
class Preview:
    """`rings`, newest first: key, title, published_at, status, stage, outlet, region, sentence.

    `since` and `until` are seconds since 1970, None in an empty base.
    """

    rings: list[dict[str, Any]]
    checked: int
    complete: bool
    since: int | None
    until: int | None


def preview(db: Database, watch: Watch, days: int = DAYS) -> Preview:
    """How often it would have rung before the newest article, as `db.alerts.alerts` rings."""
    newest = db.execute(_NEWEST).fetchone()[0]
    if newest is None:
        return Preview([], 0, True, None, None)
    since = newest - days * 86_400
    found = _candidates(db, watch, since)
    articles = found[:MOST][::-1]
    rings = list(_rings(db, watch, articles))
    return Preview(rings[::-1], len(articles), len(found) <= MOST, since, newest)


def _candidates(db: Database, watch: Watch, since: int) -> list[int]:
    """Articles of the status and the outlets asked for, newest first; the rest is for `hold`."""
    marks = ", ".join("?" * len(watch.status))
    status = f"n.status IN ({marks})" if watch.status else "n.alert"
    outlets = f"AND f.outlet_id IN ({', '.join('?' * len(watch.outlet))})" if watch.outlet else ""
    rows = db.execute(
        "SELECT f.id FROM article_facets f JOIN annotations n ON n.article_id = f.id "  # noqa: S608 - marks only
        f"JOIN articles a ON a.id = f.id WHERE f.published > ? AND {status} {outlets} "
        f"ORDER BY f.published DESC, a.key DESC LIMIT {MOST + 1}",
        [since, *watch.status, *watch.outlet],
    )
    return [article for (article,) in rows]


def _rings(db: Database, watch: Watch, articles: list[int]) -> Iterator[dict[str, Any]]:
    rung: dict[tuple[str, int], list[str | None]] = defaultdict(list)
    for article in articles:
        of = facts(db, article)
        match = hold(watch, of) if of else None
        if of is None or match is None or not match.loud:
            continue
        story = of.row["story_id"]
        before = rung[("story", story) if story else ("article", article)]
        if moved_on(before, of.row["stage"]):
            before.append(of.row["stage"])
            shown = next(iter(db.query(_SHOWN, [article])))
            yield {**shown, "sentence": match.sentence}
