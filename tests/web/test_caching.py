"""Kept pages: a change shows at once, nobody's own page is kept, each language and type size has its own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from hall.ballots import queries as ballots
from hall.journal import service as journal
from hall.permissions import ANONYMOUS
from hall.proposals import queries as proposals
from hall.proposals import service as proposals_service
from hall.threads import service as threads_service
from tests import make
from tests.ballots.scene import scene
from tests.meetings.scene import scene as meeting_scene
from tests.pages import Pages as Browser
from tests.pages import sign_in
from tests.web.test_csrf import HOME
from tests.web.test_desk_todo import accepted


@pytest.fixture(autouse=True)
def kept(app, monkeypatch):
    """Pages are kept, as outside tests."""
    from hall.web.caching import Pages

    pages = Pages()
    monkeypatch.setitem(app.extensions, "hall_pages", pages)
    return pages


@pytest.fixture
def voting(travel):
    """An open ballot with three owners."""
    made = scene(travel, areas=(100, 100, 100))
    made.n = made.noticed(travel.now)
    travel(ballots.get(made.id, made.n).open_at + timedelta(hours=2, seconds=5))
    made.base = f"/e/{made.estate.slug}/"
    made.paths = (made.base, f"{made.base}ballots/{made.n}")
    return made


TOKENS = re.compile(r'name="csrf_token" value="([^"]+)"')


def body(response) -> str:
    assert response.status_code == 200
    return TOKENS.sub("", response.text)


def test_a_kept_page_costs_two_queries_and_reads_the_same(app, voting, count_queries):
    for path in (
        *voting.paths,
        "/",
        "/login",
        f"{voting.base}resolutions",
        f"{voting.base}archive",
    ):
        first = app.test_client().get(path)
        with count_queries() as asked:
            again = app.test_client().get(path)
        assert asked.count <= 2, (path, asked.statements)
        assert body(first) == body(again)


def test_who_only_reads_is_given_no_cookie(app, voting):
    visitor = app.test_client()
    for path in voting.paths:
        response = visitor.get(path)
        assert not response.headers.getlist("Set-Cookie"), path
        assert not TOKENS.findall(response.text), path
    answer = visitor.post("/prefs/lang", data={"lang": "en"}, headers=HOME)
    assert answer.status_code == 303
    assert 'lang="en"' in visitor.get(voting.base).text
    elsewhere = {"Origin": "https://evil.example"}
    assert visitor.post("/prefs/lang", data={"lang": "zh"}, headers=elsewhere).status_code == 400


def test_every_visitor_has_a_token_of_his_own_that_works(app, voting):
    tokens = []
    for _ in range(2):
        visitor = app.test_client()
        (token,) = set(TOKENS.findall(visitor.get("/login").text))
        tokens.append(token)
        form = {"csrf_token": token, "login": "a", "password": "b"}
        assert visitor.post("/login", data=form, headers=HOME).status_code == 422
    assert tokens[0] != tokens[1]
    stranger = app.test_client()
    form = {"csrf_token": tokens[0], "login": "a", "password": "b"}
    assert stranger.post("/login", data=form, headers=HOME).status_code == 400


def test_a_cast_shows_at_once(app, client, voting, travel):
    before = [body(client.get(p)) for p in voting.paths]
    assert [body(client.get(p)) for p in voting.paths] == before
    voting.cast(0, voting.n, "for", now=travel.now)
    after = [body(client.get(p)) for p in voting.paths]
    assert all(a != b for a, b in zip(after, before, strict=True))


def test_an_act_shows_at_once(client, voting, travel):
    page = Browser(client).get(voting.base)
    assert "第二件事" not in page.text
    voting.noticed(travel.now, title="第二件事", **later(voting, travel))
    assert "第二件事" in Browser(client).get(voting.base).text
    assert "第二件事" in Browser(client).get(f"{voting.base}ballots").text


def later(voting, travel) -> dict:
    return voting.window(travel.now)


def test_time_shows_at_once(client, voting, travel):
    path = voting.paths[1]
    closing = ballots.get(voting.id, voting.n).close_at
    travel(closing - timedelta(seconds=1))
    open_ = body(client.get(path))
    assert body(client.get(path)) == open_
    travel(closing)
    assert body(client.get(path)) != open_


def test_no_page_outlives_its_minute(app, client, voting, travel, count_queries):
    client.get(voting.base)
    travel(timedelta(seconds=54))  # 2:00:05 and 54 seconds are 2:00:59
    with count_queries() as asked:
        client.get(voting.base)
    assert asked.count == 2
    travel(timedelta(seconds=1))
    with count_queries() as asked:
        client.get(voting.base)
    assert asked.count > 2


def test_what_is_somebodys_own_is_never_kept(app, kept, voting, travel):
    owner = app.test_client()
    sign_in(owner, voting.owners[0][2].account_id, travel.now)
    for path in (*voting.paths, "/", f"{voting.base}resolutions"):
        owner.get(path)
    assert kept._pages == {}
    visitor = app.test_client()
    anonymous = [body(visitor.get(p)) for p in voting.paths]
    own = [body(owner.get(p)) for p in voting.paths]
    assert all(a != o for a, o in zip(anonymous, own, strict=True))
    assert [body(app.test_client().get(p)) for p in voting.paths] == anonymous


def test_languages_and_type_sizes_are_kept_apart(app, voting):
    seen = set()
    for lang in ("zh", "en"):
        for size in ("0", "1"):
            visitor = app.test_client()
            visitor.set_cookie("hall_lang", lang)
            visitor.set_cookie("hall_elder", size)
            page = body(visitor.get(voting.base))
            assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in page
            seen.add(page)
    assert len(seen) == 4


def test_hosts_are_kept_apart(app, voting):
    notice = f"{voting.paths[1]}/notice"
    app.test_client().get(notice, base_url="http://evil.example")
    assert "evil.example" not in app.test_client().get(notice).text


def test_a_browser_that_has_it_is_told_so(client, voting, travel):
    path = voting.paths[1]
    client.get(path)  # from here on it has a session
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    voting.cast(1, voting.n, "for", now=travel.now)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_missing_pages_are_not_kept(app, client, kept, voting):
    assert client.get(f"{voting.base}ballots/99").status_code == 404
    assert client.get("/r/0000").status_code == 404
    assert kept._pages == {}


def test_room_is_limited(app, client, kept, monkeypatch, voting):
    monkeypatch.setattr("hall.web.caching.MOST_PAGES", 3)
    for i in range(5):
        client.get(f"{voting.base}resolutions?q={i}")
    assert len(kept._pages) == 3


def test_the_pulse_is_of_one_estate(app, now):
    from hall.ballots.queries import pulse

    one, other = make.estate(slug="one"), make.estate(slug="other")
    before = [pulse.beat(e, sheets=False) for e in (one.id, other.id, None)]
    journal.note(ANONYMOUS, "test.act", "estate", one.id, estate_id=one.id, now=now)
    after = [pulse.beat(e, sheets=False) for e in (one.id, other.id, None)]
    assert [a != b for a, b in zip(after, before, strict=True)] == [True, False, True]


def test_what_is_talked_over_shows_at_once(app, travel):
    """A round that opens, a comment, a meeting called: each is in the journal, so no page is stale."""
    place = meeting_scene()
    n = accepted(place, travel.now)
    url = f"/e/{place.estate.slug}/"

    def seen() -> str:
        return Browser(app.test_client()).get(url).text

    assert "说说您怎么看" not in seen()
    now = travel.now
    proposals_service.open_round(
        place.chair,
        place.id,
        n,
        question="",
        opens_at=now,
        closes_at=now + timedelta(days=7),
        post_id=place.posts["committee"].id,
        now=now,
    )
    assert "已有 0 条意见" in seen()
    thread = proposals.get(place.id, n).thread_id
    threads_service.comment(place.resident, place.id, thread, text="放在西门", now=now)
    assert "已有 1 条意见" in seen()
    assert "要开的会" not in seen()
    place.noticed(now)
    assert "要开的会" in seen()
    travel(now + timedelta(days=7))
    assert "说说您怎么看" not in seen()
