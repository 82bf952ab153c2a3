"""Who owes answers to what, since when: the public list and a body's own desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select, tuple_

from hall.bodies.rules import Body
from hall.db import db
from hall.threads.models import Answer, Comment, Thread
from hall.threads.queries.points import masked_text, waits


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A point that waits: where, since when, until when, by whom to be answered."""

    comment_id: int
    thread_id: int
    thread: str
    text: str
    name: str
    place: str
    standing: str
    body: str | None
    title: str | None
    written_at: datetime
    due_at: datetime
    answer_body: str
    referred: str

    def overdue(self, now: datetime) -> bool:
        """Whether the answer is late."""
        return now >= self.due_at


@dataclass(frozen=True, slots=True)
class BodyCounts:
    """One body's answers in figures: given, of these late; waiting, of these overdue."""

    body: str
    answered: int
    late: int
    waiting: int
    overdue: int


def owed(
    estate_id: int,
    *,
    bodies: Collection[str] | None = None,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> tuple[OwedRow, ...]:
    """Points that wait for an answer, the longest overdue first; keyset by (due_at, comment_id)."""
    c = Comment
    q = (
        select(
            c.id, c.thread_id, Thread.title, c.text, c.name, c.place, c.standing, c.body,
            c.title.label("speaker_title"), c.written_at, c.answer_due_at, c.answer_body,
            c.referred, c.show_name, masked_text(),
        )
        .join(Thread, Thread.id == c.thread_id)
        .where(c.estate_id == estate_id, waits())
    )  # fmt: skip
    if bodies is not None:
        q = q.where(c.answer_body.in_(list(bodies)))
    if after is not None:
        q = q.where(tuple_(c.answer_due_at, c.id) > tuple_(*after))
    rows = db.session.connection().execute(q.order_by(c.answer_due_at, c.id).limit(limit))
    return tuple(
        OwedRow(
            r.id,
            r.thread_id,
            r[2],
            r.text if r.masked is None else r.masked,
            r.name if r.show_name else "",
            r.place if r.show_name else "",
            r.standing,
            r.body,
            r.speaker_title,
            r.written_at,
            r.answer_due_at,
            r.answer_body,
            r.referred,
        )
        for r in rows
    )


def by_body(estate_id: int, now: datetime) -> tuple[BodyCounts, ...]:
    """Every body's answers in figures, the five in their order; raw numbers, nothing left out."""
    first = (
        select(Answer.comment_id, func.min(Answer.answered_at).label("at"))
        .group_by(Answer.comment_id)
        .subquery()
    )
    given = and_(first.c.at.is_not(None))
    late = and_(given, first.c.at >= Comment.answer_due_at)
    overdue = and_(waits(), Comment.answer_due_at <= now)
    q = (
        select(
            Comment.answer_body,
            *(func.sum(case((x, 1), else_=0)) for x in (given, late, waits(), overdue)),
        )
        .outerjoin(first, first.c.comment_id == Comment.id)
        .where(Comment.estate_id == estate_id, Comment.answer_body.is_not(None))
        .group_by(Comment.answer_body)
    )
    found = {body: tuple(int(n or 0) for n in f) for body, *f in db.session.connection().execute(q)}
    return tuple(BodyCounts(b.value, *found.get(b.value, (0, 0, 0, 0))) for b in Body)
