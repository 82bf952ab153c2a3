"""Every kind of page under axe: in Chinese at a desk, in English and in elder mode on a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import MethodNotAllowed, NotFound

from hall import clock
from hall.ballots import queries as ballots
from hall.cli import demo
from hall.cli.demo.accounts import PASSWORD
from hall.db import db
from hall.estates import queries as estates
from hall.resolutions import queries as resolutions
from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

X, Q, DX, DQ = "/e/xiangcheng", "/e/qingyin", "/desk/xiangcheng", "/desk/qingyin"
# Not pages: files, feeds and what only redirects.
NO_PAGES = {
    "static",
    "resolutions.atom",
    "resolutions.record",
    "accounts.letter_qr",
    "pages.robots",
}


@dataclass(frozen=True)
class Mode:
    """A way of reading: query that sets it, window."""

    name: str
    query: str
    size: dict[str, int]


MODES = (
    Mode("zh", "lang=zh-CN", DESK),
    Mode("en", "lang=en", PHONE),
    Mode("elder", "elder=1", PHONE),
)


@pytest.fixture
def town(server):
    """The demo of the moved day, and what its pages are called."""
    demo.fill(clock.now())
    estate = estates.find_by_slug("xiangcheng")
    other = estates.find_by_slug("qingyin")
    found = {
        "docno": resolutions.of_ballot(ballots.get(estate.id, 1).id),
        "poll": resolutions.of_ballot(ballots.get(other.id, 3).id),
        "unit": db.session.execute(db.text("SELECT min(id) FROM unit")).scalar(),
        "post": db.session.execute(db.text("SELECT min(id) FROM post")).scalar(),
        "letter": "",
    }
    db.session.rollback()
    return found


def pages_of(town: dict) -> dict[str, tuple[str, ...]]:
    """Who looks at what; "" is nobody signed in."""
    docno, unit, post = town["docno"], town["unit"], town["post"]
    return {
        "": (
            "/", f"{X}/", f"{X}/ballots", f"{X}/ballots/1", f"{X}/ballots/2", f"{X}/ballots/2/notice",
            f"{X}/resolutions", f"{X}/resolutions?q=nothing", f"{X}/resolutions/{docno}",
            f"{X}/resolutions/{docno}/v/1", "/r", "/r/AAAA-AAAA-AAAA", "/login", "/login/code",
            "/help", "/accessibility", "/privacy", "/rules", "/who-may", f"{Q}/", f"{Q}/ballots/3",
            f"{Q}/resolutions/{town['poll']}", "/nowhere", f"{X}/roll",
        ),
        "owner1": (
            f"{X}/", f"{X}/ballots/2", f"{X}/me", "/me", "/me/password", f"{X}/roll", f"{DX}/",
            f"{X}/resolutions/{docno}/object",
        ),
        "owner2": (f"{X}/ballots/2",),
        "owner3": (f"{X}/ballots/2",),
        "chair": (
            f"{DX}/", f"{DX}/ballots/", f"{DX}/ballots/new", f"{DX}/ballots/2/",
            f"{DX}/ballots/2/extend", f"{DX}/ballots/2/void", f"{DX}/ballots/1/result", f"{DX}/rules/",
            f"{DX}/rules/1", f"{DX}/journal/", f"{DX}/roll/", f"{DX}/roll/publish",
            f"{DX}/roll/corrections", f"{DX}/roll/letters", f"{DX}/roll/import", f"{DX}/roll/imports/1", f"{DX}/roll/units/{unit}",
        ),
        "member": (f"{DX}/rules/new",),
        "community": (f"{DX}/posts/", f"{DX}/posts/{post}/end"),
        "organizer": (f"{DQ}/ballots/4/edit", f"{DQ}/ballots/4/discard", f"{DQ}/"),
    }  # fmt: skip


def sign_in(page: Page, login: str) -> None:
    page.goto("/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button[type=submit]")


def endpoint(app: Flask, url: str) -> str | None:
    """The endpoint a GET of this address reaches."""
    path = re.sub(r"^https?://[^/]+|\?.*$|#.*$", "", url)
    try:
        return app.url_map.bind("").match(path)[0]
    except (NotFound, MethodNotAllowed):
        return None


@pytest.mark.parametrize("mode", MODES, ids=lambda m: m.name)
def test_no_page_has_a_fault(mode, server, town, window, axe, no_sideways_scroll):
    seen: set[str | None] = set()
    faults: list[str] = []
    for login, paths in pages_of(town).items():
        page = window(mode.size)
        page.goto(f"/?{mode.query}")
        if login:
            sign_in(page, login)
        for path in paths:
            page.goto(path)
            seen.add(endpoint(server.app, page.url))
            for check in (axe, no_sideways_scroll):
                try:
                    check(page)
                except AssertionError as fault:
                    faults.append(f"{login} {path}: {fault}")
        if login == "owner1":
            page.goto(f"{X}/ballots/2")
            with page.expect_navigation():
                page.click("main form button >> nth=0")
            faults += _faults(axe, page, "review")
            with page.expect_navigation():
                page.click("main form button[type=submit]")
            seen.add(endpoint(server.app, page.url))
            faults += _faults(axe, page, "receipt")
    assert faults == []
    everything = {
        rule.endpoint
        for rule in server.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES
    }
    assert everything - seen <= LATER


# Pages that stand only at a moment the demo is not in; the journey looks at them.
LATER = {"desk.notice_ask", "desk.contest"}


def _faults(axe, page: Page, name: str) -> list[str]:
    try:
        axe(page)
    except AssertionError as fault:
        return [f"{name}: {fault}"]
    return []
