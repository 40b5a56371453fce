"""A small base with invented people in real places, for the tests of the site."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from db import accounts, reference
from db.base import Home
from db.config import Config, load
from nlp.lexicon import judgement
from nlp.stems import stem_text

PASSWORD = "kata-sandi-panjang"  # noqa: S105 - of an account that lives as long as a test
RULES = "uji-1"
ROOT = Path(__file__).parents[2]

OUTLETS = [
    ("kabarmahakam.example", "Kabar Mahakam", "wordpress", "lokal", "64", "Asia/Makassar"),
    ("gowatoday.example", "Gowa Today", "promedia", "lokal", "73", "Asia/Makassar"),
    ("suarasolo.example", "Suara Solo", "generic", "lokal", "33", "Asia/Jakarta"),
]

LURAH = (
    "TENGGARONG - Badan Pengawas Pemilihan Umum Kabupaten Kutai Kartanegara menelusuri dugaan "
    "pelanggaran netralitas oleh seorang lurah.\n"
    "Lurah Timbau, Rahmat Sanjaya, diduga mengajak warga memilih salah satu pasangan calon saat "
    "membagikan bantuan beras pada Rabu (9/12).\n"
    "“Kami sudah menerima laporan warga beserta rekaman videonya,” kata Ketua Bawaslu Kutai "
    "Kartanegara, Dewi Anggraini.\n"
    "Sebanyak 120 warga hadir dalam pembagian itu. Dewi mengimbau aparatur tetap netral.\n"
)
ENVELOPES = (
    "SUNGGUMINASA - Panwaslu Kecamatan Pallangga menggerebek sebuah rumah yang diduga menjadi "
    "tempat pembagian amplop berisi uang.\n"
    "Petugas menemukan 45 amplop masing-masing berisi Rp100 ribu di rumah milik Baso Tenriola.\n"
)
DROPPED = (
    "SUKOHARJO - Bawaslu Sukoharjo menghentikan laporan terhadap Camat Grogol, Sri Wahyuni, karena "
    "tidak memenuhi unsur pelanggaran.\n"
)
URGED = (
    "SUKOHARJO - Bupati Sukoharjo mengimbau aparatur sipil negara menjaga netralitas dan menolak "
    "politik uang.\n"
)


@contextmanager
def running(home: Home, *, sign_in: bool = True, **situs: Any) -> Iterator[Running]:
    """The site as its own process on a free port, as `pantau serve` starts it."""
    settings = json.dumps(situs)
    script = (
        "import json, sys; from pathlib import Path; from db.base import Home;"
        "from db.site.serve import serve; from tests.db.site_base import config;"
        "serve(Home(Path(sys.argv[1])), port=0, config=config(**json.loads(sys.argv[2])),"
        " sign_in=bool(int(sys.argv[3])))"
    )
    command = [sys.executable, "-c", script, str(home.berita), settings, str(int(sign_in))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            assert process.stdout
            address = _printed(process.stdout.readline())
            link = _printed(process.stdout.readline()) if sign_in else ""
            yield Running(address, link, process)
        finally:
            process.terminate()


@dataclass(frozen=True)
class Running:
    """A served site; `link` is the one-time sign-in link that it printed."""

    address: str
    link: str
    process: subprocess.Popen[str]


def _printed(line: str) -> str:
    return next(word for word in line.split() if word.startswith("http"))


def key(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def config(**situs: Any) -> Config:
    """The default settings with other values of `[situs]`."""
    read = load(Path("/nonexistent/pantau.toml"))
    read.situs.update(situs)
    return read


def make(folder: Path) -> Home:
    """Both bases and an archive of one page in two versions."""
    home = Home(folder / "berita.db")
    berita, meja = home.open_berita(), home.open_meja()
    reference.load(berita)
    with berita.conn:
        _outlets(berita)
        _fetches(berita, home.archive)
        _articles(berita)
        _stories_and_alerts(berita)
    people(meja)
    berita.close()
    meja.close()
    return home


def people(meja: Database) -> None:
    accounts.add(meja, "sari", "Sari Lestari", "staf", PASSWORD)
    accounts.add(meja, "budi", "Budi Hartono", "atasan", PASSWORD)
    accounts.add(meja, "ayu", "Ayu Pratiwi", "admin", None)


def add_article(
    berita: Database,
    url: str,
    outlet: str,
    title: str,
    text: str,
    published: str | None,
    **more: Any,
) -> int:
    """An article with its indexes; `more` overrides columns. Returns its row number."""
    row = {
        "key": key(url),
        "url": url,
        "outlet_id": outlet,
        "title": title,
        "text": text,
        "published_at": published,
        "published_from": "json-ld",
        "fetch_id": 1,
        "first_seen_at": "2020-12-09T07:00:00+00:00",
        "last_seen_at": "2020-12-10T07:00:00+00:00",
        "extractor": "wordpress-1",
        **more,
    }
    number = int(_insert(berita, "articles", row))
    stems = (number, stem_text(title), stem_text(text))
    berita.conn.execute("INSERT INTO articles_stems (rowid, title, text) VALUES (?, ?, ?)", stems)
    version = {
        "article_id": number,
        "number": row.get("version", 1),
        "title": title,
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "fetch_id": row["fetch_id"],
        "fetched_at": "2020-12-09T07:00:00+00:00",
    }
    _insert(berita, "article_versions", version)
    return number


def annotate(
    berita: Database, number: int, status: str, topic: str | None, region: str | None, **more: Any
) -> None:
    alert = status in ("dugaan", "proses", "terbukti")
    row = {
        "article_id": number,
        "version": 1,
        "election": status != "bukan_pemilu",
        "status": status,
        "alert": alert,
        "topic": topic,
        "region_code": region,
        "reasons": "[]",
        "rules_version": RULES,
        "annotated_at": "2020-12-09T08:00:00+00:00",
        **more,
    }
    _insert(berita, "annotations", row)
    theme = judgement.topics()[topic].theme if topic else None
    berita.conn.execute(
        "UPDATE article_facets SET theme = ?, status = ?, province_code = ? WHERE id = ?",
        (theme, status, (region or "")[:2] or None, number),
    )
    if topic:
        cue = {"article_id": number, "rank": 1, "topic": topic, "theme": theme, "score": 0.9}
        _insert(berita, "article_topics", {**cue, "evidence": "[]"})
    if region:
        place = {"article_id": number, "region_code": region, "is_main": 1, "spans": "[]"}
        _insert(berita, "article_regions", place)


def span(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def _insert(db: Database, table: str, row: dict[str, Any]) -> int:
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - names of this module
    return db.conn.execute(sql, list(row.values())).lastrowid or 0


def _outlets(db: Database) -> None:
    sql = "INSERT INTO outlets (id, name, network, kind, province_code, timezone)"
    db.conn.executemany(f"{sql} VALUES (?, ?, ?, ?, ?, ?)", OUTLETS)


def _fetches(db: Database, archive: Path) -> None:
    """Kabar Mahakam was read just now, Gowa Today failed, Suara Solo was never tried."""
    archive.mkdir()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    url = "https://kabarmahakam.example/lurah-timbau"
    bodies = [f"<html><p>versi {number}</p><script>alert(1)</script>".encode() for number in (1, 2)]
    for place, body in zip(_warc(archive / "uji.warc.gz", url, bodies), bodies, strict=True):
        page = {"outlet_id": OUTLETS[0][0], "url": url, "kind": "page", "fetched_at": now}
        proof = {"status": 200, "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        _insert(db, "fetches", {**page, **proof, "content_type": "text/html", **place})
    failed = {"outlet_id": OUTLETS[1][0], "url": "https://gowatoday.example/feed", "kind": "feed"}
    _insert(db, "fetches", {**failed, "fetched_at": now, "status": 500, "error": "HTTP 500"})


def _warc(path: Path, url: str, bodies: list[bytes]) -> list[dict[str, Any]]:
    places = []
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for body in bodies:
            start = stream.tell()
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers
            )
            writer.write_record(record)
            length = stream.tell() - start
            places.append({"warc_file": path.name, "warc_offset": start, "warc_length": length})
    return places


def _articles(db: Database) -> None:
    site = "https://kabarmahakam.example"
    title = "Lurah Timbau Diduga Ajak Warga Pilih Paslon"
    lurah = add_article(
        db,
        f"{site}/lurah-timbau",
        OUTLETS[0][0],
        title,
        LURAH,
        "2020-12-09T14:05:00+08:00",
        version=2,
        fetch_id=2,
        author="Andi Wijaya",
    )
    old = LURAH.replace("Rahmat Sanjaya", "R").replace("120", "100")
    first = {"article_id": lurah, "number": 1, "title": title.replace("Diduga ", ""), "text": old}
    seen = {"text_sha256": "0" * 64, "fetch_id": 1, "fetched_at": "2020-12-09T06:30:00+00:00"}
    _insert(db, "article_versions", {**first, **seen})
    reasons = [
        {"rule": "dugaan.kuat", "words": "diduga mengajak", "span": [0, 0], "says": "dugaan"},
        {"rule": "pencegahan", "words": "mengimbau", "span": [0, 0], "says": "pencegahan"},
    ]
    annotate(
        db, lurah, "dugaan", "netralitas_asn", "64.02", stage="laporan_temuan",
        reasons=json.dumps(reasons),
    )  # fmt: skip
    _facts(db, lurah)
    copy = add_article(
        db,
        "https://gowatoday.example/lurah-kukar",
        OUTLETS[1][0],
        "Lurah di Kukar Dilaporkan ke Bawaslu",
        LURAH,
        "2020-12-09T16:40:00+08:00",
        gone_at="2020-12-12T01:00:00+00:00",
    )
    annotate(db, copy, "dugaan", "netralitas_asn", "64.02", stage="laporan_temuan")
    cases = [
        ("amplop", 1, "Panwaslu Temukan 45 Amplop", ENVELOPES, "2020-12-08T22:10:00+08:00"),
        ("camat", 2, "Laporan terhadap Camat Dihentikan", DROPPED, "2020-12-07T10:00:00+07:00"),
        ("imbau", 2, "Bupati Imbau ASN Netral", URGED, "2020-12-06T09:15:00+07:00"),
        ("panen", 0, "Panen Raya", "Panen padi melimpah.\n", "2020-12-05T08:00:00+08:00"),
    ]
    judged = [
        ("proses", "politik_uang", "73.06"),
        ("tidak_terbukti", "netralitas_asn", "33.11"),
        ("pencegahan", "netralitas_asn", "33.11"),
        ("bukan_pemilu", None, "64.02"),
    ]
    for (name, outlet, heading, text, at), judged_as in zip(cases, judged, strict=True):
        domain = OUTLETS[outlet][0]
        number = add_article(db, f"https://{domain}/{name}", domain, heading, text, at)
        annotate(db, number, *judged_as)


def _facts(db: Database, article: int) -> None:
    owned = {"article_id": article}
    lurah = {"name": "Rahmat Sanjaya", "position": "Lurah", "institution": "Kelurahan Timbau"}
    chair = {
        "name": "Dewi Anggraini",
        "position": "Ketua",
        "institution": "Bawaslu Kutai Kartanegara",
    }
    for person in (lurah, chair):
        spans = json.dumps([span(LURAH, person["name"])])
        _insert(db, "officials", {**owned, **person, "region_code": "64.02", "spans": spans})
        _insert(db, "article_people", {**owned, "name": person["name"], "spans": spans})
    date = json.dumps(span(LURAH, "Rabu (9/12)"))
    _insert(db, "dates", {**owned, "date": "2020-12-09", "span": date})
    figure = {"value": 120, "unit": "warga", "about": "hadir dalam pembagian", "bound": None}
    _insert(db, "figures", {**owned, **figure, "span": json.dumps(span(LURAH, "120 warga"))})
    quote = "“Kami sudah menerima laporan warga beserta rekaman videonya,”"
    said = {
        "speaker": "Dewi Anggraini",
        "text": quote.strip("“”"),
        "span": json.dumps(span(LURAH, quote)),
    }
    _insert(db, "quotes", {**owned, **said})
    place = json.dumps([span(LURAH, "Kabupaten Kutai Kartanegara")])
    db.conn.execute("UPDATE article_regions SET spans = ? WHERE article_id = ?", (place, article))
    cue = json.dumps([span(LURAH, "mengajak warga memilih")])
    db.conn.execute("UPDATE article_topics SET evidence = ? WHERE article_id = ?", (cue, article))
    case = {"topic": "netralitas_asn", "status": "dugaan", "stage": "laporan_temuan"}
    found = {
        "actors": json.dumps(["Rahmat Sanjaya"]),
        "region_code": "64.02",
        "date": "2020-12-09",
        "keywords": json.dumps(["diduga", "mengajak"]),
        "evidence": json.dumps(sentence_span()),
        "norms": json.dumps(["UU 10/2016 Pasal 71 ayat (1)"]),
    }
    _insert(db, "violations", {**owned, **case, **found})


def sentence_span() -> list[int]:
    start = LURAH.index("Lurah Timbau, Rahmat")
    return [start, LURAH.index("\n", start)]


def _stories_and_alerts(db: Database) -> None:
    lurah = key("https://kabarmahakam.example/lurah-timbau")
    story = {
        "key": lurah,
        "title": "Lurah Timbau Diduga Ajak Warga Pilih Paslon",
        "topic": "netralitas_asn",
        "status": "dugaan",
        "stage": "laporan_temuan",
        "region_code": "64.02",
        "first_published_at": "2020-12-09T14:05:00+08:00",
        "last_published_at": "2020-12-09T16:40:00+08:00",
        "articles": 2,
        "accounts": 1,
    }
    number = _insert(db, "stories", story)
    _insert(db, "story_articles", {"article_id": 1, "story_id": number, "score": 1.0})
    _insert(
        db, "story_articles", {"article_id": 2, "story_id": number, "score": 0.98, "copy_of": 1}
    )
    start, end = sentence_span()
    fired = {
        "key": f"bawaan-netralitas:{lurah}:laporan_temuan",
        "watch_key": "bawaan-netralitas",
        "watch_name": "Netralitas aparatur",
        "story_id": number,
        "article_id": 1,
        "topic": "netralitas_asn",
        "status": "dugaan",
        "stage": "laporan_temuan",
        "region_code": "64.02",
        "sentence": LURAH[start:end],
        "span": json.dumps([start, end]),
        "reasons": json.dumps([{"form": "mengajak", "root": "ajak", "condition": "tema"}]),
        "rules_version": RULES,
        "raised_at": "2020-12-09T08:01:00+00:00",
    }
    _insert(db, "alerts", fired)
    envelope = key("https://gowatoday.example/amplop")
    other = {
        **fired,
        "key": f"bawaan-politik_uang:{envelope}:proses",
        "watch_key": "bawaan-politik_uang",
        "watch_name": "Politik uang",
        "story_id": None,
        "article_id": 3,
        "topic": "politik_uang",
        "status": "proses",
        "stage": None,
        "region_code": "73.06",
        "sentence": ENVELOPES.splitlines()[1],
        "span": json.dumps(span(ENVELOPES, ENVELOPES.splitlines()[1])),
        "raised_at": (datetime(2020, 12, 9, 8, 1, tzinfo=UTC) - timedelta(hours=9)).isoformat(),
    }
    _insert(db, "alerts", other)
