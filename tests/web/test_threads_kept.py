"""Rendered comments are kept: whatever changes what is shown changes the page at once, for whom it should."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from flask import g
from markupsafe import Markup

from hall import clock
from hall.db import atomic, db
from hall.threads import queries, service
from hall.threads.queries import CommentRow
from hall.web import kept
from hall.web.caching import TOKEN
from hall.web.threads.kept import point
from tests.pages import parse, sign_in
from tests.threads.scene import stage

HOME = {"Origin": "http://localhost"}


class Reader:
    """A browser of somebody (None: nobody signed in) that reads one comment on the thread's page."""

    def __init__(self, app, scene, role):
        self.url = f"/e/{scene.estate.slug}/threads/{scene.thread}"
        self.client = app.test_client()
        if role is not None:
            sign_in(self.client, scene.who[role].account_id, clock.now())

    def point(self, comment_id, query=""):
        page = self.client.get(self.url + query)
        assert page.status_code == 200
        assert TOKEN not in page.text
        return parse(page.text)[0].one("article", id=f"c{comment_id}")


@pytest.fixture
def scene(app, now, monkeypatch):
    monkeypatch.setitem(app.extensions, "hall_parts", kept.Kept())  # nothing of other tests
    return stage(now)


@pytest.fixture
def read(app, scene):
    """Reads a comment as several people, each twice: what is kept must be what is made."""
    readers = {}

    def of(role, comment_id, query=""):
        reader = readers.setdefault(role, Reader(app, scene, role))
        first, again = (reader.point(comment_id, query) for _ in range(2))
        assert first.text == again.text
        return first

    return of


@pytest.fixture
def made(monkeypatch):
    """Ids of the comments rendered, in order."""
    rendered, do = [], kept._rendered

    def note(macro, given):
        if isinstance(given[0], CommentRow):
            rendered.append(given[0].id)
        return do(macro, given)

    monkeypatch.setattr(kept, "_rendered", note)
    return rendered


def test_neighbours_who_may_do_the_same_share_one(scene, read, made, now):
    first = scene.say("owner", now=now)
    for role in (None, None, "owner2", "tenant", "branch"):
        read(role, first)
    assert made == [first, first]  # for nobody, and for those who may echo, reply and report
    read("owner", first)
    assert made == [first] * 3


def test_mine_is_shown_to_nobody_else(scene, read, now):
    first = scene.say("owner", now=now)
    assert "我的" in read("owner", first).text
    for role in ("owner2", "chair", None):
        text = read(role, first).text
        assert "我的" not in text
        assert "改一改" not in text
    assert "改一改" in read("owner", first).text
    assert "举报" not in read("owner", first).text


def test_rights_and_what_one_did_are_ones_own(scene, read, now):
    first = scene.say("owner", now=now)
    assert read(None, first).all("form") == []
    assert "我也这么想 0" in read("owner2", first).text
    service.echo(scene.who["owner2"], scene.estate.id, first, on=True, now=now)
    assert read("owner2", first).one("button").attrs["aria-pressed"] == "true"
    assert read("tenant", first).one("button").attrs["aria-pressed"] == "false"
    assert "我也这么想 1" in read("tenant", first).text
    assert "1 人也这么想" in read(None, first).text
    assert read("property", first).all("button") == []  # the company echoes nothing
    scene.report(first, now=now)
    assert "您举报过这条" in read("owner2", first).text
    for role in ("tenant", "owner", None):
        assert "您举报过这条" not in read(role, first).text


def test_edits_replies_answers_and_decisions_are_seen_at_once(scene, read, now):
    first = scene.say("owner", now=now)
    everyone = ("owner", "owner2", None)

    def seen(words, *, by=everyone):
        return [words in read(role, first).text for role in by] == [True] * len(by)

    assert seen("三年太长")
    service.edit(scene.who["owner"], scene.estate.id, first, text="两年就够", alignment="", now=now)
    assert seen("两年就够")
    assert seen("改过")
    reply = scene.say("tenant", "我也租在这里", parent_id=first, now=now)
    assert seen("我也租在这里")
    service.edit(
        scene.who["tenant"], scene.estate.id, reply, text="租客也这么想", alignment="", now=now
    )
    assert seen("租客也这么想")
    assert seen("等业委会答复")
    scene.answer(first, now=now)
    assert seen("已采纳")
    assert not any("等业委会答复" in read(role, first).text for role in everyone)
    scene.moderate(first, now=now)
    assert seen("这条意见已隐去")
    assert not any("两年就够" in read(role, first).text for role in everyone)
    assert seen("要求复核", by=("owner",))
    assert "要求复核" not in read("owner2", first).all("a", class_="textlink")


