"""Decisions nobody has published, documents that do not say who carries them out."""

from __future__ import annotations

from datetime import datetime

from flask import url_for

from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, may
from hall.resolutions import queries as resolutions
from hall.web import filters
from hall.web.desk.todo.item import YOURS, Todo
from hall.web.i18n import gettext


def gather(
    actor: Actor, estate: EstateRow, _posts: tuple[PostRow, ...], _now: datetime
) -> tuple[Todo, ...]:
    """Oldest first; two queries."""
    found: list[Todo] = []
    if may(actor, Action.PUBLISH_BODY_DECISION, estate.id):
        found += (
            Todo(
                gettext("公布会上定的事：%(title)s", title=row.item_title),
                gettext(
                    "%(meeting)s，%(day)s 定的",
                    meeting=row.meeting_title,
                    day=filters.day(row.decided_at),
                ),
                "wait",
                gettext(YOURS),
                url_for("resolutions.publish", decision_id=row.decision_id),
                row.decided_at,
            )
            for row in resolutions.unpublished(estate.id)
        )
    if may(actor, Action.OPEN_ACTION, estate.id):
        found += (
            Todo(
                gettext("写明谁去办：%(title)s", title=row.title),
                gettext(
                    "%(number)s，%(day)s 公布，没写落实",
                    number=row.number,
                    day=filters.day(row.published_at),
                ),
                "wait",
                gettext(YOURS),
                url_for("resolutions.follow", docno=row.docno),
                row.published_at,
            )
            for row in resolutions.open_ends(estate.id)
        )
    return tuple(found)
