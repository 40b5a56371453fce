"""The one spider: reads the lists of every outlet, then the pages that they announce."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler import frontier
from crawler.desk import Desk
from crawler.discovery import Contents, ListError, read_feed, read_listing, read_sitemap
from crawler.outlets import Outlet, load, select
from crawler.reasons import LOOP, reason_of, reason_of_status
from crawler.report import CrawlReport, OutletReport
from crawler.schedule import Schedule, now, stamp
from db.announced import Announcement, Entry
from db.base import Home

LIST_PRIORITY = 10
"""Lists before pages: they say what is new."""

GONE = (404, 410)

LEAST_DELAY = 0.005
"""Seconds. Without any pause, Scrapy 2.19 sends all that waits for a host at once: it counts a
request as under way only after it has handed out the next one."""


class OutletSpider(Spider):
    """`scrapy crawl outlet -a outlets=FILE.csv -a only=DOMAIN,DOMAIN -a recheck=1`.

    The base is named by the setting PANTAU_BASE. `report` is filled while the crawl runs;
    `on_change` gets it after each answer, with the number of requests that wait.
    """

    name = "outlet"
    desk: Desk
    schedule: Schedule

    def __init__(
        self,
        outlets: str | Iterable[Outlet] = "",
        only: str = "",
        recheck: bool | str = False,
        report: CrawlReport | None = None,
        on_change: Callable[[CrawlReport, int], None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        known = load(Path(outlets) if outlets else None) if isinstance(outlets, str) else outlets
        chosen = select(list(known), only.split(",") if only else ())
        self.outlets = {outlet.id: outlet for outlet in chosen}
        self.recheck = recheck not in (False, "", "0")
        self.report = CrawlReport() if report is None else report
        self.on_change = on_change
        self._listing_numbers: dict[str, int] = {}

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        delay = max(LEAST_DELAY, settings.getfloat("DOWNLOAD_DELAY"))
        settings.set("DOWNLOAD_DELAY", delay, priority="cmdline")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> OutletSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        home = Home(Path(crawler.settings["PANTAU_BASE"]))
        spider.desk = Desk(home, spider.outlets.values(), crawler.settings["USER_AGENT"])
        hours = crawler.settings.getlist("PANTAU_REVISIT_HOURS")
        ages = tuple(timedelta(hours=float(age)) for age in hours)
        spider.schedule = Schedule(datetime.now(UTC), ages, spider.recheck)
        crawler.signals.connect(spider.settle_dropped, signals.request_dropped)
        crawler.signals.connect(spider.note_crash, signals.spider_error)
        return spider

    def closed(self, reason: str) -> None:
        self.report.reason = self.report.reason or reason
        self.desk.close()

    async def start(self) -> AsyncIterator[Request]:
        for outlet in self.outlets.values():
            for kind in ("feed", "sitemap", "listing"):
                for url in getattr(outlet, f"{kind}s"):
                    yield self._list_request(outlet, kind, url)
        for outlet in self.outlets.values():
            for entry in self.desk.due(outlet, self.schedule):
                for request in self._resumed(outlet, entry):
                    yield request

    def _resumed(self, outlet: Outlet, entry: Entry) -> Iterator[Request]:
        """Ask for a known address, or settle what was kept of it when an earlier run was killed."""
        request = self._entry_request(outlet, entry)
        kept = self.desk.kept(request, entry.answered_at) if entry.kind == "page" else None
        if kept is None:
            yield request
        else:
            yield from self.read_page(kept)

    def _list_request(self, outlet: Outlet, kind: str, url: str, key: str = "") -> Request:
        meta = {"outlet": outlet.id, "kind": kind, "key": key}
        return Request(
            url, self.read_list, priority=LIST_PRIORITY, meta=meta, errback=self.give_up_on
        )

    def _entry_request(self, outlet: Outlet, entry: Entry) -> Request:
        if entry.kind != "page":
            return self._list_request(outlet, entry.kind, entry.url, entry.key)
        meta = {
            "outlet": outlet.id,
            "kind": "page",
            "key": entry.key,
            "page_of": entry.page_of,
            "hints": json.loads(entry.hints or "{}"),
            "is_first": entry.first_fetched_at is None,
        }
        return Request(entry.url, self.read_page, meta=meta, errback=self.give_up_on)

    # Lists

    def read_list(self, response: Response) -> Iterator[Request]:
        """Keep what a list announces, then ask for what of it is due."""
        counts = self._counts(response)
        if response.status == 200:
            yield from self._read_new_list(response, counts)
        elif response.status == 304:
            counts.lists_not_modified += 1
            self.desk.answered(response.meta, 304)
        else:
            self._fail(response, reason_of_status(response.status))
        yield from self._fall_back(self.outlets[response.meta["outlet"]], counts)
        self._changed()

    def _fall_back(self, outlet: Outlet, counts: OutletReport) -> Iterator[Request]:
        """Read the front page of an outlet whose feeds and sitemaps all turn out to be none."""
        expected = len(outlet.feeds) + len(outlet.sitemaps)
        usable = counts.lists_ok + counts.lists_not_modified
        if not usable and not outlet.listings and counts.lists_failed == expected:
            yield self._list_request(outlet, "listing", urljoin(outlet.base_url, "/"))

    def _read_new_list(self, response: Response, counts: OutletReport) -> Iterator[Request]:
        outlet, kind = self.outlets[response.meta["outlet"]], response.meta["kind"]
        try:
            contents = self._contents(response, outlet, kind)
        except ListError as error:
            self.desk.mark_read(response.meta, str(error))
            self._fail(response, str(error))
            return
        counts.lists_ok += 1
        found = frontier.sift(contents, outlet, kind, self._oldest())
        counts.skipped_old += found.old
        with self.desk.transaction():
            keys = self._announce(response, counts, found)
            self.desk.answered(response.meta, 200)
            self.desk.mark_read(response.meta)
        for entry in self.desk.due(outlet, self.schedule, keys):
            yield self._entry_request(outlet, entry)

    def _announce(
        self, response: Response, counts: OutletReport, found: frontier.Sifted
    ) -> list[str]:
        """Keep what a list names; a listing is followed while it names what was unknown."""
        unknown = self.desk.announce(found.pages)
        counts.announced += unknown
        lists = found.lists
        if response.meta["kind"] == "listing":
            lists = self._following(response, found.lists) if unknown else []
        self.desk.announce(lists)
        return [item.key for item in (*found.pages, *lists)]

    def _following(self, response: Response, lists: list[Announcement]) -> list[Announcement]:
        number = self._listing_numbers.get(response.url, 1)
        if number >= self.settings.getint("PANTAU_LISTING_PAGES"):
            return []
        self._listing_numbers.update({item.url: number + 1 for item in lists})
        return [replace(item, updated_at=now()) for item in lists]

    def _contents(self, response: Response, outlet: Outlet, kind: str) -> Contents:
        if kind == "feed":
            return read_feed(response.body, response.url)
        if kind == "sitemap":
            return read_sitemap(response.body, response.url, outlet.timezone)
        if not isinstance(response, TextResponse):
            raise ListError("bukan halaman HTML")
        return read_listing(response.selector, response.url, outlet.network)

    def _oldest(self) -> str | None:
        days = self.settings.getint("PANTAU_SITEMAP_DAYS")
        return stamp(self.schedule.now - timedelta(days=days)) if days else None

    # Pages

    def read_page(self, response: Response) -> Iterator[Request]:
        """Settle a page; where it is new or has changed, go on to its further pages."""
        counts, status = self._counts(response), response.status
        if status == 200 and (response.meta["is_first"] or not response.meta["same_body"]):
            yield from self._read_new_page(response, counts)
        elif status in (200, 304):
            counts.pages_not_modified += 1
            self.desk.answered(response.meta, status)
        elif status in GONE:
            counts.pages_gone += 1
            self.desk.answered(response.meta, status)
        else:
            self._fail(response, reason_of_status(status))
        self._changed()

    def _read_new_page(self, response: Response, counts: OutletReport) -> Iterator[Request]:
        if response.meta["is_first"]:
            counts.pages_new += 1
        else:
            counts.pages_changed += 1
        outlet = self.outlets[response.meta["outlet"]]
        further = self._further(response, outlet)
        with self.desk.transaction():
            self.desk.announce(further)
            self.desk.answered(response.meta, 200)
        for entry in self.desk.due(outlet, self.schedule, [item.key for item in further]):
            yield self._entry_request(outlet, entry)

    def _further(self, response: Response, outlet: Outlet) -> list[Announcement]:
        if not isinstance(response, TextResponse):
            return []
        links = response.xpath("//a/@href | //link[@rel='next']/@href").getall()
        first = response.meta["page_of"] or response.url
        found = frontier.continued(outlet, first, response.url, links)
        return found[: self.settings.getint("PANTAU_ARTICLE_PAGES")]

    # Failures

    def give_up_on(self, failure: Failure) -> None:
        """Note a request that Scrapy gave up on, or that our own rules forbid."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        reason = reason_of(failure.value)
        if isinstance(failure.value, IgnoreRequest):
            self.desk.keep_failure(request, reason)
        self._fail(request, reason)
        self._changed()

    def note_crash(self, failure: Failure, response: Response) -> None:
        """Note an answer that made this program fail: shown, and asked for again."""
        self._fail(response, f"galat program: {failure.value!r}")

    def settle_dropped(self, request: Request) -> None:
        """Settle a redirect to an address that this run has asked for already."""
        passed = request.meta.get("redirect_urls")
        if not passed:
            return
        if request.url in passed:
            self.desk.keep_failure(request, LOOP)
            self._fail(request, LOOP)
        else:
            self.desk.answered(request.meta, 200)

    def _fail(self, about: Request | Response, reason: str) -> None:
        asked = about.meta.get("redirect_urls", [about.url])[0]
        self._counts(about).fail(asked, about.meta["kind"], reason)
        self.desk.failed(about.meta)

    def _counts(self, about: Request | Response) -> OutletReport:
        return self.report.of(about.meta["outlet"])

    def _changed(self) -> None:
        if self.on_change:
            stats = self.crawler.stats
            came, went = (stats.get_value(f"scheduler/{way}queued", 0) for way in ("en", "de"))
            self.on_change(self.report, came - went)
