"""Two matters in full, through nothing but the pages: how a branch got its name, on a phone without
scripts; and a manager's contract from the proposal to the open ballot, at a desk with them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import Page

from hall.clock import local_instant
from tests.browser.acts import (
    answer,
    comment,
    make_final,
    propose,
    revise,
    screen,
    settle_round,
    take_down,
    take_position,
)
from tests.browser.conftest import BY_WIDTH, DESK, PHONE
from tests.browser.people import (
    People,
    choose,
    follow,
    local,
    press,
    refused,
    says,
    settle,
)

pytestmark = pytest.mark.browser

TEXT = "第一条 只取党支部的名称，不改小区名。\n第二条 先听大家说，再合并，最后每户选一个。"
NAMES = "\n第三条 留下的名字：302小区党支部、清音小区党支部。"
CONTRACT = "第一条 服务范围不变。\n第二条 合同期三年。\n第三条 每季度公示收支。"
SIGN = "\n第四条 门头并列标出“清音路小区”。"


def at(day: int, hour: int, minute: int = 0, *, month: int = 5) -> datetime:
    """A Shanghai wall-clock time of 2026."""
    return local_instant(date(2026, month, day), time(hour, minute))


def test_how_the_branch_got_its_name(server, window, travel):
    phone = {"has_touch": True, "is_mobile": True, "java_script_enabled": False}
    who = settle(window, PHONE, travel, **phone)
    first_round(who, travel)
    two_more_rounds(who, travel)
    five_positions(who)
    call_the_council(who, travel)
    hold_the_council(who, travel)
    write_the_minutes(who, travel)
    ask_every_household(who, travel)
    decide_and_hang_the_sign(who, travel)
    walk_back(who)


def first_round(who: People, travel) -> None:
    """A neighbour proposes, the community takes it up, neighbours speak, the branch answers each."""
    propose(
        who,
        "yezhu1",
        {"title": "给小区党支部取名", "what": "小区党支部刚成立，叫什么名字？", "text": TEXT},
        "name_something",
    )
    travel(at(15, 9))
    screen(who, "shequ", "名字关系到大家的感情，征求意见。")
    # Three rounds of 7, 5 and 3 days from the next day on, three days between them.
    says(who.on("", "/e/proposals/1"), "5月16日", "5月26日", "6月3日")
    travel(at(17, 19))
    comment(who, "yezhu2", "叫 302 吧，这个数字住了几十年。", "for")
    comment(who, "yezhu3", "快递找不到 302，还是跟路名。", "against")
    press(who.on("yezhu4", "/e/proposals/1"), "我也这么想 0 ：3栋 丁**的意见")
    take_down(
        who, "wangge", "留下 302，我们听着踏实。", name="胡阿姨", place="3栋", day="2026-05-17"
    )
    travel(at(18, 10))
    answer(who, "zhibu", "住了几十年", "adopted", "列入，排在前面。", "第2稿第三条")
    answer(who, "zhibu", "跟路名", "partly", "清音也列入；门头怎么标下一轮再问。", "第2稿第三条")
    answer(who, "zhibu", "听着踏实", "adopted", "和前面那位的意见合并。", "第2稿第三条")
    travel(at(23, 10))
    revise(
        who, "zhibu",
        {"what": "征到的名字合并成两个，您看好哪个？", "text": TEXT + NAMES},
        note="合并成两个名字。", material=True,
        because=(("302 列在最前", "住了几十年"), ("清音按路名保留", "跟路名")),
    )  # fmt: skip
    settle_round(who, "zhibu", 1, "收到 3 条意见，其中 1 条是电话里说的。302 和清音留下。")
    told = says(who.on("", "/e/proposals/1"), "其中 1 条是电话里说的", "改动大，要重新征求意见")
    assert "收到 3 条意见" in told


def two_more_rounds(who: People, travel) -> None:
    """The second changes nothing and says so; the third adds the road's name to the gate."""
    travel(at(27, 19))
    comment(who, "yezhu1", "两个都好，快点定。", "neutral")
    travel(at(28, 9))
    answer(who, "zhibu", "快点定", "explained", "第三轮以后就报社区党委。")
    travel(at(31, 10))
    settle_round(who, "zhibu", 2, "收到 1 条意见，没有新名字。", nothing=True)
    travel(at(3, 19, month=6))
    comment(who, "yezhu3", "叫 302 可以，门头要写清音路。", "for")
    travel(at(4, 9, month=6))
    answer(who, "zhibu", "门头要写清音路", "adopted", "门头两行字。", "第3稿第四条")
    travel(at(6, 10, month=6))
    revise(
        who, "zhibu",
        {"what": "取名“302小区党支部”，门头同时标“清音路小区”。", "text": TEXT + NAMES + SIGN},
        note="加门头一条。", material=False, because=(("门头并列标出路名", "门头要写清音路"),),
    )  # fmt: skip
    settle_round(who, "zhibu", 3, "收到 1 条意见：门头要写清音路。")
    make_final(who, "zhibu", 3)


