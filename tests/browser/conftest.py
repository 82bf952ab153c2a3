"""A real Chromium against a real server: phone and desktop width, with JavaScript and without."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
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
    "--disable-software-rasterizer",
    "--disable-gpu-compositing",
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
# What depends on the words, how long they are, and which language the page says it is in: names,
# and the sizes that words give. Roles, structure and attributes are the same in both languages.
BY_LANGUAGE = [
    "aria-command-name",
    "aria-input-field-name",
    "aria-meter-name",
    "aria-progressbar-name",
    "aria-toggle-field-name",
    "button-name",
    "document-title",
    "empty-heading",
    "empty-table-header",
    "form-field-multiple-labels",
    "frame-title",
    "html-has-lang",
    "html-lang-valid",
    "image-alt",
    "image-redundant-alt",
    "input-button-name",
    "input-image-alt",
    "label",
    "label-title-only",
    "landmark-unique",
    "link-name",
    "role-img-alt",
    "scrollable-region-focusable",
    "select-name",
    "summary-name",
    "svg-img-alt",
    "table-duplicate-name",
    "target-size",
    "valid-lang",
]
# Only what was found comes back: to look for style sheets and to hand over all that passed costs
# as much as to judge.
CHEAPLY = {"resultTypes": ["violations"], "preload": False, "iframes": False}


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


# Everything the contrast of a text hangs on, as {look: one such element} of the page: the colours, type
# and opacity of what it stands in, and of all that lies over and under the middle of it.
LOOKS = r"""() => {
  const styles = new Map(), looks = window.looks = new Map();
  const style = e => {
    if (!styles.has(e)) {
      const s = getComputedStyle(e), off = (e.control ?? e).matches(":disabled") || e.ariaDisabled;
      styles.set(e, [e.localName, e.getAttribute("class"), off, s.visibility, s.opacity, s.color,
        s.backgroundColor, s.backgroundImage, s.fontSize, s.fontWeight, s.textShadow].join());
    }
    return styles.get(e);
  };
  const add = (e, box, text) => {
    if (!box || !box.width || !box.height) return;
    const x = box.x + box.width / 2, y = box.y + box.height / 2, key = [];
    key.push(/[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(text));  // axe does not judge a lone sign
    for (let up = e; up; up = up.parentElement) key.push(style(up));
    for (const under of document.elementsFromPoint(x, y)) key.push(style(under));
    looks.set(key.join("|"), e);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.trim()) continue;
    range.selectNodeContents(text);
    add(text.parentElement, range.getClientRects()[0], text.data);
  }
  for (const e of document.querySelectorAll("input, select, textarea"))
    add(e, e.getBoundingClientRect(), e.value);
  return [...looks.keys()];
}"""
RUN = """async ([options, fresh]) => {
  const texts = fresh.map(look => window.looks.get(look));
  for (const text of texts) text.toggleAttribute("data-fresh", true);
  axe.configure({rules: [{id: "color-contrast", selector: "[data-fresh]"}]});
  const {violations} = await axe.run(document, options);
  for (const text of texts) text.toggleAttribute("data-fresh", false);
  return {violations};
}"""


@pytest.fixture(scope="session")
def looks_judged() -> set[str]:
    """The looks of texts whose contrast is enough."""
    return set()


@pytest.fixture
def axe(looks_judged) -> Callable[..., None]:
    """axe(page): no violation of WCAG 2.2 AA or best practice on the page as it is (needs JavaScript).

    axe(page, only=rules): of these rules alone and of contrast, for a second look at the same page.
    Contrast is judged once for each look of a text: on a table of a hundred lines, and on all pages
    with the same header, it is the same question.
    """
    checker = Axe()

    def check(page: Page, *, only: Sequence[str] = ()) -> None:
        run = (
            {"type": "rule", "values": [*only, "color-contrast"]}
            if only
            else {"type": "tag", "values": RULES}
        )
        with in_full_height(page):
            if not page.evaluate("'axe' in window"):
                page.evaluate(checker.axe_script)
            fresh = [look for look in page.evaluate(LOOKS) if look not in looks_judged]
            found = AxeResults(page.evaluate(RUN, [CHEAPLY | {"runOnly": run}, fresh]))
        assert found.violations_count == 0, found.generate_report()
        looks_judged.update(fresh)

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
            before = page.viewport_size
            page.set_viewport_size(
                before | {"height": PHONE["height"]}
            )  # not what is left of a tall one
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)
            page.set_viewport_size(before)

    return take
