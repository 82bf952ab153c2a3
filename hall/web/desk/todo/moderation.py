"""Reported comments and appeals that this person may handle."""

from __future__ import annotations

from datetime import datetime

from flask import url_for

from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Action, Actor
from hall.threads.queries import reports
from hall.threads.queries.reports import QueueRow
from hall.threads.rules import MODERATING
from hall.web import filters
from hall.web.desk.todo.item import YOURS, Todo, bodies_for
from hall.web.i18n import gettext, ngettext


def gather(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], _now: datetime
) -> tuple[Todo, ...]:
    """One line for the reports, one for the appeals."""
    mine = bodies_for(posts, Action.MODERATE) & set(MODERATING)
    if not mine:
        return ()

    def handles(row: QueueRow) -> bool:
        return bool(mine - set(row.barred)) and actor.account_id not in row.parties

    found = []
    queue = [r for r in reports.queue(estate.id) if handles(r)]
    if queue:
        since = min(x.at for r in queue for x in r.reports)
        found.append(
            Todo(
                ngettext("看 %(n)s 条被举报的意见", "看 %(n)s 条被举报的意见", len(queue)),
                gettext("最早的是 %(time)s 举报的", time=filters.daytime(since)),
                "wait",
                gettext(YOURS),
                url_for("threads.moderation"),
            )
        )
    appeals = [
        a
        for a in reports.appeals(estate.id)
        if handles(a.row) and a.first_account != actor.account_id
    ]
    if appeals:
        found.append(
            Todo(
                ngettext("裁定 %(n)s 件申诉", "裁定 %(n)s 件申诉", len(appeals)),
                gettext("第一次不是您处理的，由您来看"),
                "wait",
                gettext(YOURS),
                url_for("threads.moderation"),
            )
        )
    return tuple(found)