def test_time_changes_the_chip_and_the_day(scene, read, travel, now):
    first = scene.say("owner", now=now)
    due = queries.comment(scene.estate.id, first, scene.who["owner"], now).due_at
    assert "等业委会答复，还剩 2 天" in read(None, first).text
    assert str(now.year) not in read(None, first).one("time").text
    travel(due - timedelta(hours=3))
    assert "等业委会答复，还剩 3 小时" in read(None, first).text
    travel(due)
    assert "业委会超期 1 天没有答复" in read(None, first).text
    travel(due + timedelta(days=366))
    assert str(now.year) in read(None, first).one("time").text


def test_languages_are_apart(scene, read, now):
    first = scene.say("owner", now=now)
    assert "回复" in read("owner2", first).text
    english = read("owner2", first, "?lang=en").text
    assert "Reply" in english
    assert "回复" in read("owner2", first, "?lang=zh").text


def test_links_come_back_to_the_very_page(scene, read, now):
    first = scene.say("owner", now=now)
    for query in ("", "?sort=newest", "?sort=echoed"):
        form = read("owner2", first, query).one("form")
        assert form.one("input", name="_next").attrs["value"].endswith(f"/{scene.thread}{query}")
    links = [a.attrs["href"] for a in read(None, first, "?sort=newest").all("a")]
    assert not any("next=" in href for href in links)


def test_the_token_is_the_visitors_own(app, scene, now):
    first = scene.say("owner", now=now)
    tokens = []
    for role in ("owner2", "tenant"):
        reader = Reader(app, scene, role)
        token = reader.point(first).one("form").one("input", name="csrf_token").attrs["value"]
        tokens.append(token)
        done = reader.client.post(
            f"{reader.url}/c/{first}/echo", data={"csrf_token": token, "_on": "1"}, headers=HOME
        )
        assert done.status_code == 303
    assert tokens[0] != tokens[1]
    stranger = Reader(app, scene, "branch")
    stranger.point(first)
    done = stranger.client.post(
        f"{stranger.url}/c/{first}/echo",
        data={"csrf_token": tokens[0], "_on": "1"},
        headers=HOME,
    )
    assert done.status_code == 400


def test_two_estates_with_one_address_each(app, scene, read, now):
    first = scene.say("owner", now=now)
    slug = scene.estate.slug
    assert slug in read("owner2", first).one("form").attrs["action"]
    with atomic():
        db.session.get(type(scene.estate), scene.estate.id).slug = "renamed"
    page = Reader(app, scene, "owner2").client.get(f"/e/renamed/threads/{scene.thread}")
    form = parse(page.text)[0].one("article", id=f"c{first}").one("form")
    assert form.attrs["action"].startswith("/e/renamed/")


def test_only_so_much_is_kept_and_the_oldest_goes():
    few = kept.Kept(most=5)
    few.put("a", "11")
    few.put("b", "22")
    few.put("b", "22")  # once more is no more
    assert few.get("a") == "11"
    few.put("c", "33")
    assert [few.get(k) for k in "abc"] == ["11", None, "33"]
    few.put("d", "123456")  # longer than all there is room for
    assert [few.get(k) for k in "acd"] == [None, None, None]
    few.put("e", "12345")
    assert few.get("e") == "12345"


def test_whatever_a_row_holds_is_part_of_the_key(app, scene, now):
    """A row that differs in any one of its fields is rendered for itself."""
    first = scene.say("owner", now=now)
    row = queries.comment(scene.estate.id, first, scene.who["owner2"], now)
    assert row.may
    made = []

    def macro(c, back, waiting):
        made.append(c)
        return Markup("<p>{}</p>").format(len(made))

    with app.test_request_context():
        g.estate = scene.estate
        rows = [row, *(replace(row, **{f.name: other(row, f.name)}) for f in fields(row))]
        for r in rows * 2:
            point(macro, r, "/", now)
    assert made == rows


def other(row, name):
    """Another value of a field."""
    value = getattr(row, name)
    if name == "replies":
        return (replace(row, id=row.id + 1),)
    if isinstance(value, bool):
        return not value
    if isinstance(value, datetime):
        return value - timedelta(seconds=1)
    if isinstance(value, int):
        return value + 1
    if isinstance(value, (tuple, frozenset)):
        return type(value)() if value else type(value)(["x"])
    return (value or "") + "x"
