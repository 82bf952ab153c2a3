"""Rooms that are full: a proposal with very many comments, a meeting with very many people in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update

from hall.db import atomic, db
from hall.meetings.models import AgendaItem, Attendance, Invitee, Meeting
from hall.people.models import Post
from hall.threads.models import Answer, Comment, Echo, Thread

ECHOES = 3


def talk(thread_id: int, points: int, now: datetime) -> None:
    """That many points in a thread, every third with a reply, every fourth answered, all echoed."""
    thread = db.session.execute(select(Thread).where(Thread.id == thread_id)).scalar_one()
    same = {
        "estate_id": thread.estate_id,
        "thread_id": thread_id,
        "account_id": 1,
        "name": "样本华",
        "place": "3栋",
        "standing": "owner",
        "text": "合同期三年太长，先签两年，连续两个月不达标可以换一家。" * 3,
        "written_at": now,
    }
    point = same | {
        "answer_body": thread.answer_body,
        "answer_due_at": now + timedelta(days=2),
    }
    with atomic() as session:
        made = insert(Comment).returning(Comment.id, sort_by_parameter_order=True)
        ids = list(session.scalars(made, [point] * points))
        reply = same | {"depth": 1}
        session.execute(insert(Comment), [reply | {"parent_id": i, "root_id": i} for i in ids[::3]])
        given = {
            "version": 1,
            "outcome": "adopted",
            "text": "改了，见下一稿第二条。",
            "body": thread.answer_body,
            "title": "chair",
            "post_id": session.scalar(select(func.min(Post.id))),
            "name": "甲一明",
            "account_id": 1,
            "answered_at": now,
        }
        session.execute(insert(Answer), [given | {"comment_id": i} for i in ids[::4]])
        echoes = [{"comment_id": i, "account_id": a, "at": now} for i in ids for a in range(ECHOES)]
        session.execute(insert(Echo), echoes)


def crowd(meeting_id: int, people: int, now: datetime) -> None:
    """That many residents who came to a meeting by themselves."""
    person = {"meeting_id": meeting_id, "kind": "resident", "added_at": now}
    with atomic() as session:
        made = insert(Invitee).returning(Invitee.id, sort_by_parameter_order=True)
        ids = session.scalars(made, [person | {"name": f"样本{i}"} for i in range(people)]).all()
        stay = {"meeting_id": meeting_id, "in_at": now, "how": "code"}
        session.execute(insert(Attendance), [stay | {"invitee_id": i} for i in ids])


def held(meeting_id: int, now: datetime) -> None:
    """The meeting runs, with its first item taken up."""
    with atomic() as session:
        session.execute(update(Meeting).where(Meeting.id == meeting_id).values(started_at=now))
        first = select(func.min(AgendaItem.id)).where(AgendaItem.meeting_id == meeting_id)
        session.execute(
            update(AgendaItem)
            .where(AgendaItem.id == first.scalar_subquery())
            .values(started_at=now)
        )
