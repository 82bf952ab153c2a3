"""Two languages and elder mode: cookies, switches that return, texts with facts."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from hall.web.i18n import gettext, in_language, ngettext, template_gettext, template_ngettext
from tests import make
from tests.pages import Pages


@pytest.fixture
def request_in(app):
    """A request in a language: with request_in('en'): …"""
    return lambda lang: app.test_request_context(f"/?lang={lang}")


def test_chinese_is_the_message(request_in):
    with request_in("zh"):
        assert gettext("去办") == "去办"
        assert gettext("谁来办：%(who)s", who="业主") == "谁来办：业主"
        assert ngettext("%(n)s 人", "%(n)s 人", 1) == "1 人"


def test_english_comes_from_the_catalogue(request_in):
    with request_in("en"):
        assert gettext("跳到正文") == "Skip to content"
        assert ngettext("%(n)s 人", "%(n)s 人", 1) == "1 person"
        assert ngettext("%(n)s 人", "%(n)s 人", 1234) == "1,234 people"
        assert gettext("没有译文的句子") == "没有译文的句子"


def test_outside_a_request_it_is_chinese():
    assert gettext("跳到正文") == "跳到正文"


def test_in_language_goes_back(request_in):
    with request_in("zh"):
        assert in_language("en", lambda: gettext("返回")) == "Back"
        assert gettext("返回") == "返回"


def test_facts_are_escaped_unless_they_are_markup(request_in):
    with request_in("zh"):
        assert template_gettext("谁来办：%(who)s", who="<b>x</b>") == Markup(
            "谁来办：&lt;b&gt;x&lt;/b&gt;"
        )
        assert template_gettext("谁来办：%(who)s", who=Markup("<b>x</b>")) == Markup(
            "谁来办：<b>x</b>"
        )
        assert template_ngettext("%(n)s 人", "%(n)s 人", 3, n=Markup("<b>3</b>")) == Markup(
            "<b>3</b> 人"
        )


def test_the_switch_returns_to_the_same_page(client):
    make.estate(slug="here")
    page = Pages(client).get("/rules?x=1&lang=zh")
    page = page.submit("/prefs/lang")
    assert page.url == "/rules"
    assert page.h1 == "How votes are counted"
    assert page.root.one("html").attrs["lang"] == "en"
    page = page.submit("/prefs/lang")
    assert page.h1 == "怎么计票"


def test_elder_mode_is_a_class_on_html(client):
    page = Pages(client).get("/rules").submit("/prefs/elder")
    assert page.root.one("html").attrs["class"] == "elder"
    assert "class" not in page.submit("/prefs/elder").root.one("html").attrs


@pytest.mark.parametrize(("query", "cookie"), [("lang=en", "hall_lang"), ("elder=1", "hall_elder")])
def test_an_address_can_ask_and_is_remembered(client, query, cookie):
    client.get(f"/rules?{query}")
    assert client.get_cookie(cookie).value == query.split("=")[1]
    kept = client.get_cookie(cookie)
    assert kept.http_only
    assert kept.same_site == "Lax"


def test_nonsense_is_ignored(client):
    client.get("/rules?lang=fr&elder=7")
    assert client.get_cookie("hall_lang") is None
    assert client.get_cookie("hall_elder") is None


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil"])
def test_the_switch_goes_to_own_pages_only(client, target):
    response = client.post("/prefs/lang", data={"lang": "en", "next": target})
    assert response.headers["Location"] == "/"


def test_after_a_refused_form_the_switch_does_not_open_a_page_that_is_none(client):
    page = Pages(client).get("/login").submit("/login")
    assert page.status == 422
    assert page.submit("/prefs/lang").h1 == "How do you sign in?"


def test_every_english_page_marks_chinese_names(client):
    make.estate(slug="here", name="样板小区", short_name="样")
    page = Pages(client).get("/e/here/?lang=en")
    assert "样板小区" in [n.text for n in page.root.all("span", lang="zh-CN")]
