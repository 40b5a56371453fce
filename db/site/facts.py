"""What was found in an article, list by list, and where it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from db.site import addresses, bases
from db.site.corrected import figure, office
from db.site.marks import Mark, marks

Parts = dict[str, list[dict[str, Any]]]

_PERSON: Final = """LEFT JOIN people h ON h.id = x.person_id
        LEFT JOIN people w ON w.id = h.same_as"""
_PARTS: Final = {
    "topics": """SELECT x.*, t.name, t.theme_name FROM article_topics x
        JOIN topics t ON t.id = x.topic WHERE x.article_id = ? ORDER BY x.rank""",
    "regions": """SELECT x.*, r.name FROM article_regions x
        JOIN regions r ON r.code = x.region_code WHERE x.article_id = ? ORDER BY x.is_main DESC""",
    "officials": f"""SELECT x.*, r.name AS region, coalesce(w.key, h.key) AS person
        FROM officials x {_PERSON} LEFT JOIN regions r ON r.code = x.region_code
        WHERE x.article_id = ? ORDER BY x.id""",  # noqa: S608 - own text
    "people": f"""SELECT x.*, coalesce(w.key, h.key) AS person FROM article_people x {_PERSON}
        WHERE x.article_id = ? ORDER BY x.id""",  # noqa: S608 - own text
    "figures": "SELECT * FROM figures WHERE article_id = ? ORDER BY id",
    "quotes": f"""SELECT x.*, coalesce(w.key, h.key) AS person FROM quotes x {_PERSON}
        WHERE x.article_id = ? ORDER BY x.id""",  # noqa: S608 - own text
    "dates": "SELECT * FROM dates WHERE article_id = ? ORDER BY date",
    "violations": """SELECT x.*, t.name, r.name AS region FROM violations x
        JOIN topics t ON t.id = x.topic LEFT JOIN regions r ON r.code = x.region_code
        WHERE x.article_id = ? ORDER BY x.id""",
}


async def of_article(datasette: Any, article_id: int) -> Parts:
    """The lists by name; whoever is somebody elsewhere too has the address of their page."""
    found = {name: await bases.rows(datasette, sql, [article_id]) for name, sql in _PARTS.items()}
    for name in ("officials", "people", "quotes"):
        for row in found[name]:
            row["page"] = addresses.person(row["person"])
    return found


def places(parts: Parts) -> Iterator[Mark]:
    """Everything found, as marks in the text."""
    for row in parts["violations"]:
        yield from marks(row["evidence"], "bukti", f"Kalimat penentu: {row['name']}")
    for row in parts["topics"]:
        yield from marks(row["evidence"], "isyarat", f"Isyarat: {row['name']}")
    for row in parts["officials"]:
        yield from marks(row["spans"], "orang", f"{row['name']}, {office(row)}", row["page"])
    for row in parts["people"]:
        yield from marks(row["spans"], "orang", row["name"], row["page"])
    for row in parts["regions"]:
        yield from marks(row["spans"], "wilayah", row["name"])
    for row in parts["dates"]:
        yield from marks(row["span"], "tanggal", row["date"])
    for row in parts["figures"]:
        yield from marks(row["span"], "angka", figure(row))
    for row in parts["quotes"]:
        yield from marks(row["span"], "kutipan", f"Kutipan {row['speaker'] or ''}".strip())
