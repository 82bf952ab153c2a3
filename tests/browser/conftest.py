"""A real Chromium against a real server: phone and desktop width, with JavaScript and without."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from hall.db import db
from tests.conftest import Installation

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PATIENCE_MS = 30_000  # generous: the machine may be busy with the other tests
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on which parts a window of that width shows, and how large.
BY_WIDTH = [
    "target-size",
    "scrollable-region-focusable",
    "region",
    "landmark-one-main",
    "landmark-unique",
    "page-has-heading-one",
    "heading-order",
    "bypass",
    "link-name",
    "button-name",
    "label",
    "aria-hidden-focus",
]


def chromium() -> str:
    """Path of the system's browser; none is downloaded."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("no Chromium: run make test, which says what to install")


@dataclass
class Server:
    """The application under test on a port of its own; base is its address without a slash at the end."""

    app: Flask
    base: str

    def url(self, path: str) -> str:
        return self.base + path


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    running = playwright_driver.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield running
    running.close()


def whole(app: Flask) -> Callable:
    """The application with every answer read and closed before it is sent.

    A browser that leaves a page drops its downloads; werkzeug's server would then leave the file
    of a picture open, and the warning would hit whichever test runs when it is collected.
    """

    def call(environ, start_response):
        answer = app(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()

    return call


@pytest.fixture
def server(installations: dict[str, Installation], now) -> Iterator[Server]:
    """The application on SQLite, emptied, served by threads of this process: travel() moves its clock."""
    one = installations["sqlite"]
    one.reset()
    listening = make_server("127.0.0.1", 0, whole(one.app), threaded=True)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    with one.app.app_context():
        yield Server(one.app, f"http://127.0.0.1:{listening.server_port}")
    listening.shutdown()
    thread.join(10)
    listening.server_close()
    with one.app.app_context():
        db.engine.dispose()


@pytest.fixture
def window(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Opens a page in a window of its own; a fault of a script or of the page's policy fails the test."""
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(size: dict[str, int], **options) -> Page:
        context = browser.new_context(
            viewport=size, base_url=server.base, locale="zh-CN", **options
        )
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on("console", lambda m: faults.append(m.text) if _is_fault(m) else None)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert faults == []


def _is_fault(message) -> bool:
    # A refusal (4xx) is logged by the browser as an error; it is a page like any other here.
    return message.type == "error" and "Failed to load resource" not in message.text


@pytest.fixture
def page390(window) -> Page:
    """A phone with JavaScript."""
    return window(PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def page1280(window) -> Page:
    """A desk with JavaScript."""
    return window(DESK)


@pytest.fixture
def nojs390(window) -> Page:
    """A phone without JavaScript."""
    return window(
        PHONE, has_touch=True, is_mobile=True, device_scale_factor=2, java_script_enabled=False
    )


@pytest.fixture
def axe() -> Callable[..., None]:
    """axe(page): no violation of WCAG 2.2 AA or best practice on the page as it is (needs JavaScript).

    axe(page, again=True): only what another width can change, for a second look at the same page.
    """
    checker = Axe()

    def check(page: Page, *, again: bool = False) -> None:
        only = {"type": "rule", "values": BY_WIDTH} if again else {"type": "tag", "values": RULES}
        options = {"runOnly": only, "resultTypes": ["violations"]}
        with in_full_height(page):
            if not page.evaluate("'axe' in window"):
                page.evaluate(checker.axe_script)
            found = AxeResults(page.evaluate("options => axe.run(document, options)", options))
        assert found.violations_count == 0, found.generate_report()

    return check


@contextmanager
def in_full_height(page: Page) -> Iterator[None]:
    """The whole page in view: what has scrolled under the tab bar is not too small, only hidden."""
    before = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    higher = before is not None and height > before["height"]
    if higher:
        page.set_viewport_size({"width": before["width"], "height": height})
    yield
    if higher:
        page.set_viewport_size(before)


@pytest.fixture
def no_sideways_scroll() -> Callable[[Page], None]:
    """no_sideways_scroll(page): nothing is wider than the window (needs JavaScript)."""

    def check(page: Page) -> None:
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{page.url} is {wide} px too wide"

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """picture(page, name): keeps a screenshot where HALL_PICTURES points; does nothing without it."""
    import os

    folder = os.environ.get("HALL_PICTURES")

    def take(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    return take
