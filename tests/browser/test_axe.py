"""Every kind of page under axe: in Chinese, in English and in elder mode, at a desk and on a phone."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

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
from tests.browser.conftest import BY_LANGUAGE, BY_WIDTH, DESK, PHONE

pytestmark = pytest.mark.browser

X, Q, DX, DQ = "/e/xiangcheng", "/e/qingyin", "/desk/xiangcheng", "/desk/qingyin"
# Not pages: files, feeds and what only redirects.
NO_PAGES = {
    "static",
    "resolutions.atom",
    "resolutions.record",
    "accounts.letter_qr",
    "pages.robots",
    "files.serve",
    "proposals.similar",
    "meetings.event",
    "meetings.estate_ics",
    "meetings.own_ics",
    "meetings.notice_docx",
    "meetings.signin_docx",
    "meetings.minutes_docx",
    "meetings.minutes_record",
}


# So tall that hardly a page must be measured and the window drawn out for it.
TALL = 8000
AT_DESK, ON_PHONE = DESK | {"height": TALL}, PHONE | {"height": TALL}
# Ways of reading: the query that sets one.
MODES = {"zh": "lang=zh&elder=0", "en": "lang=en&elder=0", "elder": "lang=zh&elder=1"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """Where the demo's database is kept once it has been filled, for the next test."""
    return tmp_path_factory.mktemp("demo") / "demo.sqlite"


@pytest.fixture
def town(server, filled):
    """The demo of the moved day, and what its pages are called."""
    file = db.engine.url.database
    if filled.exists():
        db.engine.dispose()
        shutil.copyfile(filled, file)
    else:
        demo.fill(clock.now())
        db.session.remove()
        db.engine.dispose()  # the last connection gone, everything is in the one file
        shutil.copyfile(file, filled)
    estate = estates.find_by_slug("xiangcheng")
    other = estates.find_by_slug("qingyin")
    found = {
        "docno": resolutions.of_ballot(ballots.get(estate.id, 1).id),
        "poll": resolutions.of_ballot(ballots.get(other.id, 3).id),
        "unit": db.session.execute(db.text("SELECT min(id) FROM unit")).scalar(),
        "post": db.session.execute(db.text("SELECT min(id) FROM post")).scalar(),
        # The renewal's council decided something that has not been published by itself.
        "met": db.session.execute(db.text("SELECT min(id) FROM decision")).scalar(),
        "council": organs(other.id, "meeting"),
        "organ": organs(other.id, "organisation"),
    }
    db.session.rollback()
    return found


def organs(estate_id: int, source: str) -> str:
    """The address of a document that no ballot made."""
    return resolutions.search(estate_id, "", source=source)[0].docno


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
        "community": (f"{DX}/posts/", f"{DX}/facts", f"{DX}/posts/{post}/password", f"{DX}/posts/{post}/end"),
        "organizer": (
            f"{DQ}/ballots/4/edit",
            f"{DQ}/ballots/4/preview",
            f"{DQ}/ballots/4/discard",
            f"{DQ}/",
        ),
    }  # fmt: skip


def talk_of(town: dict) -> dict[str, tuple[str, ...]]:
    """The same for the rooms where a matter is talked through; each page in one of the modes."""
    docno, met = town["docno"], town["met"]
    return {
        "": (
            f"{X}/answers", f"{X}/actions", f"{Q}/actions?show=external", f"{Q}/actions/3", f"{Q}/actions/4",
            f"{X}/bodies", f"{Q}/bodies", f"{X}/proposals", f"{X}/proposals?q=nothing", f"{X}/archive?q=nothing",
            f"{X}/proposals/templates", f"{X}/proposals/1", f"{Q}/proposals/1", f"{X}/proposals/2",
            f"{X}/proposals/1/versions/1", f"{X}/proposals/1/versions/1/diff/2", f"{X}/proposals/1/interests",
            f"{X}/meetings", f"{X}/branch/meetings", f"{X}/meetings/calendar", f"{Q}/meetings/1", f"{X}/meetings/1",
            f"{X}/meetings/2", f"{Q}/meetings/1/minutes", f"{Q}/meetings/1/minutes/print", f"{Q}/meetings/1/notice",
            f"{Q}/resolutions/{town['council']}", f"{Q}/resolutions/{town['organ']}", f"{X}/archive?q=物业",
        ),
        "owner1": (f"{X}/inbox", f"{X}/proposals/2", f"{X}/meetings/2/checkin"),
        "chair": (
            f"{DX}/meetings", f"{DX}/meetings/new", f"{DX}/meetings/2/people", f"{X}/meetings/2/live",
            f"{X}/meetings/2/screen", f"{X}/meetings/2/checkin", f"{DX}/meetings/2/door", f"{DX}/meetings/2/signin",
            f"{DX}/meetings/1/minutes", f"{X}/meetings/1", f"{DX}/proposals", f"{DX}/proposals/1",
            f"{DX}/proposals/1/rounds/1", f"{DX}/proposals/2", f"{DX}/proposals/1/ballot", f"{X}/proposals/new",
            f"{X}/proposals/1/edit", f"{X}/proposals/1/withdraw", f"{DX}/answers", f"{DX}/moderation",
            f"{DX}/resolutions/", f"{DX}/resolutions/{docno}/follow", f"{DX}/decisions/{met}/publish", f"{X}/inbox",
        ),
        "community": (f"{DX}/bodies/", f"{DX}/proposals/2/decide"),
        "property": (f"{DX}/actions/", f"{DX}/actions/6", f"{X}/proposals/1/positions/new"),
        "branch": (f"{DX}/actions/new", f"{X}/proposals/2/positions/new", f"{DX}/moderation"),
        "bailong": (f"{DQ}/resolutions/{town['organ']}/amend",),
    }  # fmt: skip


