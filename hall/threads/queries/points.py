"""Points and their answers in figures, for what owns a thread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, select

from hall import clock
from hall.db import db
from hall.db.query import Query
from hall.threads.models import Answer, Comment, Moderation


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A first-level comment that still waits for its answer, with who said it.

    name and place are '' when only the standing is to be shown.
    """

    comment_id: int
    text: str
    name: str
    place: str
    standing: str
    body: str | None
    title: str | None
    written_at: datetime
    answer_body: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ThreadCounts:
    """A thread in figures: first-level comments, of these answered, waiting, overdue; replies apart."""

    comments: int = 0
    answered: int = 0
    waiting: int = 0
    overdue: int = 0
    replies: int = 0


def has_answer() -> ColumnElement[bool]:
    """Whether a comment has an official answer; every outcome is a disposition (R-4.01)."""
    return exists().where(Answer.comment_id == Comment.id).correlate(Comment)


def waits() -> ColumnElement[bool]:
    """Whether a comment waits for an answer: owed, not given, and neither taken back nor hidden."""
    return and_(_owed(), ~has_answer())


def _owed() -> ColumnElement[bool]:
    return and_(Comment.answer_due_at.is_not(None), Comment.state.in_(("shown", "masked")))


def open_points(
    thread_id: int, since: datetime | None, until: datetime | None
) -> tuple[OpenPoint, ...]:
    """First-level comments written in [since, until) without a disposition; None is an open end.

    A masked comment gives its masked words.
    """
    c = Comment
    q = select(
        c.id, c.text, c.name, c.place, c.standing, c.body, c.title, c.written_at, c.answer_body,
        c.answer_due_at, c.show_name, masked_text(),
    ).where(c.thread_id == thread_id, c.root_id.is_(None), waits())  # fmt: skip
    if since is not None:
        q = q.where(c.written_at >= since)
    if until is not None:
        q = q.where(c.written_at < until)
    return tuple(
        OpenPoint(
            r.id,
            r.text if r.masked is None else r.masked,
            r.name if r.show_name else "",
            r.place if r.show_name else "",
            r.standing,
            r.body,
            r.title,
            r.written_at,
            r.answer_body,
            r.answer_due_at,
        )
        for r in db.session.connection().execute(q.order_by(c.id))
    )


def counts(thread_ids: Collection[int], now: datetime | None = None) -> dict[int, ThreadCounts]:
    """Figures of threads, one query; a thread without comments has zeros. now: for what is overdue."""
    found = {i: ThreadCounts() for i in thread_ids}
    if not found:
        return found
    moment = clock.now() if now is None else now
    for thread_id, *figures in _COUNTS.rows(threads=list(found), now=moment):
        found[thread_id] = ThreadCounts(*(int(f or 0) for f in figures))
    return found


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def masked_text() -> ColumnElement[str | None]:
    """What is shown of a masked comment; None for every other."""
    newest = (
        select(Moderation.masked_text)
        .where(Moderation.comment_id == Comment.id, Moderation.act == "mask")
        .order_by(Moderation.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
    return case((Comment.state == "masked", newest), else_=None).label("masked")


# The first version stands for all of an answer: one look for a comment, not one for each figure.
_first = Comment.root_id.is_(None)
_waits = and_(_owed(), Answer.id.is_(None))
_COUNTS = Query(
    select(
        Comment.thread_id,
        _sum(_first),
        _sum(and_(_first, Answer.id.is_not(None))),
        _sum(_waits),
        _sum(and_(_waits, Comment.answer_due_at <= bindparam("now"))),
        _sum(~_first),
    )
    .outerjoin(Answer, and_(Answer.comment_id == Comment.id, Answer.version == 1))
    .where(Comment.thread_id.in_(bindparam("threads", expanding=True)))
    .group_by(Comment.thread_id)
)
