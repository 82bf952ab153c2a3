"""People of an estate who take turns at a browser: each signs in through the page, again when it is due."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, Response

from hall import clock
from hall.cli.demo.accounts import PASSWORD
from hall.clock import SHANGHAI, add_days, day_start, local_date
from hall.db import db
from hall.people.service import hashed
from hall.permissions import Role
from hall.roll import service as roll
from hall.rulesets import service as rulesets
from tests import make

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BODIES = {
    "community": "样本社区党委",
    "branch": "样本小区党支部",
    "committee": "样本小区业委会",
    "grid": "样本网格",
    "property": "样本物业公司",
}
# login: (body, title, name)
OFFICIALS = {
    "shequ": ("community", "secretary", "样社宁"),
    "zhibu": ("branch", "secretary", "癸支样"),
    "zhuren": ("committee", "chair", "甲一明"),
    "weiyuan": ("committee", "member", "乙二样"),
    "wangge": ("grid", "worker", "子格样"),
    "wuye": ("property", "staff", "壬九样"),
}
OWNERS = {"yezhu1": "丙三例", "yezhu2": "丁小样", "yezhu3": "戊五例", "yezhu4": "己六样"}


@dataclass
class People:
    """Who is here. on(login, path) opens an address as one of them; login "" is nobody.

    All use one window, and each gets his own cookies back when it is his turn: what the browser
    fetched once for everybody need not be fetched again.
    """

    slug: str
    page: Page
    now: str = ""
    cookies: dict[str, list] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)

    def on(self, login: str, path: str) -> Page:
        """He opens this address (of the estate or its desk), signing in first when it is time."""
        self._turn(login)
        page, where = self.page, re.sub(r"^/(e|desk)(?=/|$)", rf"/\1/{self.slug}", path)
        # Half an hour of silence ends a session with a post, twelve hours any other.
        silence = timedelta(minutes=30) if login in OFFICIALS else timedelta(hours=12)
        if login and self.seen.get(login, LONG_AGO) + silence < clock.now():
            answer = sign_in(page, login, where)
        else:
            answer = page.goto(where, wait_until="domcontentloaded")
        self.seen[login] = clock.now()
        assert answer is not None
        assert answer.status == 200, f"{login} {path}: {answer.status}"
        return page

    def _turn(self, login: str) -> None:
        if login == self.now:
            return
        context = self.page.context
        self.cookies[self.now] = context.cookies()
        context.clear_cookies()
        context.add_cookies(self.cookies.get(login, []))
        self.now = login


def sign_in(page: Page, login: str, path: str) -> Response:
    """Through the page, as everybody does; gives the answer of the address he wanted."""
    page.context.clear_cookies(name="hall")
    page.goto(f"/login?{urlencode({'next': path})}", wait_until="domcontentloaded")
    return type_password(page, login)


def type_password(page: Page, login: str) -> Response:
    """Sign in on the page that asks for it; gives the answer that follows."""
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation(wait_until="domcontentloaded") as gone:
        page.click("main form button[type=submit]")
    assert not page.locator("main input[name=password]").count(), reasons(page)
    return gone.value


def settle(window: Callable[..., Page], size: dict[str, int], travel, **options) -> People:
    """An estate of four homes (100 m² each) and one post for each body, two for the committee.

    Its rules are in force and its roll has been public for seven days; leaves the clock at 10:00 of
    the day after (Thursday 14 May 2026).
    """
    estate = make.estate(slug="yangben", name="样本小区", short_name="样本", households=4)
    building = make.building(estate.id, name="3栋")
    secret = hashed(PASSWORD)
    for body, name in BODIES.items():
        make.body(estate.id, body, name=name)
    for login, (body, title, name) in OFFICIALS.items():
        person = make.person(estate.id, name=name)
        make.post(person, body, title)
        account = make.account(username=login, name=name, password_hash=secret)
        make.link(account.id, person)
    for login, name in OWNERS.items():
        unit = make.unit(estate.id, building.id)
        person = make.person(estate.id, name=name)
        make.title(unit, person.id)
        account = make.account(username=login, name=name, password_hash=secret)
        make.link(account.id, person)
    now = travel.now
    chair, member = make.actor(estate.id, Role.CHAIR), make.actor(estate.id, Role.MEMBER)
    version = rulesets.draft(
        member, estate.id, preset="SC", clauses={}, effective_on=date(2026, 1, 1), now=now
    )
    rulesets.confirm(chair, estate.id, version, now=now)
    roll.publish_roll(chair, estate.id, days=7, now=now)
    travel(day_start(add_days(local_date(now), 8)) + timedelta(hours=10))
    slug = estate.slug
    db.session.rollback()
    return People(slug, window(size, **options))


def press(page: Page, words: str | re.Pattern[str]) -> None:
    """Press the first button with exactly these words; the answer must be a page, not a refusal."""
    button = page.locator("main").get_by_role("button", name=words, exact=True).first
    with page.expect_navigation(wait_until="domcontentloaded") as gone:
        button.click()
    assert gone.value.status < 400, f"{words}: {gone.value.status} {reasons(page)}"


def refused(page: Page, words: str) -> str:
    """Press a button that cannot do what it says yet; gives what the page answers."""
    with page.expect_navigation(wait_until="domcontentloaded") as gone:
        page.locator("main").get_by_role("button", name=words, exact=True).first.click()
    assert gone.value.status in (409, 422)
    return page.inner_text("main")


def follow(page: Page, words: str | re.Pattern[str], *, within: str | Locator = "main") -> None:
    """Click the first link with these words."""
    part = page.locator(within) if isinstance(within, str) else within
    with page.expect_navigation(wait_until="domcontentloaded"):
        part.get_by_role("link", name=words).first.click()


def choose(page: Page, name: str, value: str) -> None:
    """Tick a box or radio of the page; its label is what a finger meets."""
    page.locator(f"main input[name='{name}'][value='{value}']").check(force=True)


def says(page: Page, *words: str) -> str:
    """The page's own part has all these words; gives its text."""
    text = page.inner_text("main")
    for one in words:
        assert one in text, f"{page.url} does not say {one}"
    return text


def reasons(page: Page) -> str:
    """What the page says on top when it refuses."""
    found = page.locator("[role=alert]")
    return found.first.inner_text() if found.count() else page.title()


def local(at: datetime) -> str:
    """An instant as a field of date and time wants it."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
