"""Whoever is signed out while he writes finds his words again: a comment, a wording, minutes."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import update

from hall import clock
from hall.clock import local_instant
from hall.db import atomic
from hall.people.models import UserSession
from tests.browser.acts import propose, screen
from tests.browser.conftest import PHONE
from tests.browser.people import People, local, press, says, settle, type_password

pytestmark = pytest.mark.browser

WORDS = {"title": "给小区党支部取名", "what": "叫什么名字？", "text": "第一条 先听大家说。"}


@pytest.fixture
def who(server, window, travel) -> People:
    """A proposal that was just taken up, and a meeting on it that is called for the 19th of May."""
    found = settle(window, PHONE, travel, is_mobile=True, java_script_enabled=False)
    propose(found, "zhibu", WORDS, "name_something", as_body="小区党支部 · 书记")
    screen(found, "shequ", "征求意见。")
    page = found.on("shequ", "/desk/meetings/new?proposal=1")
    page.fill("main [name=title]", "取名会商会")
    page.fill("main [name=starts]", local(evening()))
    page.fill("main [name=place]", "活动室")
    press(page, "存好，预览通知")
    press(page, "发出通知")
    travel(evening())
    press(found.on("shequ", "/e/meetings/1/live"), "开始开会")
    return found


def evening():
    return local_instant(date(2026, 5, 19), time(19))


def test_words_survive_the_session_they_were_typed_in(who):
    page = who.on("yezhu1", "/e/proposals/1")
    page.fill("main textarea[name=text]", "叫 302 吧，住了几十年。")
    again(who, "提交意见", "叫 302 吧，住了几十年。")
    says(who.on("", "/e/proposals/1"), "叫 302 吧，住了几十年。")

    page = who.on("zhibu", "/e/proposals/1/edit")
    page.fill("main [name=what]", "两个名字，您看好哪个？")
    page.fill("main [name=note]", "合并成两个。")
    page.fill("main [name=change-1]", "只留两个名字")
    page.locator("main [name=_because-1]").first.check()
    again(who, "交出这一稿", "合并成两个。")
    says(who.on("", "/e/proposals/1"), "现在是第 2 稿", "只留两个名字", "因为 3栋 丙** 说：")

    page = who.on("wangge", "/desk/meetings/1/minutes")
    page.fill("main .mn-item textarea", "报社区党委定名。")
    page.fill("main [name=dissent]", "一位代表希望用路名。")
    again(who, "存草稿", "一位代表希望用路名。")
    page = who.on("wangge", "/desk/meetings/1/minutes")
    assert page.input_value("main .mn-item textarea") == "报社区党委定名。"
    assert page.input_value("main [name=dissent]") == "一位代表希望用路名。"


def again(who: People, button: str, words: str) -> None:
    """The session is ended elsewhere; the button leads over the sign-in to the same words and in."""
    with atomic() as session:
        session.execute(update(UserSession).values(revoked_at=clock.now()))
    page, login = who.page, who.now
    with page.expect_navigation() as gone:
        page.locator("main").get_by_role("button", name=button, exact=True).click()
    assert gone.value.status == 401
    says(page, "您填的内容还在。")
    press(page, "去登录")
    type_password(page, login)
    says(page, "登录好了，您填的还在", words)
    press(page, "再交一次")
    who.seen.clear()  # everybody was signed out
