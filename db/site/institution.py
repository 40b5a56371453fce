"""`/lembaga`: news about Bawaslu itself, as a party apart from as a source."""

from __future__ import annotations

from typing import Any, Final

from datasette import Response

from db.people.supervisors import PARTY, ROLES
from db.site import bases, guard
from db.site.pages import Page
from db.words import listed

SIZE: Final = 30
BEFORE, AFTER = 110, 130
"""Letters shown around the words that made it a party."""

_FROM: Final = """
    FROM supervisor_roles x JOIN article_facets f ON f.id = x.article_id
    LEFT JOIN annotations n ON n.article_id = x.article_id
    WHERE (:wilayah IS NULL OR n.region_code = :wilayah OR n.region_code LIKE :wilayah || '.%')
"""
_LISTED: Final = f"""
    WITH shown AS (SELECT x.article_id, x.span, n.status, n.region_code, f.published
        {_FROM} AND x.role = :peran
        ORDER BY f.published DESC, x.article_id DESC LIMIT :size OFFSET :offset)
    SELECT a.key, a.title, a.text, a.published_at, o.name AS outlet, x.status, x.span,
        r.name AS region
    FROM shown x JOIN articles a ON a.id = x.article_id JOIN outlets o ON o.id = a.outlet_id
    LEFT JOIN regions r ON r.code = x.region_code ORDER BY x.published DESC, a.id DESC
"""  # noqa: S608 - own text
_COUNTED: Final = f"SELECT x.role, count(*) AS number {_FROM} GROUP BY x.role"
_PROVINCES: Final = "SELECT code AS value, name FROM regions WHERE level = 'provinsi' ORDER BY name"


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    page = Page.of(request, SIZE)
    asked = request.args.get("peran")
    role, region = (asked if asked in ROLES else PARTY), request.args.get("wilayah") or None
    given = {"peran": role, "wilayah": region, "size": SIZE + 1, "offset": page.offset}
    found = page.cut(await bases.rows(datasette, _LISTED, given))
    counted = await bases.rows(datasette, _COUNTED, {"wilayah": region})
    context = {
        "articles": [{**row, "excerpt": _excerpt(row)} for row in found],
        "page": page,
        "role": role,
        "region": region,
        "counts": {row["role"]: row["number"] for row in counted},
        "provinces": await bases.rows(datasette, _PROVINCES),
    }
    html = await datasette.render_template("lembaga.html", context, request=request)
    return Response.html(html)


def _excerpt(row: dict[str, Any]) -> tuple[str, str, str]:
    """The words that decided, with what stands around them."""
    start, end = listed(row["span"]) or (0, 0)
    text = row["text"]
    before = text[max(0, start - BEFORE) : start].rpartition("\n")[2]
    after = text[end : end + AFTER].partition("\n")[0]
    return before, text[start:end], after
