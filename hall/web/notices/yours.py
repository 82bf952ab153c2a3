"""What somebody began himself and now waits for others: who has to act, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from hall.estates.queries import EstateRow
from hall.notices import queries
from hall.notices.queries import Mine
from hall.permissions import Actor
from hall.roll import queries as roll
from hall.web import filters
from hall.web.i18n import N_, gettext
from hall.web.messages import who
from hall.web.notices.lines import Line, by_urgency, owed, short

STAGES = {"discussing": N_("议着"), "ready": N_("定稿了")}


def yours(actor: Actor, estate: EstateRow, now: datetime) -> list[Line]:
    """Everything of one's own under way, what is late first; a constant number of queries."""
    found = [_line(m, now) for m in queries.waiting_for_others(actor, estate.id)]
    found += _corrections(actor, estate, now)
    return by_urgency(found)


def _line(m: Mine, now: datetime) -> Line:
    if m.kind == "proposal":
        return _proposal(m, now)
    href = url_for("threads.comment", thread_id=m.thread_id, comment_id=m.n)
    if m.kind == "comment":
        what = gettext("意见：%(title)s", title=short(m.title))
        if m.due is None:
            return Line(what, gettext("等%(body)s答复", body=who(m.body)), href, "talk")
        why = gettext("等%(body)s答复，%(time)s 前", body=who(m.body), time=filters.deadline(m.due))
        return owed(what, why, href, "talk", m.due, now)
    sent = gettext("%(day)s 提出", day=filters.day(m.at))
    if m.kind == "report":
        what = gettext("举报：%(title)s里的一条意见", title=m.title)
        return Line(what, gettext("%(sent)s，等人看", sent=sent), href, "shield")
    what = gettext("要求复核：%(title)s", title=m.title)
    return Line(what, gettext("%(sent)s，等另一位处理", sent=sent), href, "shield")


def _proposal(m: Mine, now: datetime) -> Line:
    what = gettext("议案：%(title)s", title=m.title)
    href = url_for("proposals.show", n=m.n)
    if m.stage == "screening" and m.due is not None:
        why = gettext("等%(body)s回话，%(time)s 前", body=who(m.body), time=filters.deadline(m.due))
        return owed(what, why, href, "pen", m.due, now)
    sent = gettext("%(day)s 提出", day=filters.day(m.at))
    return Line(what, sent, href, "pen", "line", gettext(STAGES.get(m.stage, STAGES["discussing"])))


def _corrections(actor: Actor, estate: EstateRow, now: datetime) -> Iterator[Line]:
    for row in queries.minutes_corrections(actor, estate.id):
        if row.taken is not None:
            continue
        yield Line(
            gettext("纪要更正：%(title)s", title=row.title),
            gettext("%(day)s 提出，答复了才能公布纪要", day=filters.day(row.at)),
            url_for("meetings.minutes", n=row.meeting_n),
            "doc",
            "line",
            gettext("等答复"),
        )
    persons = actor.persons_in(estate.id)
    for asked in roll.corrections(estate.id, persons) if persons else ():
        if asked.answered_at is not None:
            continue
        yield Line(
            gettext("名册更正：%(text)s", text=short(asked.text)),
            gettext("%(day)s 提出，答复了才能发公告", day=filters.day(asked.raised_at)),
            url_for("roll.public"),
            "users",
            "line",
            gettext("等答复"),
        )
