"""The door of the crawler: `crawl` runs the spider in a process of its own.

Twisted's reactor starts once per process, so that a caller could crawl only once. The child reads
its job from the first line of its stdin and stops when that is closed: a killed parent leaves no
crawler behind. It answers with lines of JSON: counts while it works, the report in the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import IO, Any, cast

from crawler.desk import CrawlError
from crawler.outlets import Outlet
from crawler.report import CrawlReport
from db.base import BaseError, Home

Progress = Callable[[Mapping[str, int]], None]

TELL_SECONDS = 0.2
"""The least time between two progress lines."""

TAIL = 2000
"""How much of a crashed child's own words the error repeats, in characters."""


def crawl(
    home: Home,
    outlets: Iterable[Outlet],
    *,
    recheck: bool = False,
    proxy: str | None = None,
    settings: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> CrawlReport:
    """Crawl `outlets` into the base and the archive of `home`.

    `recheck` asks again for every known page. `proxy` is an HTTP proxy for all requests.
    `settings` override those of crawler.settings (USER_AGENT, DOWNLOAD_DELAY, DOWNLOAD_MAXSIZE,
    PANTAU_REVISIT_HOURS, PANTAU_SITEMAP_DAYS, ...). `progress` is told how many
    `lists`, `pages`, `failed` there were so far and how many requests are `waiting`.
    Raises `CrawlError` when the crawl could not be done or a crawl of this base already runs.
    """
    job = {
        "outlets": [asdict(outlet) for outlet in outlets],
        "recheck": recheck,
        "settings": {**(settings or {}), "PANTAU_BASE": str(home.berita)},
    }
    report = CrawlReport.from_dict(_ask_child(job, proxy, progress))
    if report.error:
        raise CrawlError(report.error)
    return report


def _ask_child(
    job: Mapping[str, Any], proxy: str | None, progress: Progress | None
) -> Mapping[str, Any]:
    variables = {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""} if proxy else {}
    child = subprocess.Popen(
        [sys.executable, "-m", "crawler.run"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | variables,
    )
    with child:
        words = _collected(child.stderr)
        try:
            answer = _converse(child, job, progress)
        except KeyboardInterrupt:
            child.kill()  # nothing is lost, and nobody waits for slow hosts
            raise
    if "error" in answer:
        raise CrawlError(answer["error"])
    if "report" not in answer:
        raise CrawlError(f"Perayapan terhenti (kode {child.returncode}).\n{words()}".rstrip())
    report: Mapping[str, Any] = answer["report"]
    return report


def _converse(
    child: subprocess.Popen[str], job: Mapping[str, Any], progress: Progress | None
) -> dict[str, Any]:
    """Hand over the job and read until the last word, which is returned."""
    stdin, stdout = cast("IO[str]", child.stdin), cast("IO[str]", child.stdout)
    stdin.write(json.dumps(job) + "\n")
    stdin.flush()
    answer: dict[str, Any] = {}
    for line in stdout:
        answer = json.loads(line)
        if progress and "counts" in answer:
            progress(answer["counts"])
    return answer


def _collected(stream: IO[str] | None) -> Callable[[], str]:
    """Read `stream` in the background; the answer gives the end of what came."""
    lines: list[str] = []
    thread = threading.Thread(target=lambda: lines.extend(stream or ()), daemon=True)
    thread.start()

    def end() -> str:
        thread.join()
        return "".join(lines)[-TAIL:]

    return end


def main() -> int:
    """Be the child: crawl and tell."""
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        report = _crawl_here(job)
    except (CrawlError, BaseError) as error:
        _tell({"error": str(error)})
        return 1
    _tell({"report": report.as_dict()})
    return 0


def _die_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)  # as good as kill -9, which the next run copes with


def _crawl_here(job: Mapping[str, Any]) -> CrawlReport:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawler.spiders.outlet import OutletSpider

    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.update(job["settings"], priority="cmdline")
    report = CrawlReport()
    process = AsyncCrawlerProcess(settings)
    outlets = [_outlet(row) for row in job["outlets"]]
    task = process.crawl(
        OutletSpider, outlets=outlets, recheck=job["recheck"], report=report, on_change=_Teller()
    )
    process.start()
    task.result()
    return report


def _outlet(row: Mapping[str, Any]) -> Outlet:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Outlet(**fields)


class _Teller:
    """Tells the counts, now and then."""

    def __init__(self) -> None:
        self._told = 0.0

    def __call__(self, report: CrawlReport, waiting: int) -> None:
        if time.monotonic() - self._told < TELL_SECONDS:
            return
        self._told = time.monotonic()
        lists = report.total("lists_ok") + report.total("lists_not_modified")
        pages = sum(outlet.pages for outlet in report.outlets.values())
        failed = len(report.failures)
        counts = {"lists": lists, "pages": pages, "failed": failed, "waiting": waiting}
        _tell({"counts": counts})


def _tell(answer: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
