"""The lexicons: CSV, TOML and word lists an analyst can extend, read once.

A new abbreviation, office or verb is one line in one of these files and no code.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = files(__package__)


@cache
def table(name: str) -> dict[str, Any]:
    """One TOML file of this folder, by its name without the ending; not to be changed."""
    return tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """One word per line; lines that begin with `#` are remarks."""
    lines = FOLDER.joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def common_words() -> frozenset[str]:
    """Everyday Indonesian words, lower case, counted in news: what a name usually is not."""
    return word_list("common_words")


def person_names() -> frozenset[str]:
    """Parts of personal names, lower case."""
    return word_list("person_names")


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A province, kabupaten or kota with its Kemendagri code.

    `aliases` are other names and abbreviations; `weak` are those of its names that are also
    everyday words or another thing's name, and need a cue beside them.
    """

    code: str
    level: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    weak: tuple[str, ...]
    capital: str
    towns: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    timezone: str
    province_code: str
    province: str
    note: str

    @property
    def full_name(self) -> str:
        """With its level: "Provinsi Kalimantan Utara", "Kabupaten Berau", "Kota Bima"."""
        return f"Provinsi {self.short_name}" if self.level == "provinsi" else self.name


def _rows(name: str) -> list[dict[str, str]]:
    lines = FOLDER.joinpath(name).read_text("utf-8").splitlines()
    return list(csv.DictReader(lines))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _region(row: dict[str, str]) -> RegionEntry:
    return RegionEntry(
        code=row["kode"],
        level=row["tingkat"],
        name=row["nama_resmi"],
        short_name=row["nama_pendek"],
        aliases=_parts(row["alias"]),
        weak=_parts(row["lemah"]),
        capital=row["ibu_kota"],
        towns=_parts(row["kota_lain"]),
        latitude=float(row["lat"]) if row["lat"] else None,
        longitude=float(row["lon"]) if row["lon"] else None,
        timezone=row["zona_waktu"],
        province_code=row["kode_provinsi"],
        province=row["provinsi"],
        note=row["catatan"],
    )


@cache
def regions() -> dict[str, RegionEntry]:
    """Every province, kabupaten and kota, by code, in the order of the codes."""
    return {row["kode"]: _region(row) for row in _rows("regions.csv")}


@cache
def districts() -> dict[str, tuple[str, ...]]:
    """The kecamatan (distrik, kapanewon) of each kabupaten and kota, by its code."""
    return {row["kode"]: _parts(row["kecamatan"]) for row in _rows("districts.csv")}


def positions() -> dict[str, Any]:
    """Offices, their forms, acting status, degrees, ranks and the worked examples."""
    return table("positions")
