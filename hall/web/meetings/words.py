"""What states, items, answers and sources of a meeting are called."""

from __future__ import annotations

from datetime import datetime

from hall import clock
from hall.web.i18n import EN, N_, gettext, language

STATES = {
    "draft": N_("草稿"),
    "noticed": N_("已通知"),
    "running": N_("正在开会"),
    "ended": N_("开完了"),
    "cancelled": N_("已取消"),
}
CHIPS = {
    "draft": "line",
    "noticed": "wait",
    "running": "wait",
    "ended": "done",
    "cancelled": "off",
}
ITEM_KINDS = {"report": N_("通报"), "discuss": N_("商量"), "decide": N_("表决")}
ANSWERS = {"": N_("还没回"), "yes": N_("来"), "no": N_("请假")}
HOW = {"qr": N_("扫码"), "code": N_("签到码"), "hand": N_("手记")}
# Why the notice has to be that early.
SOURCES = {
    "G39": N_("业主大会和业委会指导规则第 39 条"),
    "S4": N_("四议两公开：文本要会前发到"),
    "C41": N_("城乡社区协商意见：内容要提前告知"),
    "RC": N_("居民会议要提前告知居民"),
    "HOUSE": N_("本系统的约定"),
}
# How a meeting decides, said in full: quorum, then majority (keys of bodies.rules.DECISION_RULES).
RULES = {
    "committee": N_("全体委员过半数到会，全体委员过半数赞成才通过；不能委托别人。"),
    "council": N_("全体过半数到会，全体过半数赞成，才成为会商意见；不能委托别人。"),
    "party_review": N_("应到党员三分之二以上到会，应到党员半数以上赞成，才通过。"),
    "residents": N_("应到的人过半数到会，到会的人过半数赞成，才通过。"),
}
RESULTS = {
    ("council", "adopted"): N_("形成会商意见"),
    ("council", "not_adopted"): N_("没有形成会商意见"),
    ("talk", "adopted"): N_("形成会商意见"),
}
PASSED = {
    "adopted": N_("通过"),
    "not_adopted": N_("未通过"),
    "no_quorum": N_("人数不够，没有结果"),
}


def named(kind: str) -> str:
    """What those are called who hold a seat by name and not by a post."""
    return gettext(N_("党员")) if kind == "party_review" else gettext(N_("居民代表"))


def state(code: str) -> str:
    """已通知."""
    return gettext(STATES[code])


def item_kind(code: str) -> str:
    """表决."""
    return gettext(ITEM_KINDS[code])


def answer(code: str) -> str:
    """请假."""
    return gettext(ANSWERS[code])


def how(code: str) -> str:
    """扫码."""
    return gettext(HOW[code])


def source(code: str) -> str:
    """The ground of a notice period."""
    return gettext(SOURCES[code])


def rule(code: str) -> str:
    """The rule of decision in one sentence."""
    return gettext(RULES[code])


def outcome(kind: str, code: str) -> str:
    """What came of a vote; a council's is an opinion, never a decision of the owners (R-4.03)."""
    return gettext(RESULTS.get((kind, code)) or PASSED[code])


def day_no(at: datetime) -> int:
    """The day of the month in Shanghai."""
    return clock.local_date(at).day


def month_of(at: datetime) -> str:
    """12月 / Dec."""
    day = clock.local_date(at)
    return f"{day:%b}" if language() == EN else gettext("%(n)s月", n=day.month)


def mmss(later: datetime, earlier: datetime) -> str:
    """The span between two instants as 1:47; '+' before it when the later one is past."""
    total = int(later.timestamp()) - int(earlier.timestamp())
    n = abs(total)
    return f"{'+' if total < 0 else ''}{n // 60}:{n % 60:02d}"


def post(body: str, title: str) -> str:
    """业委会主任, 小区党支部 书记: the body is not said twice."""
    return title if title.startswith(body) else f"{body} {title}"
