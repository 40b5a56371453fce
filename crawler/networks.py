"""Networks: what the outlets of one content system share, declared in `networks.toml`."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

DATA = Path(__file__).with_name("networks.toml")
SLASHES = ("add", "drop", "keep")
ROOT = "generic"

ALL_PAGES = sys.maxsize
"""The page number of the whole article on one page."""

Rules = tuple[tuple[re.Pattern[str], str], ...]


class NetworkError(Exception):
    """Network data that cannot be used; the message is in Indonesian and names table and key."""


@dataclass(frozen=True)
class Network:
    """One table of `networks.toml`, whose head explains the keys."""

    name: str
    article: tuple[re.Pattern[str], ...]
    ignore: tuple[re.Pattern[str], ...]
    hosts: Rules
    rewrite: Rules
    id: re.Pattern[str] | None
    slash: str
    query: tuple[str, ...]
    pages: re.Pattern[str]
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    listings: tuple[str, ...]
    listing_links: str
    listing_next: str


@cache
def networks() -> dict[str, Network]:
    """Every network by name. Raises `NetworkError` naming what a table lacks or writes wrongly."""
    return read(DATA)


def read(path: Path) -> dict[str, Network]:
    """Read the network tables of the file at `path`."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _network(name, _inherited(name, tables)) for name in tables}


def _inherited(name: str, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The keys of table `name` over those of the tables that it extends."""
    merged: dict[str, Any] = {}
    line = [name]
    while parent := line[-1]:
        if parent not in tables:
            raise NetworkError(f"Jaringan '{name}' mewarisi '{parent}' yang tidak ada.")
        merged = tables[parent] | merged
        line.append(tables[parent].get("extends", ""))
        if line[-1] in line[:-1]:
            raise NetworkError(f"Jaringan '{name}' mewarisi dirinya sendiri.")
    return merged


def _network(name: str, table: dict[str, Any]) -> Network:
    known = {field.name for field in fields(Network)} - {"name"}
    if missing := sorted(known - table.keys()):
        raise NetworkError(f"Jaringan '{name}': kunci {', '.join(missing)} belum ada.")
    if unknown := sorted(table.keys() - known - {"extends"}):
        raise NetworkError(f"Jaringan '{name}': kunci {', '.join(unknown)} tidak dikenal.")
    if table["slash"] not in SLASHES:
        raise NetworkError(f"Jaringan '{name}': slash harus salah satu dari {', '.join(SLASHES)}.")
    try:
        return Network(name=name, **{key: _value(key, table[key]) for key in known})
    except (re.error, TypeError, ValueError) as error:
        raise NetworkError(f"Jaringan '{name}': {error}.") from error


def _value(key: str, value: Any) -> Any:
    """Give a raw TOML value the type of its field."""
    if key in ("article", "ignore"):
        return tuple(re.compile(pattern) for pattern in value)
    if key in ("hosts", "rewrite"):
        return tuple((re.compile(pattern), replacement) for pattern, replacement in value)
    if key == "id":
        return re.compile(value) if value else None
    if key == "pages":
        return re.compile(value)
    return tuple(value) if isinstance(value, list) else value


def network(name: str) -> Network:
    """The network called `name`. Raises `NetworkError` listing the known names."""
    try:
        return networks()[name]
    except KeyError:
        names = ", ".join(sorted(networks()))
        raise NetworkError(f"Jaringan '{name}' tidak dikenal; pilih: {names}.") from None


def canonical(url: str, network_name: str) -> str:
    """The one address of an article among its AMP, mobile, paged and tracked twins."""
    rules = network(network_name)
    parts = urlsplit(safe_url_string(url.strip()))
    path = _path(parts.path, rules)
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key in rules.query]
    return urlunsplit((parts.scheme.lower(), _host(parts, rules), path, urlencode(kept), ""))


def _host(parts: SplitResult, rules: Network) -> str:
    host = parts.hostname or ""
    for pattern, replacement in rules.hosts:
        host = pattern.sub(replacement, host)
    default = {"http": 80, "https": 443}.get(parts.scheme.lower())
    return host if parts.port in (None, default) else f"{host}:{parts.port}"


def _path(path: str, rules: Network) -> str:
    for pattern, replacement in rules.rewrite:
        path = pattern.sub(replacement, path)
    if rules.slash == "drop":
        path = path.rstrip("/")
    elif rules.slash == "add" and "." not in path.rsplit("/", 1)[-1]:
        path = path.rstrip("/") + "/"
    return path or "/"


def unique_key(url: str, network_name: str) -> str:
    """What tells articles apart: host and number where the network has one, else the address."""
    address = canonical(url, network_name)
    pattern = network(network_name).id
    found = pattern.search(_local(address)) if pattern else None
    return f"{urlsplit(address).netloc}#{found['id']}" if found else address


def is_article(url: str, network_name: str) -> bool:
    """Whether the address has the form of an article of this network."""
    rules = network(network_name)
    local = _local(canonical(url, network_name))
    return not is_ignored(url, network_name) and any(p.search(local) for p in rules.article)


def is_ignored(url: str, network_name: str) -> bool:
    """Whether the address is surely no article: a tag, an author, a picture, the front page."""
    local = _local(canonical(url, network_name))
    return any(pattern.search(local) for pattern in network(network_name).ignore)


def _local(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def further_pages(url: str, links: list[str], network_name: str) -> list[str]:
    """The addresses among `links` where an article goes on after its page `url`, in order.

    Where the outlet offers the whole article on one page (`?page=all`), that one alone.
    """
    rules, key = network(network_name), unique_key(url, network_name)
    found: dict[int, str] = {}
    for link in links:
        address = urljoin(url, link)
        number = _page_number(address, rules)
        if number > _page_number(url, rules) and unique_key(address, network_name) == key:
            found.setdefault(number, address)
    if ALL_PAGES in found:
        return [found[ALL_PAGES]]
    return [found[number] for number in sorted(found)]


def _page_number(url: str, rules: Network) -> int:
    match = rules.pages.search(_local(url))
    if match is None:
        return 1
    return ALL_PAGES if match["page"] == "all" else int(match["page"])
