"""What the states and the history of actions are called."""

from __future__ import annotations

from datetime import date

from hall.actions.queries import ActionRow
from hall.actions.rules import State
from hall.web.i18n import N_, gettext, ngettext

# (kind of chip, icon) of a state.
LOOKS = {
    State.OPEN: ("wait", "clock"),
    State.LATE: ("late", "alert"),
    State.WAITING: ("line", "out"),
    State.ASK_AGAIN: ("wait", "out"),
    State.DONE: ("ask", "eye"),
    State.VERIFIED: ("done", "check"),
    State.DROPPED: ("off", "cross"),
}
CLASSES = {
    State.OPEN: "is-now",
    State.LATE: "is-late",
    State.WAITING: "is-ext",
    State.ASK_AGAIN: "is-ext",
    State.DONE: "is-done",
    State.VERIFIED: "is-done",
    State.DROPPED: "is-off",
}
KINDS = {
    "progress": N_("报进度"),
    "milestone": N_("办到一步"),
    "news": N_("外面的消息"),
    "explained": N_("说明为什么晚"),
    "done": N_("报办完"),
    "verified": N_("核对过，办完了"),
    "sent_back": N_("退回：还没办好"),
    "dropped": N_("不办了"),
}
TABS = {
    "running": N_("正在办"),
    "late": N_("超期"),
    "external": N_("等外面"),
    "done": N_("等核对"),
    "verified": N_("办完"),
    "dropped": N_("不办了"),
}
# The acts of the desk, by whose post they are done: of the body that owes it, or of another.
OWN_ACTS = ("progress", "milestone", "news", "explain", "done")
OTHER_ACTS = ("verify", "send_back", "drop")


def state_words(row: ActionRow, today: date) -> str:
    """'还有 18 天', '超期 2 天', '等外面', '办完'."""
    state = row.state(today)
    late = row.late_days(today)
    if state is State.LATE:
        return ngettext("超期 %(n)s 天", "超期 %(n)s 天", late)
    if state is State.OPEN and row.due_on is not None:
        left = (row.due_on - today).days
        return ngettext("还有 %(n)s 天", "还有 %(n)s 天", left) if left else gettext("今天到期")
    names = {
        State.WAITING: N_("等外面"),
        State.ASK_AGAIN: N_("该问了"),
        State.DONE: N_("等核对"),
        State.VERIFIED: N_("办完"),
        State.DROPPED: N_("不办了"),
    }
    return gettext(names[state])


def late_note(row: ActionRow, today: date) -> str:
    """'晚了 2 天' of what was done or dropped late; '' otherwise."""
    ended = row.done_at is not None or row.dropped_at is not None
    late = row.late_days(today)
    return ngettext("晚了 %(n)s 天", "晚了 %(n)s 天", late) if ended and late else ""
