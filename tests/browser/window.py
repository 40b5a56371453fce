"""A signed-in page in a real Chromium; it fails its test on a script error or a foreign request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.db.site_base import Running

CHROMIUM: Final = Path("/usr/bin/chromium")
SIZES: Final = {"meja": (1280, 900), "telepon": (390, 844)}
_ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def session(browser: Browser, running: Running) -> Any:
    """The cookies of whoever followed the printed link, an admin."""
    context = browser.new_context(base_url=running.address)
    context.new_page().goto(running.link)
    state = context.storage_state()
    context.close()
    return state


@contextmanager
def page(browser: Browser, running: Running, state: Any, size: str = "meja") -> Iterator[Page]:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=running.address,
        storage_state=state,
        viewport={"width": width, "height": height},
        locale="id-ID",
    )
    troubles: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda said: troubles.append(said.text) if _is_trouble(said) else None)
    opened.on(
        "request",
        lambda sent: None if sent.url.startswith(running.address) else troubles.append(sent.url),
    )
    yield opened
    context.close()
    assert troubles == []


def _is_trouble(said: ConsoleMessage) -> bool:
    """An answer that refuses a form is no trouble."""
    return said.type in ("error", "warning") and "status of 4" not in said.text


def fits(page: Page) -> bool:
    """Nothing sticks out at the side; waits for the page and its styles."""
    page.wait_for_load_state("load")
    page.wait_for_function(
        "document.documentElement && document.documentElement.scrollWidth <= window.innerWidth"
    )
    return True
