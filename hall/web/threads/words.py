"""What threads call things."""

from __future__ import annotations

from datetime import datetime, timedelta

from hall import clock
from hall.bodies.rules import Body
from hall.threads.queries import CommentRow
from hall.web.filters import time_left
from hall.web.i18n import N_, gettext, ngettext
from hall.web.messages import people
from hall.web.organiser import called as who

ALIGNMENTS = {"for": N_("赞成"), "against": N_("反对"), "neutral": N_("中立")}
STANDINGS = {"owner": N_("业主"), "resident": N_("住户")}
# The five bodies, as messages to be translated where they are shown.
BODIES = {b.value: people.WHO[b.value] for b in Body}
TITLES = {"chair": N_("主任"), "vice_chair": N_("副主任"), "member": N_("委员")}
SOURCES = {
    "phone": N_("打电话说的"),
    "talk": N_("恳谈会上说的"),
    "visit": N_("上门时说的"),
    "note": N_("写纸条交来的"),
}
OUTCOMES = {
    "adopted": (N_("采纳"), N_("写进文本或马上办")),
    "partly": (N_("部分采纳"), N_("哪些采纳要说清")),
    "not_adopted": (N_("不采纳"), N_("讲明理由")),
    "out_of_scope": (N_("不属于本议题"), N_("告诉他该找谁")),
    "explained": (N_("说明情况"), N_("是问题，答清楚")),
}
ANSWERED = {
    "adopted": ("done", "check", N_("已采纳")),
    "partly": ("done", "half", N_("部分采纳")),
    "not_adopted": ("off", "dash", N_("没有采纳")),
    "out_of_scope": ("line", "go", N_("不属于本议题")),
    "explained": ("line", "info", N_("已说明")),
}
REASONS = {
    "abuse": N_("骂人"),
    "privacy": N_("泄露隐私"),
    "spam": N_("广告，和本事无关"),
    "false": N_("说的不是事实"),
    "other": N_("别的原因"),
}
ACTS = {
    "keep": (N_("留着"), N_("不用动")),
    "mask": (N_("遮字"), N_("只遮您改掉的字")),
    "hide": (N_("隐去"), N_("留一行说明")),
    "restore": (N_("恢复"), N_("原样再公开")),
}
DONE = {
    "keep": N_("留着，没有动"),
    "mask": N_("遮去了部分文字"),
    "hide": N_("隐去了"),
    "restore": N_("恢复了"),
}
STATES = {
    "shown": N_("公开着"),
    "masked": N_("遮去了部分文字"),
    "hidden": N_("隐去了"),
    "withdrawn": N_("本人撤回了"),
}
SORTS = {
    "answered": N_("有答复"),
    "echoed": N_("最多同感"),
    "newest": N_("最新"),
    "mine": N_("我的意见"),
}


def overdue_days(due_at: datetime, now: datetime) -> int:
    """Shanghai days since the last day for an answer; the first day after it is 1."""
    last = clock.local_date(due_at - timedelta(microseconds=1))
    return (clock.local_date(now) - last).days


def waiting(body: str, due_at: datetime, now: datetime) -> tuple[str, str]:
    """(kind of chip, words) for an answer that is owed."""
    if now >= due_at:
        days = overdue_days(due_at, now)
        return "late", ngettext(
            "%(body)s超期 %(n)s 天没有答复", "%(body)s超期 %(n)s 天没有答复", days, body=who(body)
        )
    return "wait", gettext("等%(body)s答复，%(left)s", body=who(body), left=time_left(due_at))


def chip_of(row: CommentRow, now: datetime) -> tuple[str, str] | None:
    """waiting() of a comment; None where no answer is owed."""
    if row.due_at is None or row.answer_body is None or not row.waits:
        return None
    return waiting(row.answer_body, row.due_at, now)


def title(code: str) -> str:
    """A title without its body's name, which stands before it: 主任, 委员."""
    return gettext(TITLES[code]) if code in TITLES else who(code)


def standing(row: CommentRow) -> str:
    """业主 / 住户, '' for a body or an offline voice."""
    word = STANDINGS.get(row.standing, "")
    return gettext(word) if word else ""
