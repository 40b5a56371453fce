"""A search result for the terminal: plain text for people, records for programs."""

from __future__ import annotations

import html
import re
from typing import Any

from db.search.search import Hit, SearchResult

_BOLD = ("\x1b[1m", "\x1b[0m")


def as_records(result: SearchResult) -> list[dict[str, Any]]:
    """One record per hit: url, title, snippet (plain text), score and what the table shows."""
    return [
        {
            "url": hit.url,
            "key": hit.key,
            "title": hit.title,
            "outlet": hit.outlet,
            "published_at": hit.published_at,
            "theme": hit.theme,
            "status": hit.status,
            "region_code": hit.region_code,
            "snippet": _plain(hit.snippet_html),
            "score": hit.score,
        }
        for hit in result.hits
    ]


def as_text(result: SearchResult, *, colour: bool = False) -> str:
    """The hits as a list; with `colour`, found words in bold."""
    if not result.hits:
        hint = f" Maksud Anda: {result.suggestion}" if result.suggestion else ""
        return f"Tidak ada artikel untuk: {result.query}.{hint}"
    lines = [f"{result.total} artikel"]
    for hit in result.hits:
        lines += ["", *_hit(hit, colour=colour)]
    return "\n".join(lines)


def _hit(hit: Hit, *, colour: bool) -> list[str]:
    facts = [hit.outlet, (hit.published_at or "tanpa tanggal")[:10], hit.status, hit.theme]
    return [
        _marked(hit.title_html, colour=colour),
        "  " + " · ".join(fact for fact in facts if fact),
        "  " + _marked(hit.snippet_html, colour=colour),
        "  " + hit.url,
    ]


def _plain(marked: str) -> str:
    return html.unescape(re.sub(r"</?mark>", "", marked))


def _marked(text: str, *, colour: bool) -> str:
    start, end = _BOLD if colour else ("", "")
    return html.unescape(text.replace("<mark>", start).replace("</mark>", end))
