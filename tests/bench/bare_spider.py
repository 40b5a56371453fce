"""Bare Scrapy: asks for N pages and counts them. Run as `python -m tests.bench.bare_spider`."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class BareSpider(Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        for line in sys.stdin:
            yield Request(line.strip())

    def parse(self, response: Response) -> None:
        print(response.status)


if __name__ == "__main__":
    process = AsyncCrawlerProcess({"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False})
    process.crawl(BareSpider)
    process.start()
