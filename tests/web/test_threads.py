"""Threads on the web, per role: speak, answer, report, decide, appeal; nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from hall import clock
from hall.db import atomic, db
from hall.threads import queries, service
from hall.web.threads import owners
from tests.pages import Pages, parse, sign_in
from tests.threads.scene import Scene, stage

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HOME = {"Origin": "http://localhost"}


@dataclass
class Town:
    """A scene and browsers of its people; None is nobody signed in."""

    app: object
    scene: Scene

    def __post_init__(self):
        self.e = f"/e/{self.scene.estate.slug}"
        self.d = f"/desk/{self.scene.estate.slug}"
        self.t = f"{self.e}/threads/{self.scene.thread}"
        self.open: dict[str | None, Pages] = {}

    def pages(self, role: str | None) -> Pages:
        if role not in self.open:
            client = self.app.test_client()
            if role is not None:
                sign_in(client, self.scene.who[role].account_id, clock.now())
            self.open[role] = Pages(client)
        return self.open[role]

    def say(self, role, text, **values):
        return (
            self.pages(role).get(self.t).submit(f"{self.scene.thread}/write", text=text, **values)
        )

    def last(self) -> int:
        found = db.session.execute(db.text("SELECT max(id) FROM comment")).scalar()
        db.session.rollback()
        return found


@pytest.fixture
def town(app, now):
    return Town(app, stage(now))


def test_a_point_from_word_to_answer(town, travel):
    assert "登录以后说说您的看法" in town.pages(None).get(town.t).text
    page = town.say("owner", "三年太长，**两年**就够\n\n- 每年评议", _alignment="against")
    made = town.last()
    said = page.root.one("article", id=f"c{made}")
    assert "3栋 样**" in said.text
    assert "业主" in said.text
    assert "我的" in said.text
    assert "反对" in said.text
    assert said.one("strong").text == "两年"
    assert said.one("li").text == "每年评议"
    assert "等业委会答复，还剩 2 天" in said.text
    # A reply by the tenant, who shows only what he is.
    page = town.pages("tenant").get(town.t).follow("回复")
    page = page.submit("/write", text="我也租在这里", _only="1")
    assert "样" not in page.root.one("div", id=f"c{town.last()}").text
    page = page.submit(f"/c/{made}/echo", button="我也这么想")
    echo = page.root.one("article", id=f"c{made}").all("button", aria_pressed="true")
    assert "1" in echo[0].text
    # The committee answers at its desk.
    desk = town.pages("chair").get(f"{town.d}/answers")
    assert "1 条意见等您答复" in desk.h1
    form = desk.follow("答复 第 1 条")
    refused = form.submit(f"answers/{made}", text="  ")
    assert refused.status == 422
    assert "请选怎么处理" in refused.text
    form.submit(f"answers/{made}", text="合同期改为两年", landed="第3稿第二条", _outcome="adopted")
    page = town.pages(None).get(f"{town.t}?sort=answered")
    answer = page.root.one("div", class_="ans")
    assert "业委会答复" in answer.text
    assert "已采纳" in answer.text
    assert "改在： 第3稿第二条" in answer.text
    assert "1 条意见，1 条已答复" in page.text
    # Corrected within a day, the former stays.
    travel(20 * MINUTE)
    form = town.pages("chair").get(f"{town.d}/answers/{made}")
    form.submit(f"answers/{made}", text="改为两年，每年评议", _outcome="partly")
    answer = town.pages(None).get(town.t).root.one("div", class_="ans")
    assert "更正过" in answer.text
    assert "合同期改为两年" in answer.one("details").text


def test_what_waits_is_public(town, travel):
    town.say("owner", "灯费谁出")
    travel(4 * DAY)  # Sunday; the last day was Friday
    page = town.pages(None).get(f"{town.e}/answers")
    assert "业委会超期 2 天没有答复" in page.text
    assert "灯费谁出" in page.text
    row = next(r for r in page.root.all("tr") if "业委会" in r.text)
    assert [c.text for c in row.all("td")] == ["0", "0", "1", "1"]
    assert "没有意见在等答复" in town.pages(None).get(f"{town.e}/answers?body=grid").text
    # Passed on to the company, with the reason; the clock runs on.
    made = town.last()
    form = town.pages("chair").get(f"{town.d}/answers/{made}")
    form.submit("/refer", _body="property", reason="停车收入在公司")
    page = town.pages(None).get(f"{town.e}/answers?body=property")
    assert "物业公司超期 2 天没有答复" in page.text
    english = Pages(town.app.test_client()).get(f"{town.e}/answers?lang=en")
    assert "2 days overdue" in english.text
    assert "Passed on" not in english.text
    page = town.pages("property").get(f"{town.d}/answers")
    assert "停车收入在公司" in page.text
    assert "这条由物业公司答复" in town.pages("chair").get(f"{town.d}/answers/{made}").text


def test_the_way_back_is_what_the_owner_says(town, monkeypatch):
    monkeypatch.setattr(owners, "_finders", [])
    thread = town.scene.thread

    @owners.register
    def finder(ids):
        return {i: ("议案 3：续聘", f"{town.e}/") for i in ids if i == thread}

    owners.register(finder)
    assert owners.owners([thread, 99]) == {thread: ("议案 3：续聘", f"{town.e}/")}
    assert owners.owners([]) == {}
    assert town.pages(None).get(town.t).link("议案 3") == f"{town.e}/"


def test_nothing_typed_is_lost(town, travel):
    long = "很" * 10_001
    page = town.say("owner", long, _alignment="for")
    assert page.status == 422
    assert "现在 10,001 个字，最多 10,000 个字" in page.text
    assert page.root.one("textarea").text == long
    assert page.root.one("input", name="_alignment", value="for").attrs["checked"] == ""
    assert town.say("owner", " \u3000\n").status == 422
    # Any writing, any direction, pasted rubbish.
    page = town.say("owner", "👨‍👩‍👧 مرحبا <b>粗</b>\x00 " + "长" * 400)
    assert "<b>粗</b>" in page.root.one("article", id=f"c{town.last()}").text
    # The session lapsed while he wrote: the words come back after signing in, once.
    pages = town.pages("owner2")
    form = pages.get(town.t)
    with pages.client.session_transaction() as session:
        session.clear()
    stopped = form.submit("/write", text="写了半小时的意见", _alignment="against")
    assert stopped.status == 401
    kept = stopped.form("/login")
    assert kept.one("input", name="kept").attrs["value"]
    before = town.last()
    from hall.web import resume

    with town.app.app_context():
        draft = resume.load(kept.one("input", name="kept").attrs["value"])
    assert draft.path == f"{town.t}/write"
    assert draft.shown == (("text", "写了半小时的意见"),)
    sign_in(pages.client, town.scene.who["owner2"].account_id, clock.now())
    for _ in range(2):
        again = pages.client.post(draft.path, data=dict(draft.fields) | token(pages), headers=HOME)
        assert again.status_code == 303
    assert town.last() == before + 1


def token(pages):
    """A CSRF token as any page of this browser carries one."""
    root, _ = parse(pages.client.get("/help").text)
    return {"csrf_token": root.all("input", name="csrf_token")[0].attrs["value"]}


def test_closed_flooded_and_the_company(town, travel):
    page = town.say("property", "公司的说明")
    assert "物业公司 样" in page.root.one("article", id=f"c{town.last()}").text
    refused = town.pages("property").client.post(
        f"{town.t}/write", data={"text": "装成邻居"} | token(town.pages("property")), headers=HOME
    )
    assert refused.status_code == 409
    assert "请以物业公司的名义说话" in refused.text
    for i in range(10):
        town.say("owner", f"第 {i} 条")
    page = town.say("owner", "第十一条")
    assert page.status == 429
    assert page.root.one("textarea").text == "第十一条"
    assert "11:00 之后再说" in page.text
    with atomic():
        service.set_window(town.scene.thread, opens_at=None, closes_at=clock.now() + HOUR)
    form = town.pages("tenant").get(town.t)
    travel(HOUR)
    assert "已截止" in town.pages("tenant").get(town.t).text
    late = form.submit(f"{town.scene.thread}/write", text="晚了一步")
    assert late.status == 409
    assert late.root.one("textarea").text == "晚了一步"


def test_edit_withdraw_and_voices_of_others(town, travel):
    town.say("owner", "写错了字")
    made = town.last()
    page = town.pages("owner").get(town.t).follow("改一改").submit("/edit", text="改对了字")
    assert "改对了字" in page.text
    history = page.follow("改过")
    assert "写错了字" in history.root.one("section", aria_labelledby="history").text
    assert town.pages("owner2").client.get(f"{town.t}/c/{made}/edit").status_code == 403
    page = town.pages("owner").get(town.t).follow("撤回").submit("/withdraw", button="撤回")
    assert "本人撤回了这条意见" in page.text
    assert "改对了字" not in town.pages(None).get(f"{town.t}/c/{made}").html
    assert "写错了字" not in town.pages(None).get(f"{town.t}/c/{made}").html
    # A grid worker takes down a call.
    form = town.pages("grid").get(town.t).follow("替别人记一条")
    refused = form.submit("/record", text="下不了楼，电话里说同意", name="", source="phone")
    assert refused.status == 422
    page = refused.submit("/record", name="胡阿姨", place="6栋", read_back="1")
    voice = page.root.one("article", id=f"c{town.last()}").text
    assert "6栋 胡阿姨" in voice
    assert "打电话说的" in voice
    assert "记完念给本人听过" in voice
    assert town.pages("owner").client.get(f"{town.t}/record").status_code == 403


def test_report_decision_appeal(town):
    town.say("owner", "管工电话 13800006612")
    made = town.last()
    page = town.pages("owner2").get(town.t).follow("举报")
    assert page.submit("/report").status == 422
    page = page.submit("/report", reason="privacy", about_body="property")
    assert "您举报过这条：泄露隐私" in page.text
    # The committee owes this thread its answers: it may not decide here.
    locked = town.pages("chair").get(f"{town.d}/moderation")
    assert "这条您不能处理" in locked.text
    assert "小区党支部、社区党委" in locked.text
    assert town.pages("property").client.get(f"{town.d}/moderation").status_code == 403
    queue = town.pages("branch").get(f"{town.d}/moderation")
    assert "意见审核：1 条等您" in queue.h1
    form = queue.form(f"moderation/{made}")
    assert "管工电话 ███████████" in form.one("textarea", name="masked_text").text
    refused = queue.submit(f"moderation/{made}", _act="mask")
    assert refused.status == 422
    assert "请写理由" in refused.text
    refused.submit(f"moderation/{made}", reason="保护别人的电话")
    for role in (None, "owner2"):
        page = town.pages(role).get(town.t)
        assert "13800006612" not in page.html
        assert "保护别人的电话" in page.text
    assert "看过了，遮去了部分文字" in page.text
    page = town.pages("owner").get(town.t).follow("要求复核")
    page = page.submit("/appeal", text="是公开的值班电话")
    assert "正等另一位来看" in page.text
    for role, why in (("branch", "原来是您决定的"), ("chair", "由您这一方答复")):
        locked = town.pages(role).get(f"{town.d}/moderation")
        assert why in locked.text
        assert "13800006612" not in locked.html
    desk = town.pages("community").get(f"{town.d}/moderation")
    assert "是公开的值班电话" in desk.text
    appeal = [f.attrs["action"] for f in desk.root.all("form") if "appeals" in f.attrs["action"]]
    assert desk.submit(appeal[0], reason="x").status == 422
    desk.submit(appeal[0], _act="restore", reason="确实是公开的号码")
    page = town.pages("owner").get(town.t)
    assert "13800006612" in page.text
    assert "已经恢复" in page.text
    assert "确实是公开的号码" in town.pages(None).get(f"{town.t}/c/{made}").text
    # The log leads back to it, to look again.
    alone = town.pages("branch").get(f"{town.d}/moderation").follow("再看 1")
    assert alone.submit(f"moderation/{made}", _act="hide").status == 422
    alone.submit(f"moderation/{made}", _act="hide", reason="又有人投诉")
    assert "这条意见已隐去" in town.pages(None).get(town.t).text


def test_pages_of_a_thread(town, now, count_queries):
    for i in range(3):
        for role in ("owner", "owner2", "tenant", "branch", "grid", "community", "chair", "second"):
            town.scene.say(role, f"{role} {i}", now=now + MINUTE * i)
    pages = town.pages("owner")
    first = pages.get(f"{town.t}?sort=newest")
    assert len(first.root.all("article")) == 20
    second = first.follow("看后面的意见")
    assert len(second.root.all("article")) == 4
    assert "回到最前" in second.text
    assert len(pages.get(f"{town.t}?sort=mine").root.all("article")) == 3
    with count_queries() as few:
        pages.get(f"{town.t}?sort=mine")
    with count_queries() as many:
        pages.get(f"{town.t}?sort=newest")
    assert many.count <= few.count + 1
    for path in ("/threads/999", f"/threads/{town.scene.thread}/c/999", "/threads/999/write"):
        assert pages.client.get(town.e + path).status_code == 404
    assert pages.client.get(f"{town.e}/answers?after=rubbish.x").status_code == 200
    assert queries.SORTS[0] == "answered"
