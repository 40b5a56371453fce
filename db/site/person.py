"""`/pejabat`: human beings in office, and one of them with everything told of them."""

from __future__ import annotations

from typing import Any, Final

from datasette import Response

from db.people.identifying import names, namesake_block
from db.people.identity import HINT, Name, pair_score
from db.people.names import fold
from db.site import addresses, bases, deeds, guard
from db.site.errors import PageError
from db.site.pages import Page
from nlp import lexicon

SIZE: Final = 30
ORDERS: Final = {
    "terakhir": "p.last_seen DESC",
    "artikel": "p.articles DESC",
    "perkara": "p.cases DESC, p.articles DESC",
    "nama": "p.name COLLATE NOCASE",
}
"""How the list can be sorted; the first is the usual one."""

_LISTED: Final = """
    SELECT p.*, h.key, r.name AS region,
        (SELECT count(*) FROM people o WHERE o.same_as = p.person_id) AS others
    FROM profiles p JOIN people h ON h.id = p.person_id
    LEFT JOIN regions r ON r.code = p.region_code
"""
_FILTERS: Final = {
    "q": "p.names LIKE :q ESCAPE '\\'",
    "jabatan": "p.position LIKE :jabatan ESCAPE '\\'",
    "wilayah": "(p.region_code = :wilayah OR p.region_code LIKE :wilayah || '.%')",
    "perkara": "p.cases > 0 AND :perkara = 'ya'",
}
_REGIONS: Final = """
    SELECT r.code AS value, r.name FROM regions r WHERE r.code IN (
        SELECT DISTINCT region_code FROM profiles WHERE position IS NOT NULL
        UNION SELECT DISTINCT substr(region_code, 1, 2) FROM profiles WHERE position IS NOT NULL)
    ORDER BY r.code
"""
_HUMAN: Final = """
    SELECT w.id, w.key, w.name, p.position, p.institution, p.acting, p.articles, p.cases,
        p.first_seen, p.last_seen, r.name AS region
    FROM people h JOIN people w ON w.id = coalesce(h.same_as, h.id)
    LEFT JOIN profiles p ON p.person_id = w.id LEFT JOIN regions r ON r.code = p.region_code
    WHERE h.key = ?
"""
_NAMES: Final = """
    SELECT h.id, h.key, h.name, h.score, h.why, r.name AS region,
        (SELECT count(*) FROM (SELECT article_id FROM article_people WHERE person_id = h.id
            UNION SELECT article_id FROM officials WHERE person_id = h.id
            UNION SELECT article_id FROM quotes WHERE person_id = h.id)) AS articles
    FROM people h LEFT JOIN regions r ON r.code = h.region_code
    WHERE h.id = :human OR h.same_as = :human ORDER BY h.id != :human, h.score DESC, h.name
"""
_MINE: Final = "(SELECT id FROM people WHERE id = :human OR same_as = :human)"
_OFFICES: Final = f"""
    SELECT f.position, f.institution, f.acting, r.name AS region, count(DISTINCT a.id) AS articles,
        min(a.published_at) AS first_seen, max(a.published_at) AS last_seen
    FROM officials f JOIN articles a ON a.id = f.article_id
    LEFT JOIN regions r ON r.code = f.region_code WHERE f.person_id IN {_MINE}
    GROUP BY f.position, f.institution, f.acting, f.region_code
    ORDER BY last_seen DESC, articles DESC LIMIT 60
"""  # noqa: S608 - own text
_CASES: Final = f"""
    SELECT v.status, v.stage, v.date, t.name AS topic, r.name AS region, a.key, a.title,
        a.published_at, o.name AS outlet, s.key AS story_key, s.title AS story_title
    FROM accused c JOIN violations v ON v.id = c.violation_id
    JOIN articles a ON a.id = v.article_id JOIN outlets o ON o.id = a.outlet_id
    JOIN topics t ON t.id = v.topic LEFT JOIN regions r ON r.code = v.region_code
    LEFT JOIN story_articles sa ON sa.article_id = a.id LEFT JOIN stories s ON s.id = sa.story_id
    WHERE c.person_id IN {_MINE} GROUP BY v.id ORDER BY a.published_at DESC, v.id LIMIT 100
"""  # noqa: S608 - own text
_QUOTES: Final = f"""
    SELECT q.text, q.indirect, a.key, a.title, a.published_at, o.name AS outlet
    FROM quotes q JOIN articles a ON a.id = q.article_id JOIN outlets o ON o.id = a.outlet_id
    WHERE q.person_id IN {_MINE} ORDER BY a.published_at DESC, q.id LIMIT 20
"""  # noqa: S608 - own text
_ARTICLES: Final = f"""
    WITH told AS (SELECT article_id, person_id FROM article_people WHERE person_id IN {_MINE}
        UNION SELECT article_id, person_id FROM officials WHERE person_id IN {_MINE}
        UNION SELECT article_id, person_id FROM quotes WHERE person_id IN {_MINE}),
    shown AS (SELECT m.article_id, min(m.person_id) AS person_id, x.published
        FROM told m JOIN article_facets x ON x.id = m.article_id
        GROUP BY m.article_id ORDER BY x.published DESC, m.article_id DESC
        LIMIT :size OFFSET :offset)
    SELECT a.key, a.title, a.published_at, a.gone_at, o.name AS outlet, n.status, h.name AS named,
        h.key AS name_key, group_concat(DISTINCT f.position) AS positions, max(f.acting) AS acting
    FROM shown m JOIN articles a ON a.id = m.article_id JOIN outlets o ON o.id = a.outlet_id
    JOIN people h ON h.id = m.person_id LEFT JOIN annotations n ON n.article_id = a.id
    LEFT JOIN officials f ON f.article_id = a.id AND f.person_id = m.person_id
    GROUP BY a.id ORDER BY m.published DESC, a.id DESC
"""  # noqa: S608 - own text
_NEAR: Final = f"""
    SELECT DISTINCT w.id, w.key, w.name, p.position, p.institution, p.acting, p.articles,
        r.name AS region, h.id AS other_id
    FROM person_blocks b JOIN people h ON h.id = b.person_id
    JOIN people w ON w.id = coalesce(h.same_as, h.id) LEFT JOIN profiles p ON p.person_id = w.id
    LEFT JOIN regions r ON r.code = coalesce(p.region_code, w.region_code)
    WHERE w.id != :human AND b.block IN (
        SELECT block FROM person_blocks WHERE person_id IN {_MINE}) LIMIT 200
"""  # noqa: S608 - own text