def sign_in(page: Page, login: str) -> None:
    page.context.clear_cookies()
    page.goto("/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button[type=submit]")


def read(page: Page, mode: str) -> None:
    """From here on in this way; a small page remembers it as well as any."""
    page.goto(f"/privacy?{MODES[mode]}")


def endpoint(app: Flask, url: str) -> str | None:
    """The endpoint a GET of this address reaches."""
    path = re.sub(r"^https?://[^/]+|\?.*$|#.*$", "", url)
    try:
        return app.url_map.bind("").match(path)[0]
    except (NotFound, MethodNotAllowed):
        return None


# The same pages with any numbers: who there is, and which addresses.
ANYWHERE = pages_of(defaultdict(lambda: 1))
TALK = talk_of(defaultdict(lambda: 1))


# Who has so many pages that each way of reading is a test of its own, and the few of all others.
MANY = ("", "chair")
FEW = tuple(login for login in ANYWHERE | TALK if login not in (*MANY, "owner1"))
WALKS = {
    **{f"{login or 'signed out'} {mode}": ((login,), (mode,)) for login in MANY for mode in MODES},
    "owner1": (("owner1",), tuple(MODES)),
    "others": (FEW, tuple(MODES)),
}


@pytest.fixture
def look(axe, no_sideways_scroll):
    """look(page, mode): what is wrong with the page in this way of reading, at a desk and on a phone.

    The window stays as wide as the second look was, for the next page.
    """

    def check(page: Page, mode: str) -> Iterator[str]:
        first = page.viewport_size
        for size in (first, AT_DESK if first == ON_PHONE else ON_PHONE):
            if size != first:
                page.set_viewport_size(size)
            try:
                no_sideways_scroll(page)
                if mode == "en" and size == ON_PHONE:
                    axe(page, only=BY_LANGUAGE)
                elif mode != "en":  # what a width changes does not hang on language; type sizes do
                    axe(page, only=() if size == first else BY_WIDTH)
            except AssertionError as fault:
                yield f"{mode} {page.url} {size['width']}: {fault}"

    return check


@pytest.mark.parametrize(("logins", "modes"), WALKS.values(), ids=WALKS)
def test_no_page_has_a_fault(logins, modes, server, town, window, look):
    page = window(AT_DESK)
    faults: list[str] = []
    for login in logins:
        if login:
            sign_in(page, login)
        always, once = pages_of(town).get(login, ()), talk_of(town).get(login, ())
        for mode in modes:
            read(page, mode)
            for path in (*always, *once[list(MODES).index(mode) :: len(MODES)]):
                page.goto(path)
                asked, shown = endpoint(server.app, path), endpoint(server.app, page.url)
                assert shown == REDIRECTED.get((login, path), asked), path
                faults += look(page, mode)
    assert faults == []


def test_no_step_of_voting_has_a_fault(server, town, window, look):
    page = window(AT_DESK)
    sign_in(page, "owner1")
    faults: list[str] = []
    for mode in MODES:
        read(page, mode)
        page.goto(f"{X}/ballots/2")
        with page.expect_navigation():
            page.click("main form button >> nth=0")
        assert page.url.endswith("/review")
        faults += look(page, mode)
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    receipt = page.url
    for mode in MODES:
        read(page, mode)
        page.goto(receipt)
        assert endpoint(server.app, page.url) == "ballots.receipt"
        faults += look(page, mode)
    assert faults == []


def test_every_kind_of_page_is_looked_at(installations):
    app = installations["sqlite"].app
    listed = (*ANYWHERE.values(), *TALK.values())
    seen = {endpoint(app, path) for paths in listed for path in paths}
    everything = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES
    }
    assert everything - seen <= LATER


# Who does not see what he asked for.
REDIRECTED = {("", f"{X}/roll"): "accounts.login"}
# The receipt is looked at on the way; the others stand only at a moment the demo
# is not in: the journey looks at them.
LATER = {"ballots.receipt", "desk.contest"}
# tests/browser/test_stories.py looks at them while a meeting is being called and held.
LATER |= {"meetings.preview", "meetings.edit", "desk.notice_ask"}
# The list of one body's meetings is the same page for each; the branch's is looked at. The last leads on.
LATER |= {f"meetings.of_{body}" for body in ("community", "committee", "grid", "property")}
LATER |= {"meetings.people_of"}
# tests/browser/test_threads.py looks at them in a thread with every kind of comment.
LATER |= {
    f"threads.{page}"
    for page in (
        "answer", "appeal", "case", "comment", "edit", "record", "report", "show", "withdraw", "write",
    )
}  # fmt: skip
