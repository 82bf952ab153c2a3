"""What my bodies have to carry out, what they may look at, and whom to press."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import url_for

from hall import clock
from hall.actions import queries as actions
from hall.actions.queries import ActionRow
from hall.actions.rules import State
from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, may
from hall.web import filters
from hall.web.actions.words import state_words
from hall.web.desk.todo.item import PRESS, Todo, bodies_for
from hall.web.i18n import gettext
from hall.web.messages import who

SOON = timedelta(days=7)


def gather(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], now: datetime
) -> tuple[Todo, ...]:
    """Late, soon due, to be asked again, to be looked at; then others' late ones to press."""
    today = clock.local_date(now)
    owing = bodies_for(posts, Action.UPDATE_ACTION)
    seeing = bodies_for(posts, Action.VERIFY_ACTION)
    found: list[Todo] = []
    presses = may(actor, Action.OPEN_ACTION, estate.id)
    if owing or presses:
        which = () if presses else sorted(owing)
        running = actions.cards(estate.id, "running", today=today, bodies=which, limit=200)
        for row in running:
            found += _running(row, owing, now)
    if seeing:
        found += (
            _verify(r) for r in actions.to_verify(estate.id, sorted(seeing), actor.account_id)
        )
    return tuple(found)


def _running(row: ActionRow, mine: frozenset[str], now: datetime) -> Iterator[Todo]:
    today = clock.local_date(now)
    state, words = row.state(today), state_words(row, today)
    href = url_for("actions.manage", n=row.n)
    day = row.check_on if row.external else row.due_on
    due = clock.day_start(clock.add_days(day, 1)) if day else None
    if row.body not in mine:
        if state is State.LATE:
            what = gettext("催%(body)s：%(text)s", body=who(row.body), text=row.text)
            why = gettext("%(day)s 到期，%(late)s", day=_day(row), late=words)
            yield Todo(what, why, "wait", gettext(PRESS), href, due)
    elif state is State.LATE:
        why = gettext("%(day)s 到期，%(late)s。报进度，说明原因", day=_day(row), late=words)
        yield Todo(gettext("落实：%(text)s", text=row.text), why, "late", words, href, due)
    elif state is State.ASK_AGAIN:
        what = gettext("再问一次：%(text)s", text=row.text)
        yield Todo(
            what, gettext("问%(agency)s", agency=row.agency), "late", gettext("该问了"), href, due
        )
    elif state is State.OPEN and due is not None and due - now <= SOON:
        why = gettext("%(day)s 到期，%(late)s", day=_day(row), late=words)
        yield Todo(
            gettext("落实：%(text)s", text=row.text), why, "wait", gettext("快到期"), href, due
        )


def _verify(row: ActionRow) -> Todo:
    return Todo(
        gettext("看看办好没有：%(text)s", text=row.text),
        gettext("%(body)s说办完了，要别的一方看过才算", body=who(row.body)),
        "wait",
        gettext("等您看"),
        url_for("actions.manage", n=row.n),
        row.done_at,
    )


def _day(row: ActionRow) -> str:
    return filters.day(row.due_on) if row.due_on else ""
