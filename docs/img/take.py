"""Takes the pictures of README from a running demo: python docs/img/take.py http://127.0.0.1:8000

Needs Chromium. Run it after make demo, so that the dates are of today.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PHONE, DESK = {"width": 390, "height": 760}, {"width": 1280, "height": 760}
PASSWORD = "yishiting-demo"  # noqa: S105 (printed by every demo)


def window(browser: Browser, size: dict[str, int], base: str, login: str = "") -> Page:
    page = browser.new_context(viewport=size, locale="zh-CN", base_url=base).new_page()
    if login:
        page.goto("/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
    return page


def main(base: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        owner = window(browser, PHONE, base, "owner1")
        owner.goto("/e/xiangcheng/")
        owner.screenshot(path=HERE / "home.png")
        owner.goto("/e/xiangcheng/ballots/2")
        owner.screenshot(path=HERE / "vote.png")
        reader = window(browser, PHONE, base)
        reader.goto("/e/xiangcheng/resolutions")
        reader.locator("main a[href*='/resolutions/committee']").first.click()
        reader.locator("main h2").first.evaluate("e => e.scrollIntoView()")
        reader.screenshot(path=HERE / "resolution.png")
        for name, path, heading in (
            ("proposal", "/e/qingyin/proposals/1", "main"),
            ("meeting", "/e/qingyin/meetings/1", "main"),
            ("actions", "/e/xiangcheng/actions", "main"),
        ):
            reader.goto(path)
            reader.locator(heading).first.evaluate("e => e.scrollIntoView()")
            reader.screenshot(path=HERE / f"{name}.png")
        chair = window(browser, DESK, base, "chair")
        chair.goto("/desk/xiangcheng/")
        chair.screenshot(path=HERE / "desk.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
