"""象城外滩: from a proposal over two rounds and a council to the ballot that is open now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hall.cli.demo import talk
from hall.cli.demo.stage import at
from hall.cli.demo.talk import Agenda, Heard, Matter, Said, Speaker
from hall.meetings.rules.drafting import MeetingDraft
from hall.meetings.rules.minutes import TaskDraft
from hall.permissions import Actor
from hall.positions import service as positions
from hall.proposals import service as proposals
from hall.proposals.rules.wording import Wording
from hall.proposals.service.writing import Origin, Plan
from hall.resolutions import service as resolutions
from hall.threads import service as threads

TITLE = "续聘样本物业服务公司，合同两年"
_LAST = (
    "\n第五条 公共收益每季度公示收支，附维修记录。"
    "\n第六条 每栋楼的联络人和电话贴在楼下，报修两小时内有人回话。"
)
FIRST = Wording(
    "续聘样本物业服务公司，合同三年",
    what="现在的物业合同年底到期。续聘原来的公司，还是另外选？",
    cost="物业费从每平方米每月 1.10 元调到 1.35 元。",
    how_long="三年。",
    unhappy="按合同投诉，业委会督促整改。",
    if_not="公司留守 60 天，业委会重新选聘。",
    text=(
        "第一条 服务范围：保洁、保安、绿化、公共设施维护。\n"
        "第二条 合同期三年。\n"
        "第三条 物业费每平方米每月 1.35 元。\n"
        "第四条 合同到期前三个月由业委会评议。" + _LAST
    ),
)
SECOND = Wording(
    TITLE,
    what=FIRST.what,
    cost="物业费不变，每平方米每月 1.10 元。一套 92 平方米的房子，每月约 101 元。",
    how_long="两年。",
    unhappy="每年评议一次，满意率不到 80%，业主大会可以提前解聘。",
    if_not=FIRST.if_not,
    text=(
        "第一条 服务范围：保洁、保安、绿化、公共设施维护。\n"
        "第二条 合同期两年。每年 12 月评议一次，满意率低于 80% 的，业主大会可以提前解聘。\n"
        "第三条 物业费每平方米每月 1.10 元，合同期内不变。\n"
        "第四条 合同到期前三个月由业委会评议，结果公示。" + _LAST
    ),
)
FINAL = Wording(
    TITLE,
    what=FIRST.what,
    cost=SECOND.cost,
    how_long=SECOND.how_long,
    unhappy="每年评议一次；考核连续两季度不合格，或者满意率不到 80%，业主大会可以提前解聘。",
    if_not=FIRST.if_not,
    text=SECOND.text + "\n第七条 考核连续两季度不合格，业主大会可以提前解除合同。",
)


@dataclass(frozen=True, slots=True)
class People:
    """Who plays in this story. second: the committee member whose family works for the company."""

    community: Speaker
    branch: Speaker
    chair: Speaker
    second: Speaker
    grid: Speaker
    company: Speaker
    neighbours: Sequence[Actor]


def propose(estate_id: int, who: People, today: date) -> Matter:
    """The committee proposes, the community takes it up; interests are declared at once."""
    begin = today - timedelta(days=76)
    n = proposals.draft(
        who.chair.actor, estate_id, FIRST,
        Plan("statutory", 4, "renew_manager", "committee"),
        origin=Origin("voice", "恳谈会上好几位业主问：物业合同年底到期，还续不续？",
                      begin - timedelta(days=4)),
        post_id=who.chair.post_id, now=at(begin, 9),
    )  # fmt: skip
    proposals.submit(who.chair.actor, estate_id, n, now=at(begin, 10))
    proposals.screen(
        who.community.actor, estate_id, n, accept=True,
        reason="续聘物业由业主共同决定，先征求意见，再开业主大会表决。",
        post_id=who.community.post_id, plan_rounds=False, now=at(begin + timedelta(days=2), 15),
    )  # fmt: skip
    about = talk.matter(estate_id, n, who.chair, who.neighbours)
    now = at(begin + timedelta(days=3), 9)
    positions.declare(
        who.company.actor, estate_id, about.id, post_id=who.company.post_id, whole_body=True,
        kind="contract", text="议的是本公司的合同，只说明情况，不表态。", now=now,
    )  # fmt: skip
    positions.declare(
        who.second.actor, estate_id, about.id, post_id=who.second.post_id, whole_body=False,
        kind="family", text="家人在物业公司上班，本事项不参加业委会表决。", now=now,
    )  # fmt: skip
    return about


def first_round(about: Matter, who: People, today: date) -> None:
    """Three years and a higher fee: the neighbours say what they think of that."""
    a, b, c, d, e = who.neighbours[:5]
    begin = today - timedelta(days=72)
    talk.round_of(
        about, "这几年服务得怎么样，续不续，条件是什么？", at(begin, 9), at(begin + timedelta(days=10), 20),
        (
            Said(a, "三年太长了。以前换了四家，就怕签了又不管事。", "against", 0, 14,
                 ("adopted", "合同期改为两年，并加了每年评议。", "第2稿第二条"), "同意，先签两年看看。"),
            Said(b, "物业费能不能不涨？好多人退休金不高。", "against", 1, 18,
                 ("adopted", "和公司谈定：两年内不涨，还是 1.10 元。", "第2稿第三条")),
            Said(c, "这两年院子干净多了，愿意续。", "for", 1, 9,
                 ("explained", "您的意见已经记下。服务范围写进了第一条。", "")),
            Heard(who.grid, "一位住户", "5栋", "visit",
                  "做得不好怎么办？要写清楚能不能提前换。", "neutral", 2,
                  ("adopted", "满意率低于 80%，业主大会可以提前解聘。", "第2稿第二条")),
            Heard(who.grid, "一位老住户", "3栋", "phone",
                  "联络人的电话贴在楼下，眼睛不好也看得见。", "for", 3,
                  ("partly", "写进第六条，字号由物业公司放大。", "第2稿第六条")),
            Said(d, "公共收益到底有多少？一直没看到账。", "against", 4, 12,
                 ("partly", "第五条写明每季度公示；以前的账业委会正在对。", "第2稿第五条")),
            Said(e, "门口的快递柜什么时候修？", "neutral", 5, 2,
                 ("out_of_scope", "不属于合同，已转给物业公司报修。", "")),
        ),
    )  # fmt: skip
    talk.state_positions(
        about,
        (
            (who.community, "support", "程序合规，先把意见听全。"),
            (who.branch, "conditional", "期限和费用要按大家的意见改。"),
            (who.chair, "reserved", "三年偏长，等第二稿。"),
            (who.company, "recused", "本次是利害一方，只说明情况。"),
        ),
        at(begin + timedelta(days=9), 16),
    )
    done = begin + timedelta(days=12)
    talk.next_version(
        about, SECOND, material=True, note="期限三年改两年，费用不变，加每年评议。",
        because={
            "合同期三年改为两年": ("三年太长了",),
            "物业费维持 1.10 元": ("能不能不涨",),
            "每年评议，低于 80% 可以提前解聘": ("做得不好怎么办",),
            "每季度公示公共收益": ("一直没看到账",),
        },
        at=at(done, 10),
    )  # fmt: skip
    talk.settle(
        about, 1,
        "收到 7 条意见。多数愿意续聘，但嫌期限长、怕涨价；要求写清楚做得不好怎么办。公共收益要公开。",
        at(done, 11),
    )  # fmt: skip


def second_round(about: Matter, who: People, today: date) -> None:
    """The changed contract is asked about again."""
    a, b, c = who.neighbours[5:8]
    begin = today - timedelta(days=57)
    n = talk.round_of(
        about, "改过的合同，哪一条还要改？", at(begin, 9), at(begin + timedelta(days=8), 20),
        (
            Said(a, "评议一年一次太稀了，平时做得差怎么办？", "neutral", 0, 10,
                 ("adopted", "加一条：考核连续两季度不合格，可以提前解除。", "第3稿第七条")),
            Said(b, "两年可以，同意。", "for", 1, 15, ("explained", "谢谢，已记下。", "")),
            Heard(who.grid, "一位租户", "6栋", "talk",
                  "租房子的人能不能参加每年的评议？", "neutral", 2,
                  ("explained", "评议请全体住户填，表决只由业主投票。", "")),
            Said(c, "地下车库的灯费，为什么摊给没有车的人？", "against", 3, 8),
        ),
    )  # fmt: skip
    garage = about.comment("地下车库的灯费")
    day = begin + timedelta(days=4)
    threads.refer(
        who.chair.actor, about.estate_id, garage, body="property",
        reason="账在物业公司，请公司说明。", post_id=who.chair.post_id, now=at(day, 9),
    )  # fmt: skip
    talk.answer(
        who.company, about.estate_id, garage,
        ("explained", "现在没有分摊，由停车收入支付。每季度收支表可以查到。", ""), at(day, 17),
    )  # fmt: skip
    talk.state_positions(
        about,
        (
            (who.community, "support", ""),
            (who.branch, "support", "期限、费用都改了。"),
            (who.chair, "conditional", "再加一条季度考核。"),
            (who.grid, "support", "上门问过 60 户，多数愿意续。"),
            (who.company, "recused", "本次是利害一方，只说明情况。"),
        ),
        at(begin + timedelta(days=7), 16),
    )
    done = begin + timedelta(days=10)
    talk.next_version(
        about, FINAL, material=False, note="加季度考核一条。",
        because={"考核连续两季度不合格可以提前解除": ("平时做得差怎么办",)},
        at=at(done, 10),
    )  # fmt: skip
    talk.settle(
        about,
        n,
        "收到 4 条意见，没有人再提期限和费用。加了一条季度考核，其余按第二稿。",
        at(done, 11),
    )


def agenda(about: Matter) -> tuple[Agenda, ...]:
    """The council's evening."""
    return (
        Agenda("签到，宣布回避", 5, "社区工作人员", 5, "report", about,
               conclusion="物业公司回避，只说明情况；业委会一位委员因家人在公司上班回避。"),
        Agenda("两轮意见和改了什么", 10, "业委会", 12, "report", about,
               conclusion="两轮 11 条意见，逐条答复；期限、费用、评议三处改了。"),
        Agenda("物业公司说明情况", 10, "物业公司", 9, "report", about,
               conclusion="公司说明服务人员和收支，回答了车库灯费的问题。"),
        Agenda("五方逐一表态", 15, "五方", 13, "discuss", about, conclusion="四方赞成，物业公司回避。"),
        Agenda("要不要提请业主大会表决", 10, "召集人", 8, "decide", about,
               "按第3稿提请业主大会表决续聘样本物业服务公司，合同两年",
               "提请业主大会表决，由业委会发公告。"),
    )  # fmt: skip


