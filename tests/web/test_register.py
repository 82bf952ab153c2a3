"""What bodies decide on the web: published, read, corrected, followed up, and traced both ways."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from hall.resolutions import queries, service
from hall.resolutions.queries.trace import trace_of
from hall.resolutions.service import Task
from tests.pages import Pages, filled, sign_in
from tests.resolutions.bodies import bodies, decided, proposal

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def town(app, travel):
    return bodies(travel.now, slug="here", short_name="象外")


def browser(app, travel, seat=None) -> Pages:
    client = app.test_client()
    if seat is not None:
        sign_in(client, seat.actor.account_id, travel.now)
    return Pages(client)


def test_a_decision_of_a_meeting_goes_out_and_is_read_signed_out(app, travel, town):
    about = proposal(town)
    decision = decided(town, about=about)
    chair = browser(app, travel, town.seat("committee"))
    desk = chair.get("/desk/here/resolutions/")
    assert "支部名称" in desk.text
    address = f"/desk/here/decisions/{decision}/publish"
    page = chair.get(address)
    assert "会商意见" in page.text
    refused = page.submit(address)
    assert "请至少写一件谁办" in refused.text
    done = page.submit(
        address,
        **{
            "decided": "做牌子",
            "t1-text": "换上门头的牌子",
            "t1-body": "property",
            "t1-person": "样物业",
            "t1-day": "2026-06-30",
        },
    )
    assert "象外议〔2026〕1号" in done.text

    public = browser(app, travel)
    doc = public.get("/e/here/resolutions/council-2026-1")
    words = doc.text
    for part in (
        "同意 3 人，过了线，形成会商意见", "不是业主大会的决定", "1 人回避", "名称用在它的门头上",
        "每人怎么表决", "样网格", "字太长", "表决时在场", "公示期", "不少于七天", "按这些数重算，结论一样",
        "换上门头的牌子", "这件事的来路",
    ):  # fmt: skip
        assert part in words, part
    assert "样物业" not in doc.root.one("article").text.split("表决时在场")[1].split("数据指纹")[0]
    record = json.loads(
        app.test_client().get("/e/here/resolutions/council-2026-1/record.json").text
    )
    assert record["format"] == "hall-body-decision/1"
    # The archive has all sources, a filter for each, and the feed names the opinion as one.
    assert "会商意见" in public.get("/e/here/resolutions?kind=meeting").text
    assert "没有找到" in public.get("/e/here/resolutions?kind=organisation").text
    feed = ET.fromstring(app.test_client().get("/e/here/resolutions.atom").data)
    assert "会商意见" in feed.find(f"{ATOM}entry/{ATOM}summary").text
    english = app.test_client()
    english.set_cookie("lang", "en")
    assert english.get("/e/here/resolutions/council-2026-1").status_code == 200
    # A ballot's objection form is not for bodies' documents.
    owner = browser(app, travel, town.seat("committee"))
    owner.get("/e/here/resolutions/council-2026-1/object", status=403)


def test_an_organisation_decides_corrects_and_says_what_follows(app, travel, town):
    proposal(town)
    secretary = browser(app, travel, town.seat("community"))
    page = secretary.get("/desk/here/proposals/1/decide")
    refused = page.submit("/desk/here/proposals/1/decide", text="", basis="")
    assert "请写定下了什么" in refused.text
    done = page.submit(
        "/desk/here/proposals/1/decide",
        text="小区党支部定名为“样板”",
        basis="三轮征求意见",
        decided="报街道",
        no_action="另行通知",
    )
    assert "象外社决〔2026〕1号" in done.text
    assert "没有要办的事" in done.text
    address = "/desk/here/resolutions/community-2026-1/amend"
    amended = secretary.get(address).submit(address, reason="漏了两个字", decided="报街道备案")
    assert "这是更正后的第 2 版" in amended.text
    assert "看旧版" in amended.text
    old = browser(app, travel).get("/e/here/resolutions/community-2026-1/v/1")
    assert "已经更正" in old.text
    chair = browser(app, travel, town.seat("committee"))
    form = chair.get(address)  # a chair may look, but holds no post of the community
    assert "没有能代表这几方的任职" in form.text

    second = service.publish_decision(
        town.seat("branch").actor, town.id, decided(town), post_id=town.seat("branch").post,
        decided="一\n二", tasks=[Task("x", "grid", external=True, agency="街道", check_on=travel.now.date())],
        now=travel.now,
    )  # fmt: skip
    address = f"/desk/here/resolutions/{second}/follow"
    page = chair.get(address)
    page = page.submit(
        address, **{"item": "2", "t1-text": "贴出来", "t1-body": "grid", "t1-day": "2026-05-30"}
    )
    assert "贴出来" in page.text
    assert [f.item for f in queries.follow_ups(town.id, second)] == [None, 2]


def test_what_the_procedure_plans_is_made_into_actions_by_one_button(app, travel, town):
    proposal(town, procedure="name_something")
    secretary = browser(app, travel, town.seat("community"))
    at = "/desk/here/proposals/1/decide"
    task = {"t1-text": "报街道", "t1-body": "community", "t1-day": "2026-06-30"}
    secretary.get(at).submit(at, text="定名为“样板”", basis="三轮征求意见", **task)
    address = "/desk/here/resolutions/community-2026-1/follow"
    page = secretary.get(address)
    assert "做牌子、挂牌" in page.text
    button = page.root.all("form", action=address)[0]
    secretary.post(address, filled(button))
    made = [f.action.text for f in queries.follow_ups(town.id, "community-2026-1")]
    # That the body has to decide is planned as well; this document is its decision.
    assert made == ["报街道", "做牌子、挂牌"]
    assert "一次记下" not in secretary.get(address).text


def test_the_trace_leads_both_ways_with_as_many_queries_for_a_long_story(
    app, travel, town, count_queries
):
    about = proposal(town)
    with count_queries() as short:
        alone = trace_of(town.id, "proposal", about.id, travel.now)
    assert [(s.kind, s.state) for s in alone] == [
        ("suggestion", "skip"),
        ("proposal", "done"),
        ("rounds", "skip"),
        ("positions", "todo"),
        ("meeting", "todo"),
        ("ballot", "todo"),
        ("resolution", "todo"),
        ("actions", "todo"),
    ]
    branch = town.seat("branch")
    docs = [
        service.publish_decision(
            branch.actor, town.id, decided(town, about=about, n=n), post_id=branch.post,
            tasks=[Task("做牌子", "property", due_on=travel.now.date())] * 2, now=travel.now,
        )
        for n in (1, 2, 3)
    ]  # fmt: skip
    with count_queries() as long:
        told = trace_of(town.id, "proposal", about.id, travel.now)
    assert long.count <= short.count + 3  # the actions, once there are any
    by_kind = {s.kind: s for s in told}
    assert [r.n for r in by_kind["meeting"].refs] == [3, 2, 1]
    assert [r.n for r in by_kind["resolution"].refs] == docs[::-1]
    assert by_kind["actions"].facts == {"n": 6, "done": 0}
    (action, *_) = (f.action for f in queries.follow_ups(town.id, docs[0]))
    for kind, key in (("resolution", docs[1]), ("action", action.id)):
        back = trace_of(town.id, kind, key, travel.now)
        assert [s.refs for s in back] == [s.refs for s in told]
    page = browser(app, travel).get(f"/e/here/resolutions/{docs[0]}")
    strip = page.root.one("nav", class_="trace")
    hrefs = {a.attrs["href"] for a in strip.all("a")}
    for wanted in ("/e/here/proposals/1", "/e/here/meetings/1", f"/e/here/resolutions/{docs[2]}"):
        assert wanted in hrefs
    assert trace_of(town.id, "action", 999_999, travel.now) == ()


def test_of_a_matter_taken_back_nothing_is_still_to_come(app, travel, town):
    about = proposal(town, withdrawn_at=travel.now, withdraw_reason="换个办法")
    told = {s.kind: s.state for s in trace_of(town.id, "proposal", about.id, travel.now)}
    assert [kind for kind, state in told.items() if state != "skip"] == ["proposal"]
    page = browser(app, travel).get("/e/here/proposals/1")
    assert "还没到" not in page.root.one("nav", class_="trace").text
    phase = page.root.one("ol", class_="phase").text
    assert "（停在这一步）" in phase
    assert "进行中" not in phase
