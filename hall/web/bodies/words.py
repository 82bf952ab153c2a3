"""What each body does and how it decides, in plain words with their source."""

from __future__ import annotations

from hall.bodies.rules import DECISION_RULES, DecisionRule
from hall.rulesets.rules import Op, Threshold
from hall.web.figures import line_name
from hall.web.i18n import N_, gettext

# (what it does, what it does not) of each body; and the table of who may do what.
DUTIES = {
    "community": (
        N_("召集五方会商，指导、监督；复核计票规则；登记谁任什么职。"),
        N_("不替业主表决。"),
    ),
    "branch": (
        N_("牵头提议，召集会商，受理议案，公布五方商定的事。"),
        N_("前三步商定的，法定事项仍由业主表决。"),
    ),
    "committee": (
        N_("办法定的表决：准备、公告、发起、公布；提议、答复意见、落实决定。"),
        N_("不能替业主做业主大会才能做的决定。"),
    ),
    "grid": (
        N_("收集意见、上门提醒、记下不上网的人的话；核对事情办没办好。"),
        N_("不单独看票、读票。"),
    ),
    "property": (
        N_("答复报事和意见，执行定下来的事，报进度。"),
        N_("自己的合同上一律回避；不受理、不审核对自己的意见。"),
    ),
}
# By which rule a body decides when it meets; None: nobody votes in it.
RULE_OF = {
    "community": "party_review",
    "branch": "party_review",
    "committee": "committee",
    "grid": None,
    "property": None,
}
SOURCES = {
    "committee": N_("《业主大会和业主委员会指导规则》第三十八条；本系统取更严的“过半数”"),
    "council": N_("城乡社区协商（中办发〔2015〕41号）的通行做法；结论是会商意见，不是业主大会决定"),
    "party_review": N_("“四议两公开”的党员审议"),
    "residents": N_("居民会议"),
}
LEVELS = {
    1: N_("街道党工委"),
    2: N_("社区党委"),
    3: N_("小区党组织"),
    4: N_("楼栋党小组"),
}
PARTIES = {
    "police": N_("派出所"),
    "legal": N_("法律顾问"),
    "partner": N_("共建单位"),
    "volunteers": N_("社区志愿者"),
    "social_work": N_("社会工作者"),
    "social_org": N_("社区社会组织"),
    "charity": N_("社会慈善资源"),
    "other": N_("其他单位"),
}


def decision(code: str) -> str:
    """A decision rule as a sentence, from the very figures that count it."""
    rule = DECISION_RULES[code]
    parts = [
        gettext("应到的人%(share)s到会才能开", share=_share(rule.quorum)),
        _adopt(rule),
    ]
    if not rule.proxies:
        parts.append(gettext("不能托人代投"))
    return gettext("；").join(parts) + gettext("。")


def _adopt(rule: DecisionRule) -> str:
    if rule.base == "due":
        return gettext("应到的人%(share)s同意才算通过", share=_share(rule.adopt))
    return gettext("到会的人%(share)s同意才算通过", share=_share(rule.adopt))


def _share(line: tuple[int, int, str]) -> str:
    return line_name(Threshold(line[0], line[1], Op(line[2])))