def five_positions(who: People) -> None:
    """Each body in its own words; the page says that they are not counted."""
    for login, stance, reason in (
        ("shequ", "support", "名字听居民的。"),
        ("zhibu", "support", "党员都赞成。"),
        ("zhuren", "support", "老住户多，赞成。"),
        ("wangge", "conditional", "门头要有路名。"),
        ("wuye", "support", "公告栏一起换。"),
    ):
        take_position(who, login, stance, reason)
    page = who.on("", "/e/proposals/1")
    says(page, "五方的态度供业主参考，不计入表决结果。")
    now = page.locator("table.bodies td.is-final .pos").all_inner_texts()
    assert now == ["赞成", "赞成", "赞成", "有条件赞成", "赞成"]


def call_the_council(who: People, travel) -> None:
    """Too early a day is refused with the earliest lawful one; that one is taken, the notice goes."""
    travel(at(8, 10, month=6))
    page = who.on("shequ", "/desk/meetings/new?proposal=1")
    page.fill("main [name=title]", "给小区党支部取名：五方协商会")
    page.fill("main [name=starts]", local(at(10, 19, month=6)))
    page.fill("main [name=place]", "清音路小区活动室")
    page.fill("main [name=names]", "样代表一")
    rows = page.locator("main [name=item_title]")
    # The proposal is the first row already; the report goes into the next and comes second.
    rows.nth(1).fill("污水管网：等勘测结果")
    page.locator("main [name=item_minutes]").nth(1).fill("5")
    press(page, "存好，预览通知")
    # Notice on the 8th, three full days (9, 10, 11): the 12th, and the usual hour of an evening.
    told = refused(page, "发出通知")
    assert "最早" in told
    follow(page, re.compile("改到 6月12日"))
    assert page.input_value("main [name=starts]") == local(at(12, 19, month=6))
    press(page, "存好，预览通知")
    press(page, "发出通知")
    page = who.on("zhibu", "/e/meetings/1")
    press(page, "我来")
    says(page, "您回复了：来")
    page = who.on("wuye", "/e/meetings/1")
    page.fill("main [name=remark]", "当晚值班")
    press(page, "来不了")
    says(page, "您回复了：请假")
    assert who.on("", "/e/meetings/1/notice").locator("text=清音路小区活动室").count()


def hold_the_council(who: People, travel) -> None:
    """In by the code on the wall or by hand; a vote by name; what came of it."""
    travel(at(12, 18, 50, month=6))
    wall = who.on("shequ", "/e/meetings/1/screen")
    code = wall.locator(".screen__qr b").inner_text()
    page = who.on("zhibu", "/e/meetings/1/checkin")
    page.fill("main [name=code]", "000000" if code != "000000" else "111111")
    refused(page, "我到了")
    page.fill("main [name=code]", code)
    press(page, "我到了")
    says(page, "18:50 签到，计 1 席")
    run = who.on("shequ", "/e/meetings/1/live")
    for name in ("样社宁", "甲一明", "乙二样", "子格样", "样代表一"):
        run.locator("main .ticks label", has_text=name).locator("input").check()
    press(run, "他们到了")
    travel(at(12, 19, month=6))
    run = who.on("shequ", "/e/meetings/1/live")
    press(run, "开始开会")
    press(run, "开始这一项 ：给小区党支部取名")
    run.fill("main [name=text]", "赞成取名“302小区党支部”，门头标出路名")
    press(run, "开始表决")
    vote = who.on("zhibu", "/e/meetings/1/checkin")
    choose(vote, "choice", "for")
    press(vote, "确认态度")
    says(vote, "已记下：赞成")
    run = who.on("shequ", "/e/meetings/1/live")
    for seat in run.locator("main .hands fieldset").all():
        against = "样代表一" in seat.inner_text()
        seat.locator(f"input[value={'against' if against else 'for'}]").check()
        if against:
            seat.locator("input.input").fill("还是希望用路名")
    press(run, "记下举手")
    travel(timedelta(minutes=9))
    press(run, "结束表决")
    press(run, "这一项完了 ：给小区党支部取名")
    press(run, "开始这一项 ：污水管网：等勘测结果")
    travel(timedelta(minutes=5))
    press(run, "散会")
    # Community, branch, committee (two), group, company, one by name: 7 seats, the company away.
    page = who.on("", "/e/meetings/1")
    says(page, "应到 7 席，在场 6 席：赞成 5，不赞成 1，不表态 0。要 4 席赞成才通过。")
    page.locator("main summary", has_text="每一席怎么表的").click()
    says(page, "不赞成，还是希望用路名")


