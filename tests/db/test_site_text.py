"""What the pages are made of: words, marks, differences, periods; and hostile articles."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from db import words
from db.site import periods, serve
from db.site.charts import BASE, WIDTH, Period, bars
from db.site.difference import LONGEST, changes
from db.site.marks import Mark, marks, paragraphs
from tests.db import site_base
from tests.db.site_base import add_article, annotate, key


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2020-12-09T14:05:00+08:00", "Rabu, 9 Desember 2020 14.05 WITA"),
        ("2020-12-09T14:05:00+07:00", "Rabu, 9 Desember 2020 14.05 WIB"),
        ("2020-12-09T14:05:00+09:00", "Rabu, 9 Desember 2020 14.05 WIT"),
        ("2020-12-09T20:05:00+00:00", "Kamis, 10 Desember 2020 03.05 WIB"),
        ("2020-12-09T20:05:00Z", "Kamis, 10 Desember 2020 03.05 WIB"),
        ("2020-12-09T14:05:00", "Rabu, 9 Desember 2020 14.05"),
        ("2020-12-09", "Rabu, 9 Desember 2020"),
        ("kemarin", "kemarin"),
        ("", ""),
        (None, ""),
    ],
)
def test_moments(value: str | None, shown: str) -> None:
    assert words.moment(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234, "1.234"), (75.5, "75,5"), (1234567.25, "1.234.567,25"), (0, "0"), (None, "")],
)
def test_numbers(value: float | None, shown: str) -> None:
    assert words.number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("biasa\tdan\nbaris", "biasa\tdan\nbaris"),
        ("\u202eterbalik\u2066", "\ufffdterbalik\ufffd"),
        ("nol\x00 esc\x1b", "nol\ufffd esc\ufffd"),
        ("sa\u00adma", "sa ma"),
        (7, 7),
    ],
)
def test_steering_marks_become_visible_one_for_one(value: object, shown: object) -> None:
    assert words.clean(value) == shown


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "data:text/html,x", " https://x.example", "", None]
)
def test_only_web_addresses_become_links(value: str | None) -> None:
    assert words.link(value) is None


def test_labels_are_what_media_say() -> None:
    assert words.says("dugaan", "Kabar Mahakam") == "Dugaan menurut Kabar Mahakam"
    assert words.label("belum_dikenal", "status") == "belum dikenal"
    assert words.stage("laporan_temuan") != "laporan_temuan"


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(alphabet="ab \n", max_size=40))
    layers = st.sampled_from(["orang", "bukti", "kutipan"])
    spans = draw(st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45), layers), max_size=8))
    return text, [Mark(start, end, layer, "") for start, end, layer in spans if start < end]


@given(marked_texts())
def test_marks_lose_no_letter_and_cover_what_they_say(given: tuple[str, list[Mark]]) -> None:
    text, found = given
    lines = [line for line in text.split("\n") if line.strip()]
    cut = paragraphs(text, found)
    assert ["".join(piece.text for piece in line) for line in cut] == lines
    covered = "".join(
        piece.text for line in cut for piece in line if "orang" in piece.layers
    ).replace(" ", "")
    wanted = {
        at for m in found if m.layer == "orang" for at in range(m.start, min(m.end, len(text)))
    }
    assert covered == "".join(text[at] for at in sorted(wanted) if text[at] not in " \n")


@pytest.mark.parametrize(
    ("spans", "number"),
    [
        ("[3, 9]", 1),
        ("[[3, 9], [12, 14]]", 2),
        ("[]", 0),
        (None, 0),
        ("bukan json", 0),
        ('{"a": 1}', 0),
        ("[9, 3]", 0),
        ('[["a", "b"], [1], [-1, 4]]', 0),
    ],
)
def test_spans_of_any_shape_are_read_or_left_out(spans: str | None, number: int) -> None:
    assert len(list(marks(spans, "orang"))) == number


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_changes_hold_both_texts(old: str, new: str) -> None:
    found = changes(old, new)
    assert "".join(change.text for change in found if change.kind != "hapus") == new
    kept = {kind: "".join(c.text for c in found if c.kind == kind) for kind in ("sama", "hapus")}
    assert sorted(kept["sama"] + kept["hapus"]) == sorted(old)


def test_long_changes_are_compared_as_wholes() -> None:
    old, new = "a b " * LONGEST, "c d " * LONGEST
    assert [change.kind for change in changes(old, new)] == ["hapus", "tambah"]


def test_bars_stay_inside_the_chart() -> None:
    drawn = bars([Period("1 Des", "1 Desember", total, total // 2) for total in (0, 3, 70_000)])
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in drawn)
    assert all(bar.marked_height <= bar.height <= BASE for bar in drawn)
    assert bars([]) == []


@pytest.mark.parametrize(
    ("name", "first", "last", "number", "starts"),
    [
        ("14", "2020-11-26", "2020-12-09", 14, "2020-11-26"),
        ("90", "2020-09-11", "2020-12-09", 13, "2020-09-11"),
        ("semua", "2020-01-15", "2024-11-27", 59, "2020-01-01"),
    ],
)
def test_periods_cover_the_window_once(
    name: str, first: str, last: str, number: int, starts: str
) -> None:
    shown = periods.Window(name, date.fromisoformat(first), date.fromisoformat(last))
    buckets = list(periods._buckets(shown))
    assert len(buckets) == number
    assert buckets[0][0].isoformat() == starts
    assert buckets[-1][1].isoformat() == last
    days = [day for start, end in buckets for day in periods._days(start, end)]
    assert len(days) == len(set(days)) == (shown.last - buckets[0][0]).days + 1


HOSTILE = {
    "skrip": ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>\n</div><h1>palsu</h1>\n"),
    "arah": ("\u202eAkhir ke depan\u2066", "Teks \u202e terbalik \u2069 di sini.\n"),
    "panjang": ("a" * 5_000, "x" * 1_000_000),
    "kosong": (" ", ""),
    "templat": ("{{ 7 * 7 }}", "{% raw %}{{ config }}\n"),
}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = site_base.make(tmp_path_factory.mktemp("jahat"))
    berita = home.open_berita()
    with berita.conn:
        for name, (title, text) in HOSTILE.items():
            url = f"javascript:alert('{name}')"
            more: dict[str, Any] = {"author": title[:200], "section": title[:200]}
            number = add_article(
                berita,
                url,
                "kabarmahakam.example",
                title,
                text,
                "2020-12-10T00:00:00+08:00",
                **more,
            )
            reasons = json.dumps([{"rule": title[:99], "words": title[:99], "says": title[:99]}, 7])
            annotate(berita, number, "dugaan", "netralitas_asn", "64.02", reasons=reasons)
            _alert(berita, number, name, title)
    datasette = serve.build(home, site_base.config(publik=True))
    asyncio.run(datasette.invoke_startup())
    return datasette


def _alert(berita: Any, number: int, name: str, title: str) -> None:
    row = {"key": f"x:{name}:<b>", "watch_key": "x", "watch_name": title, "status": "dugaan"}
    row |= {"sentence": title, "span": "[0, 99999999]", "reasons": "{", "rules_version": "1"}
    row |= {"raised_at": "2020-12-10T00:00:00+00:00"}
    columns = ", ".join(["article_id", *row])
    sql = f"INSERT INTO alerts ({columns}) VALUES ({', '.join('?' * (len(row) + 1))})"  # noqa: S608
    berita.conn.execute(sql, [number, *row.values()])


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_articles_are_shown_as_text(hostile_site: Any, name: str) -> None:
    path = f"/artikel/{key(f'''javascript:alert('{name}')''')}"
    html = asyncio.run(hostile_site.client.get(path)).text
    assert 'class="reading"' in html
    _is_harmless(html)


@pytest.mark.parametrize("path", ["/", "/cari?q=alert", "/cari?status=dugaan", "/berita/articles"])
def test_lists_with_hostile_articles_are_text(hostile_site: Any, path: str) -> None:
    response = asyncio.run(hostile_site.client.get(path))
    assert response.status_code == 200
    _is_harmless(response.text)


def _is_harmless(html: str) -> None:
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<h1>palsu" not in html
    assert 'href="javascript:' not in html
    assert "\u202e" not in html
    assert "49" not in html.split("<main")[1].split("7 * 7")[0][-20:]


def test_a_window_ends_at_the_newest_article_but_never_in_the_future(hostile_site: Any) -> None:
    with time_machine.travel("2020-12-09T12:00:00+07:00", tick=False):
        shown = asyncio.run(periods.window(hostile_site, "14"))
    assert shown
    assert shown.last == date(2020, 12, 9)
    assert (shown.last - shown.first).days == 13
