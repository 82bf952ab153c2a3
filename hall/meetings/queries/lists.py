"""Lists of meetings, and where a proposal was taken up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from hall.db import db
from hall.meetings.models import AgendaItem, Decision, Invitee, Meeting, MeetingBody
from hall.meetings.queries.page import rows, select_meetings
from hall.meetings.queries.rows import MeetingRow
from hall.meetings.rules import State, Times, state
from hall.permissions import Actor

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class ItemRef:
    """An agenda item that took up a proposal, with its meeting and what was decided under it."""

    n: int
    title: str
    kind: str
    starts_at: datetime
    state: State
    item_id: int
    seq: int
    item_title: str
    version_n: int | None
    decision_text: str
    outcome: str | None
    decided_at: datetime | None


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


def items_of_proposal(proposal_id: int) -> tuple[ItemRef, ...]:
    """Where a proposal was on the agenda of a noticed meeting, in the order of the days."""
    m, a, d = Meeting, AgendaItem, Decision
    statement = (
        select(
            m.n,
            m.title,
            m.kind,
            m.starts_at,
            m.noticed_at,
            m.started_at,
            m.ended_at,
            m.cancelled_at,
            a.id,
            a.seq,
            a.title,
            a.version_n,
            d.text,
            d.outcome,
            d.decided_at,
        )
        .join(a, a.meeting_id == m.id)
        .outerjoin(d, and_(d.item_id == a.id, d.decided_at.is_not(None)))
        .where(a.proposal_id == proposal_id, m.noticed_at.is_not(None))
        .order_by(m.starts_at, a.seq)
    )
    return tuple(
        ItemRef(
            n=r[0],
            title=r[1],
            kind=r[2],
            starts_at=r[3],
            state=state(Times(*r[4:8])),
            item_id=r[8],
            seq=r[9],
            item_title=r[10],
            version_n=r[11],
            decision_text=r[12] or "",
            outcome=r[13],
            decided_at=r[14],
        )
        for r in db.session.connection().execute(statement)
    )


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
