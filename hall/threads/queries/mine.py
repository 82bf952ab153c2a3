"""What became of one's own comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from hall.db import db
from hall.threads.models import Answer, Comment, Thread


@dataclass(frozen=True, slots=True)
class MyAnswer:
    """The newest answer to one of my comments."""

    comment_id: int
    thread_id: int
    thread: str
    text: str
    outcome: str
    answer: str
    body: str
    answered_at: datetime


def answers_to(
    account_id: int | None, estate_id: int, since: datetime, limit: int = 3
) -> tuple[MyAnswer, ...]:
    """Answers given since an instant to what this account wrote, newest first; one query."""
    if account_id is None:
        return ()
    newest = (
        select(func.max(Answer.version))
        .where(Answer.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    rows = db.session.connection().execute(
        select(
            Comment.id,
            Comment.thread_id,
            Thread.title,
            Comment.text,
            Answer.outcome,
            Answer.text,
            Answer.body,
            Answer.answered_at,
        )
        .join(Answer, Answer.comment_id == Comment.id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(
            Comment.estate_id == estate_id,
            Comment.account_id == account_id,
            Comment.source == "",
            Comment.state.in_(("shown", "masked")),
            Answer.version == newest,
            Answer.answered_at >= since,
        )
        .order_by(Answer.answered_at.desc(), Answer.id.desc())
        .limit(limit)
    )
    return tuple(MyAnswer(*r) for r in rows)
