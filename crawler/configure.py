"""Scrapy settings from the [pengambilan] section of pantau.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.desk import CrawlError
from crawler.settings import USER_AGENT


def overrides(section: Mapping[str, Any]) -> dict[str, Any]:
    """What the section changes. Raises `CrawlError` while nobody has said how to be reached."""
    if not section["kontak"].strip():
        raise CrawlError(
            "pantau.toml: isi [pengambilan] kontak dengan surel atau alamat web Anda. "
            "Perayap yang jujur menyebut siapa yang dapat dihubungi."
        )
    return {
        "USER_AGENT": USER_AGENT.replace(")", f"; {section['kontak'].strip()})"),
        "DOWNLOAD_DELAY": section["jeda_detik"],
        "DOWNLOAD_MAXSIZE": section["batas_mb"] * 1024 * 1024,
        "PANTAU_REVISIT_HOURS": section["tengok_ulang_jam"],
        "PANTAU_SITEMAP_DAYS": section["umur_sitemap_hari"],
    }
