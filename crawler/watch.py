"""Standing guard: crawl, extract, analyse, alert and deliver in rounds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from crawler import extract, run
from crawler.configure import overrides
from crawler.outlets import Outlet
from db import mailings
from db.alerts.alerts import raise_alerts
from db.analysis import analyse
from db.base import Home
from db.config import Config
from db.delivery import deliver


def rounds(
    home: Home,
    config: Config,
    outlets: Callable[[], Sequence[Outlet]],
    *,
    minutes: float,
    count: int | None,
) -> Iterator[str]:
    """Go round `count` times (None: for ever), starting one every `minutes`; tell of each.

    `outlets` is asked every time: one added meanwhile is read in the next round.
    """
    done = 0
    while True:
        started = time.monotonic()
        yield _round(home, config, outlets())
        done += 1
        if done == count:
            return
        time.sleep(max(0.0, minutes * 60 - (time.monotonic() - started)))


def _round(home: Home, config: Config, outlets: Sequence[Outlet]) -> str:
    proxy = config.pengambilan["proksi"] or None
    crawled = run.crawl(home, outlets, proxy=proxy, settings=overrides(config.pengambilan))
    reports = [
        *(crawled, extract.run(home), analyse(home), raise_alerts(home)),
        *(deliver(home, config), mailings.send(home, config)),
    ]
    clock = f"{datetime.now().astimezone():%Y-%m-%d %H.%M %Z}"
    return "\n".join([clock, *(f"  {line}" for r in reports for line in str(r).splitlines())])
