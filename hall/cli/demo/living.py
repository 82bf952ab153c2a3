"""象城外滩 today: matters on the way, a meeting to come, answers owed, actions of which one is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hall.actions import service as actions
from hall.cli.demo import talk
from hall.cli.demo.renewal import People
from hall.cli.demo.stage import at
from hall.cli.demo.talk import Agenda, Heard, Said
from hall.clock import local_date
from hall.meetings.rules.drafting import MeetingDraft
from hall.permissions import Actor
from hall.proposals import service as proposals
from hall.proposals.rules.wording import Wording
from hall.proposals.service.writing import Plan
from hall.resolutions import service as resolutions
from hall.resolutions.service.follow import Task
from hall.threads import service as threads

ADVISER = Wording(
    "法律顾问坐班改到周六上午",
    what="免费法律顾问现在是周三下午坐班，上班的人去不了，改到周六上午行不行？",
    cost="不花钱。",
    how_long="先试三个月。",
    if_not="还是周三下午。",
    text="第一条 坐班时间改为每周六 9 点到 11 点。\n第二条 地点不变，1 栋活动室。\n第三条 先试三个月，再听大家意见。",
)
BOARD = Wording(
    "东门外墙设便民广告栏",
    what="东门外墙乱贴小广告，设一块便民栏，商户付费张贴，收入归全体业主。",
    cost="制作约 3,000 元，从公共收益支出；预计每年收入 6,000 元。",
    how_long="长期。",
    unhappy="收支每季度公示，业主大会可以随时撤掉。",
    if_not="继续派人清理小广告。",
    text="第一条 在东门外墙设便民栏一块，长 4 米。\n第二条 商户张贴按月收费，价目公示。\n第三条 收入扣除成本归全体业主。",
)
CHARGING = Wording(
    "2栋门口加装电动车充电桩",
    what="2 栋门口加 8 个充电位，免得飞线充电。",
    text="第一条 位置在 2 栋北侧。\n第二条 由公司投资，按度收费。",
)


def load(estate_id: int, who: People, owners: Sequence[Actor], now: datetime) -> None:
    """Everything that waits for somebody on the day the demo is looked at."""
    _adviser(estate_id, who, owners, now)
    _waiting(estate_id, owners, now)
    _late(estate_id, who, now)


def _adviser(estate_id: int, who: People, owners: Sequence[Actor], now: datetime) -> None:
    today = local_date(now)
    begin = today - timedelta(days=12)
    proposer = owners[0]
    n = proposals.draft(proposer, estate_id, ADVISER, Plan("advisory"), now=at(begin, 20))
    proposals.submit(proposer, estate_id, n, now=at(begin, 20, 10))
    proposals.screen(
        who.branch.actor, estate_id, n, accept=True, reason="和大家都有关，征求意见。",
        post_id=who.branch.post_id, now=at(begin + timedelta(days=2), 9),
    )  # fmt: skip
    proposals.co_sponsor(owners[1], estate_id, n, now=at(begin + timedelta(days=3), 19))
    for i, owner in enumerate(owners[2:10]):
        proposals.endorse(owner, estate_id, n, now=at(begin + timedelta(days=3), 19, 5 + i))
    about = talk.matter(estate_id, n, who.branch, owners)
    talk.round_of(
        about, "周六上午好不好？还有别的时间吗？",
        at(today - timedelta(days=7), 9), at(today + timedelta(days=3), 20),
        (
            Said(owners[4], "周六好，我和老伴都能去。", "for", 0, 9,
                 ("explained", "已记下。", "")),
            Said(owners[5], "周六上午要买菜，能不能改到周日下午？", "against", 1, 4,
                 ("partly", "先按周六试三个月，周日下午留作备选。", "第2稿第三条")),
            Heard(who.grid, "一位住户", "4栋", "phone", "希望也能电话问，腿脚不方便。", "for", 2),
            Said(owners[6], "租房子的人能问吗？", "neutral", 5, 2),
        ),
    )  # fmt: skip
    rude = threads.comment(
        owners[7], estate_id, about.thread_id,
        text="物业那帮人什么都不懂，电话 19900001234 打了三次没人接。", alignment="against",
        request_key="demo-rude", now=at(today - timedelta(days=1), 12),
    )  # fmt: skip
    threads.report(
        owners[8], estate_id, rude, reason="privacy", text="写了别人的电话号码。",
        about_body="property", now=at(today - timedelta(days=1), 18),
    )  # fmt: skip
    talk.state_positions(
        about,
        (
            (who.community, "support", "顾问周六可以来。"),
            (who.branch, "support", "先试三个月。"),
            (who.grid, "conditional", "要有电话咨询，照顾出不了门的人。"),
        ),
        at(today - timedelta(days=2), 15),
    )
    starts = at(today + timedelta(days=5), 19)
    plan = (
        Agenda("签到，宣布到会情况", 5, "社区工作人员", 5, "report"),
        Agenda("法律顾问坐班时间：意见和答复", 20, "小区党支部", 20, "discuss", about),
        Agenda("形成会商意见", 15, "召集人", 15, "decide", about, "x"),
        Agenda("公共收益公示进度", 10, "物业公司", 10, "report"),
    )
    draft = MeetingDraft(
        kind="council", title="法律顾问坐班时间会商会",
        bodies=("community", "branch", "committee", "grid", "property"),
        starts_at=starts, place="1 栋活动室", items=talk.items(plan),
    )  # fmt: skip
    talk.call(
        who.branch, estate_id, draft,
        at(today - timedelta(days=2), 16), at(today - timedelta(days=1), 10),
    )  # fmt: skip


def _waiting(estate_id: int, owners: Sequence[Actor], now: datetime) -> None:
    """Two proposals nobody has taken up yet; the second is late."""
    today = local_date(now)
    for proposer, wording, plan, days in (
        (owners[17], BOARD, Plan("statutory", 8), 2),
        (owners[18], CHARGING, Plan("advisory"), 8),
    ):
        begin = today - timedelta(days=days)
        n = proposals.draft(proposer, estate_id, wording, plan, now=at(begin, 9))
        proposals.submit(proposer, estate_id, n, now=at(begin, 9, 30))


def _late(estate_id: int, who: People, now: datetime) -> None:
    """What the renewal's council asked for: two things seen done, one late and explained."""
    today = local_date(now)
    for n, by, text, days in (
        (4, who.chair, "公告已发。", 21),
        (5, who.grid, "每栋楼下都贴了，拍了照片。", 20),
    ):
        day = today - timedelta(days=days)
        actions.mark_done(by.actor, estate_id, n, post_id=by.post_id, text=text, now=at(day, 17))
        actions.verify(
            who.branch.actor, estate_id, n, post_id=who.branch.post_id,
            text="看过。", now=at(day + timedelta(days=1), 9),
        )  # fmt: skip
    actions.explain_delay(
        who.company.actor, estate_id, 6, post_id=who.company.post_id,
        text="停车收入还差一笔对账，对完就贴。", now=at(today - timedelta(days=2), 16),
    )  # fmt: skip


def road(estate_id: int, docno: str, who: People, published: datetime) -> None:
    """What came of last year's decision: lamps and road done, seen by the others, accounts shown."""
    day = local_date(published)
    for item, (text, body, by, days) in enumerate(
        (
            ("更换路灯 42 盏，修补道路 310 平方米", "property", who.company, 40),
            ("公开比选施工单位，费用不超过 68,400 元", "committee", who.chair, 15),
            ("五方验收，公示结算", "committee", who.chair, 55),
        ),
        1,
    ):
        n = resolutions.attach_action(
            who.chair.actor, estate_id, docno,
            Task(text, body, due_on=day + timedelta(days=days), item=item),
            now=published + timedelta(hours=item),
        )  # fmt: skip
        done = at(day + timedelta(days=days - 2), 16)
        actions.mark_done(
            by.actor,
            estate_id,
            n,
            post_id=by.post_id,
            text="办完了，照片和单据在业委会。",
            now=done,
        )
        actions.verify(
            who.branch.actor, estate_id, n, post_id=who.branch.post_id,
            text="现场看过，账也看过。", now=done + timedelta(days=1),
        )  # fmt: skip
