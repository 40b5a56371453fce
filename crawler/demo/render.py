"""The HTML of the sample outlets, from one template per network mark-up."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader

from crawler.demo.library import FOLDER, SampleArticle, Site, url
from crawler.demo.lists import Entry

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("", "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True)


def article_html(
    site: Site, article: SampleArticle, pages: list[list[str]], number: int, *, amp: bool
) -> str:
    """Page `number` (from 1) of the article as its outlet shows it."""
    template = site.template.replace(".html", "_amp.html") if amp else site.template
    city = article.dateline
    opening = site.dateline.format(brand=site.brand, city=city, CITY=city.upper())
    page = pages[number - 1]
    lead = opening + pages[0][0]
    return (
        _templates()
        .get_template(template)
        .render(
            site=site,
            article=article,
            dated=[lead, *page[1:]] if number == 1 else page,
            lead=lead,
            last=number == len(pages),
            page_links=_page_links(site, article, len(pages), number),
            canonical=url(article),
            amp_url=_amp_url(site, article),
            initials="".join(word[0].lower() for word in article.author.split())[:3],
            clock=_day(datetime.now(ZoneInfo("Asia/Makassar"))),
            **_printed(article.published_at),
        )
    )


def listing_html(site: Site, entries: list[Entry], following: str) -> str:
    """A listing page; `following` is the address of the next one, or empty."""
    template = _templates().get_template("listing.html")
    return template.render(site=site, entries=entries, following=following)


def _page_links(
    site: Site, article: SampleArticle, count: int, shown: int
) -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "href": url(article) + (site.page.format(page=number) if number > 1 else ""),
            "next": number == shown + 1,
        }
        for number in range(1, count + 1)
    ]


def _amp_url(site: Site, article: SampleArticle) -> str:
    path = site.amp.format(number=article.number, slug=article.slug)
    return site.outlet.base_url + path if path else ""


def _day(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month]} {moment.year}"


def _printed(moment: datetime) -> dict[str, str]:
    """The publish date in the forms that the networks print."""
    offset = moment.utcoffset()
    zone = ZONES[round(offset.total_seconds() / 3600)] if offset else "WIB"
    weekday, day, clock = DAYS[moment.weekday()], _day(moment), f"{moment:%H:%M}"
    return {
        "printed": f"{weekday}, {day} {clock} {zone}",
        "printed_short": f"{day}, {clock} {zone}",
        "printed_dash": f"{weekday}, {day} – {clock} {zone}",
        "printed_bar": f"{weekday.upper()}, {day.upper()} | {clock} {zone}",
    }