def council(estate_id: int, about: Matter, who: People, today: date) -> int:
    """The council: who has an interest leaves numerator and denominator; gives the meeting's number."""
    starts = at(today - timedelta(days=39), 19)
    plan = agenda(about)
    draft = MeetingDraft(
        kind="council", title="续聘物业公司：五方会商会",
        bodies=("community", "branch", "committee", "grid", "property"),
        starts_at=starts, place="1 栋活动室", items=talk.items(plan),
    )  # fmt: skip
    n = talk.call(
        who.branch, estate_id, draft,
        at(today - timedelta(days=45), 10), at(today - timedelta(days=44), 17),
    )  # fmt: skip
    held = talk.hold(
        who.branch, estate_id, n, plan, starts,
        positions_at="五方逐一表态",
        said=(
            (who.community, "support", "程序合规，提请业主大会表决。"),
            (who.branch, "support", "党员分楼栋上门，把合同讲清楚。"),
            (who.chair, "support", "费用不涨，期限改为两年，考核写进了合同。"),
            (who.grid, "support", "今年报修平均 1.6 天办结，去年是 9 天。"),
            (who.company, "recused", "本次是利害一方，只说明情况，不表态。"),
        ),
        absent=("庚六样",),
    )  # fmt: skip
    talk.minute(
        who.grid, estate_id, n, plan,
        text="会议由小区党支部召集。先宣布回避，再汇报两轮意见，物业公司说明情况后，其余四方表态，最后举手形成会商意见。",
        dissent="没有不同意见。1 位委员请假。",
        tasks=(
            TaskDraft("按第3稿起草表决公告，提前 15 日通知", "committee", "甲一明",
                      today - timedelta(days=21), item_id=5),
            TaskDraft("把合同全文贴到每栋楼下", "grid", "样格员", today - timedelta(days=20), item_id=5),
            TaskDraft("公示上一季度公共收益收支", "property", "样物业", today - timedelta(days=3), item_id=3),
        ),
        signing=(who.community, who.branch, who.chair, who.grid),
        publisher=who.branch,
        at=at(today - timedelta(days=38), 9), published=at(today - timedelta(days=31), 10),
    )  # fmt: skip
    (decision,) = held.decisions
    resolutions.publish_decision(
        who.branch.actor, estate_id, decision.id, post_id=who.branch.post_id,
        decided="按第3稿提请业主大会表决，由业委会发公告。",
        no_action="要办的事写在本次会议纪要里，逐项落实。",
        now=at(today - timedelta(days=31), 11),
    )  # fmt: skip
    proposals.make_ready(
        who.chair.actor, estate_id, about.n, post_id=who.chair.post_id,
        now=at(today - timedelta(days=30), 9),
    )  # fmt: skip
    return n
