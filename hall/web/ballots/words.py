"""What the codes of a ballot are called on a page: matters, policies, electorates, phases."""

from __future__ import annotations

from hall.ballots.queries import BallotRow
from hall.ballots.rules import Phase
from hall.counting import TIEBREAK
from hall.rulesets.rules import Base, MatterClass, Op, Rule, RuleSet, Threshold
from hall.web import figures, filters
from hall.web.i18n import N_, gettext

# Civil Code 278 ¶1, word for word.
MATTERS = {
    1: N_("制定和修改业主大会议事规则"),
    2: N_("制定和修改管理规约"),
    3: N_("选举业主委员会或者更换业主委员会成员"),
    4: N_("选聘和解聘物业服务企业或者其他管理人"),
    5: N_("使用建筑物及其附属设施的维修资金"),
    6: N_("筹集建筑物及其附属设施的维修资金"),
    7: N_("改建、重建建筑物及其附属设施"),
    8: N_("改变共有部分的用途或者利用共有部分从事经营活动"),
    9: N_("有关共有和共同管理权利的其他重大事项"),
}
ELECTORATES = {
    "owners": N_("业主（按产权，一位业主算 1 人）"),
    "households": N_("每户一份"),
    "persons": N_("登记的每位住户一份"),
}
CHANNELS = {"online": N_("手机或电脑"), "paper": N_("纸质票")}
PHASES = {
    Phase.NOTICED: (N_("公告期，还没开始投"), "line", "clock"),
    Phase.OPEN: (N_("正在投"), "wait", "clock"),
    Phase.CLOSED: (N_("已截止，等计票"), "line", "lock"),
    Phase.COUNTED: (N_("已计票，等公布"), "line", "lock"),
    Phase.PROVISIONAL: (N_("已公布，异议期内"), "done", "doc"),
    Phase.FINAL: (N_("已公布"), "done", "check"),
    Phase.VOID: (N_("已作废"), "off", "cross"),
}
INVALID_MARKS = {
    "NOT_PARTICIPATING": N_("填错、填多的票不算参加"),
    "AS_ABSTAIN": N_("填错、填多的票按弃权算，算参加"),
}
NONRETURN = {
    "NOT_PARTICIPATING": N_("没投的不算参加，也不会替谁算成同意"),
    "FOLLOW_MAJORITY": N_("按议事规则，送达后没投的随多数（结果上分开列）"),
    "ABSTAIN": N_("按议事规则，送达后没投的按弃权算（结果上分开列）"),
}
DUPLICATE = {
    "FIRST_VALID_WINS": N_("手机和纸质都投了，先到的有效那份算"),
    "PAPER_PREVAILS": N_("手机和纸质都投了，以签名的纸质票为准"),
    "ONLINE_PREVAILS": N_("手机和纸质都投了，以手机投的为准"),
}
AS_WHO = {
    "owner": N_("业主本人"),
    "co_owner": N_("共有人"),
    "nominee": N_("共有人推举的人"),
    "guardian": N_("监护人"),
    "company": N_("单位指定的人"),
    "successor": N_("新业主"),
}


def matter(number: int | None) -> str:
    """The matter of Civil Code 278 ¶1 by its number, or ''."""
    return gettext(MATTERS[number]) if number in MATTERS else ""


def line(threshold: Threshold) -> str:
    """'三分之二以上', '过半' — a line with its operator in words."""
    name = figures.line_name(threshold)
    plain = threshold.op is Op.GE and (threshold.num, threshold.den) in ((2, 3), (3, 4), (1, 2))
    return gettext("%(line)s以上", line=name) if plain else name


def how_counted(rule: Rule) -> str:
    """The double majority of the frozen rule in one sentence."""
    quorum, approval = line(rule.quorum_heads), line(rule.approve_heads)
    same = rule.quorum_heads == rule.quorum_area and rule.approve_heads == rule.approve_area
    if same and rule.base is Base.PARTICIPANTS:
        return gettext(
            "参加的人数、面积都要%(quorum)s；参加的里面，同意的人数、面积都要%(approval)s。"
            "四项都过线才算通过。",
            quorum=quorum,
            approval=approval,
        )
    facts = {
        "quorum_heads": quorum,
        "quorum_area": line(rule.quorum_area),
        "approve_heads": approval,
        "approve_area": line(rule.approve_area),
    }
    if rule.base is Base.TOTAL:
        return gettext(
            "参加的人数%(quorum_heads)s、面积%(quorum_area)s；"
            "同意的人数占全体%(approve_heads)s、面积占全体%(approve_area)s。",
            **facts,
        )
    return gettext(
        "参加的人数%(quorum_heads)s、面积%(quorum_area)s；"
        "参加的里面，同意的人数%(approve_heads)s、面积%(approve_area)s。四项都过线才算通过。",
        **facts,
    )


def class_name(rule: Rule) -> str:
    """一般事项 / 特别事项."""
    special = rule.matter_class is MatterClass.SPECIAL
    return gettext("特别事项") if special else gettext("一般事项")


# What decides who takes a seat when more candidates pass than there are seats.
SEAT_ORDER = {"HEADS": N_("同意的人数"), "AREA": N_("同意的面积")}


def policies(ballot: BallotRow, rules: RuleSet | None = None) -> list[str]:
    """The frozen policies that decide what a sheet counts for, printed before voting (R-2.37).

    Which of two sheets prevails is told only where both channels are open; how seats are filled
    only in an election. rules: those of a result; without, the ballot's.
    """
    rules = rules or ballot.ruleset
    if rules is None:
        return []
    found = (
        INVALID_MARKS.get(rules.invalid_marks or ""),
        NONRETURN.get(rules.nonreturn or ""),
        DUPLICATE.get(rules.duplicate or "") if len(ballot.channels) > 1 else None,
    )
    seats = {q.seats for q in ballot.questions if q.method == "election"}
    order = [gettext(SEAT_ORDER[o]) for o in rules.election_tiebreak or TIEBREAK if o in SEAT_ORDER]
    filled = [
        gettext(
            "选 %(n)s 人，每人都要过同意的线。过线的比席位多，依次比%(order)s；还一样，再投一次，不抽签",
            n=n,
            order=filters.listing(order),
        )
        for n in sorted(seats)
    ]
    return [*(gettext(text) for text in found if text), *filled]


def scope(ballot: BallotRow) -> str:
    """全小区, or the buildings and entrances it is about."""
    return filters.listing(ballot.scope_names) if ballot.scope_names else gettext("全小区")


def named(table: dict[str, str], code: str) -> str:
    """A code's name in the viewer's language; the code itself when it is new."""
    return gettext(table[code]) if code in table else code


def on_paper(ballot: BallotRow) -> dict[str, object]:
    """The computed words of the printed notice, in the language they are asked for in."""
    return {
        "date": filters.full_date(ballot.noticed_at) if ballot.noticed_at else "",
        "opens": filters.full_datetime(ballot.open_at) if ballot.open_at else "",
        "closes": filters.deadline(ballot.close_at) if ballot.close_at else "",
        "scope": scope(ballot),
        "area": filters.m2(ballot.area_cm2),
        "counted": how_counted(ballot.rule) if ballot.rule else "",
        "policies": policies(ballot),
    }
