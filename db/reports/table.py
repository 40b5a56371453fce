"""The kliping as a table: one row per article, copies beside the text they repeat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from db.reports.items import Item
from db.reports.kliping import SECTIONS, Kliping
from db.reports.wording import published, region, status
from db.tabular import as_csv
from db.words import stage


def rows(kliping: Kliping) -> Iterator[dict[str, Any]]:
    number = 0
    for name, items in kliping.sections.items():
        for item in items:
            number += 1
            for one in item.all:
                yield _row(number, SECTIONS[name], item, one)


def csv(kliping: Kliping) -> bytes:
    """With one row that says so, and the sources read and failed, where there is no news."""
    return as_csv(list(rows(kliping)) or [nihil(kliping)])


def nihil(kliping: Kliping) -> dict[str, Any]:
    found = kliping.sources
    return {
        "kliping": "nihil",
        "wilayah": kliping.place.name,
        "sejak": kliping.window.since.isoformat(),
        "hingga": kliping.window.until.isoformat(),
        "sumber_terbaca": found.read,
        "sumber_gagal": len(found.failed),
        "sumber_tidak_dicoba": found.untried,
        "artikel_belum_dinilai": kliping.unjudged,
    }


def _row(number: int, section: str, item: Item, one: Item) -> dict[str, Any]:
    return {
        "no": number,
        "bagian": section,
        "judul": one.title,
        "media": one.outlet,
        "terbit": one.published_at or "",
        "terbit_terbaca": published(one),
        "wilayah": region(one),
        "tema": item.theme or "",
        "topik": item.topic or "",
        "status_menurut_media": status(one),
        "tahap": stage(one.stage),
        "peran_penyelenggara": one.body,
        "jumlah_media": item.media,
        "salinan_dari": "" if one is item else item.outlet,
        "tautan": one.url,
        "arsip": one.archive or "",
        "sha256": one.sha256 or "",
        "kunci": one.key,
    }
