"""Networks: addresses of articles and their twins."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import networks
from crawler.networks import NetworkError, canonical, further_pages, is_article, unique_key

SLUG = "bawaslu-terima-laporan-netralitas"

TWINS = [
    ("antara", "https://kaltara.antaranews.com/berita/513809/" + SLUG, [
        "https://kaltara.antaranews.com/amp/berita/513809/" + SLUG,
        "https://kaltara.antaranews.com/berita/513809/" + SLUG + "?utm_source=antaranews&page=2",
        "https://KALTARA.antaranews.com/berita/513809/" + SLUG + "/#komentar",
    ]),
    ("tribun", "https://kaltim.tribunnews.com/2024/11/20/" + SLUG, [
        "https://kaltim.tribunnews.com/amp/2024/11/20/" + SLUG,
        "https://kaltim.tribunnews.com/2024/11/20/" + SLUG + "?page=all",
        "https://kaltim.tribunnews.com/2024/11/20/" + SLUG + "?page=2",
    ]),
    ("prmn", "https://prbekasi.pikiran-rakyat.com/jabar/pr-1234567/" + SLUG, [
        "https://prbekasi.pikiran-rakyat.com/jabar/pr-1234567/" + SLUG + "?page=2",
        "https://prbekasi.pikiran-rakyat.com/amp/jabar/pr-1234567/" + SLUG,
    ]),
    ("promedia", "https://www.ayosemarang.com/umum/7713982368/" + SLUG, [
        "https://www.ayosemarang.com/umum/7713982368/" + SLUG + "?page=2",
        "https://www.ayosemarang.com/amp/umum/7713982368/" + SLUG,
    ]),
    ("jpnn", "https://jpnn.com/news/" + SLUG, [
        "https://m.jpnn.com/news/" + SLUG + "?page=3",
        "https://jpnn.com/amp/news/" + SLUG,
    ]),
    ("kompas", "https://regional.kompas.com/read/2024/11/20/101112313/" + SLUG, [
        "https://regional.kompas.com/copy/2024/11/20/101112313/" + SLUG,
        "https://regional.kompas.com/read/2024/11/20/101112313/" + SLUG + "?page=all",
        "https://regional.kompas.com/amp/read/2024/11/20/101112313/" + SLUG,
    ]),
    ("disway", "https://sumeks.disway.id/read/704626/" + SLUG, [
        "https://sumeks.disway.id/amp/704626/" + SLUG + "/16",
        "https://sumeks.disway.id/read/704626/" + SLUG + "/15",
    ]),
    ("bacakoran", "https://linggaupos.bacakoran.co/read/21742/" + SLUG, [
        "https://linggaupos.bacakoran.co//amp/21742/" + SLUG + "/16",
    ]),
    ("inews", "https://tangsel.inews.id/read/498841/" + SLUG, [
        "https://tangsel.inews.id/amp/498841/" + SLUG + "/2",
    ]),
    ("wordpress", "https://kabarkita.example/" + SLUG + "/", [
        "https://kabarkita.example/" + SLUG,
        "https://kabarkita.example/" + SLUG + "/amp/",
        "https://kabarkita.example/" + SLUG + "/?amp=1",
        "https://kabarkita.example/" + SLUG + "/2/",
        "https://kabarkita.example/" + SLUG + "/?pgrelated=489",
    ]),
    ("wordpress", "https://kabarkita.example/?p=3078", ["https://kabarkita.example/?p=3078&amp=1"]),
    ("blogger", "https://kabarkita.example/2024/11/laporan.html", [
        "https://kabarkita.example/2024/11/laporan.html?m=1",
    ]),
    ("idntimes", "https://jogja.idntimes.com/news/jogja/" + SLUG + "-00-jkxzp-323w3d", [
        "https://jogja.idntimes.com/news/jogja/" + SLUG + "-00-jkxzp-323w3d/amp",
    ]),
    ("cms-sendiri", "https://riau24.com/berita/baca/1728310481-" + SLUG, [
        "https://mail.riau24.com/berita/baca/1728310481-" + SLUG + "?page=all",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("network", "url", "twin"),
    [(network, url, twin) for network, url, twins in TWINS for twin in [url, *twins]],
)
def test_twins_have_one_address_that_is_an_article(network: str, url: str, twin: str) -> None:
    assert canonical(twin, network) == url
    assert is_article(twin, network)


@pytest.mark.parametrize(("network", "url"), [(network, url) for network, url, _ in TWINS])
def test_canonical_changes_nothing_twice(network: str, url: str) -> None:
    assert canonical(canonical(url, network), network) == url


@pytest.mark.parametrize(
    ("network", "one", "other"),
    [
        ("antara", "https://babel.antaranews.com/amp/berita/111856/@antaranews",
         "https://babel.antaranews.com/berita/111856/bawaslu-babel"),
        ("rmol", "https://rmol.id/2024/01/29/600693/whatsapp:/send",
         "https://rmol.id/amp/2024/01/29/600693/bawaslu"),
        ("detik", "https://www.detik.com/jatim/berita/d-6756249/judul-lama",
         "https://www.detik.com/jatim/berita/d-6756249/judul-baru"),
    ],
)  # fmt: skip
def test_number_makes_one_article_of_two_slugs(network: str, one: str, other: str) -> None:
    assert unique_key(one, network) == unique_key(other, network)


def test_number_of_another_host_is_another_article() -> None:
    one = unique_key("https://kaltara.antaranews.com/berita/1/a", "antara")
    assert one != unique_key("https://kaltim.antaranews.com/berita/1/a", "antara")


@pytest.mark.parametrize(
    ("network", "url"),
    [
        ("generic", "https://kabarkita.example/"),
        ("generic", "https://kabarkita.example/tag/bawaslu-dan-kpu-kabupaten-bulungan"),
        ("generic", "https://kabarkita.example/tentang-kami"),
        ("generic", "https://kabarkita.example/uploads/foto-pelantikan-ketua-bawaslu-kaltara.jpg"),
        ("wordpress", "https://kabarkita.example/category/politik/page/2"),
        ("wordpress", "https://kabarkita.example/2024/11/"),
        ("wordpress", "https://kabarkita.example/page/179/"),
        ("antara", "https://kaltara.antaranews.com/foto/5138/pelantikan"),
        ("antara", "https://kaltara.antaranews.com/tag/netralitas-asn"),
        ("tribun", "https://kaltim.tribunnews.com/topic/pilkada-2024"),
        ("jawapos", "https://prokalteng.jawapos.com/tag/bawaslu/page/3"),
        ("kpu", "https://bali.kpu.go.id/index.php/blog/category/104?page=240"),
    ],
)
def test_other_addresses_are_no_articles(network: str, url: str) -> None:
    assert not is_article(url, network)


@pytest.mark.parametrize(
    ("network", "url", "links", "expected"),
    [
        ("jpnn", "https://jpnn.com/news/" + SLUG, ["?page=3", "?page=2", "?page=2", "/news/lain"],
         [f"https://jpnn.com/news/{SLUG}?page={number}" for number in (2, 3)]),
        ("jpnn", "https://jpnn.com/news/" + SLUG + "?page=2", ["?page=1", "?page=2", "?page=3"],
         ["https://jpnn.com/news/" + SLUG + "?page=3"]),
        ("tribun", "https://a.tribunnews.com/2024/11/20/" + SLUG, ["?page=2", "?page=all"],
         ["https://a.tribunnews.com/2024/11/20/" + SLUG + "?page=all"]),
        ("wordpress", "https://kabarkita.example/" + SLUG + "/", [SLUG + "/2/", "2/", "/lain/2/"],
         ["https://kabarkita.example/" + SLUG + "/2/"]),
        ("disway", "https://s.disway.id/read/704626/" + SLUG, ["/read/704626/" + SLUG + "/15"],
         ["https://s.disway.id/read/704626/" + SLUG + "/15"]),
        ("antara", "https://a.antaranews.com/berita/1/" + SLUG, ["?page=1", "/berita/2/b?page=2"],
         []),
    ],
)  # fmt: skip
def test_further_pages(network: str, url: str, links: list[str], expected: list[str]) -> None:
    assert further_pages(url, links, network) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[generic]\nextends = ""\narticle = []', "Jaringan 'generic': kunci feeds, hosts"),
        ('[kabar]\nextends = "tidakada"', "'tidakada' yang tidak ada"),
        ('[kabar]\nextends = "kabar"', "mewarisi dirinya sendiri"),
        ('{generic}\n[kabar]\nextends = "generic"\nartikel = []', "kunci artikel tidak dikenal"),
        ('{generic}\n[kabar]\nextends = "generic"\nslash = "maybe"', "slash harus salah satu"),
        ("{generic}\n[kabar]\nextends = \"generic\"\narticle = ['(']", "Jaringan 'kabar'"),
    ],
)
def test_faulty_network_is_named(tmp_path: Path, text: str, said: str) -> None:
    generic = networks.DATA.read_text(encoding="utf-8").split("\n[cms-sendiri]")[0]
    path = tmp_path / "networks.toml"
    path.write_text(text.replace("{generic}", generic), encoding="utf-8")
    with pytest.raises(NetworkError, match="Jaringan") as caught:
        networks.read(path)
    assert said in str(caught.value)


def test_unknown_network_is_told_the_known_ones() -> None:
    with pytest.raises(NetworkError, match=r"'tribunn' tidak dikenal; pilih: antara, .*tribun"):
        canonical("https://a.example/b", "tribunn")
