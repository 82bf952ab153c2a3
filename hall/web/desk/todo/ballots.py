"""Ballots to prepare, notice, count, publish; contests and objections to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from hall.ballots import queries as ballots
from hall.ballots.queries import BallotCard
from hall.ballots.rules import Phase
from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, may
from hall.resolutions import service as publishing
from hall.web import filters
from hall.web.desk.todo.item import Todo
from hall.web.i18n import gettext, ngettext


def gather(
    actor: Actor, estate: EstateRow, _posts: tuple[PostRow, ...], now: datetime
) -> tuple[Todo, ...]:
    """What waits on ballots, drafts included."""
    return tuple(_ballots(actor, estate.id, now))


def _ballots(actor: Actor, estate_id: int, now: datetime) -> Iterator[Todo]:
    drafting = may(actor, Action.DRAFT_BALLOT, estate_id)
    for card in ballots.every(estate_id, drafts=drafting):
        phase = card.phase(now)
        if phase is Phase.DRAFT:
            yield from _draft(actor, estate_id, card, now)
        elif phase is Phase.OPEN:
            yield from _contests(actor, estate_id, card)
        elif phase is Phase.CLOSED and may(actor, Action.COUNT_BALLOT, estate_id):
            yield Todo(
                gettext("计票：%(title)s", title=card.title),
                gettext("已截止。系统会自己计票，也可以现在点。"),
                "wait",
                gettext("等计票"),
                url_for("desk.result", n=card.n),
            )
        elif phase is Phase.COUNTED and may(actor, Action.PUBLISH_RESOLUTION, estate_id):
            due = publishing.publish_due(ballots.get(estate_id, card.n))
            yield Todo(
                gettext("公布结果：%(title)s", title=card.title),
                gettext(
                    "写上定下的事。到 %(time)s 还没公布，系统会自己公布。",
                    time=filters.deadline(due),
                ),
                "late",
                gettext("等您"),
                url_for("desk.result", n=card.n),
            )
        elif card.times.open_objections and may(actor, Action.ANSWER_OBJECTION, estate_id):
            count = card.times.open_objections
            yield Todo(
                ngettext("答复 %(n)s 份异议", "答复 %(n)s 份异议", count),
                card.title,
                "late",
                gettext("等答复"),
                url_for("desk.result", n=card.n),
            )


def _draft(actor: Actor, estate_id: int, card: BallotCard, now: datetime) -> Iterator[Todo]:
    blockers = ballots.notice_blockers(estate_id, card.n, now, actor)
    if not blockers:
        if may(actor, Action.NOTICE_BALLOT, estate_id):
            yield Todo(
                gettext("发公告：%(title)s", title=card.title),
                gettext("该有的都齐了"),
                "wait",
                gettext("可以发"),
                url_for("desk.notice_ask", n=card.n),
            )
        return
    yield Todo(
        gettext("准备：%(title)s", title=card.title),
        ngettext("还差 %(n)s 件，才能发公告", "还差 %(n)s 件，才能发公告", len(blockers)),
        "line",
        gettext("草稿"),
        url_for("desk.draft_edit", n=card.n),
    )


def _contests(actor: Actor, estate_id: int, card: BallotCard) -> Iterator[Todo]:
    if not may(actor, Action.RECORD_REPRESENTATIVE, estate_id):
        return
    for contest in ballots.contests(card.id):
        if contest.settled_at is None:
            yield Todo(
                gettext("登记共有人推举：%(unit)s", unit=filters.unit_label(contest.label)),
                gettext("截止前没有推举，这一户不计入"),
                "late",
                filters.time_left(card.close_at) if card.close_at else "",
                url_for("desk.contest", n=card.n, entry_id=contest.entry_id),
            )
