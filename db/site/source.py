"""`/sumber`: the outlets, how each fares against its own norm, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from datasette import Response

from db.health import Source, rules
from db.site import bases, guard, health

_NATIONAL: Final = "00"
_NOTICES = """
    SELECT n.*, o.name FROM meja.source_notices n LEFT JOIN outlets o ON o.id = n.outlet_id
    ORDER BY n.id DESC LIMIT 30
"""


@dataclass(frozen=True)
class Province:
    """The sources of one province, or the national ones (`code` is None)."""

    code: str | None
    name: str
    sources: Sequence[Source]

    @property
    def read(self) -> int:
        return sum(source.state == "terbaca" for source in self.sources)

    @property
    def unwell(self) -> int:
        return sum(source.fault is not None for source in self.sources)

    @property
    def week(self) -> int:
        return sum(source.week for source in self.sources)


@guard.reader
async def index(datasette: Any, request: Any) -> Any:
    found = await health.outlets(datasette)
    wanted = request.args.get("keadaan")
    place = request.args.get("provinsi")
    context = {
        "eyes": health.eyes(found),
        "unwell": sum(one.fault is not None for one in found),
        "outlets": [one for one in found if _is(one, wanted) and _in(one, place)],
        "provinces": _provinces(found),
        "wanted": wanted,
        "place": place,
        "rules": rules(),
        "notices": await _notices(datasette, request),
        "may_add": guard.role(request.actor) == "admin",
    }
    return Response.html(await datasette.render_template("sumber.html", context, request=request))


async def _notices(datasette: Any, request: Any) -> list[dict[str, Any]]:
    if guard.role(request.actor) is None or not bases.has_desk(datasette):
        return []
    return await bases.rows(datasette, _NOTICES)


def _is(source: Source, wanted: str | None) -> bool:
    if wanted == "sakit":
        return source.fault is not None
    return not wanted or wanted in (source.state, source.fault)


def _in(source: Source, place: str | None) -> bool:
    return not place or (source.province_code or _NATIONAL) == place


def _provinces(found: Sequence[Source]) -> list[Province]:
    ordered = sorted(found, key=lambda source: source.province_code or _NATIONAL)
    grouped = groupby(ordered, key=lambda source: (source.province_code, source.province))
    return [Province(code, name or "Nasional", list(sources)) for (code, name), sources in grouped]