def write_the_minutes(who: People, travel) -> None:
    """A draft, a correction taken up, four signatures and one silence, published when time is up."""
    travel(at(12, 20, 30, month=6))
    page = who.on("wangge", "/desk/meetings/1/minutes")
    conclusions = page.locator("main .mn-item textarea")
    conclusions.nth(0).fill("会商意见报社区党委定名。")
    conclusions.nth(1).fill("社区每两周问一次。")
    page.fill("main [name=text]", "五方到了四方，物业请假。")
    page.fill("main [name=dissent]", "一位代表希望用路名。")
    page.fill("main [name=t1-text]", "名称报上级党组织批复")
    page.select_option("main [name=t1-body]", "community")
    page.fill("main [name=t1-due_on]", "2026-06-20")
    press(page, "存草稿")
    press(page, "送会签")
    travel(at(13, 9, month=6))
    page = who.on("zhuren", "/e/meetings/1/minutes")
    page.fill("main [name=passage]", "社区每两周问一次。")
    page.fill("#f-correction", "是每周问一次。")
    press(page, "提更正")
    page = who.on("wangge", "/desk/meetings/1/minutes")
    page.fill("main [name=reply]", "听了录音，是每周。")
    press(page, "采纳")
    page.locator("main summary", has_text="收回修改").click()
    page.fill("main [name=reason]", "照更正改一处")
    press(page, "收回修改")
    page.locator("main .mn-item textarea").nth(1).fill("社区每周问一次。")
    press(page, "存草稿")
    press(page, "送会签")
    for login in ("shequ", "zhibu", "zhuren", "wangge"):
        press(who.on(login, "/e/meetings/1/minutes"), "签认")
    # Saturday the 13th; three working days 15, 16, 17: until the end of the 17th, then by itself.
    assert "公布纪要" not in who.on("shequ", "/desk/meetings/1/minutes").inner_text("main")
    travel(at(18, 9, month=6))
    press(who.on("shequ", "/desk/meetings/1/minutes"), "公布纪要")
    page = who.on("", "/e/meetings/1/minutes")
    told = says(page, "社区每周问一次。", "听了录音，是每周。", "名称报上级党组织批复")
    assert told.count("已签") == 4
    company = page.locator(".mn-signs li", has_text="样本物业公司")
    assert "未签" in company.inner_text()


def ask_every_household(who: People, travel) -> None:
    """One click makes the poll of the final wording; two of four households answer."""
    page = who.on("zhuren", "/e/proposals/1")
    press(page, "起草投票")
    page.fill("main [name=q1-options]", "302小区党支部\n清音小区党支部")
    page.fill("main [name=contact]", "甲一明，0833-000 0000")
    press(page, "填上最早能开始的时间")
    press(page, "存草稿，再查一遍")
    page.locator("main aside").get_by_role("link", name="发公告").click()
    press(page, "发公告")
    travel(at(20, 10, month=6))
    for login in ("yezhu1", "yezhu2"):
        page = who.on(login, "/e/ballots/1")
        press(page, "302小区党支部")
        press(page, "确认提交")
        assert "/receipts/" in page.url
    travel(at(29, 10, month=6))
    page = who.on("zhuren", "/desk/ballots/1/result")
    press(page, "现在计票")
    page.fill("main [name=decided]", "结果报社区党委定名。")
    press(page, "公布结果")
    page = who.on("", "/e/resolutions")
    follow(page, "给小区党支部取名")
    # Both answered the same, two households of four; it binds nobody.
    says(page, "收到 2 份，共 4 份。", "不具有法律效力", "结果报社区党委定名。")


