"""The sample outlets themselves: every address answers as its quirk says."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from crawler.demo.library import SampleArticle, articles, sites, url
from crawler.demo.server import SampleServer, serving


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with serving() as running:
        yield running


def get(server: SampleServer, address: str, **headers: str) -> tuple[int, bytes, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.proxy}))
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (loopback)
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        return error.code, error.read(), ""


@pytest.mark.parametrize("article", articles(), ids=lambda a: a.id)
def test_every_article_page_shows_its_paragraphs(
    server: SampleServer, article: SampleArticle
) -> None:
    status, body, kind = get(server, url(article))
    assert status == 200
    page = body.decode("cp1252" if "8859" in kind else "utf-8")
    assert "articleBody" in page or "class=" in page
    last_word = article.pages()[0][-1].split()[-1].strip('."”)')
    assert last_word in page


def test_the_bars_of_variety_are_kept() -> None:
    assert len(sites()) >= 8
    assert len({site.template for site in sites().values()}) >= 5


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://jatengbersuara.example/pilkada/9000000001/peladen-bermasalah", 500),
        ("http://jatengbersuara.example/pilkada/9000000002/lingkaran-alih", 302),
        ("http://kaltara.kabarnusa.example/tidak-ada", 404),
        ("http://tidak.ada.example/", 404),
    ],
)
def test_faults_answer_as_declared(server: SampleServer, address: str, status: int) -> None:
    assert get(server, address)[0] == status


def test_the_huge_page_is_huge(server: SampleServer) -> None:
    address = "http://jatengbersuara.example/pilkada/9000000003/halaman-raksasa"
    assert len(get(server, address)[1]) > 20_000_000


def test_an_unchanged_feed_is_not_sent_again(server: SampleServer) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.proxy}))
    with opener.open("http://kaltim.tribunrakyat.example/rss", timeout=10) as answer:
        etag = answer.headers["ETag"]
    status, body, _ = get(
        server, "http://kaltim.tribunrakyat.example/rss", **{"If-None-Match": etag}
    )
    assert (status, body) == (304, b"")


def test_the_second_day_edits_one_article_and_withdraws_another() -> None:
    edited = [article for article in articles() if article.edited_body]
    gone = [article for article in articles() if article.gone]
    assert edited
    assert gone
    with serving() as fresh:
        before = get(fresh, url(edited[0]))[1]
        fresh.second_visit()
        assert get(fresh, url(edited[0]))[1] != before
        assert get(fresh, url(gone[0]))[0] == 410


def test_robots_closes_one_folder(server: SampleServer) -> None:
    body = get(server, "http://kabarminahasa.example/robots.txt")[1].decode()
    assert "Disallow: /redaksi/\n" in body
