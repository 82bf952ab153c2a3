"""Signing in by password and by letter, one's own sessions and password, signing out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall.people import queries as people
from hall.people.service import hashed, use_cheap_hasher
from hall.permissions import Role
from hall.roll import service as roll
from tests import make
from tests.pages import Pages, sign_in

WORDS = "cedar river lantern"


@pytest.fixture(autouse=True)
def cheap():
    use_cheap_hasher()


@pytest.fixture
def here(app):
    return make.estate(slug="here", name="样板小区")


def member(estate, login="jia.yiming", name="甲一明", **values):
    account = make.account(username=login, name=name, password_hash=hashed(WORDS), **values)
    who = make.person(estate.id, name=name)
    make.link(account.id, who)
    return account


def letter(estate, now, name="丁小样", phone="13800005678"):
    unit = make.unit(estate.id, make.building(estate.id).id, label="2栋1单元502")
    who = make.person(estate.id, name=name, phone=phone)
    make.title(unit, who.id)
    clerk = make.actor(estate.id, Role.CLERK)
    return roll.issue_codes(clerk, estate.id, [unit.id], now=now)[0], who


def test_signing_in_and_out(client, here):
    member(here)
    page = Pages(client).get("/e/here/me")
    assert page.url == "/login"
    page = page.submit("/login", login="jia.yiming", password=WORDS)
    assert page.url == "/e/here/me"
    assert "甲一明" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    page = page.submit("/logout")
    assert page.url == "/"
    assert client.get("/e/here/me").status_code == 303


def test_without_a_wish_one_lands_in_the_own_estate(client, here):
    make.estate(slug="other")
    member(here)
    page = Pages(client).get("/login").submit("/login", login="jia.yiming", password=WORDS)
    assert page.url == "/e/here/"
    assert Pages(client).get("/login").url == "/e/here/"


@pytest.mark.parametrize("login", ["jia.yiming", "nobody.here"])
def test_wrong_name_and_wrong_password_look_alike(client, here, login):
    member(here)
    page = Pages(client).get("/login").submit("/login", login=login, password="wrong words here")
    assert page.status == 422
    assert page.title.startswith("出错：")
    assert page.root.one("div", class_="errsum").text == (
        "有 1 处要改 手机号、用户名或密码不对。再看一眼，或者用信上的码登录。"
    )
    assert "wrong words here" not in page.html


def test_empty_fields_are_named_on_top_and_at_the_field(client, here):
    page = Pages(client).get("/login").submit("/login")
    assert page.status == 422
    top = page.root.one("div", class_="errsum")
    assert [a.attrs["href"] for a in top.all("a")] == ["#login", "#password"]
    assert [e.text for e in page.root.all("span", class_="field__e")] == [
        "错误： 请填手机号或用户名",
        "错误： 请填密码",
    ]


def test_guessing_is_stopped(client, here, travel):
    member(here)
    for _ in range(5):
        page = Pages(client).get("/login").submit("/login", login="jia.yiming", password="x" * 12)
        assert page.status == 422
    page = Pages(client).get("/login").submit("/login", login="jia.yiming", password=WORDS)
    assert page.status == 429
    assert "试错太多了，5月6日 10:15 之后再试" in page.text
    travel(timedelta(minutes=16))
    page = Pages(client).get("/login").submit("/login", login="jia.yiming", password=WORDS)
    assert page.url == "/e/here/"


def test_a_new_session_cookie_at_sign_in_and_the_old_one_dies(client, here):
    member(here)
    Pages(client).get("/login")
    before = client.get_cookie("hall").value
    Pages(client).get("/login").submit("/login", login="jia.yiming", password=WORDS)
    signed = client.get_cookie("hall").value
    assert signed != before
    Pages(client).get("/me").submit("/logout")
    client.set_cookie("hall", signed)
    assert client.get("/me").status_code == 303


def test_a_fixed_cookie_gives_no_session(app, client, here, now):
    thief = app.test_client()
    Pages(thief).get("/login")
    client.set_cookie("hall", thief.get_cookie("hall").value)
    member(here)
    Pages(client).get("/login").submit("/login", login="jia.yiming", password=WORDS)
    assert thief.get("/me").status_code == 303


def test_a_post_ended_today_takes_effect_at_once(client, here, now):
    account = member(here)
    who = make.person(here.id)
    make.link(account.id, who)
    post = make.post(who, "committee", "chair")
    sign_in(client, account.id, now)
    assert client.get("/desk/here/").status_code == 200
    from hall.db import atomic
    from hall.people.models import Post

    with atomic() as s:
        s.get(Post, post.id).to_on = now.date()
    assert client.get("/desk/here/").status_code == 403


def test_sessions_are_listed_and_ended(app, client, here, now):
    account = member(here)
    phone = app.test_client()
    for browser, agent in (
        (client, "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"),
        (phone, "iPhone MicroMessenger/8"),
    ):
        browser.environ_base["HTTP_USER_AGENT"] = agent
        Pages(browser).get("/login").submit("/login", login="jia.yiming", password=WORDS)
    page = Pages(client).get("/me")
    rows = page.root.one("ul", class_="sessions").all("li")
    assert ["iPhone · 微信" in r.text for r in rows] == [True, False]
    assert ["这一台" in r.text for r in rows] == [False, True]
    other = next(s for s in people.sessions_of(account.id, now) if "iPhone" in s.user_agent)
    page.submit(f"/me/sessions/{other.id}/end")
    assert phone.get("/me").status_code == 303
    assert client.get("/me").status_code == 200


def test_nobody_ends_somebody_elses_session(app, client, here, now):
    victim = make.account()
    sign_in(app.test_client(), victim.id, now)
    theirs = people.sessions_of(victim.id, now)[0].id
    sign_in(client, member(here).id, now)
    page = Pages(client).get("/me")
    token = page.form("/logout").one("input", name="csrf_token").attrs["value"]
    for session_id in (theirs, 999999):
        response = client.post(f"/me/sessions/{session_id}/end", data={"csrf_token": token})
        assert response.status_code == 404
    assert people.sessions_of(victim.id, now)


def test_everywhere_means_here_too(app, client, here, now):
    account = member(here)
    other = app.test_client()
    sign_in(client, account.id, now)
    sign_in(other, account.id, now)
    Pages(client).get("/me").submit("/me/sessions/end")
    assert client.get("/me").status_code == 303
    assert other.get("/me").status_code == 303


def test_changing_the_password_signs_out_the_others(app, client, here, now):
    account = member(here)
    other = app.test_client()
    sign_in(client, account.id, now)
    sign_in(other, account.id, now)
    page = Pages(client).get("/me/password")
    page = page.submit(
        "/me/password", old="not this one", new="birch harbour violin", again="birch harbour violin"
    )
    assert page.status == 422
    assert [a.attrs["href"] for a in page.root.one("div", class_="errsum").all("a")] == ["#old"]
    page = page.submit(
        "/me/password", old=WORDS, new="birch harbour violin", again="birch harbor violin"
    )
    assert "两遍新密码不一样" in page.text
    page = page.submit("/me/password", old=WORDS, new="short", again="short")
    assert [a.attrs["href"] for a in page.root.one("div", class_="errsum").all("a")] == ["#new"]
    page = page.submit(
        "/me/password", old=WORDS, new="birch harbour violin", again="birch harbour violin"
    )
    assert page.url == "/me"
    assert client.get("/me").status_code == 200
    assert other.get("/me").status_code == 303


def test_a_handed_password_is_changed_first(client, here, now):
    member(here, handed_until=now + timedelta(days=3))
    page = Pages(client).get("/e/here/me").submit("/login", login="jia.yiming", password=WORDS)
    assert page.h1 == "先换一个自己的密码"
    assert Pages(client).get("/e/here/").url == "/me/password"
    assert Pages(client).get("/help").h1 == "帮助"
    page = page.submit(
        "/me/password", old=WORDS, new="birch harbour violin", again="birch harbour violin"
    )
    assert page.url == "/e/here/me"
    assert Pages(client).get("/e/here/").url == "/e/here/"


def test_a_letter_shows_the_flat_then_asks_two_facts(client, here, now):
    code, _ = letter(here, now)
    page = Pages(client).get("/l/here")
    assert page.url == "/login/code"
    page = page.submit("/login/code", code=code.code.lower().replace("-", " "))
    assert "2 栋 1 单元 502" in page.text
    assert "丁小样" not in page.text
    assert code.code not in page.url
    page = page.submit(
        "/login/code", holder_name="丁小样", phone_tail="5678", login="13800005678", password=WORDS
    )
    assert page.url == "/e/here/"
    assert "圈出来的是您家" in page.text or "圈出的是您家" in page.html
    assert Pages(client).get("/e/here/me").text.count("丁小样") > 0


@pytest.mark.parametrize(
    ("name", "tail"), [("丁大样", "5678"), ("丁小样", "0000"), ("丁小样", "678")]
)
def test_wrong_facts_prove_nothing(client, here, now, name, tail):
    code, _ = letter(here, now)
    page = Pages(client).get("/login/code").submit("/login/code", code=code.code)
    page = page.submit(
        "/login/code", holder_name=name, phone_tail=tail, login="ding", password=WORDS
    )
    assert page.status == 422
    assert page.root.all("div", class_="errsum")
    assert WORDS not in page.html
    assert client.get("/me").status_code == 303


def test_a_wrong_code_and_a_wrong_shape(client, here, now):
    page = Pages(client).get("/login/code").submit("/login/code", code="Q4TN-8X2M")
    assert page.status == 422
    assert page.title.startswith("出错：")
    page = page.submit("/login/code", code="Q4TN-8X2M-JW6E-3RPK")
    assert page.status == 422


def test_a_letter_adds_a_home_to_an_account(client, here, now):
    account = member(here)
    sign_in(client, account.id, now)
    code, _ = letter(here, now)
    page = Pages(client).get("/me").follow("又收到一封信").submit("/login/code", code=code.code)
    assert not page.root.all("input", name="password")
    page = page.submit("/login/code", holder_name="丁小样", phone_tail="5678")
    assert page.url == "/e/here/"


def test_the_code_never_stands_in_an_address(client, here, now):
    code, _ = letter(here, now)
    page = Pages(client).get("/login/code").submit("/login/code", code=code.code)
    assert not [a for a in page.links if code.code in a or code.code.replace("-", "") in a]
    assert page.headers["Cache-Control"] == "no-store"


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "{{ 7*7 }}",
    "javascript:alert(1)",
    "样本\u202e",
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    ("url", "field"), [("/login", "login"), ("/login/code", "code"), ("/login", "password")]
)
def test_what_is_typed_comes_back_as_text(client, here, payload, url, field):
    page = Pages(client).get(url).submit(url, **{field: payload})
    assert page.status == 422
    assert not page.root.one("main").all("script")
    assert not page.root.one("main").all("img")
    assert "49" not in page.root.one("main").text
    if field != "password":
        assert page.root.one("input", id=field).attrs["value"] == payload


@pytest.mark.parametrize(
    "target", ["//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_own_pages_only(client, here, target):
    member(here)
    page = Pages(client).get("/login", query_string={"next": target})
    assert not [a for a in page.links if "evil" in a or "alert" in a]
    assert not page.form("/login").all("input", name="next")
    token = page.form("/login").one("input", name="csrf_token").attrs["value"]
    response = client.post(
        "/login",
        data={"csrf_token": token, "login": "jia.yiming", "password": WORDS, "next": target},
    )
    assert response.status_code == 303
    assert response.headers["Location"] == "/e/here/"


def test_what_was_interrupted_is_handed_in_after_signing_in(app, client, here, now, travel):
    """A session lapses over a form; sign in, look again, one tap: the form arrives."""
    account = member(here)
    sign_in(client, account.id, now)
    form = {"old": "x", "note": "我写了半小时", "again": "y"}
    travel(timedelta(hours=13))
    page = Pages(client).post("/me/password", form, status=401)
    page = page.submit("/login")
    page = page.submit("/login", login="jia.yiming", password=WORDS)
    assert page.h1 == "登录好了，您填的还在"
    assert "我写了半小时" in page.text
    page = page.submit("/me/password")
    assert page.url == "/me/password"
    assert page.status == 422  # it arrived, and lacks the new password
