"""Loading and locking what a verb of this room stands on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from hall.db import db
from hall.errors import NotFound
from hall.threads.models import Answer, Comment, Thread
from hall.threads.rules import CommentFacts, Window


def locked_thread(estate_id: int, thread_id: int) -> Thread:
    """The thread, locked: everything written in it goes one after the other. Raises NotFound."""
    row = db.session.scalar(
        select(Thread)
        .where(Thread.id == thread_id, Thread.estate_id == estate_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("thread")
    return row


def locked_comment(estate_id: int, comment_id: int) -> tuple[Thread, Comment]:
    """A comment and its locked thread. Raises NotFound."""
    thread_id = db.session.scalar(
        select(Comment.thread_id).where(Comment.id == comment_id, Comment.estate_id == estate_id)
    )
    if thread_id is None:
        raise NotFound("comment")
    thread = locked_thread(estate_id, thread_id)
    row = db.session.get_one(Comment, comment_id, populate_existing=True)
    return thread, row


def window(thread: Thread) -> Window:
    """When it takes comments."""
    return Window(thread.opens_at, thread.closes_at)


def facts(row: Comment, *, answered: bool = False) -> CommentFacts:
    """The comment for the rules."""
    return CommentFacts(row.depth, row.state, row.written_at, row.account_id, answered)


def answers_of(comment_id: int) -> list[Answer]:
    """All versions of the answer to a comment, oldest first."""
    q = select(Answer).where(Answer.comment_id == comment_id).order_by(Answer.version)
    return list(db.session.scalars(q))


def written_lately(account_id: int, now: datetime, *, offline: bool) -> list[datetime]:
    """When the account wrote (or took down) comments in the last 24 hours, anywhere."""
    q = select(Comment.written_at).where(
        Comment.account_id == account_id,
        Comment.written_at > now - timedelta(days=1),
        (Comment.standing == "offline") if offline else (Comment.standing != "offline"),
    )
    return list(db.session.scalars(q.order_by(Comment.written_at.desc()).limit(400)))


def repeated(thread_id: int, account_id: int, request_key: str) -> int | None:
    """The comment that the same post made before, if any."""
    if not request_key:
        return None
    return db.session.scalar(
        select(func.min(Comment.id)).where(
            Comment.account_id == account_id,
            Comment.request_key == request_key,
            Comment.thread_id == thread_id,
        )
    )
