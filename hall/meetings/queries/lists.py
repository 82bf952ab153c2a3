"""Lists of meetings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from hall.db import db
from hall.meetings.models import Invitee, Meeting, MeetingBody
from hall.meetings.queries.page import rows, select_meetings
from hall.meetings.queries.rows import MeetingRow
from hall.permissions import Actor

PER_PAGE = 20


def upcoming(estate_id: int, *, body: str | None = None) -> tuple[MeetingRow, ...]:
    """Noticed or running meetings, the next one first; with a body only those it takes part in."""
    return rows(
        _of(estate_id, body)
        .where(
            Meeting.noticed_at.is_not(None),
            Meeting.ended_at.is_(None),
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(50)
    )


def count_past(estate_id: int, *, body: str | None = None) -> int:
    """How many meetings are over or were cancelled."""
    statement = _of(estate_id, body).where(_past()).with_only_columns(func.count())
    return int(db.session.connection().execute(statement).scalar_one())


def past(
    estate_id: int, *, body: str | None = None, offset: int = 0, limit: int = PER_PAGE
) -> tuple[MeetingRow, ...]:
    """Meetings that are over or were cancelled, the latest first."""
    return rows(
        _of(estate_id, body)
        .where(_past())
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .offset(offset)
        .limit(limit)
    )


def drafts(estate_id: int) -> tuple[MeetingRow, ...]:
    """Meetings whose notice has not gone out, the newest first: for who convenes."""
    return rows(
        _of(estate_id, None)
        .where(Meeting.noticed_at.is_(None))
        .order_by(Meeting.id.desc())
        .limit(50)
    )


def calls(estate_id: int, actor: Actor) -> tuple[MeetingRow, ...]:
    """Meetings to come to which the actor was called and has not answered."""
    persons = actor.persons_in(estate_id)
    called = exists().where(
        Invitee.meeting_id == Meeting.id,
        Invitee.rsvp == "",
        or_(
            Invitee.person_id.in_(persons),
            and_(Invitee.account_id.is_not(None), Invitee.account_id == actor.account_id),
        ),
    )
    return rows(
        _of(estate_id, None)
        .where(
            Meeting.noticed_at.is_not(None),
            Meeting.started_at.is_(None),
            Meeting.cancelled_at.is_(None),
            called,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )


def places(estate_id: int) -> tuple[str, ...]:
    """Where meetings were held lately, the newest first, each once: offered in the form."""
    statement = (
        select(Meeting.place, func.max(Meeting.id))
        .where(Meeting.estate_id == estate_id, Meeting.place != "")
        .group_by(Meeting.place)
        .order_by(func.max(Meeting.id).desc())
        .limit(6)
    )
    return tuple(place for place, _ in db.session.connection().execute(statement))


def _past() -> ColumnElement[bool]:
    return and_(
        Meeting.noticed_at.is_not(None),
        or_(Meeting.ended_at.is_not(None), Meeting.cancelled_at.is_not(None)),
    )


def _of(estate_id: int, body: str | None) -> Any:
    found = select_meetings().where(Meeting.estate_id == estate_id)
    if body is None:
        return found
    return found.where(
        exists().where(MeetingBody.meeting_id == Meeting.id, MeetingBody.body == body)
    )
