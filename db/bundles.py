"""The evidence of articles as a ZIP that can be checked without Pantau.

Records of the archive, pages, texts and facts, with a README and a manifest of SHA-256 sums. What
is missing or does not fit its hash any more is said in both, and does not stop the rest.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from db.evidence import EvidenceError, read
from db.reports.items import rows
from db.words import clean, moment

README: Final = Path(__file__).with_name("bundle_readme.txt")
MANIFEST: Final = "MANIFEST.sha256"
_JSON: Final = {
    *("evidence", "spans", "span", "localities", "actors", "keywords", "norms", "reasons"),
}

Row = dict[str, Any]

_ARTICLE: Final = """
    SELECT a.id, a.key, a.url, a.title, a.author, a.section, a.published_at, a.published_from,
        a.published_is_guess, a.version, a.first_seen_at, a.last_seen_at, a.gone_at, a.extractor,
        o.id AS outlet_id, o.name AS outlet
    FROM articles a JOIN outlets o ON o.id = a.outlet_id WHERE a.key = ?
"""
_VERSIONS: Final = """
    SELECT v.number, v.title, v.text, v.text_sha256, v.fetched_at, f.url, f.kind, f.status,
        f.content_type, f.bytes, f.sha256, f.warc_file, f.warc_offset, f.warc_length
    FROM article_versions v JOIN fetches f ON f.id = v.fetch_id
    WHERE v.article_id = ? ORDER BY v.number
"""
_VISITS: Final = """
    SELECT f.fetched_at, f.url, f.kind, f.status, f.error, f.bytes, f.sha256
    FROM fetches f WHERE f.url = ? ORDER BY f.fetched_at DESC LIMIT 500
"""
_CORRECTIONS: Final = "SELECT * FROM meja.corrections WHERE article_key = ? ORDER BY id"
_FACTS: Final = {
    "penilaian": "annotations",
    "topik": "article_topics",
    "wilayah": "article_regions",
    "pejabat": "officials",
    "orang": "article_people",
    "angka": "figures",
    "kutipan": "quotes",
    "tanggal": "dates",
    "dugaan": "violations",
}
"""Names in `fakta.json` and the tables they come from."""


@dataclass
class Bundle:
    """What was written: hash by file name, what is not whole, and a line for each article."""

    sums: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)


def write(db: sqlite3.Connection, folder: Path, keys: Iterable[str], target: IO[bytes]) -> Bundle:
    """Write the evidence of these articles, a folder each; keys that are none are left out.

    `db` is `berita.db` with `meja.db` attached as `meja`, `folder` the archive. One page at a time
    is in memory.
    """
    bundle = Bundle()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for key in keys:
            for article in rows(db, _ARTICLE, [key]):
                _article(db, archive, bundle, folder, article)
        _add(archive, bundle, "BACA-SAYA.txt", _readme(bundle).encode())
        sums = "".join(f"{digest}  {name}\n" for name, digest in bundle.sums.items())
        archive.writestr(MANIFEST, sums)
    return bundle


def _article(
    db: sqlite3.Connection, archive: zipfile.ZipFile, bundle: Bundle, folder: Path, article: Row
) -> None:
    place, before = article["key"], len(bundle.faults)
    versions = rows(db, _VERSIONS, [article["id"]])
    for version in versions:
        _version(archive, bundle, folder, place, version)
    faults = bundle.faults[before:]
    facts = {**_facts(db, article, versions), "tidak_utuh": faults}
    _add(archive, bundle, f"{place}/fakta.json", _as_json(facts))
    published = moment(article["published_at"]) or "tanpa tanggal terbit"
    told = (f"{place}/", article["outlet"], article["title"], published, article["url"])
    bundle.articles.append("\n  ".join(str(clean(part)) for part in told))


def _version(
    archive: zipfile.ZipFile, bundle: Bundle, folder: Path, place: str, version: Row
) -> None:
    name = f"versi-{version['number']}"
    text = version["text"].encode("utf-8", "replace")
    _add(archive, bundle, f"{place}/teks/{name}.txt", text)
    try:
        copy = read(folder, version)
    except EvidenceError as error:
        bundle.faults.append(f"{place}/{name}: {error}")
        return
    if copy.fault:
        bundle.faults.append(f"{place}/{name}: {copy.fault}")
    _add(archive, bundle, f"{place}/arsip/{name}.warc.gz", copy.record)
    _add(archive, bundle, f"{place}/halaman/{name}.html", copy.body)
    if copy.encoding:  # the sum of the time of fetching is that of the packed page
        _add(archive, bundle, f"{place}/halaman/{name}.diterima.bin", copy.received)


def _add(archive: zipfile.ZipFile, bundle: Bundle, name: str, data: bytes) -> None:
    archive.writestr(name, data)
    bundle.sums[name] = hashlib.sha256(data).hexdigest()


def _facts(db: sqlite3.Connection, article: Row, versions: list[Row]) -> Row:
    found: Row = {"artikel": {name: value for name, value in article.items() if name != "id"}}
    found["versi"] = [
        {name: value for name, value in version.items() if name != "text"} for version in versions
    ]
    for name, table in _FACTS.items():
        sql = f"SELECT * FROM {table} WHERE article_id = ?"  # noqa: S608 - own names
        found[name] = [_fact(row) for row in rows(db, sql, [article["id"]])]
    found["koreksi"] = rows(db, _CORRECTIONS, [article["key"]])
    found["pengambilan"] = rows(db, _VISITS, [article["url"]])
    return found


def _fact(row: Row) -> Row:
    kept = {name: value for name, value in row.items() if name not in ("id", "article_id")}
    return {
        name: json.loads(value) if name in _JSON and value else value
        for name, value in kept.items()
    }


def _as_json(facts: Row) -> bytes:
    return json.dumps(facts, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _readme(bundle: Bundle) -> str:
    whole = "Semua versi ada dan cocok dengan SHA-256 saat diambil."
    return README.read_text(encoding="utf-8").format(
        made=moment(datetime.now(UTC).isoformat(timespec="seconds")),
        articles="\n\n".join(bundle.articles),
        faults="\n".join(f"- {fault}" for fault in bundle.faults) or whole,
    )
