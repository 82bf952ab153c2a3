"""Procedure templates as data: how a kind of matter lawfully goes (rules.md §4.4, §4.5, feature 1.39).

Texts are Chinese: they go into the estate's records. The web names them in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Between two rounds: time to answer every point and to write the next wording.
PAUSE_DAYS = 3


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round of comment: what it asks and how many Shanghai days it lasts."""

    question: str
    days: int


@dataclass(frozen=True, slots=True)
class BallotPreset:
    """The ballot that follows. method: motion | single | approval | election.

    scope: estate (all owners), building or entrance (only who shares the part). kind follows the
    procedure's track. options: only where the method needs them.
    """

    question: str
    method: str = "motion"
    options: tuple[str, ...] = ()
    electorate: str = "owners"
    scope: str = "estate"
    window_days: int = 10


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """What has to be done after it is decided: the body that answers for it and its days.

    decides: the work is to decide, so a body's own document has done it.
    """

    text: str
    body: str
    days: int
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """A way to go. notice_days: the least notice before a ballot opens (R-2.15); publicity_days:
    how long the final wording hangs out before the notice; sources: where it is laid down."""

    code: str
    track: str
    matter: int | None
    lead_body: str
    rounds: tuple[RoundPlan, ...]
    notice_days: int
    publicity_days: int
    ballot: BallotPreset
    follow_up: tuple[FollowUpPlan, ...]
    sources: tuple[str, ...]
    outline: tuple[str, ...] = ()  # headings that the full text starts from


_MANAGER_SOURCES = (
    "《民法典》第二百七十八条第一款第四项",
    "《民法典》第九百四十六条至第九百五十条",
)

