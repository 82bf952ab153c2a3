"""Imports to confirm, corrections to answer, a roll that changed after its publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, may
from hall.roll import queries as roll
from hall.web import filters
from hall.web.desk.todo.item import Todo
from hall.web.i18n import gettext, ngettext


def gather(
    actor: Actor, estate: EstateRow, _posts: tuple[PostRow, ...], now: datetime
) -> tuple[Todo, ...]:
    """What waits on the roll."""
    return tuple(_roll(actor, estate.id, now))


def _roll(actor: Actor, estate_id: int, now: datetime) -> Iterator[Todo]:
    if may(actor, Action.CONFIRM_IMPORT, estate_id):
        for row in roll.imports(estate_id):
            if row.waits and not row.blocking and row.uploaded_by != actor.account_id:
                yield Todo(
                    gettext("复核名册：%(file)s", file=row.filename),
                    gettext(
                        "%(name)s %(time)s 上传",
                        name=row.uploader,
                        time=filters.daytime(row.uploaded_at),
                    ),
                    "wait",
                    gettext("等您复核"),
                    url_for("roll.import_show", import_id=row.id),
                )
    if not may(actor, Action.ANSWER_CORRECTION, estate_id):
        return
    state = roll.publication_state(estate_id, now)
    if state.open_corrections:
        count = state.open_corrections
        yield Todo(
            ngettext("答复 %(n)s 份名册更正", "答复 %(n)s 份名册更正", count),
            gettext("没有答复完，发不了公告"),
            "late",
            gettext("等答复"),
            url_for("roll.corrections"),
        )
    if state.changed_since_publication and may(actor, Action.PUBLISH_ROLL, estate_id):
        yield Todo(
            gettext("重新公示名册"),
            gettext("公示后名册又改过"),
            "wait",
            gettext("等您"),
            url_for("roll.publish_ask"),
        )
