"""The crawl, over real HTTP into a real base and archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.archive import index, read
from crawler.desk import CrawlError, Desk
from crawler.report import OutletReport
from crawler.run import crawl
from crawler.schedule import stamp
from tests.crawler.site import (
    BASE,
    FEED,
    HOST,
    QUICK,
    Newsroom,
    article,
    feed,
    newsroom,
    outlet,
    page,
    sitemap,
)

A, B, C, D = (article(number) for number in range(1, 5))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path) as room:
        yield room


def publish(room: Newsroom, *urls: str, etag: bool = True) -> None:
    """Put articles on the site and name them in the feed."""
    room.site.put(FEED, feed(*urls), type="application/rss+xml", etag=etag)
    for url in urls:
        room.site.put(url, page(url), etag=etag)


def counts(report: OutletReport) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: n for name, n in vars(report).items() if n and name != "failures"}


def reasons(report: OutletReport) -> dict[str, str]:
    return {failure.url: failure.reason for failure in report.failures}


def test_second_run_asks_for_lists_alone(room: Newsroom) -> None:
    publish(room, A, B)
    assert counts(room.crawl().of(HOST)) == {"lists_ok": 1, "pages_new": 2, "announced": 2}
    assert counts(room.crawl().of(HOST)) == {"lists_not_modified": 1}
    assert room.site.urls() == [FEED]
    publish(room, A, B, C)
    assert counts(room.crawl().of(HOST)) == {"lists_ok": 1, "pages_new": 1, "announced": 1}
    assert room.site.urls() == [FEED, C]


def test_every_answer_is_archived_with_its_hash(room: Newsroom) -> None:
    room.site.put(FEED, feed(A), packed=True)
    room.site.put(A, page("A"), packed=True)
    room.crawl()
    rows = room.rows()
    assert [row["kind"] for row in rows] == ["robots", "feed", "page"]
    assert [row["status"] for row in rows] == [404, 200, 200]
    found = rows[2]
    record = read(room.home.archive, found["warc_file"], found["warc_offset"], found["warc_length"])
    assert record.body == page("A").encode()
    assert record.place.sha256 == found["sha256"]
    assert record.headers["content-encoding"] == "gzip"
    assert record.label.hints["title"] == "Berita"
    assert len({row["warc_file"] for row in rows}) == 1


def test_change_told_by_the_feed_is_fetched(room: Newsroom) -> None:
    publish(room, A, B)
    room.crawl()
    room.site.put(A, page("A, diperbarui"), etag=True)
    room.site.put(FEED, feed(A, B, updated={A: "2020-01-01T00:00:00Z"}))
    assert counts(room.crawl().of(HOST)) == {"lists_ok": 1}
    room.site.put(FEED, feed(A, B, updated={A: stamp(datetime.now(UTC) + timedelta(seconds=1))}))
    assert counts(room.crawl().of(HOST)) == {"lists_ok": 1, "pages_changed": 1}


def test_revisits_are_conditional_and_see_what_vanished(room: Newsroom) -> None:
    publish(room, A, B, C)
    room.site.put(C, page("C"))  # without ETag
    room.crawl()
    del room.site.answers[B]
    report = room.crawl(recheck=True).of(HOST)
    assert counts(report) == {"lists_not_modified": 1, "pages_not_modified": 2, "pages_gone": 1}
    assert {row["url"]: row["status"] for row in room.rows("kind = 'page'")} == {
        A: 304,
        B: 404,
        C: 200,
    }
    assert all(row["extracted_at"] is None for row in room.rows("kind = 'page'"))


def test_revisit_is_due_by_age(room: Newsroom) -> None:
    publish(room, A)
    room.crawl()
    assert counts(room.crawl(PANTAU_REVISIT_HOURS=[0.00001]).of(HOST))["pages_not_modified"] == 1
    assert counts(room.crawl(PANTAU_REVISIT_HOURS=[0.00001]).of(HOST)) == {"lists_not_modified": 1}


def test_broken_lists_are_failures_and_asked_in_full_again(room: Newsroom) -> None:
    bad = outlet(feeds=(FEED, f"{BASE}/rss"), sitemaps=(f"{BASE}/sitemap.xml",))
    room.site.put(FEED, "<html>Halaman utama</html>", etag=True)
    room.site.put(f"{BASE}/sitemap.xml", "", etag=True)
    for _ in range(2):
        report = room.crawl(bad).of(HOST)
        assert counts(report) == {"lists_failed": 4}
        assert reasons(report) == {
            f"{BASE}/": "HTTP 404 Not Found",
            FEED: "bukan umpan RSS/Atom",
            f"{BASE}/rss": "HTTP 404 Not Found",
            f"{BASE}/sitemap.xml": "bukan peta situs XML",
        }
    assert room.rows("url = :url", url=FEED)[0]["extract_error"] == "bukan umpan RSS/Atom"


def test_front_page_is_read_where_no_list_works(room: Newsroom) -> None:
    room.site.put(f"{BASE}/", page("Kabar Kita", A, f"{BASE}/tag/pilkada/"))
    room.site.put(A, page("A"))
    report = room.crawl().of(HOST)
    assert counts(report) == {"lists_ok": 1, "lists_failed": 1, "announced": 1, "pages_new": 1}


def test_careless_feed_is_read(room: Newsroom) -> None:
    room.site.put(FEED, feed(A).replace("Kabar Kita", "Kabar & Kita").removesuffix("</rss>"))
    room.site.put(A, page("A"))
    assert counts(room.crawl().of(HOST))["pages_new"] == 1


def test_failures_are_counted_with_their_reasons_and_stop_nothing(room: Newsroom) -> None:
    loop, far, large, error, locked, slow, cut = (article(number) for number in range(11, 18))
    publish(room, loop, far, large, error, locked, slow, cut, A)
    room.site.put(loop, "", status=302, headers={"Location": loop})
    for number in range(20):
        away = {"Location": f"{BASE}/alih-{number}/"}
        room.site.put(f"{BASE}/alih-{number - 1}/" if number else far, "", status=301, headers=away)
    room.site.put(large, "x" * 200_000)
    room.site.put(error, "", status=500)
    room.site.put(locked, "", status=403)
    room.site.put(slow, "", delay=3)
    room.site.put(cut, "", drop=True)
    report = room.crawl(DOWNLOAD_TIMEOUT=1).of(HOST)
    assert reasons(report) == {
        loop: "pengalihan berputar",
        far: "pengalihan berputar",
        large: "halaman terlalu besar",
        error: "HTTP 500 Internal Server Error",
        locked: "HTTP 403 Forbidden",
        slow: "waktu tunggu habis",
        cut: "sambungan terputus",
    }
    assert (report.pages_new, report.pages_failed) == (1, 7)
    assert [row["status"] for row in room.rows("url = :url", url=error)] == [500, 500]
    assert {row["error"] for row in room.rows("url = :url", url=large)} == {"halaman terlalu besar"}
    assert room.rows("url = :url AND error IS NOT NULL", url=loop)[0]["error"] == (
        "pengalihan berputar"
    )


def test_failed_page_is_asked_again_though_its_list_is_unchanged(room: Newsroom) -> None:
    publish(room, A)
    room.site.put(A, "", status=503)
    assert room.crawl().of(HOST).pages_failed == 1
    room.site.put(A, page("A"))
    assert counts(room.crawl().of(HOST)) == {"lists_not_modified": 1, "pages_new": 1}


def test_outlet_that_is_down_stops_no_other(room: Newsroom) -> None:
    publish(room, A)
    down = outlet("mati.example")
    room.site.put("http://mati.example/robots.txt", "", drop=True)
    report = room.crawl(down, outlet())
    assert report.of(HOST).pages_new == 1
    assert reasons(report.of("mati.example")) == {
        "http://mati.example/feed/": "robots.txt tidak terbaca"
    }


def test_robots_txt_is_obeyed_kept_and_told(room: Newsroom) -> None:
    publish(room, A, B)
    day = urlsplit(B).path.rsplit("/", 2)[0]
    room.site.put(f"{BASE}/robots.txt", f"User-agent: *\nDisallow: {day}/", type="text/plain")
    for _ in range(2):  # the second time the pages wait for robots.txt together with the feed
        report = room.crawl().of(HOST)
        assert reasons(report) == {B: "robots.txt"}
        assert B not in room.site.urls()
    robots = room.rows("kind = 'robots'")
    assert [row["status"] for row in robots] == [200, 200]
    assert robots[0]["warc_file"]
    assert [row["error"] for row in room.rows("url = :url", url=B)] == ["robots.txt"] * 2


def test_robots_txt_with_server_error_forbids_all(room: Newsroom) -> None:
    publish(room, A)
    room.site.put(f"{BASE}/robots.txt", "", status=500)
    assert reasons(room.crawl().of(HOST)) == {FEED: "robots.txt tidak terbaca"}
    assert room.site.urls() == []


def test_crawl_delay_of_one_host_slows_that_host_alone(room: Newsroom) -> None:
    publish(room, A)
    text = "User-agent: Pantau\nCrawl-delay: 1.5\n\nUser-agent: *\nDisallow: /"
    room.site.put(f"{BASE}/robots.txt", text, type="text/plain")
    quick = [article(number, "lekas.example") for number in range(1, 9)]
    room.site.put("http://lekas.example/feed/", feed(*quick))
    for url in quick:
        room.site.put(url, page(url))
    report = room.crawl(outlet(), outlet("lekas.example"))
    assert (report.of(HOST).pages_new, report.of("lekas.example").pages_new) == (1, 8)
    assert room.site.urls()[-2:] == [FEED, A]


def test_one_request_at_a_time_per_host(room: Newsroom) -> None:
    urls = [article(number) for number in range(1, 9)]
    publish(room, *urls)
    for url in urls:
        room.site.put(url, page(url), delay=0.03)
    busy: list[int] = []
    room.site.on_request = lambda: busy.append(room.site.busy)
    room.crawl()
    assert set(busy) == {1}


def test_user_agent_is_the_one_of_the_settings(room: Newsroom) -> None:
    publish(room, A)
    agent = "Pantau/0.1 (+mailto:humas@bawaslu.example)"
    room.crawl(USER_AGENT=agent)
    assert {asked.headers["user-agent"] for asked in room.site.asked} == {agent}


def test_amp_and_tracked_twins_are_fetched_once(room: Newsroom) -> None:
    twins = [f"{A}amp/", f"{A}?utm_source=wa", A, f"{A}?page=2", A.rstrip("/")]
    room.site.put(FEED, feed(*twins))
    room.site.put(A, page("A"))
    assert room.crawl().of(HOST).pages_new == 1
    assert room.site.urls() == [FEED, A]


def test_redirect_to_a_known_page_is_settled(room: Newsroom) -> None:
    publish(room, A, B)
    room.site.put(B, "", status=301, headers={"Location": A})
    room.crawl()
    assert room.site.urls().count(A) == 1
    room.crawl()
    assert room.site.urls() == [FEED]


def test_pages_of_an_article_are_followed_and_point_to_the_first(room: Newsroom) -> None:
    publish(room, A)
    room.site.put(A, page("A", f"{A}2/"))
    room.site.put(f"{A}2/", page("A2", A, f"{A}3/"))
    room.site.put(f"{A}3/", page("A3", f"{A}2/"))
    assert room.crawl().of(HOST).pages_new == 3
    assert {row["url"]: row["page_of"] for row in room.rows("kind = 'page'")} == {
        A: None,
        f"{A}2/": A,
        f"{A}3/": A,
    }
    assert counts(room.crawl(recheck=True).of(HOST))["pages_not_modified"] == 1
    room.site.put(A, page("A, diperbarui", f"{A}2/"))
    assert counts(room.crawl(recheck=True).of(HOST)) == {
        "lists_not_modified": 1,
        "pages_changed": 1,
        "pages_not_modified": 1,
    }


def test_sitemap_index_leaves_out_what_is_old_or_foreign(room: Newsroom) -> None:
    maps = [f"{BASE}/sitemap-{number}.xml" for number in (1, 2)]
    room.site.put(f"{BASE}/sitemap.xml", sitemap(*maps, index=True), etag=True)
    foreign = article(9, "lain.example")
    room.site.put(maps[0], sitemap(A, f"{BASE}/tentang-kami/", foreign), etag=True)
    room.site.put(maps[1], sitemap(B, lastmod="2020-12-09"), etag=True)
    for url in (A, B):
        room.site.put(url, page(url))
    mapped = outlet(feeds=(), sitemaps=(f"{BASE}/sitemap.xml",))
    report = room.crawl(mapped, PANTAU_SITEMAP_DAYS=30).of(HOST)
    assert counts(report) == {"lists_ok": 3, "announced": 1, "pages_new": 1, "skipped_old": 1}
    report = room.crawl(mapped, PANTAU_SITEMAP_DAYS=30).of(HOST)
    assert counts(report) == {"lists_not_modified": 3}
    room.site.put(maps[0], sitemap(A, C), etag=True)
    room.site.put(C, page("C"))
    assert room.crawl(mapped).of(HOST).pages_new == 1


def test_listing_is_followed_while_it_names_what_is_unknown(room: Newsroom) -> None:
    listing = outlet(feeds=(), listings=(f"{BASE}/berita/",))
    pages = [f"{BASE}/berita/", f"{BASE}/berita/?hal=2", f"{BASE}/berita/?hal=3"]

    def put(*groups: tuple[str, ...]) -> None:
        for number, urls in enumerate(groups):
            links = "".join(f'<a href="{url}">x</a>' for url in urls)
            after = f'<a rel="next" href="{pages[number + 1]}">»</a>' if number < 2 else ""
            room.site.put(pages[number], f"<main>{links}</main>{after}", etag=True)

    for url in (A, B, C, D):
        room.site.put(url, page(url))
    put((B,), (C,), (D,))
    assert counts(room.crawl(listing).of(HOST)) == {"lists_ok": 3, "announced": 3, "pages_new": 3}
    assert counts(room.crawl(listing).of(HOST)) == {"lists_not_modified": 1}
    put((A, B), (C,), (D,))
    room.crawl(listing)
    assert room.site.urls() == [pages[0], pages[1], A]


def test_archive_alone_rebuilds_what_is_known(room: Newsroom) -> None:
    publish(room, A, B)
    room.crawl()
    room.crawl(recheck=True)
    before = [(row["url"], row["status"], row["fetched_at"]) for row in room.rows()]
    for path in room.home.berita.parent.glob("berita.db*"):
        path.unlink()
    desk = Desk(room.home, [outlet()], "Pantau")
    assert index(room.home.archive, desk.db).added == len(before)
    desk.close()
    assert sorted((row["url"], row["status"], row["fetched_at"]) for row in room.rows()) == sorted(
        before
    )
    assert counts(room.crawl().of(HOST)) == {"lists_ok": 1}


def test_one_crawl_of_a_base_at_a_time(room: Newsroom) -> None:
    desk = Desk(room.home, [outlet()], "Pantau")
    with pytest.raises(CrawlError, match="sedang berjalan"):
        room.crawl()
    desk.close()
    room.crawl()


def test_base_that_cannot_be_used_is_named(room: Newsroom) -> None:
    room.home.berita.write_bytes(b"bukan basis data" * 100)
    with pytest.raises(Exception, match=r"berita\.db: bukan basis data"):
        room.crawl()


def test_progress_is_told(room: Newsroom) -> None:
    publish(room, A)
    told: list[dict[str, int]] = []
    crawl(
        room.home,
        [outlet()],
        proxy=room.site.proxy,
        settings=QUICK,
        progress=lambda counted: told.append(dict(counted)),
    )
    assert told[0].keys() == {"lists", "pages", "failed", "waiting"}


def test_an_answer_kept_but_not_settled_is_read_from_the_archive(room: Newsroom) -> None:
    """As after a kill between the two: the page is not asked for again, its second one is."""
    publish(room, A)
    room.site.put(A, page("A", f"{A}2/"))
    room.site.put(f"{A}2/", page("A2", A))
    room.crawl()
    db = room.home.open_berita()
    with db.conn:
        db.conn.execute("DELETE FROM fetches WHERE url = ?", [f"{A}2/"])
        db.conn.execute("DELETE FROM announced WHERE url = ?", [f"{A}2/"])
        db.conn.execute("UPDATE announced SET answered_at = NULL, first_fetched_at = NULL")
    db.close()
    room.crawl()
    assert A not in room.site.urls()
    assert f"{A}2/" in room.site.urls()
    assert len(room.rows("kind = 'page'")) == 2
    room.crawl()
    assert not {A, f"{A}2/"} & set(room.site.urls())