def decide_and_hang_the_sign(who: People, travel) -> None:
    """The organisation decides and says why; the company does it, the grid worker has seen it."""
    page = who.on("shequ", "/e/proposals/1")
    follow(page, "公布组织的决定")
    page.fill("main [name=text]", "小区党支部定名为“302小区党支部”。")
    page.fill("main [name=basis]", "三轮征求意见，五方会商，两户征询。")
    page.fill("main [name=decided]", "门头并列标出“清音路小区”。")
    page.fill("main [name=t1-text]", "更换门头和公告栏")
    page.select_option("main [name=t1-body]", "property")
    page.fill("main [name=t1-day]", "2026-07-10")
    press(page, "公布")
    says(page, "小区党支部定名为“302小区党支部”。", "这是样本社区党委的决定，不是业主大会的决定。")
    travel(at(6, 16, month=7))
    page = who.on("wuye", "/desk/actions/")
    follow(page, "更换门头和公告栏")
    done = page.locator("details", has_text="报办完")
    done.locator("summary").click()
    done.locator("textarea").fill("昨天装好，两行字都亮。")
    press(page, "报办完")
    travel(at(7, 9, month=7))
    page = who.on("wangge", "/desk/actions/")
    follow(page, "更换门头和公告栏")
    press(page, "看过，办好了")
    says(who.on("", "/e/actions/2"), "昨天装好，两行字都亮。", "办完")


def walk_back(who: People) -> None:
    """From the sign on the gate to the proposal, by the strip alone; every stop of it was made."""
    page = who.on("", "/e/actions/2")
    follow(page, re.compile("^议案"), within="nav.trace")
    assert page.url.endswith("/e/yangben/proposals/1")
    says(page, "取名“302小区党支部”，门头同时标“清音路小区”。", "由组织定了")
    stops = page.locator("nav.trace > ol > li").all()
    # 建议 议案 征求意见 五方 会议 投票 公示 落实
    assert len(stops) == 8
    assert not [s.inner_text() for s in stops if "未到" in s.inner_text()]


@pytest.fixture
def look(axe, no_sideways_scroll):
    """look(page): no fault at a desk nor on a phone, at a moment that the demo is not in."""

    def check(page: Page) -> None:
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            no_sideways_scroll(page)
            axe(page, only=BY_WIDTH if size is DESK else ())

    return check


def test_a_managers_contract_up_to_the_open_ballot(server, window, travel, look):
    who = settle(window, DESK, travel)
    propose_the_contract(who, travel)
    rounds_on_the_contract(who, travel)
    council_on_the_contract(who, travel, look)
    ballot_on_the_contract(who, travel, look)


def propose_the_contract(who: People, travel) -> None:
    """The committee proposes; who has an interest says so; the company has one by the matter itself."""
    propose(
        who,
        "zhuren",
        {
            "title": "续聘样本物业公司",
            "what": "物业合同年底到期，续不续？",
            "cost": "每平方米每月 1.35 元。",
            "how_long": "三年。",
            "if_not": "公司留守 60 天，另外选聘。",
            "text": CONTRACT,
        },
        "renew_manager",
        as_body="业委会 · 主任",
    )
    travel(at(15, 9))
    screen(who, "shequ", "由业主共同决定，先听意见。")
    page = who.on("weiyuan", "/e/proposals/1/interests")
    says(page, "议案定的是它自己的合同，不用声明，一律回避。")
    choose(page, "interest", "me")
    page.select_option("select[name=kind]", "family")
    page.fill("main [name=text]", "家人在物业公司上班。")
    press(page, "公开这项声明")
    says(who.on("", "/e/proposals/1"), "家人在物业公司上班。", "自己的合同，只能回避。")


