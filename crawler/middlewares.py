"""Between spider and network: robots.txt with its Crawl-delay, and the keeping of every answer."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.utils.defer import deferred_from_coro

from crawler.reasons import UNREADABLE_ROBOTS, reason_of
from crawler.spiders.outlet import OutletSpider
from db.base import explain

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

    from crawler.desk import Desk


class HonestRobots(RobotsTxtMiddleware):
    """Obeys robots.txt, its Crawl-delay too; one that cannot be read forbids all (RFC 9309)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._locks: dict[str, asyncio.Lock] = {}
        crawler.signals.connect(self._slow_down, signals.robots_parsed)

    async def robot_parser(self, request: Request) -> RobotParser:
        """The rules for the host of `request`.

        One request at a time: of several that wait for one robots.txt, Scrapy 2.19 hands the rules
        to the first alone and lets the others pass unchecked.
        """
        host = urlsplit(request.url).netloc
        desk: Desk | None = getattr(self.crawler.spider, "desk", None)  # none in scrapy shell
        if desk and (outlet := request.meta.get("outlet")):
            desk.hosts.setdefault(host, outlet)
        async with self._locks.setdefault(host, asyncio.Lock()):
            rules = await super().robot_parser(request)
        if rules is None or (desk and host in desk.silent_hosts):
            raise IgnoreRequest(UNREADABLE_ROBOTS)
        return rules

    def _slow_down(self, robotparser: RobotParser, request: Request) -> None:
        """Make Crawl-delay the pause of the host, where it is the longer one."""
        agent = self.crawler.settings["ROBOTSTXT_USER_AGENT"]
        pause = robotparser.crawl_delay(agent)
        downloader, host = self.crawler.engine.downloader, urlsplit(request.url).hostname or ""
        if not pause or pause <= self.crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        rules = {"delay": pause, "concurrency": 1, "jitter": 0}
        downloader.per_slot_settings[host] = rules
        if slot := downloader.slots.get(host):
            slot.delay, slot.jitter = pause, 0


class Keeper:
    """Archives every answer and records every failure before anybody looks at it.

    Makes requests conditional. A redirect or a retry is a request of its own here.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not issubclass(crawler.spidercls, OutletSpider):
            raise NotConfigured("scrapy shell and fetch keep nothing")
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Keeper:
        return cls(crawler)

    @property
    def _spider(self) -> OutletSpider:
        return cast("OutletSpider", self.crawler.spider)

    def process_request(self, request: Request) -> None:
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)  # of the address that redirected here
        # A page that was fetched but not settled (the run was killed) is needed whole again.
        if "kind" in request.meta and not request.meta.get("is_first"):
            for name, value in self._spider.desk.validators(request.url).items():
                request.headers[name] = value

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta.pop("download_slot", None)  # a redirect may lead to another host
        try:
            self._spider.desk.keep(request, response)
        except (OSError, sqlite3.Error) as error:
            self._stop(error)
            raise IgnoreRequest("not kept") from error
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if not isinstance(exception, IgnoreRequest):  # our own refusals: the spider notes those
            self._spider.desk.keep_failure(request, reason_of(exception))

    def _stop(self, error: Exception) -> None:
        """End the crawl where nothing can be kept: a full disk, a locked base."""
        spider = self._spider
        if not spider.report.error:
            spider.report.error = explain(spider.desk.home.berita, error)
            deferred_from_coro(self.crawler.engine.close_spider_async(reason="error"))
