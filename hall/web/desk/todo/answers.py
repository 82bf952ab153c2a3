"""Answers that my bodies owe; those that others owe and that are overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, may
from hall.threads import queries as threads
from hall.threads.queries import OwedRow
from hall.web import filters
from hall.web.desk.todo.item import PRESS, Todo, bodies_for, by_clock, short
from hall.web.i18n import gettext, ngettext
from hall.web.messages import who
from hall.web.threads.words import STANDINGS

MOST = 200
SINGLY = 2  # points of one thread that get a line each


def gather(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], now: datetime
) -> tuple[Todo, ...]:
    """A line for each point, one for all of a thread with many; then whom to press."""
    mine = bodies_for(posts, Action.ANSWER_COMMENT)
    found: list[Todo] = []
    if mine:
        found += _owed(threads.owed(estate.id, bodies=mine, limit=MOST), now)
    if may(actor, Action.RUN_ROUNDS, estate.id):
        found += _others(estate, mine, now)
    return tuple(found)


def _owed(rows: tuple[OwedRow, ...], now: datetime) -> Iterator[Todo]:
    of_thread: dict[int, list[OwedRow]] = defaultdict(list)
    for row in rows:
        of_thread[row.thread_id].append(row)
    for points in of_thread.values():
        if len(points) <= SINGLY:
            for row in points:
                chip, word = by_clock(row.due_at, now)
                yield Todo(
                    gettext("答复%(who)s的意见", who=speaker(row)),
                    gettext(
                        "“%(text)s” %(time)s 到期",
                        text=short(row.text),
                        time=filters.deadline(row.due_at),
                    ),
                    chip,
                    word,
                    url_for("threads.answer", comment_id=row.comment_id),
                    row.due_at,
                )
            continue
        first = points[0]
        chip, word = by_clock(first.due_at, now)
        yield Todo(
            ngettext("答复 %(n)s 条意见", "答复 %(n)s 条意见", len(points)),
            gettext(
                "%(title)s，最早的一条 %(time)s 到期",
                title=first.thread,
                time=filters.deadline(first.due_at),
            ),
            chip,
            word,
            url_for("threads.desk"),
            first.due_at,
        )


def _others(estate: EstateRow, mine: frozenset[str], now: datetime) -> Iterator[Todo]:
    for row in threads.by_body(estate.id, now):
        if row.overdue and row.body not in mine:
            yield Todo(
                gettext("催%(body)s答复意见", body=who(row.body)),
                ngettext("%(n)s 条过了期限", "%(n)s 条过了期限", row.overdue),
                "wait",
                gettext(PRESS),
                url_for("threads.answers"),
            )


def speaker(row: OwedRow) -> str:
    """Who said it, as it is shown everywhere: 3栋 胡**, or a body by name."""
    if row.body:
        return f"{who(row.body)} {row.name}".strip()
    name = row.name if row.standing == "offline" else filters.mask_name(row.name)
    return f"{row.place} {name}".strip() or gettext(
        STANDINGS.get(row.standing, STANDINGS["resident"])
    )