def rounds_on_the_contract(who: People, travel) -> None:
    """Three years become two: a large change, so it is asked about again."""
    travel(at(17, 19))
    comment(who, "yezhu1", "三年太长了，两年就够。", "against")
    comment(who, "yezhu2", "物业费能不能不涨？", "against")
    travel(at(18, 10))
    answer(who, "zhuren", "三年太长了", "adopted", "改为两年。", "第2稿第二条")
    answer(who, "zhuren", "能不能不涨", "adopted", "谈定不涨。", "第2稿第三条")
    travel(at(23, 10))
    revise(
        who, "zhuren",
        {"how_long": "两年。", "cost": "不变，1.10 元。", "text": CONTRACT.replace("三年", "两年")},
        note="三年改两年，费用不变。", material=True,
        because=(("合同期改为两年", "三年太长了"), ("物业费不涨", "能不能不涨")),
    )  # fmt: skip
    settle_round(who, "zhuren", 1, "嫌三年长，怕涨价。两条都改了。")
    page = who.on("", "/e/proposals/1/versions/1/diff/2")
    assert [d.inner_text() for d in page.locator("main .dcl__o del").all()][-1] == "三"
    assert [i.inner_text() for i in page.locator("main .dcl__n ins").all()][-1] == "两"
    travel(at(27, 19))
    comment(who, "yezhu3", "两年可以。", "for")
    travel(at(28, 9))
    answer(who, "zhuren", "两年可以", "explained", "已记下。")
    travel(at(2, 10, month=6))
    settle_round(who, "zhuren", 2, "没有人再提期限和费用。", nothing=True)
    make_final(who, "zhuren", 2)


def council_on_the_contract(who: People, travel, look) -> None:
    """Two seats are barred: they leave the seats due and the votes, and the page says so."""
    page = who.on("zhibu", "/desk/meetings/new?proposal=1")
    page.fill("main [name=title]", "续聘物业公司：五方会商会")
    page.fill("main [name=starts]", local(at(6, 19, month=6)))
    page.fill("main [name=place]", "1 栋活动室")
    press(page, "存草稿")
    look(page)
    press(page, "存好，预览通知")
    look(page)
    press(page, "发出通知")
    travel(at(6, 19, month=6))
    run = who.on("zhibu", "/e/meetings/1/live")
    for box in run.locator("main .ticks input").all():
        box.check()
    press(run, "他们到了")
    press(run, "开始开会")
    press(run, "开始这一项 ：续聘样本物业公司")
    run.fill("main [name=text]", "提请业主大会表决")
    press(run, "开始表决")
    assert "2 席回避，不算在应到里" in run.inner_text("main")
    look(run)
    for seat in run.locator("main .hands fieldset").all():
        seat.locator("input[value=for]").check()
    press(run, "记下举手")
    press(run, "结束表决")
    press(run, "散会")
    # Community, branch, committee (two), group and company make 6 seats; 2 are barred, 4 are due.
    says(
        who.on("", "/e/meetings/1"),
        "应到 4 席，在场 4 席：赞成 4，不赞成 0，不表态 0。要 3 席赞成才通过。",
        "2 席回避，不算在应到里，也不算在赞成里",
        "壬九样",
        "乙二样",
    )


def ballot_on_the_contract(who: People, travel, look) -> None:
    """Drafted from the agenda item with the final words; an owner votes in three taps."""
    travel(at(10, 10, month=6))
    page = who.on("zhuren", "/e/meetings/1")
    press(page, "起草投票")
    assert page.input_value("main [name=title]") == "续聘样本物业公司"
    assert "合同期两年" in page.input_value("main [name=details]")
    page.fill("main [name=contact]", "甲一明，0833-000 0000")
    press(page, "填上最早能开始的时间")
    # Final on the 2nd, seven full days; notice on the 10th, fifteen full days: the 26th.
    assert page.input_value("main [name=open_at]").startswith("2026-06-26")
    press(page, "存草稿，再查一遍")
    follow(page, "发公告", within="main aside")
    look(page)
    press(page, "发公告")
    travel(at(26, 10, month=6))
    page = who.on("yezhu1", "/e/")
    follow(page, "去投票")
    press(page, re.compile("^同意"))
    press(page, "确认投票")
    assert "/receipts/" in page.url
    says(who.on("", "/e/ballots/1"), "续聘样本物业公司")
    page = who.on("wuye", "/e/proposals/1/positions/new")
    says(page, "这是贵方自己的合同，系统锁定为“回避”。")
    assert [s.get_attribute("value") for s in page.locator("[name=stance]").all()] == ["recused"]
    page.fill("main textarea[name=reason]", "本次是利害一方。")
    press(page, "公开这个态度")
    says(page, "本次是利害一方。")
