"""Records with named fields, from JSON lines and CSV: checked and brought into one form."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from crawler.imports.documents import Document, Item, Refused

_DATA: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("fields.toml").read_text(encoding="utf-8")
)
_WORDS: Final = frozenset(_DATA.pop("language")["words"].split())
_LONGEST: Final = 500_000
"""Characters of the longest text that can be a news article."""

_SAMPLE = 400  # words by which the language is judged
_FEW = 20  # words below which it is not
_SHARE = 0.04  # of function words in the most laconic Indonesian text
_BARE_ADDRESS = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/", re.IGNORECASE)


def document(place: str, fields: Mapping[str, Any], file: str) -> Item:
    """Turn the fields of one record into a document; `file` stands in for a missing source."""
    record = {name: _value(fields, names) for name, names in _DATA.items()}
    if refusal := refuse(record["text"]):
        return Refused(place, refusal)
    url = _address(record.pop("url"), record["title"], record["text"])
    source = record["source"]
    kept = {name: value for name, value in record.items() if value}
    return Document(
        place=place,
        url=url,
        body=json.dumps(kept, ensure_ascii=False, sort_keys=True).encode(errors="replace"),
        content_type="application/json",
        outlet=urlsplit(url).hostname or source or file,
    )


def refuse(text: str) -> str | None:
    """Why a text cannot be an Indonesian news article, None when it can."""
    if not text.strip():
        return "teks kosong"
    if len(text) > _LONGEST:
        return f"teks terlalu panjang ({len(text)} huruf, batasnya {_LONGEST})"
    if not is_indonesian(text):
        return "teks bukan bahasa Indonesia"
    return None


def is_indonesian(text: str) -> bool:
    """Whether enough of the first words are Indonesian function words; True for a few words."""
    words = re.findall(r"[^\W\d_]+", text.lower())[:_SAMPLE]
    if len(words) < _FEW:
        return True
    return sum(word in _WORDS for word in words) >= _SHARE * len(words)


def name_of(title: str, text: str) -> str:
    """A stable address for an article that came without one."""
    digest = hashlib.sha256(f"{title}\n{text}".encode(errors="replace")).hexdigest()
    return f"urn:pantau:sha256:{digest}"


def _value(fields: Mapping[str, Any], names: list[str]) -> str:
    values = (fields.get(name) for name in names)
    return next(
        (str(v).strip() for v in values if isinstance(v, str | int | float) and str(v).strip()), ""
    )


def _address(written: str, title: str, text: str) -> str:
    url = f"https://{written}" if _BARE_ADDRESS.match(written) else written
    try:
        if url.startswith(("http://", "https://")) and urlsplit(url).hostname:
            return safe_url_string(url)
    except ValueError:  # brackets that are no IPv6 address
        pass
    return url if re.fullmatch(r"urn:[\w:.-]+", url) else name_of(title, text)
