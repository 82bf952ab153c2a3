"""The front door and an estate's home, for visitors, owners and staff."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import make
from tests.ballots.scene import scene
from tests.pages import Pages, sign_in

BOTH = [("zh", "0"), ("en", "0"), ("zh", "1"), ("en", "1")]


def test_the_front_door_lists_estates(client):
    make.estate(slug="one", name="样板一区", households=30)
    make.estate(slug="two", name="样板二区", households=40)
    page = Pages(client).get("/")
    assert "样板一区" in page.text
    assert "40 户" in page.text
    assert page.follow("样板二区").url == "/e/two/"


def test_an_empty_hall_says_so(client):
    assert "还没有小区" in Pages(client).get("/").text


@pytest.mark.parametrize(("lang", "elder"), BOTH)
def test_home_before_anything_happened(client, lang, elder):
    make.estate(slug="here", households=12)
    page = Pages(client).get(f"/e/here/?lang={lang}&elder={elder}")
    assert ("Nothing is being voted on now" if lang == "en" else "现在没有正在投的事") in page.text


@pytest.fixture
def voting(travel):
    """A ballot that opened two hours ago; the estate has six owners with 100 m² each."""
    made = scene(travel)
    made.n = made.noticed(travel.now)
    window = made.window(travel.now)
    travel(window["open_at"] + timedelta(hours=2))
    return made


def home(made):
    return f"/e/{made.estate.slug}/"


@pytest.mark.parametrize(("lang", "elder"), BOTH)
def test_an_owner_finds_what_waits(client, voting, travel, lang, elder):
    sign_in(client, voting.owners[0][2].account_id, travel.now)
    page = Pages(client).get(f"{home(voting)}?lang={lang}&elder={elder}")
    words = {"zh": "有 1 件事等您", "en": "waits for you"}[lang]
    assert words in page.h1
    assert page.root.all("p", class_="strip")
    go = page.root.one("article").one("a", class_="btn")
    assert go.text == ("Vote" if lang == "en" else "去投票")
    assert go.attrs["href"] == f"{home(voting)}ballots/{voting.n}"


def test_a_visitor_sees_participation_and_no_strip(client, voting):
    page = Pages(client).get(home(voting))
    assert not page.root.all("p", class_="strip")
    assert "还剩 10 天" in page.text or "还剩 9 天" in page.text
    assert "0 / 6 人" in page.text
    assert "三分之二：4 人" in page.text


def test_participation_moves_and_choices_stay_hidden(client, voting, travel):
    voting.cast(0, voting.n, "for", now=travel.now)
    voting.cast(1, voting.n, "against", now=travel.now)
    sign_in(client, voting.owners[0][2].account_id, travel.now)
    page = Pages(client).get(home(voting))
    assert "2 / 6 人" in page.text
    assert "33.33%" in page.text
    assert "200.00 / 600.00 ㎡" in page.text
    assert page.h1 == "现在没有等您办的事"
    assert "您家已经投过" in page.text
    assert "f-yes" not in page.html
    assert "f-no" not in page.html


def test_names_and_telephones_of_posts_are_for_people_of_the_estate(client, voting, travel, app):
    unit, _holder, owner = voting.owners[0]
    steward = make.person(voting.id, name="样楼长", phone="13800004321")
    make.post(steward, "committee", "steward", building_id=unit.building_id)
    assert "样楼长" not in Pages(client).get(home(voting)).html
    stranger = app.test_client()
    sign_in(stranger, make.account().id, travel.now)
    assert "样楼长" not in Pages(stranger).get(home(voting)).html
    sign_in(client, owner.account_id, travel.now)
    page = Pages(client).get(home(voting))
    assert page.link("打电话 给样楼长") == "tel:13800004321"


def test_bodies_are_listed_in_their_order(client, voting):
    for body, name in (("property", "样桥物业服务站"), ("community", "样桥社区党委")):
        make.body(voting.id, body, name=name, phone="021-0000 0000")
    text = Pages(client).get(home(voting)).text
    assert text.index("样桥社区党委") < text.index("样桥物业服务站")


def test_home_costs_a_constant_number_of_queries(client, voting, travel, count_queries):
    url = home(voting)
    client.get(url)
    with count_queries() as first:
        client.get(url)
    for _ in range(5):
        make.home(voting.id, voting.building.id)
        make.post(make.person(voting.id), "committee", "member")
    for i in range(4):
        voting.cast(i, voting.n, "for", now=travel.now)
    with count_queries() as second:
        client.get(url)
    assert second.count == first.count


def test_the_viewers_own_window_is_ringed(client, voting, travel):
    url = home(voting)
    assert "w-ring" not in Pages(client).get(url).html
    sign_in(client, voting.owners[0][2].account_id, travel.now)
    page = Pages(client).get(url)
    assert page.html.count("w-ring") == 2  # phone and desktop
