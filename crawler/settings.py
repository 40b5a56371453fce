"""Scrapy settings; `pantau crawl` overrides some of them from pantau.toml.

Own settings begin with PANTAU_.
"""

from __future__ import annotations

from importlib.metadata import version

BOT_NAME = "pantau"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# Who we are. Whoever crawls real outlets names a contact (pantau.toml: pengambilan.kontak).
USER_AGENT = f"Pantau/{version('pantau')} (pemantauan berita pemilu)"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Pantau"

# One request at a time per host, the pause exact (a Crawl-delay is a minimum, not an average).
CONCURRENT_REQUESTS = 128
REACTOR_THREADPOOL_MAXSIZE = 20  # for looking up so many hosts
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2
DOWNLOAD_DELAY_JITTER = 0

# gzip alone: every tool that reads the archive can unpack it.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",
    "Accept-Encoding": "gzip",
}
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
TELNETCONSOLE_ENABLED = False
METAREFRESH_ENABLED = False  # front pages reload themselves this way
REDIRECT_MAX_TIMES = 6
RETRY_TIMES = 2
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
HTTPERROR_ALLOW_ALL = True  # the spider counts every answer

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.HonestRobots": 100,
    # Below unpacking (590), redirects (600) and retries (550): sees every answer as it came.
    "crawler.middlewares.Keeper": 830,
}
LOG_LEVEL = "WARNING"
FEED_EXPORT_ENCODING = "utf-8"

# The base; its archive lies beside it.
PANTAU_BASE = "berita.db"
# Ages in hours at which an article page is read again, for edits and withdrawals.
PANTAU_REVISIT_HOURS = [6, 24, 72, 168]
# Sitemaps reach back for years: entries older than this are counted and left out. 0: no limit.
PANTAU_SITEMAP_DAYS = 30
# How far a listing is followed while it still names unknown articles.
PANTAU_LISTING_PAGES = 20
# How many pages of one article are followed.
PANTAU_ARTICLE_PAGES = 20
