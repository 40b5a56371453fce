"""The outlets: one declarative row each, in the bundled `outlets.csv` or a file of the user's own.

Columns that must be there: `domain`, `name`, `kind`, `network`. Optional: `province_code` (empty:
national), `base_url` (default `https://<domain>`) and the lists `feeds`, `sitemaps`, `listings`
(several addresses in one cell with blanks between them; a path such as `/feed/` is enough). A row
that names no list at all uses the default paths of its network. Other columns are remarks.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from crawler.networks import network, networks
from db import added_outlets
from nlp.lexicon import regions

BUNDLED = Path(__file__).with_name("outlets.csv")
REQUIRED = ("domain", "name", "kind", "network")
LISTS = ("feeds", "sitemaps", "listings")
TIMEZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
NATIONAL_TIMEZONE = TIMEZONES["WIB"]
DOMAIN = re.compile(r"^(?=.{4,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$")


class OutletError(Exception):
    """An outlets file that cannot be used; the message is in Indonesian and names all bad lines."""


@dataclass(frozen=True)
class Outlet:
    """A news site; `id` is its domain, the lists hold absolute URLs, `timezone` an IANA name."""

    id: str
    name: str
    network: str
    kind: str
    province_code: str | None
    timezone: str
    base_url: str
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    listings: tuple[str, ...]

    def owns(self, url: str) -> bool:
        """Whether the address lies on this outlet's domain or a subdomain of it."""
        host = urlsplit(url).hostname or ""
        return any(host == own or host.endswith(f".{own}") for own in _own_hosts(self))


@cache
def _own_hosts(outlet: Outlet) -> tuple[str, ...]:
    """The domain, that of `base_url`, and both as canonical addresses write them."""
    names = {outlet.id, (urlsplit(outlet.base_url).hostname or outlet.id).removeprefix("www.")}
    for pattern, replacement in network(outlet.network).hosts:
        names |= {pattern.sub(replacement, name) for name in names}
    return tuple(names)


def load(path: Path | None = None) -> list[Outlet]:
    """Read and check the outlets of the file at `path`, by default the bundled ones.

    Raises `OutletError` with every bad line and its number.
    """
    path = path or BUNDLED
    outlets: list[Outlet] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, row in _rows(path):
        found = list(_problems(row))
        domain = row.get("domain", "")
        if domain and domain in seen:
            found.append(f"domain '{domain}' sudah ada di baris {seen[domain]}")
        seen.setdefault(domain, number)
        problems += [f"{path}, baris {number}: {problem}." for problem in found]
        if not found:
            outlets.append(_outlet(row))
    if problems:
        raise OutletError("\n".join(problems))
    return outlets


def check(row: Mapping[str, str]) -> Outlet:
    """The outlet of one row with the columns of `outlets.csv`. Raises `OutletError`."""
    cells = {**dict.fromkeys(REQUIRED, ""), **{key: text.strip() for key, text in row.items()}}
    if found := list(_problems(cells)):
        raise OutletError(f"{cells['domain'] or 'media'}: {'; '.join(found)}.")
    return _outlet(cells)


def added(meja: sqlite3.Connection) -> tuple[list[Outlet], list[str]]:
    """The outlets that were added by form, and what is wrong with those that cannot be used."""
    good: list[Outlet] = []
    bad: list[str] = []
    for row in added_outlets.standing(meja):
        try:
            good.append(check(row))
        except OutletError as error:
            bad.append(str(error))
    return good, bad


def select(outlets: Sequence[Outlet], only: Collection[str]) -> list[Outlet]:
    """Those of `outlets` that `only` names by domain; all of them when it names none.

    Raises `OutletError` for a domain that is not among them.
    """
    if unknown := sorted(set(only) - {outlet.id for outlet in outlets}):
        raise OutletError(f"Media tidak dikenal: {', '.join(unknown)}.")
    return [outlet for outlet in outlets if not only or outlet.id in only]


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Number (as an editor counts lines) and cells of each row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
            if missing:
                raise OutletError(f"{path}, baris 1: kolom {', '.join(missing)} tidak ada.")
            for row in reader:
                cells = {key: (value or "").strip() for key, value in row.items() if key}
                yield reader.line_num, cells
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OutletError(f"{path}: tidak terbaca ({error}).") from error


def _problems(row: dict[str, str]) -> Iterator[str]:
    """What is wrong with a row, in Indonesian."""
    yield from (f"kolom {column} kosong" for column in REQUIRED if not row[column])
    if row["domain"] and not DOMAIN.match(row["domain"]):
        yield f"domain '{row['domain']}' tidak sah"
    if row["network"] and row["network"] not in networks():
        yield f"jaringan '{row['network']}' tidak dikenal"
    code = row.get("province_code", "")
    if code and (code not in regions() or regions()[code].level != "provinsi"):
        yield f"kode provinsi '{code}' tidak dikenal"
    yield from _bad_addresses(row)


def _bad_addresses(row: dict[str, str]) -> Iterator[str]:
    base = row.get("base_url", "")
    if base and not _is_url(base):
        yield f"base_url '{base}' bukan alamat http(s)"
    for column in LISTS:
        for address in row.get(column, "").split():
            if not address.startswith("/") and not _is_url(address):
                yield f"alamat '{address}' di kolom {column} tidak sah"


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _outlet(row: dict[str, str]) -> Outlet:
    code = row.get("province_code") or None
    base = row.get("base_url") or f"https://{row['domain']}"
    own = {column: tuple(row.get(column, "").split()) for column in LISTS}
    if not any(own.values()):
        shared = network(row["network"])
        own = {"feeds": shared.feeds, "sitemaps": shared.sitemaps, "listings": shared.listings}
    lists = {column: tuple(urljoin(base, path) for path in own[column]) for column in LISTS}
    return Outlet(
        id=row["domain"],
        name=row["name"],
        network=row["network"],
        kind=row["kind"],
        province_code=code,
        timezone=TIMEZONES[regions()[code].timezone] if code else NATIONAL_TIMEZONE,
        base_url=base,
        **lists,
    )
