"""Every page of the site over a small base, in process: who may see what, and what is shown."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from db.base import Home
from db.site import links, metadata, serve
from db.site.routes import OPEN, ROUTES
from tests.db import site_base
from tests.db.site_base import LURAH, key

Get = Callable[..., httpx.Response]

ARTICLE = key("https://kabarmahakam.example/lurah-timbau")
ALERT = f"bawaan-netralitas:{ARTICLE}:laporan_temuan"
PAGES = [
    "/",
    "/?rentang=14",
    "/?rentang=90",
    f"/artikel/{ARTICLE}",
    f"/artikel/{ARTICLE}/versi",
    f"/artikel/{ARTICLE}/salinan/1",
    "/cerita",
    f"/cerita/{ARTICLE}",
    "/cari",
    "/cari?q=netralitas",
    "/cari.csv?q=netralitas",
    "/cari.json?q=netralitas",
    "/kliping",
    "/kliping?wilayah=64&sejak=2020-12-09&hingga=2020-12-09",
    "/kliping.csv?wilayah=64&sejak=2020-12-09&hingga=2020-12-09",
    "/kliping.docx",
    "/sumber",
    "/wilayah",
    "/wilayah/64",
    "/rekap?kalender=pilkada_2020",
    "/rekap.xlsx?kalender=pilkada_2020",
    "/rekap/berita?wilayah=64.02",
    "/rekap/berita.csv?wilayah=64.02",
    "/bantuan",
]
DESK_PAGES = ["/saya", "/peringatan", f"/peringatan/{ALERT}"]
STOCK_PAGES = [
    "/berita",
    "/berita/articles",
    "/berita/articles/1",
    "/berita/articles?_search=melanggar",
    "/berita/articles?_search=",
    "/berita/articles.json",
    "/berita/fetches",
    "/berita/dugaan",
    "/berita/kasus_pada_tahap?tahap=",
    "/-/metadata",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return site_base.make(tmp_path_factory.mktemp("situs"))


@pytest.fixture(scope="module")
def site(home: Home) -> Any:
    return started(home)


@pytest.fixture(scope="module")
def public_site(home: Home) -> Any:
    return started(home, publik=True)


def started(home: Home, **situs: Any) -> Any:
    datasette = serve.build(home, site_base.config(**situs))
    asyncio.run(datasette.invoke_startup())
    return datasette


def ask(site: Any, path: str, cookies: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    method = more.pop("method", "GET")
    response: httpx.Response = asyncio.run(
        site.client.request(method, path, cookies=cookies or {}, **more)
    )
    return response


def signed_in(site: Any, username: str) -> dict[str, str]:
    response = ask(site, f"/-/masuk/{links.issue(site, username)}")
    return dict(response.cookies)


@pytest.fixture(scope="module")
def get(site: Any) -> Get:
    """Ask as `sari`, a staf, or as whoever `by` names."""
    sessions: dict[str, dict[str, str]] = {}

    def asked(path: str, by: str = "sari", **more: Any) -> httpx.Response:
        if by not in sessions:
            sessions[by] = signed_in(site, by)
        return ask(site, path, sessions[by], **more)

    return asked


@pytest.mark.parametrize("path", PAGES + DESK_PAGES + STOCK_PAGES)
def test_page_opens_for_staff(get: Get, path: str) -> None:
    assert get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES + DESK_PAGES + STOCK_PAGES)
def test_anonymous_sees_nothing(site: Any, path: str) -> None:
    response = ask(site, path)
    assert response.status_code in (302, 403)
    assert "Timbau" not in response.text
    if response.status_code == 302:
        assert response.headers["location"].startswith("/masuk?lanjut=")


def test_every_route_turns_anonymous_away(site: Any) -> None:
    """All routes, Datasette's and other plugins' too: none answers with content."""
    harmless = {"/masuk", "/favicon.ico", "/robots.txt", "/-/static/", "/-/static-plugins/"}
    answered = {}
    for pattern, _ in site._routes():
        path = _sample(pattern.pattern)
        if path.startswith(tuple(harmless)):
            continue
        for method in ("GET", "POST"):
            response = ask(site, path, method=method)
            answered[method, path] = response.status_code
    wrong = {
        asked: status
        for asked, status in answered.items()
        if status not in (301, 302, 400, 403, 404, 405)
    }
    assert not wrong
    assert len(answered) > 2 * len(ROUTES)


def _sample(pattern: str) -> str:
    """An address that the pattern of a route matches."""
    values = {"key": ARTICLE, "number": "1", "id": "1", "token": "x" * 43, "format": "json"}
    values |= {"database": "berita", "table": "articles", "pks": "1", "path": "x", "rest": "/x"}
    path = re.sub(r"\(\\\.\(\?P<format>[^)]*\)\)\?", "", pattern.strip("^$"))
    path = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", lambda found: values[found[1]], path)
    path = re.sub(r"\((\w[\w-]*)\|[^)]*\)", r"\1", path)
    return path.replace("\\", "")


def test_own_routes_are_guarded_or_open_on_purpose() -> None:
    open_views = {view for _, view in OPEN}
    unguarded = {
        pattern
        for pattern, view in ROUTES
        if view not in open_views and not hasattr(view, "__wrapped__")
    }
    assert unguarded == {
        "^/keluar$",
        "^/-/logout$",
        "^/-/(password-tool|allow-debug|patterns|messages|permissions)$",
    }


@pytest.mark.parametrize("path", PAGES)
def test_public_site_shows_what_machines_made(public_site: Any, path: str) -> None:
    assert ask(public_site, path).status_code == 200


@pytest.mark.parametrize("path", [*DESK_PAGES, "/meja", "/meja/audit", "/meja/accounts"])
def test_public_site_keeps_the_desk_closed(public_site: Any, path: str) -> None:
    assert ask(public_site, path).status_code == 302


@pytest.mark.parametrize(
    ("path", "by", "status"),
    [
        ("/meja", "sari", 403),
        ("/meja/audit", "sari", 403),
        ("/meja/audit", "budi", 200),
        ("/meja/accounts", "ayu", 403),
        ("/meja/accounts.json", "ayu", 403),
        ("/meja/accounts/ayu", "ayu", 403),
        ("/berita?sql=select+1", "sari", 403),
        ("/berita?sql=select+1", "budi", 403),
        ("/berita?sql=select+1", "ayu", 200),
        ("/meja?sql=select+1", "ayu", 403),
        ("/berita?sql=select+password_hash+from+meja.accounts", "ayu", 400),
        ("/berita.db", "ayu", 403),
        ("/meja.db", "ayu", 403),
        ("/-/password-tool", "ayu", 404),
        ("/-/allow-debug", "ayu", 404),
    ],
)
def test_roles(get: Get, path: str, by: str, status: int) -> None:
    response = get(path, by)
    assert response.status_code == status
    assert "pbkdf2" not in response.text


@pytest.mark.parametrize("path", ["/", "/masuk", "/berita/articles", "/nihil", "/-/static/app.css"])
def test_headers_on_every_answer(get: Get, path: str) -> None:
    headers = get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES + DESK_PAGES + STOCK_PAGES)
def test_no_inline_code_and_no_other_host(get: Get, path: str) -> None:
    """What the policy would block, and what would tell somebody else what is being read."""
    html = get(path, "ayu").text
    if not html.startswith("<!DOCTYPE"):
        return
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.findall(r"<script(?![^>]*\ssrc=\"/-/)", html)
    assert not re.findall(r"(?:src|srcset|action)=\"(?!/)[^\"]", html)
    assert not re.findall(r"<link[^>]*href=\"(?!/)", html.replace("http://localhost/", "/"))


def test_home_tells_alerts_apart_from_open_eyes(get: Get) -> None:
    html = get("/").text
    assert "<strong>1</strong> dari <strong>3</strong> sumber terbaca" in html
    assert "1 gagal" in html
    assert "1 tidak dicoba" in html
    assert "Dugaan menurut Kabar Mahakam" in html
    assert "Sedang ditangani menurut Gowa Today" in html


@pytest.mark.parametrize("span", ["14", "90", "semua"])
def test_counts_of_home_open_to_exactly_what_they_count(get: Get, span: str) -> None:
    html = get(f"/?rentang={span}").text
    rows = re.findall(
        r'<a href="([^"]+)">[^<]+</a></th>\s*<td class="num">\d+</td>\s*<td class="num">(\d+)', html
    )
    drawn = re.findall(r'<a href="([^"]+)" aria-label="[^"]*: (\d+) berita', html)
    assert len(rows) == 2
    assert sum(int(number) for _, number in drawn) == 5
    for href, number in rows + drawn:
        found = get(href.replace("&amp;", "&")).text
        assert f"<strong>{number}</strong> artikel" in found


def test_home_of_an_empty_base(tmp_path: Path) -> None:
    home = Home(tmp_path / "berita.db")
    site = started(home)
    site_base.people(home.open_meja())
    response = ask(site, "/", signed_in(site, "sari"))
    assert response.status_code == 200
    assert "Basis data ini masih kosong" in response.text
    assert "Tidak ada peringatan baru, dengan 0 dari 0 sumber terbaca" in response.text


def test_article_marks_overlap_without_losing_a_letter(get: Get) -> None:
    html = get(f"/artikel/{ARTICLE}").text
    body = html[html.index('<div class="body"') : html.index("<aside")]
    assert re.search(r'class="m m-bukti m-orang" title="[^"]*">Rahmat Sanjaya<', body)
    assert re.search(r'class="m m-bukti m-isyarat"[^>]*>mengajak warga memilih<', body)
    assert re.search(r'class="m m-bukti m-tanggal"[^>]*>Rabu \(9/12\)<', body)
    shown = re.sub(r"<[^>]+>", "", body[: body.index("</div>")].split(">", 1)[1])
    assert " ".join(shown.split()) == " ".join(LURAH.split())


def test_article_shows_its_facts_and_evidence(get: Get) -> None:
    html = get(f"/artikel/{ARTICLE}").text
    for expected in (
        "Rabu, 9 Desember 2020 14.05 WITA",
        "Dugaan menurut Kabar Mahakam",
        "120 warga (hadir dalam pembagian)",
        "Kelurahan Timbau",
        "UU 10/2016 Pasal 71 ayat (1)",
        "uji.warc.gz @ 0",
        "diduga mengajak",
        "Lurah di Kukar Dilaporkan ke Bawaslu",
        "Media mengubah artikel ini 1 kali",
    ):
        assert expected in html


def test_gone_article_says_so(get: Get) -> None:
    html = get(f"/artikel/{key('https://gowatoday.example/lurah-kukar')}").text
    assert "tidak ada lagi di media sejak Sabtu, 12 Desember 2020 08.00 WIB" in html


def test_dismissed_case_is_as_prominent_as_a_suspected_one(get: Get) -> None:
    html = get(f"/artikel/{key('https://suarasolo.example/camat')}").text
    assert '<span class="chip status-tidak_terbukti">Tidak terbukti</span>' in html
    assert "<strong>Tidak terbukti atau dibantah menurut Suara Solo</strong>" in html


def test_versions_show_what_changed(get: Get) -> None:
    html = get(f"/artikel/{ARTICLE}/versi").text
    assert "<del>R,</del>" in html
    assert "<ins>Rahmat Sanjaya,</ins>" in html
    assert "<del>100</del><ins>120</ins>" in html


def test_archived_copy_is_the_bytes_that_came(get: Get) -> None:
    response = get(f"/artikel/{ARTICLE}/salinan/2")
    assert response.headers["content-type"] == "text/plain"
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.content.startswith(b"<html><p>versi 2")
    assert hashlib.sha256(response.content).hexdigest() == response.headers["x-content-sha256"]
    audit = get("/meja/audit.json?action=salinan_diunduh&_shape=array", "budi").json()
    assert f"{ARTICLE} v2" in {row["object"] for row in audit}


def test_tampered_archive_is_not_handed_out(tmp_path: Path) -> None:
    home = site_base.make(tmp_path)
    berita = home.open_berita()
    with berita.conn:
        berita.conn.execute("UPDATE fetches SET sha256 = ? WHERE id = 1", ["0" * 64])
        berita.conn.execute("UPDATE fetches SET warc_file = '../berita.db' WHERE id = 2")
    site = started(home)
    cookies = signed_in(site, "sari")
    tampered = ask(site, f"/artikel/{ARTICLE}/salinan/1", cookies)
    assert (tampered.status_code, "tidak cocok" in tampered.text) == (409, True)
    assert ask(site, f"/artikel/{ARTICLE}/salinan/2", cookies).status_code == 404


def test_a_page_from_a_file_does_not_claim_an_http_answer(tmp_path: Path) -> None:
    home = site_base.make(tmp_path)
    berita = home.open_berita()
    with berita.conn:
        berita.conn.execute("UPDATE fetches SET kind = 'import'")
    site = started(home)
    shown = ask(site, f"/artikel/{ARTICLE}", signed_in(site, "sari")).text
    assert '<td data-label="HTTP">berkas impor</td>' in shown
    assert '<td data-label="HTTP">200</td>' not in shown


def test_inbox_filters_and_counts(get: Get) -> None:
    assert get("/peringatan").text.count("data-item") == 2
    money = get("/peringatan?tema=politik_uang&status=&provinsi=").text
    assert money.count("data-item") == 1
    assert "Panwaslu Temukan 45 Amplop" in money
    assert get("/peringatan?provinsi=64").text.count("data-item") == 1
    assert "Tidak ada peringatan dengan saringan ini" in get("/peringatan?petugas=budi").text


def test_row_number_of_an_alert_leads_to_its_key(get: Get) -> None:
    response = get("/peringatan/1")
    assert (response.status_code, response.headers["location"]) == (302, f"/peringatan/{ALERT}")


@pytest.mark.parametrize(
    "path",
    [
        "/artikel/0000000000000000",
        "/artikel/../../etc/passwd",
        f"/artikel/{ARTICLE}/salinan/9",
        "/cerita/0000000000000000",
        "/peringatan/999",
        "/peringatan/%27%20OR%201=1--",
        "/berita/nihil",
        "/nihil",
    ],
)
def test_what_is_not_there_is_a_clear_page(get: Get, path: str) -> None:
    response = get(path)
    assert response.status_code == 404
    assert 'lang="id"' in response.text


@pytest.mark.parametrize(
    "query",
    [
        "_search=%22",
        "_search=OR",
        "_search=NEAR(",
        "_search=%00",
        "_search=%F0%9F%92%A5",
        "_search=" + "a" * 5000,
        "_search=title:*",
        "hal=-1",
        "hal=%D9%A3",
        "hal=99999999999999999999",
        "rentang=%27--",
        "status=%27%20OR%201--&keadaan=%3Cscript%3E",
    ],
)
@pytest.mark.parametrize("path", ["/berita/articles", "/peringatan", "/", "/cerita"])
def test_hostile_queries_break_nothing(get: Get, path: str, query: str) -> None:
    response = get(f"{path}?{query}")
    assert response.status_code in (200, 400)
    assert "<script>" not in response.text


def test_table_search_knows_roots(get: Get) -> None:
    found = get("/berita/articles.json?_search=pelanggaran&_shape=array").json()
    same = get("/berita/articles.json?_search=melanggar&_shape=array").json()
    assert [row["key"] for row in found] == [row["key"] for row in same]
    assert len(found) == 3


def test_every_visible_table_and_column_is_described(home: Home) -> None:
    missing = []
    for name, db in (("berita", home.open_berita()), ("meja", home.open_meja())):
        about = metadata()["databases"][name]["tables"]
        tables = [t for t in db.table_names() + db.view_names() if not _is_shadow(t)]
        for table in tables:
            described = about.get(table, {})
            if described.get("hidden"):
                continue
            columns = {column.name for column in db[table].columns}
            missing += [f"{name}.{table}.{c}" for c in columns - set(described.get("columns", {}))]
            missing += [f"{name}.{table}"] * (not described.get("title"))
    assert missing == []


def _is_shadow(table: str) -> bool:
    return bool(re.search(r"_(config|data|docsize|idx|content)$", table))


def test_ready_questions_answer(get: Get) -> None:
    queries = metadata()["databases"]["berita"]["queries"]
    assert len(queries) >= 10
    given = {"daerah": "kutai", "topik": "netral", "sejak": "2020-01-01", "hingga": "2020-12-31"}
    given |= {"media": "kabar", "tahap": "laporan", "nama": "rahmat"}
    for name, query in queries.items():
        params = {word: given[word] for word in re.findall(r":(\w+)", query["sql"])}
        response = get(f"/berita/{name}.json", params={**params, "_shape": "array"})
        assert response.status_code == 200, name
        assert isinstance(json.loads(response.text), list)


def test_desk_closed_without_meja(home: Home) -> None:
    """Plain `datasette berita.db`: pages of the news work, the desk says what is missing."""
    site = started(home, publik=True)
    site.remove_database("meja")
    for path in ("/", "/masuk", f"/artikel/{ARTICLE}"):
        assert ask(site, path).status_code == 200
    assert "meja.db" in ask(site, "/masuk").text
    token = links.issue(site, "sari")
    assert ask(site, f"/-/masuk/{token}").status_code == 503


def test_base_of_somebody_else_is_a_clear_page(tmp_path: Path) -> None:
    home = Home(tmp_path / "berita.db")
    site = started(home, publik=True)
    berita = home.open_berita()
    with berita.conn:
        berita.conn.execute("DROP TABLE fetches")
    response = ask(site, "/sumber")
    assert response.status_code == 503
    assert "belum berisi tabel Pantau" in response.text
