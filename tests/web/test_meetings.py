"""The pages of a meeting, walked through by those who use them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from hall.clock import day_start
from hall.meetings import queries, service
from hall.meetings.rules import ItemDraft, code_at
from hall.meetings.service import Hand
from hall.positions import queries as positions
from tests import make
from tests.meetings.scene import make_proposal, scene
from tests.pages import Page, Pages, filled, sign_in


@pytest.fixture
def place(app):
    return scene()


def browser(place, app, actor, now) -> Pages:
    """A browser signed in as an actor of the scene."""
    client = app.test_client()
    sign_in(client, actor.account_id, now)
    return Pages(client)


def flat(page: Page) -> str:
    """What is read, without the gaps around figures."""
    return re.sub(r"\s+", "", page.text)


def base(place) -> str:
    return f"/e/{place.estate.slug}/meetings"


def desk(place) -> str:
    return f"/desk/{place.estate.slug}/meetings"


def test_a_meeting_from_its_form_to_its_end_without_a_script(place, app, travel):
    now = travel.now
    chair = browser(place, app, place.chair, now)
    form = chair.get(desk(place) + "/new")
    rows = ["签到", "坐班改到周六上午", "", "", ""]
    sent = {
        "title": "法律顾问坐班时间会商会",
        "place": "1栋活动室",
        "item_title": rows,
        "item_minutes": ["5", "25", "", "", ""],
        "item_kind": ["report", "decide", "discuss", "discuss", "discuss"],
        "names": "丁小样",
    }
    wider = form.submit("/meetings/new", button="再加 3 行", **sent)
    assert len(wider.root.all("input", name="item_title")) == 8
    preview = wider.submit("/meetings/new", button="预览通知")
    assert "样grid 网格员" in preview.text
    # 6 May: three full days are 7, 8, 9, so the form offered the evening of the 10th.
    assert "5月10日（周日）19:00" in flat(preview)
    people = preview.submit("/send")
    n = int(re.search(r"meetings/(\d+)/people", people.url).group(1))
    assert "应到8席" in flat(people)

    outside = Pages(app.test_client())
    assert "法律顾问坐班时间会商会" in outside.get(base(place)).text
    assert "法律顾问坐班时间会商会" in outside.get(f"/e/{place.estate.slug}/grid/meetings").text
    public = outside.get(f"{base(place)}/{n}")
    assert "1栋活动室" in public.text
    assert "丁小样" not in public.html

    grid = browser(place, app, place.who["grid"], now)
    invited = grid.get(f"{base(place)}/{n}")
    assert "您回复了：来" in invited.submit("/rsvp", button="我来").text

    at = travel(queries.get(place.id, n).starts_at)
    chair, grid = browser(place, app, place.chair, at), browser(place, app, place.who["grid"], at)
    key = queries.checkin_key(queries.get(place.id, n).id)
    assert "我先走" in grid.get(f"{base(place)}/{n}/checkin?k={key}").submit("/checkin").text
    resident = browser(place, app, place.resident, at)
    wrong = resident.get(f"{base(place)}/{n}/checkin").submit("/checkin", code="12")
    assert (wrong.status, "签到码不对" in wrong.text) == (409, True)
    assert "计 1 席" in wrong.submit("/checkin", code=code_at(key, at)).text

    live = chair.get(f"{base(place)}/{n}/live").submit("/start")
    absent = [
        i.id for i in place.page(n).invitees if i.name not in ("样grid", "丁小样", "样property")
    ]
    live = live.submit("/admit", who=absent)
    assert "人数够" in live.text
    item = place.page(n).items[1]
    live = live.submit(f"/items/{item.id}/start")
    assert "我想发言" in grid.get(f"{base(place)}/{n}/checkin").text
    asked = grid.get(f"{base(place)}/{n}/checkin").submit("/speak")
    assert "您排在第1位" in flat(asked)
    live = chair.get(f"{base(place)}/{n}/live")
    first = next(b for b in live.root.all("button") if "下一位：样grid" in b.text)
    turn = next(f for f in live.root.all("form") if first in f.all("button"))
    chair.post(turn.attrs["action"], filled(turn))
    screen = chair.get(f"{base(place)}/{n}/screen")
    assert "网格员 样grid" in screen.text
    live = chair.get(f"{base(place)}/{n}/live")
    live = live.submit("/decisions", text="坐班改到周六 9 点，试三个月")
    decision = place.page(n).decisions[0].id
    assert "丁小样" not in chair.get(f"{base(place)}/{n}/screen").html

    mine = resident.get(f"{base(place)}/{n}/checkin")
    refused = mine.submit("/vote", choice="against")
    assert (refused.status, "请写 丁小样 的理由" in refused.text) == (409, True)
    assert "已记下：不赞成" in refused.submit("/vote", reason="周六要看孩子").text

    live = chair.get(f"{base(place)}/{n}/live")
    hands = {f"v-{i}": "for" for i in absent}
    live = live.submit(f"/decisions/{decision}/hands", **hands)
    unfinished = live.submit(f"/decisions/{decision}/close")
    assert (unfinished.status, "样grid" in unfinished.text) == (409, True)
    done = unfinished.submit(f"/decisions/{decision}/close", rest="1")
    assert "形成会商意见" in done.text
    ended = done.submit(f"/meetings/{n}/end")
    assert "结束" in ended.text

    public = outside.get(f"{base(place)}/{n}")
    assert "形成会商意见" in public.text
    assert "会商意见不是业主大会决定" in public.text
    assert "丁小样" not in public.html
    assert "应到8席，在场7席：赞成5，不赞成1，不表态1。要5席赞成才通过。" in flat(public)
    assert "应到8席，实到7席" in flat(public)


def test_what_is_wrong_comes_back_with_everything_typed(place, app, now):
    chair = browser(place, app, place.chair, now)
    form = chair.get(desk(place) + "/new?kind=committee")
    back = form.submit(
        "/meetings/new",
        button="存草稿",
        title="",
        item_title=["一项", "", "", "", ""],
        item_minutes=["很久", "", "", "", ""],
        remark="带上账本",
    )
    assert back.status == 422
    assert "请写会的名字。" in back.text
    assert "第 1 项议程：请写几分钟" in back.text
    assert ("带上账本" in back.html, "很久" in back.html) == (True, True)
    # 7 days: the form offers the evening of the 14th; one day earlier is refused with it.
    assert back.root.one("input", name="starts").attrs["value"] == "2026-05-14T19:00"
    early = back.submit(
        "/meetings/new",
        button="预览通知",
        title="五月例会",
        place="1栋",
        starts="2026-05-13T19:00",
        item_minutes=["20", "", "", "", ""],
    )
    assert "要提前 7 天通知" in early.text
    assert "5月14日 19:00" in early.text
    n = queries.drafts(place.id)[0].n
    stopped = early.submit("/send")
    assert stopped.status == 409
    saved = chair.get(f"{desk(place)}/{n}/edit").submit(
        "/edit", button="存草稿", starts="2026-05-14T19:00"
    )
    assert "存好了" in saved.text
    assert chair.get(f"{desk(place)}/{n}/preview").submit("/send").status == 200
    assert chair.get(f"{desk(place)}/{n}/edit", 409).status == 409


def test_a_draft_is_nobody_elses(place, app, client, now):
    n = place.convened(now)
    Pages(client).get(f"{base(place)}/{n}", 404)
    resident = browser(place, app, place.resident, now)
    resident.get(f"{base(place)}/{n}", 404)
    resident.get(f"{desk(place)}/new", 403)
    resident.get(f"{base(place)}/{n}/live", 403)
    chair = browser(place, app, place.chair, now)
    assert "草稿" in chair.get(f"{base(place)}/{n}").text
    assert "草稿" in chair.get(desk(place)).text
    grid = browser(place, app, place.who["grid"], now)
    assert "法律顾问坐班时间会商会" not in grid.get(desk(place)).text
    assert chair.get(f"{desk(place)}/{n}/edit").submit("/discard").url.endswith("/meetings")


def test_put_off_and_called_off(place, app, now):
    n = place.noticed(now)
    chair = browser(place, app, place.chair, now)
    people = chair.get(f"{desk(place)}/{n}/people")
    early = people.submit("/move", starts="2026-05-10T18:00")
    assert (early.status, "时间只能从" in early.text) == (422, True)
    moved = early.submit("/move", starts="2026-05-11T19:30", place="2栋大厅")
    assert "2栋大厅" in moved.text
    client = Pages(app.test_client())
    assert "时间或地点改过" in client.get(f"{base(place)}/{n}").text
    assert moved.submit("/cancel", reason="").status == 422
    assert "停电" in moved.submit("/cancel", reason="停电").text
    assert "这次会取消了" in client.get(f"{base(place)}/{n}").text
    assert (
        "停电" in browser(place, app, place.who["grid"], now).get(f"{base(place)}/{n}/checkin").text
    )


def test_barred_seats_are_said_on_the_page(place, app, travel):
    n, d = place.deciding(travel)
    chair = browser(place, app, place.chair, travel.now)
    live = chair.get(f"{base(place)}/{n}/live")
    live = live.submit(
        f"/decisions/{d}/bar", invitee=place.seat(n, "样property"), reason="合同一方"
    )
    assert "1 席回避" in live.text
    assert "合同一方" in live.text
    hands = tuple(
        Hand(i.id, "for") for i in place.page(n).invitees if i.seat and i.name != "样property"
    )
    service.read_hands(place.chair, place.id, n, d, hands, now=travel.now)
    service.close_decision(place.chair, place.id, n, d, now=travel.now)
    public = Pages(app.test_client()).get(f"{base(place)}/{n}")
    assert "1 席回避，不算在应到里，也不算在赞成里" in public.text
    assert "应到6席，在场6席：赞成6" in flat(public)


def test_english_and_the_door(place, app, travel):
    n, _ = place.deciding(travel)
    chair = browser(place, app, place.chair, travel.now)
    chair.client.set_cookie("hall_lang", "en")
    for path in (
        base(place),
        f"{base(place)}/{n}",
        f"{base(place)}/{n}/live",
        f"{base(place)}/{n}/screen",
        f"{base(place)}/{n}/checkin",
        desk(place),
        f"{desk(place)}/new",
        f"{desk(place)}/{n}/people",
        f"{desk(place)}/{n}/door",
    ):
        assert chair.get(path).status == 200, path


@pytest.mark.parametrize("path", ["", "/live", "/screen", "/checkin"])
def test_three_hundred_people_cost_no_more_queries_than_seven(
    place, app, travel, count_queries, path
):
    n, _ = place.deciding(travel)
    chair = browser(place, app, place.chair, travel.now)
    url = f"{base(place)}/{n}{path}"
    chair.client.get(url)
    with count_queries() as few:
        assert chair.client.get(url).status_code == 200
    at, meeting = travel.now, queries.get(place.id, n).id
    from hall.meetings.models import Attendance, Invitee

    guests = [
        Invitee(meeting_id=meeting, kind="resident", name=f"样{i}", seat=i % 3 == 0, added_at=at)
        for i in range(300)
    ]
    make.save(*guests)
    make.save(
        *[Attendance(meeting_id=meeting, invitee_id=g.id, in_at=at, how="hand") for g in guests]
    )
    with count_queries() as many:
        assert chair.client.get(url).status_code == 200
    assert many.count == few.count
    assert many.count <= 24


def test_a_meeting_is_listed_once_for_each_body_that_takes_part(place, app, now):
    place.noticed(now, kind="committee", bodies=("committee",), days=9, title="五月例会")
    pages = Pages(app.test_client())
    assert "五月例会" in pages.get(f"/e/{place.estate.slug}/committee/meetings").text
    assert "五月例会" not in pages.get(f"/e/{place.estate.slug}/branch/meetings").text
    assert (
        day_start(date(2026, 5, 15)) + timedelta(hours=19)
        == queries.upcoming(place.id)[0].starts_at
    )


def test_a_position_is_stated_from_ones_seat(place, app, travel):
    proposal = make_proposal(place)
    items = (ItemDraft("续聘物业", 20, kind="decide", proposal_id=proposal),)
    n = place.running(travel, items=items)
    item = place.page(n).items[0].id
    service.start_item(place.chair, place.id, n, item, now=travel.now)
    branch = browser(place, app, place.who["branch"], travel.now)
    seat = branch.get(f"{base(place)}/{n}/checkin")
    wrong = seat.submit("/position", stance="object")
    assert wrong.status == 409
    assert wrong.submit("/position", reason="价钱没谈").status == 200
    assert positions.history(proposal)[0].meeting_n == n