@guard.reader
async def index(datasette: Any, request: Any) -> Any:
    """`/pejabat`"""
    page = Page.of(request, SIZE)
    wanted = {name: value.strip() for name, value in page.params if name in _FILTERS}
    order = next((v for k, v in page.params if k == "urut" and v in ORDERS), "terakhir")
    conditions = ["p.position IS NOT NULL", *(_FILTERS[name] for name in wanted)]
    sql = (
        f"{_LISTED} WHERE {' AND '.join(conditions)} "
        f"ORDER BY {ORDERS[order]}, p.person_id LIMIT {SIZE + 1} OFFSET {page.offset}"
    )
    found = page.cut(await bases.rows(datasette, sql, _given(wanted)))
    for row in found:
        row["page"] = addresses.person(row["key"])
    context = {
        "people": found,
        "page": page,
        "wanted": wanted,
        "order": order,
        "orders": list(ORDERS),
        "regions": await bases.rows(datasette, _REGIONS),
    }
    html = await datasette.render_template("pejabat_daftar.html", context, request=request)
    return Response.html(html)


def _given(wanted: dict[str, str]) -> dict[str, str]:
    given = dict(wanted)
    if "q" in given:
        given["q"] = _like(fold(given["q"]))
    if "jabatan" in given:
        given["jabatan"] = _like(given["jabatan"])
    return given


def _like(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return f"%{text}%"


@guard.reader
async def show(datasette: Any, request: Any) -> Any:
    """`/pejabat/<nama>@<wilayah>`; another name of somebody leads to their page."""
    human = await find(datasette, request)
    address = addresses.person(human["key"]) or ""
    if addresses.person_key(request.url_vars["slug"]) != human["key"]:
        return Response.redirect(datasette.urls.path(address))
    return await page(datasette, request, human)


async def find(datasette: Any, request: Any) -> dict[str, Any]:
    """The human being that the address names. Raises `PageError`."""
    key = addresses.person_key(request.url_vars["slug"])
    human = await bases.row(datasette, _HUMAN, [key])
    if human is None:
        raise PageError(404, "Orang ini tidak ada (lagi). Namanya dapat berubah setelah analisis.")
    return human


async def page(
    datasette: Any,
    request: Any,
    human: dict[str, Any],
    problem: str | None = None,
    status: int = 200,
) -> Any:
    """The page; `problem` is why the merge or split that somebody just sent was not stored."""
    shown, mine = Page.of(request, SIZE), {"human": human["id"]}
    known = await bases.rows(datasette, _NAMES, mine)
    keys = [name["key"] for name in known]
    cut = {**mine, "size": SIZE + 1, "offset": shown.offset}
    context = {
        "human": human,
        "address": addresses.person(human["key"]),
        "names": known,
        "offices": await bases.rows(datasette, _OFFICES, mine),
        "cases": await bases.rows(datasette, _CASES, mine),
        "quotes": await bases.rows(datasette, _QUOTES, mine),
        "articles": shown.cut(await bases.rows(datasette, _ARTICLES, cut)),
        "near": await bases.ask(datasette, lambda db: near(db, human["id"])),
        "page": shown,
        "history": [
            {**deed, "one": _called(deed["key_a"]), "other": _called(deed["key_b"])}
            for deed in await deeds.history(datasette, "person", keys)
        ],
        "seen": await deeds.seen(datasette, "person", keys),
        "desk": guard.role(request.actor) is not None and bases.has_desk(datasette),
        "problem": problem,
    }
    html = await datasette.render_template("pejabat.html", context, request=request)
    return Response.html(html, status=status)


def _called(key: str) -> str:
    """The name and region of a key, as people say it; nothing for the key of an article."""
    name, _, region = key.partition("#")[0].rpartition("@")
    entry = lexicon.regions().get(region)
    return f"{name.title()} ({entry.full_name if entry else region or '-'})" if name else ""


def near(db: Any, human: int) -> list[dict[str, Any]]:
    """Others of a like name: the likeliest to be the same first, each with `score` and `why`."""
    rows = _dicts(db.execute(_NEAR, {"human": human}))
    own = [row for (row,) in db.execute(_MINE[1:-1], {"human": human})]
    known = names(db, [*own, *(row["other_id"] for row in rows)])
    mine = [known[row] for row in own]
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        best = max(pair_score(name, known[row["other_id"]]) for name in mine)
        alike = best.score >= HINT or _namesake(mine, known[row["other_id"]])
        if alike and best.score >= found.get(row["id"], {"score": 0.0})["score"]:
            page = addresses.person(row["key"])
            found[row["id"]] = {**row, "page": page, "score": best.score, "why": best.why}
    return sorted(found.values(), key=lambda row: (-row["score"], row["key"]))[:12]


def _namesake(mine: list[Name], other: Name) -> bool:
    return namesake_block(other.name) in {namesake_block(name.name) for name in mine}


def _dicts(cursor: Any) -> list[dict[str, Any]]:
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
