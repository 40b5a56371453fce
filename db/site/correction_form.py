"""The form of a correction, read into what is to be stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from babel.numbers import NumberFormatError, parse_decimal

from db.decisions.correcting import Statement
from db.decisions.corrections import FIELDS, MEMBERS, CorrectionError
from db.decisions.restating import LISTS, value
from db.search.filters import region_codes
from db.words import LOCALE
from nlp import lexicon

NEEDED: Final = {
    "officials": ("name", "position"),
    "people": ("name",),
    "figures": ("value",),
    "dates": ("date",),
    "quotes": ("text",),
    "violations": ("topic", "status"),
}
"""By list: the columns an item cannot do without."""


def read(article: Mapping[str, Any], fields: Mapping[str, str]) -> Statement:
    """What the form states of the article. Raises `CorrectionError` in the person's words.

    `article` are the row of the article and, by list, its items as they are shown now.
    """
    field, reason = fields.get("bidang", ""), fields.get("alasan", "").strip()
    if field in LISTS:
        old, new = _item(article, field, fields)
        if fields.get("aksi") == "bukan_orang":
            field, old, new = "people", value(LISTS["people"], _nobody(old)), None
    elif field in MEMBERS:
        old, new = _member(field, fields)
    elif field in FIELDS:
        old, new = _old(article, field), _single(field, fields)
    else:
        raise CorrectionError("Pilih apa yang dikoreksi.")
    return Statement(article["key"], field, old, new, reason)


def _old(article: Mapping[str, Any], field: str) -> str | None:
    found = article[{"region": "region_code"}.get(field, field)]
    return None if found is None else str(found)


def _single(field: str, fields: Mapping[str, str]) -> str | None:
    given = fields.get("isi", "").strip()
    return region(given) if field == "region" and given else given or None


def _member(field: str, fields: Mapping[str, str]) -> tuple[str | None, str | None]:
    if fields.get("aksi") == "tolak":
        return fields.get("lama") or None, None
    given = fields.get("isi", "").strip()
    if not given:
        raise CorrectionError("Pilih yang ditambahkan.")
    return None, region(given) if field == "regions" else given


def _item(
    article: Mapping[str, Any], field: str, fields: Mapping[str, str]
) -> tuple[str | None, str | None]:
    old = fields.get("lama") or None
    if old is not None and old not in {value(LISTS[field], row) for row in article[field]}:
        raise CorrectionError("Butir ini sudah berubah. Lihat isinya yang baru, lalu ulangi.")
    if fields.get("aksi") in ("tolak", "bukan_orang"):
        return old, None
    new = json.loads(old) if old else dict.fromkeys(LISTS[field].columns)
    for column in LISTS[field].columns:
        if f"isi.{column}" in fields:
            given = fields[f"isi.{column}"].strip()
            new[column] = _READ.get(column, str)(given) if given else _NOTHING.get(column)
    for column in NEEDED[field]:
        if new.get(column) in (None, ""):
            raise CorrectionError("Isian pokoknya kosong. Untuk menghapus butir, pilih Tolak.")
    return old, json.dumps(new, ensure_ascii=False)


def _nobody(old: str | None) -> dict[str, Any]:
    return {"name": json.loads(old or "{}").get("name"), "role": None}


def region(given: str) -> str:
    """The code of a region that was typed as a code or a name."""
    codes = region_codes(given)
    if len(codes) == 1:
        return codes[0]
    if not codes:
        raise CorrectionError(f"Wilayah tidak dikenal: {given}.")
    names = ", ".join(f"{lexicon.regions()[code].full_name} ({code})" for code in codes)
    raise CorrectionError(f"Ada beberapa wilayah bernama {given}: {names}. Tulis kodenya.")


def _number(given: str) -> float:
    try:
        return float(parse_decimal(given, locale=LOCALE, strict=True))
    except NumberFormatError:
        raise CorrectionError(f"Bukan angka: {given}. Contoh: 7.974 atau 1,5.") from None


def _date(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise CorrectionError(f"Bukan tanggal: {given}. Contoh: 2024-11-27.") from None


def _actors(given: str) -> str:
    names = [name.strip() for name in given.split(";")]
    return json.dumps([name for name in names if name], ensure_ascii=False)


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "value": _number,
    "value_max": _number,
    "date": _date,
    "region_code": region,
    "actors": _actors,
}
_NOTHING: Final = {"actors": "[]"}
