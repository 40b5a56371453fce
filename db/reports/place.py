"""The region a report is about, and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Final

from db.reports.errors import ReportError
from db.search.filters import region_codes
from db.words import WIB, ZONES
from nlp import lexicon

_CLOCKS: Final = {name: timezone(timedelta(hours=hours)) for hours, name in ZONES.items()}


@dataclass(frozen=True)
class Place:
    """`code` is None for the whole country."""

    code: str | None
    name: str
    clock: timezone

    @property
    def province(self) -> str | None:
        return self.code[:2] if self.code else None

    @property
    def codes(self) -> dict[str, str]:
        """Parameters of a query: the region itself, and the bounds of the codes below it."""
        return {"code": self.code or "", "below": f"{self.code}.", "beyond": f"{self.code}/"}

    def holds(self, code: str | None) -> bool:
        """Whether a region is this one or lies in it."""
        if self.code is None:
            return True
        return bool(code) and (code == self.code or str(code).startswith(f"{self.code}."))


def find(wanted: str | None) -> Place:
    """The region of that code or name; nothing means all. Raises `ReportError`."""
    if not wanted or not wanted.strip():
        return Place(None, "Semua wilayah", WIB)
    codes = region_codes(wanted.strip())
    if not codes:
        raise ReportError(f"Wilayah tidak dikenal: {wanted}. Contoh: 65, 64.02, Kalimantan Utara.")
    regions = lexicon.regions()
    if len(codes) > 1:
        choices = ", ".join(f"{code} ({regions[code].full_name})" for code in codes)
        raise ReportError(f"{wanted} adalah nama beberapa wilayah; pilih kodenya: {choices}.")
    region = regions[codes[0]]
    return Place(region.code, region.full_name, _CLOCKS[region.timezone])
