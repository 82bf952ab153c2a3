"""今天有 N 件事: each line comes from a blocker or a clock, for whose posts may do it, and not for others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall import clock
from hall.actions import service as actions
from hall.db import atomic
from hall.meetings import service as meetings
from hall.people.models import Post
from hall.proposals import service as proposals
from hall.proposals.service import Plan, Wording
from hall.threads import service as threads
from hall.web.desk.todo.item import Todo, by_clock, sorted_by_urgency
from tests import make
from tests.meetings.scene import SOON, Scene, scene
from tests.meetings.test_minutes_service import circulated, ended
from tests.pages import Pages, sign_in

DAY = timedelta(days=1)


@pytest.fixture
def place(app) -> Scene:
    return scene()


@pytest.fixture
def desk(app, place):
    """What a body's desk lists: {what: (why, chip)}."""

    def todo(body: str) -> dict[str, tuple[str, str]]:
        page = look(app, place, body)
        rows = page.root.all("ul", class_="todo")
        return {
            li.one("a").text: (li.one("small").text, li.one("span", class_="chip").text)
            for li in (rows[0].all("li") if rows else [])
        }

    return todo


def look(app, place, body, query=""):
    client = app.test_client()
    sign_in(client, place.who[body].account_id, clock.now())
    return Pages(client).get(f"/desk/{place.estate.slug}/{query}")


def test_what_is_due_first_stands_first(now):
    lines = [
        Todo("d", "", "line", "", ""),
        Todo("c", "", "wait", "", "", now + DAY),
        Todo("b", "", "wait", "", "", now),
        Todo("e", "", "wait", "", ""),
        Todo("a", "", "late", "", "", now + DAY),
    ]
    assert [t.what for t in sorted_by_urgency(lines)] == ["a", "b", "c", "e", "d"]


def test_the_chip_tells_late_today_and_later(app, now):
    midnight = clock.day_start(clock.add_days(clock.local_date(now), 1))
    with app.test_request_context():
        assert by_clock(now, now) == ("late", "超期了")
        assert by_clock(now + timedelta(minutes=1), now) == ("late", "今天办")
        assert by_clock(midnight, now) == ("late", "今天办")  # midnight is the end of today
        assert by_clock(midnight + timedelta(minutes=1), now) == ("wait", "等您")


def test_a_notice_must_go_out_in_time(app, desk, place, travel):
    """Wednesday 6 May: a council on Sunday 10 May leaves three full days only if told today."""
    place.convened(travel.now)
    what = "发会议通知：法律顾问坐班时间会商会"
    why, chip = desk("committee")[what]
    assert chip == "今天发"
    assert why == "5月10日 19:00 开，5月6日（周三）24:00 前要发出"
    assert what not in desk("branch")
    assert "通知还没发" in look(app, place, "committee").text
    travel(DAY)
    assert desk("committee")["改开会时间：法律顾问坐班时间会商会"][1] == "来不及了"


def test_invitations_the_day_itself_and_minutes(app, desk, place, travel):
    n = place.noticed(travel.now)
    for body in place.who:
        assert desk(body)["回复来不来：法律顾问坐班时间会商会"][1] == "等您回"
    seat = place.seat(n, "样committee")
    meetings.respond(place.chair, place.id, n, seat, answer="yes", now=travel.now)
    assert "回复来不来：法律顾问坐班时间会商会" not in desk("committee")
    page = look(app, place, "grid")
    assert "业委会 1 人来 2 人没回" in page.root.one("ul", class_="rsvps").text
    travel(4 * DAY)
    assert desk("property")["开会：法律顾问坐班时间会商会"] == ("今天 19:00，1栋活动室", "今天办")
    travel(DAY)
    assert "没开成的会：法律顾问坐班时间会商会" in desk("committee")
    assert "没开成的会：法律顾问坐班时间会商会" not in desk("branch")


def test_minutes_at_each_stage(desk, place, travel):
    ended(place, travel)
    assert desk("committee")["写纪要：法律顾问坐班时间会商会"] == ("5月10日 开的会", "等您")
    assert "写纪要：法律顾问坐班时间会商会" not in desk("property")
    assert "公布会上定的事：坐班改到周六上午" in desk("committee")


