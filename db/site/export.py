"""Hits of a search as a file: what Excel opens, or what a program reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from datasette import Response

from db.site import bases
from db.tabular import as_csv, as_xlsx

BATCH: Final = 500

_ROWS = """
    SELECT a.key AS kunci, a.title AS judul, a.url AS tautan, o.name AS media,
        a.published_at AS terbit, n.status, t.theme_name AS tema, t.name AS topik,
        n.stage AS tahap, n.region_code AS kode_wilayah, r.name AS wilayah, s.key AS cerita,
        a.gone_at AS hilang_sejak, f.fetched_at AS diambil, f.warc_file AS berkas_arsip,
        f.warc_offset AS letak_arsip, f.sha256
    FROM articles a JOIN outlets o ON o.id = a.outlet_id JOIN fetches f ON f.id = a.fetch_id
    LEFT JOIN annotations n ON n.article_id = a.id LEFT JOIN topics t ON t.id = n.topic
    LEFT JOIN regions r ON r.code = n.region_code
    LEFT JOIN story_articles sa ON sa.article_id = a.id LEFT JOIN stories s ON s.id = sa.story_id
    WHERE a.id IN ({marks})
"""


async def rows(datasette: Any, ids: Iterable[int]) -> list[dict[str, Any]]:
    """One row per article, newest first."""
    found: list[dict[str, Any]] = []
    for some in _batches(list(ids)):
        sql = _ROWS.format(marks=", ".join("?" * len(some)))
        found += await bases.rows(datasette, sql, some)
    return sorted(found, key=lambda row: (row["terbit"] or "", row["kunci"]), reverse=True)


def response(found: list[dict[str, Any]], kind: str, stem: str = "pantau-cari") -> Any:
    """`kind`: csv, xlsx or json; `stem` names the file."""
    write, content_type = _KINDS[kind]
    name = {"Content-Disposition": f'attachment; filename="{stem}.{kind}"'}
    return Response(write(found), headers=name, content_type=content_type)


def _as_json(found: list[dict[str, Any]]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)


_KINDS: Final[dict[str, tuple[Callable[[list[dict[str, Any]]], str | bytes], str]]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (_as_json, "application/json; charset=utf-8"),
}


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
