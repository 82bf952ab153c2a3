"""Proposals on screen: proposing, letting in, commenting, closing a round, reading what changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall import clock
from hall.proposals import queries
from tests import make
from tests.pages import Pages, sign_in
from tests.proposals.scene import DAY, WORDING, stage

TYPED = {
    "title": WORDING.title,
    "what": WORDING.what,
    "cost": WORDING.cost,
    "how_long": WORDING.how_long,
    "unhappy": WORDING.unhappy,
    "if_not": WORDING.if_not,
    "text": WORDING.text,
}


@pytest.fixture
def scene(app, now):
    return stage()


@pytest.fixture
def browse(app, scene):
    def browser(actor=None) -> Pages:
        client = app.test_client()
        if actor is not None:
            sign_in(client, actor.account_id, clock.now())
        return Pages(client)

    return browser


def base(scene, rest=""):
    return f"/e/{scene.estate.slug}/proposals{rest}"


def desk(scene, rest=""):
    return f"/desk/{scene.estate.slug}/proposals{rest}"


def test_from_idea_to_round_to_page(scene, browse, travel, now):
    owner, chair = browse(scene.owners[0]), browse(scene.chair)
    form = owner.get(base(scene, "/new"))
    page = form.submit(
        base(scene, "/new"), button="看一遍", **TYPED, _track="statutory", _matter="8"
    )
    assert page.h1 == WORDING.title
    assert WORDING.title in browse().get(base(scene)).text
    chair.get(desk(scene, "/1")).submit(desk(scene, "/1/screen"), button="列入商量")
    closes = (now + 8 * DAY).astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    chair.get(desk(scene, "/1")).submit(
        desk(scene, "/1/rounds"), question="哪一条要改？", _now="1", closes_at=closes
    )
    travel(timedelta(hours=1))
    shown = browse(scene.owners[1]).get(base(scene, "/1"))
    assert "第 1 轮征求意见" in shown.text
    assert "说说您的看法" in shown.text


# --- who may open what --------------------------------------------------------------------------

MATRIX = {
    # path: (signed out, resident, owner, chair, property company)
    "/e": (200, 200, 200, 200, 200),
    "/e/templates": (200, 200, 200, 200, 200),
    "/e/1": (200, 200, 200, 200, 200),
    "/e/1/versions/1": (200, 200, 200, 200, 200),
    "/e/1/versions/1/diff/2": (200, 200, 200, 200, 200),
    "/e/1/versions/9": (404, 404, 404, 404, 404),
    "/e/1/versions/1/diff/1": (404, 404, 404, 404, 404),
    "/e/new": (303, 200, 200, 200, 200),
    "/e/1/edit": (303, 403, 200, 200, 403),
    "/e/1/withdraw": (303, 403, 200, 200, 403),
    "/e/2/edit": (303, 404, 200, 404, 404),
    "/e/2": (404, 404, 404, 404, 404),
    "/e/99": (404, 404, 404, 404, 404),
    "/desk": (303, 403, 403, 200, 200),
    "/desk/1": (303, 403, 403, 200, 200),
    "/desk/2": (303, 403, 403, 404, 404),
    "/desk/1/rounds/1": (303, 403, 403, 200, 403),
    "/desk/1/rounds/9": (303, 403, 403, 404, 403),
}


@pytest.fixture
def running(scene, now):
    """Number 1: two versions and a round under way; number 2: a draft of the first owner."""
    n = scene.accepted(now)
    scene.revise(n, 1, now, material=True)
    scene.round(n, now)
    scene.draft(now)
    return n


def test_who_may_open(scene, browse, running):
    people = (None, scene.resident, scene.owners[0], scene.chair, scene.staff)
    clients = [browse(p).client for p in people]
    for path, expected in MATRIX.items():
        where, _, rest = path[1:].partition("/")
        url = (base if where == "e" else desk)(scene, f"/{rest}" if rest else "")
        assert tuple(c.get(url).status_code for c in clients) == expected, path


def test_another_estate_knows_nothing_of_it(scene, browse, running):
    elsewhere = make.estate()
    assert running == 1
    assert browse().client.get(f"/e/{elsewhere.slug}/proposals/1").status_code == 404
    assert WORDING.title not in browse().client.get(f"/e/{elsewhere.slug}/proposals").text


# --- writing -----------------------------------------------------------------------------------


def test_nothing_typed_is_lost(scene, browse, now):
    owner = browse(scene.owners[0])
    long = "第一条 \u202e👨‍👩‍👧 שלום\u00a0" + "字" * 20_001
    page = owner.get(base(scene, "/new")).submit(
        base(scene, "/new"), button="看一遍", **{**TYPED, "title": "标题" * 40, "text": long}
    )
    assert page.status == 422
    assert "最多 60 个字，现在有 80 个" in page.text
    form = page.form(base(scene, "/new"))
    assert form.one("textarea", name="text").text.count("字") == 20_001
    assert form.one("input", name="title").attrs["value"] == "标题" * 40
    assert queries.drafts_of(scene.id, scene.owners[0].account_id) == ()


def test_similar_ones_are_shown_before_it_is_handed_in(scene, browse, running):
    owner = browse(scene.owners[3])
    page = owner.get(base(scene, "/new")).submit(
        base(scene, "/new"), button="看一遍", **(TYPED | {"title": "活动室东侧设充电棚"})
    )
    assert "有 1 件像的" in page.text
    assert page.h1 == "改草稿"
    done = page.submit(base(scene, "/3/edit"), button="就这样交出")
    assert done.h1 == "活动室东侧设充电棚"
    fragment = owner.client.get(base(scene, "/similar"), query_string={"title": "充电棚活动室"})
    assert WORDING.title in fragment.text


def test_two_people_editing_both_keep_their_words(scene, browse, running, now):
    owner, chair = browse(scene.owners[0]), browse(scene.chair)
    url = base(scene, "/1/edit")
    mine, theirs = owner.get(url), chair.get(url)
    theirs.submit(url, button="交出这一稿", title="他们的标题", note="改标题")
    page = mine.submit(url, button="交出这一稿", title="我的标题", note="改标题")
    assert page.status == 409
    assert "您写的没有丢" in page.text
    assert "他们的标题" in page.text
    assert page.form(url).one("input", name="title").attrs["value"] == "我的标题"
    for _ in range(2):  # the second tap of an impatient finger
        assert page.submit(url, button="交出这一稿").h1 == "我的标题"
    assert queries.get(scene.id, 1).version_n == 4


def test_words_survive_a_lost_session(scene, browse, travel):
    owner = browse(scene.owners[0])
    form = owner.get(base(scene, "/new"))
    travel(timedelta(hours=13))
    page = form.submit(base(scene, "/new"), **TYPED)
    assert page.status == 401
    assert "您填的内容还在" in page.text


def test_a_template_fills_the_form(scene, browse):
    page = browse(scene.owners[0]).get(base(scene, "/new?template=renew_manager"))
    form = page.form(base(scene, "/new"))
    assert form.one("option", value="4", selected="").text.startswith("第 4 项")
    assert "第一条 服务范围和标准：" in form.one("textarea", name="text").text


# --- standing behind it, rounds, the end ---------------------------------------------------------


def test_a_lift_says_at_whose_entrance_before_it_is_handed_in(scene, browse):
    owner = browse(scene.owners[0])
    form = owner.get(base(scene, "/new")).submit(
        base(scene, "/new"), button="用这个办法", _procedure="add_lift"
    )
    looked = form.submit(base(scene, "/new"), button="看一遍", title="装电梯", what="装不装？")
    assert "请勾上是哪几栋" in looked.text
    again = looked.submit(base(scene, "/1/edit"), button="就这样交出")
    assert "请勾上是哪几栋" in again.text
    assert browse().get(base(scene)).text.count("装电梯") == 0


def test_endorsing_twice_is_one_endorsement(scene, browse, running):
    owner = browse(scene.owners[1])
    page = owner.get(base(scene, "/1"))
    token = {"csrf_token": page.form("/prefs/elder").one("input", name="csrf_token").attrs["value"]}
    for _ in range(2):
        assert owner.client.post(base(scene, "/1/endorse"), data=token).status_code == 303
    assert "1 / 10 人" in owner.get(base(scene, "/1")).text
    assert "您家已附议" in owner.get(base(scene, "/1")).text
    owner.client.post(base(scene, "/1/endorse"), data={**token, "_take": "1"})
    assert "0 / 10 人" in browse().get(base(scene, "/1")).text


def test_the_desk_closes_a_round_only_when_all_is_answered(scene, browse, running, travel, now):
    row = queries.get(scene.id, 1)
    comment = scene.say(row.thread_id, 1, "离住宅太近了。", now + DAY)
    travel(timedelta(days=8))
    chair = browse(scene.chair)
    url = desk(scene, "/1/rounds/1")
    page = chair.get(url)
    assert "离住宅太近了。" in page.text
    refused = page.submit(url, heard="大家担心太近。", _nothing="1")
    assert refused.status == 422
    assert "还有 1 条意见没有处理结果" in refused.text
    assert refused.form(url).one("textarea", name="heard").text == "大家担心太近。"
    scene.answer(comment, now + 8 * DAY)
    chair.get(url).submit(url, heard="大家担心太近。", _nothing="1")
    shown = browse().get(base(scene, "/1"))
    assert "大家担心太近。" in shown.text
    assert "这一轮没有改。" in shown.text
    done = chair.get(desk(scene, "/1")).submit(desk(scene, "/1/ready"))
    assert "第 2 稿已定" in done.text


def test_overdue_and_declined_are_public(scene, browse, travel, now):
    scene.submitted(now)
    travel(timedelta(days=6))
    assert "有 1 件过了期限没有受理" in browse().get(base(scene)).text
    assert "过了期限还没有受理" in browse().get(base(scene, "/1")).text
    chair = browse(scene.chair)
    screen = chair.get(desk(scene, "/1")).submit(desk(scene, "/1/screen"), button="不列入")
    assert screen.status == 422
    screen.submit(desk(scene, "/1/screen"), button="不列入", reason="不归小区管")
    page = browse().get(base(scene, "/1"))
    assert "不归小区管" in page.text
    # It went no further than being proposed; a fifth of the owners can still put it on.
    steps = page.root.one("ol", class_="phase").all("li")
    assert steps[0].text.startswith("提出 （停在这一步）")
    assert not [s.text for s in steps if "进行中" in s.text]


def test_pages_ask_the_same_however_much_hangs_on_them(scene, browse, running, now, count_queries):
    row = queries.get(scene.id, 1)
    reader = browse(scene.owners[1])
    scene.say(row.thread_id, 8, "先说一条", now)
    reader.get(base(scene, "/1"))
    with count_queries() as few:
        assert reader.client.get(base(scene, "/1")).status_code == 200
    for i in range(6):
        scene.say(row.thread_id, 2 + i, f"意见 {i}", now + timedelta(minutes=i + 1))
        scene.revise(1, 2 + i, now + timedelta(minutes=i + 1))
    with count_queries() as many:
        assert reader.client.get(base(scene, "/1")).status_code == 200
    assert many.count == few.count <= 45


def test_in_english_nothing_is_left_in_chinese_but_the_words_said(scene, browse, running):
    page = browse(scene.chair).get(base(scene, "/1?lang=en"))
    for path in ("/1", "/1/versions/2", "/1/versions/1/diff/2", "/templates"):
        page = browse(scene.chair).get(base(scene, f"{path}?lang=en"))
    assert "Hire a property company" in page.text