def test_minutes_out_for_signing(app, desk, place, travel):
    n, _ = circulated(place, travel)
    sign = "会签纪要：法律顾问坐班时间会商会"
    assert desk("property")[sign][0].startswith("替物业公司签，5月13日（周三）24:00 截止")
    assert "公布纪要：法律顾问坐班时间会商会" not in desk("committee")
    meetings.correct_minutes(
        place.who["property"], place.id, n, text="数字不对", passage="", now=travel(SOON)
    )
    assert desk("committee")["答复 1 条纪要更正"][1] == "等答复"
    client = app.test_client()
    sign_in(client, place.who["community"].account_id, clock.now())
    home = Pages(client).get(f"/e/{place.estate.slug}/")
    assert "核对纪要：法律顾问坐班时间会商会" in home.text
    assert home.h1 == "有 1 件事等您办"
    travel(4 * DAY)
    assert sign in desk("grid")


def asked(place: Scene, travel, n: int = 1) -> list[int]:
    with atomic():
        thread = threads.open_thread(
            place.id, "法治墙第二期", answer_body="committee", now=travel.now
        )
    return [
        threads.comment(
            place.resident, place.id, thread, text=f"租户能不能参加评议 {i}", now=travel(SOON)
        )
        for i in range(n)
    ]


def test_answers_owed_and_whom_to_press(app, desk, place, travel):
    """Asked on Wednesday, two days to answer: due at the end of Friday."""
    (comment,) = asked(place, travel)
    (what,) = [w for w in desk("committee") if w.startswith("答复")]
    assert desk("committee")[what][1] == "等您"
    assert "租户能不能参加评议" in desk("committee")[what][0]
    assert not desk("property")
    travel(4 * DAY)
    assert desk("committee")[what][1] == "超期了"
    assert desk("branch")["催业委会答复意见"] == ("1 条过了期限", "催办")
    assert "催业委会答复意见" not in desk("grid")
    threads.answer(
        place.chair,
        place.id,
        comment,
        post_id=place.posts["committee"].id,
        outcome="explained",
        text="能，租户也算住户",
        landed="",
        now=travel(SOON),
    )
    assert what not in desk("committee")
    client = app.test_client()
    sign_in(client, place.resident.account_id, clock.now())
    assert "能，租户也算住户" in Pages(client).get(f"/e/{place.estate.slug}/").text
    assert "能，租户也算住户" not in Pages(app.test_client()).get(f"/e/{place.estate.slug}/").text


def test_many_points_of_a_thread_are_one_line(desk, place, travel):
    asked(place, travel, 3)
    assert [w for w in desk("committee") if "答复" in w] == ["答复 3 条意见"]


def opened(place: Scene, now, body="property", days=3, **values):
    due = {"due_on": clock.add_days(clock.local_date(now), days)}
    return actions.open_action(
        place.chair,
        place.id,
        post_id=place.posts["committee"].id,
        text="换掉西门的锁",
        body=body,
        now=now,
        **(values or due),
    )


def test_actions_late_to_ask_again_and_to_verify(app, desk, place, travel):
    row = opened(place, travel.now)
    assert desk("property")["落实：换掉西门的锁"][1] == "快到期"
    assert "落实：换掉西门的锁" not in desk("grid")
    travel(5 * DAY)  # two days after the last day
    assert desk("property")["落实：换掉西门的锁"][1] == "超期 2 天"
    assert desk("committee")["催物业公司：换掉西门的锁"][1] == "催办"
    actions.mark_done(
        place.who["property"],
        place.id,
        row.n,
        post_id=place.posts["property"].id,
        text="换好了",
        now=travel(SOON),
    )
    assert desk("grid")["看看办好没有：换掉西门的锁"][1] == "等您看"
    assert "落实：换掉西门的锁" not in desk("property")
    day = clock.add_days(clock.local_date(travel.now), 3)
    opened(place, travel.now, "branch", external=True, agency="市住建局", check_on=day)
    assert "再问一次：换掉西门的锁" not in desk("branch")
    travel(3 * DAY)
    assert desk("branch")["再问一次：换掉西门的锁"] == ("问市住建局", "该问了")
    assert "换掉西门的锁" in look(app, place, "branch").root.one("ol", class_="tl").text


def proposed(place: Scene, now, n: int = 1) -> int:
    wording = Wording(title=f"东门外墙设便民广告栏 {n}", what="设不设", text="第一条 设一块。")
    number = proposals.draft(place.resident, place.id, wording, Plan(track="advisory"), now=now)
    proposals.submit(place.resident, place.id, number, now=now)
    return number