PROCEDURES: tuple[Procedure, ...] = (
    Procedure(
        code="hire_manager",
        track="statutory",
        matter=4,
        lead_body="committee",
        rounds=(
            RoundPlan("对物业服务有什么要求，最多愿意付多少物业费？", 7),
            RoundPlan("选聘方案和合同草案，哪一条要改？", 7),
        ),
        notice_days=15,
        publicity_days=7,
        ballot=BallotPreset("您是否同意按本方案选聘物业服务企业？"),
        follow_up=(
            FollowUpPlan("和选定的物业公司签合同，合同全文公示", "committee", 15),
            FollowUpPlan("合同签订后向物业主管部门备案", "committee", 30),
            FollowUpPlan("新老物业交接，清单公示", "property", 45),
        ),
        sources=(*_MANAGER_SOURCES, "《物业管理条例》第十四条（提前 15 日通知）"),
        outline=("服务范围和标准", "服务费和支付", "合同期限", "考核和解聘", "公共收益"),
    ),
    Procedure(
        code="renew_manager",
        track="statutory",
        matter=4,
        lead_body="committee",
        rounds=(
            RoundPlan("这几年服务得怎么样，续不续，条件是什么？", 7),
            RoundPlan("续聘合同草案，哪一条要改？", 7),
        ),
        notice_days=15,
        publicity_days=7,
        ballot=BallotPreset("您是否同意按本合同续聘现在的物业公司？"),
        follow_up=(
            FollowUpPlan("签续聘合同，合同全文公示", "committee", 15),
            FollowUpPlan("合同签订后向物业主管部门备案", "committee", 30),
            FollowUpPlan("第一次服务评议，结果公示", "committee", 180),
        ),
        sources=(*_MANAGER_SOURCES, "《物业管理条例》第十四条（提前 15 日通知）"),
        outline=("服务范围和标准", "服务费", "合同期限", "评议和解聘", "公共收益"),
    ),
    Procedure(
        code="dismiss_manager",
        track="statutory",
        matter=4,
        lead_body="committee",
        rounds=(
            RoundPlan("物业公司哪里没做到，有什么证据？", 7),
            RoundPlan("解聘以后怎么过渡，谁来接？", 7),
        ),
        notice_days=15,
        publicity_days=7,
        ballot=BallotPreset("您是否同意解聘现在的物业公司？"),
        follow_up=(
            FollowUpPlan("提前 60 日书面通知物业公司", "committee", 3),
            FollowUpPlan("交接用房、图纸、账册，清单公示", "property", 75),
            FollowUpPlan("选聘新的物业公司", "committee", 75),
        ),
        sources=(
            "《民法典》第二百七十八条第一款第四项",
            "《民法典》第九百四十六条（提前 60 日通知）",
        ),
        outline=("解聘的理由和证据", "通知和退场日期", "过渡期怎么办", "新物业怎么选"),
    ),
    Procedure(
        code="use_fund",
        track="statutory",
        matter=5,
        lead_body="committee",
        rounds=(RoundPlan("修什么、修多大、花多少，您怎么看？", 7),),
        notice_days=15,
        publicity_days=7,
        ballot=BallotPreset("您是否同意按本方案使用维修资金？"),
        follow_up=(
            FollowUpPlan("向维修资金管理部门申请拨付", "committee", 15),
            FollowUpPlan("施工，进度和变更逐次公示", "property", 60),
            FollowUpPlan("业主代表参加验收", "committee", 75),
            FollowUpPlan("决算和每户分摊公示", "committee", 90),
        ),
        sources=(
            "《民法典》第二百七十八条第一款第五项",
            "《民法典》第二百八十一条",
            "《住宅专项维修资金管理办法》第二十二条、第二十三条",
        ),
        outline=("维修范围", "预算", "每户分摊", "施工单位怎么选", "验收"),
    ),
    Procedure(
        code="add_lift",
        track="statutory",
        matter=7,
        lead_body="committee",
        rounds=(
            RoundPlan("本单元要不要装电梯，各层有什么顾虑？", 7),
            RoundPlan("设计图和分摊方案，哪一条要改？", 10),
        ),
        notice_days=15,
        publicity_days=10,
        ballot=BallotPreset("您是否同意本单元按本方案加装电梯？", scope="entrance"),
        follow_up=(
            FollowUpPlan("方案在单元门口公示满期，异议逐条答复", "committee", 15),
            FollowUpPlan("占用到的每一户书面同意存档", "committee", 30),
            FollowUpPlan("办理规划和施工手续", "community", 90),
            FollowUpPlan("施工和验收，资料公示", "committee", 240),
        ),
        sources=(
            "《民法典》第二百七十八条第一款第七项",
            "四川省既有住宅加装电梯规定（参与三分之二，同意四分之三）",
        ),
        outline=("装在哪里", "设计和安全", "花多少钱、各层怎么分摊", "运行维护", "对低层的补偿"),
    ),
    Procedure(
        code="elect_committee",
        track="statutory",
        matter=3,
        lead_body="community",
        rounds=(RoundPlan("推荐谁当委员，任职条件怎么定？", 7),),
        notice_days=15,
        publicity_days=7,
        ballot=BallotPreset("请选出业主委员会委员。", method="election"),
        follow_up=(
            FollowUpPlan("七日内开第一次会，推选主任、副主任", "committee", 7),
            FollowUpPlan("三十日内向街道备案", "committee", 30),
            FollowUpPlan("和上一届交接档案、印章、账册", "committee", 10),
        ),
        sources=(
            "《民法典》第二百七十八条第一款第三项",
            "《物业管理条例》第十六条（30 日内备案）",
            "《业主大会和业主委员会指导规则》第三十一条、第三十二条",
        ),
        outline=("委员人数和任期", "任职条件", "候选人怎么产生", "计票和监票"),
    ),
    Procedure(
        code="name_something",
        track="advisory",
        matter=None,
        lead_body="branch",
        rounds=(
            RoundPlan("叫什么名字好，为什么？", 7),
            RoundPlan("合并以后的名字里，您看好哪个？", 5),
            RoundPlan("最后几个名字，还有什么要说的？", 3),
        ),
        notice_days=0,
        publicity_days=3,
        ballot=BallotPreset(
            "您看好哪个名字？", method="single", electorate="households", window_days=7
        ),
        follow_up=(
            FollowUpPlan("由所在组织作出决定，写明为什么选这个名字", "branch", 7, decides=True),
            FollowUpPlan("做牌子、挂牌", "property", 30),
        ),
        sources=("《物业管理条例》第十九条（与物业管理无关的事，业主大会不作决定）",),
        outline=("给什么取名", "征集范围", "怎么合并、怎么定"),
    ),
    Procedure(
        code="apply_renewal",
        track="advisory",
        matter=None,
        lead_body="community",
        rounds=(
            RoundPlan("最想改什么，愿不愿意出一部分钱？", 10),
            RoundPlan("改造方案草案，哪一项要改？", 7),
        ),
        notice_days=0,
        publicity_days=7,
        ballot=BallotPreset(
            "您家愿不愿意申报老旧小区改造？",
            method="single",
            options=("愿意", "不愿意"),
            electorate="households",
            window_days=10,
        ),
        follow_up=(
            FollowUpPlan("向住建部门申报，附问题清单和征询记录", "community", 15),
            FollowUpPlan("请住建部门现场勘察", "community", 60),
            FollowUpPlan("动用业主资金、改建、改用途的，另开业主大会表决", "committee", 90),
            FollowUpPlan("验收时请居民代表参加，缺陷列清单", "community", 365),
        ),
        sources=("国办发〔2020〕23号（全面推进城镇老旧小区改造）",),
        outline=("现在有什么问题", "想改哪些：基础、完善、提升", "钱从哪里来", "改完谁来管"),
    ),
)
BY_CODE: Mapping[str, Procedure] = {p.code: p for p in PROCEDURES}


def procedure(code: str) -> Procedure | None:
    """A template by its code; None for none."""
    return BY_CODE.get(code)


def outline(of: Procedure) -> str:
    """The full text a template begins with: one numbered clause a heading, to be filled in."""
    numerals = "一二三四五六七八九十"
    return "\n".join(f"第{numerals[i]}条 {head}：" for i, head in enumerate(of.outline))