def accepted(place: Scene, now, n: int = 1) -> int:
    number = proposed(place, now, n)
    chair = {"post_id": place.posts["committee"].id, "now": now}
    proposals.screen(place.chair, place.id, number, accept=True, reason="", **chair)
    return number


def test_proposals_from_screening_to_a_position(app, desk, place, travel):
    """Handed in on Wednesday 6 May: five days after that day end with Monday 11 May."""
    n = proposed(place, travel.now)
    what = "受理议案：东门外墙设便民广告栏 1"
    assert desk("branch")[what][0].endswith("5月11日（周一）24:00 前要回话")
    assert what not in desk("property")
    chair = {"post_id": place.posts["committee"].id}
    proposals.screen(place.chair, place.id, n, accept=True, reason="", now=travel.now, **chair)
    assert what not in desk("branch")
    assert desk("property")["表态：东门外墙设便民广告栏 1"][1] == "还没表态"
    start = travel(SOON)
    proposals.open_round(
        place.chair,
        place.id,
        n,
        opens_at=start,
        closes_at=start + 7 * DAY,
        question="放在哪里",
        now=start,
        **chair,
    )
    assert "记下听到的意见：东门外墙设便民广告栏 1" in desk("grid")
    assert "记下听到的意见：东门外墙设便民广告栏 1" not in desk("property")
    open_home = Pages(app.test_client()).get(f"/e/{place.estate.slug}/").text
    assert "东门外墙设便民广告栏 1" in open_home
    assert "还剩 7 天" in open_home
    elder = Pages(app.test_client()).get(f"/e/{place.estate.slug}/?elder=1")
    assert [h.text for h in elder.root.all("h2")] == ["东门外墙设便民广告栏 1"]
    travel(7 * DAY)
    assert desk("branch")["结清第 1 轮：东门外墙设便民广告栏 1"][1] == "等您"
    assert (
        "东门外墙设便民广告栏 1"
        not in Pages(app.test_client()).get(f"/e/{place.estate.slug}/").text
    )
    table = look(app, place, "property").root.one("table", class_="tbl--five").text
    assert "逐条答复" in table


def test_a_post_that_lapses_soon(desk, place, travel):
    person = make.person(place.id, name="样快到期")
    make.post(person, "grid", "worker", to_on=clock.add_days(clock.local_date(travel.now), 20))
    assert desk("community")["样快到期 的任职快到期"][1] == "到期"
    assert "样快到期 的任职快到期" not in desk("committee")
    with atomic() as session:
        own = session.get(Post, place.posts["grid"].id)
        own.to_on = clock.add_days(clock.local_date(travel.now), 10)
    assert desk("grid")["您在网格员的任职快到期"][1] == "到期"


def test_reports_go_to_who_may_look(desk, place, travel):
    (comment,) = asked(place, travel)
    threads.report(
        place.members[0][0],
        place.id,
        comment,
        reason="spam",
        text="",
        about_body=None,
        now=travel(SOON),
    )
    assert "看 1 条被举报的意见" in desk("branch")
    assert "看 1 条被举报的意见" not in desk("committee")  # its own answers are asked for
    assert "看 1 条被举报的意见" not in desk("property")


@pytest.mark.parametrize("body", ["committee", "community", "grid", "property"])
def test_the_number_of_queries_does_not_grow(app, place, travel, count_queries, body):
    def once(i: int) -> None:
        asked(place, travel, 2)
        accepted(place, travel.now, i)
        opened(place, travel.now)
        place.noticed(travel.now, days=5 + i)
        place.convened(travel.now, days=6 + i)

    once(0)
    client = app.test_client()
    sign_in(client, place.who[body].account_id, clock.now())
    url = f"/desk/{place.estate.slug}/"
    client.get(url)
    with count_queries() as few:
        assert client.get(url).status_code == 200
    for i in range(1, 4):
        once(i)
    with count_queries() as many:
        client.get(url)
    assert many.count == few.count <= 60, many.statements


@pytest.mark.parametrize("body", ["committee", "branch", "community", "grid", "property"])
def test_every_desk_reads_in_english_and_large_type(app, place, travel, body):
    asked(place, travel)
    accepted(place, travel.now)
    opened(place, travel.now)
    place.noticed(travel.now)
    page = look(app, place, body, "?lang=en&elder=1")
    assert "to do today" in page.h1
