"""What of an estate's meetings waits for somebody: minutes at every stage, and where proposals are next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from hall.db import db
from hall.meetings.models import (
    AgendaItem,
    Attendance,
    Correction,
    Invitee,
    Meeting,
    MeetingBody,
    Minutes,
    MinutesVersion,
    SignOff,
)
from hall.permissions import Actor

MOST = 50


@dataclass(frozen=True, slots=True)
class MinutesDue:
    """Minutes of a meeting that is over and whose minutes are not out.

    stage: write (no draft) | draft (not circulated) | out (being signed). silent: bodies that have
    not answered the circulated text; corrections: how many wait for their reply.
    """

    meeting_n: int
    title: str
    body: str
    ended_at: datetime
    stage: str
    sign_by: datetime | None
    silent: int
    corrections: int

    def publishable(self, now: datetime) -> bool:
        """Whether nobody is waited for: all have answered, or their time is over (R-4.05)."""
        if self.stage != "out" or self.corrections:
            return False
        return not self.silent or (self.sign_by is not None and now >= self.sign_by)


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next noticed meeting that has a proposal on its agenda."""

    n: int
    title: str
    starts_at: datetime


def minutes_due(estate_id: int) -> tuple[MinutesDue, ...]:
    """Minutes that are not published, the oldest meeting first; three queries."""
    newest = (
        select(MinutesVersion.digest)
        .where(MinutesVersion.meeting_id == Meeting.id)
        .order_by(MinutesVersion.n.desc())
        .limit(1)
        .scalar_subquery()
    )
    answered = (
        select(func.count())
        .select_from(SignOff)
        .where(SignOff.meeting_id == Meeting.id, SignOff.digest == newest)
        .scalar_subquery()
    )
    corrections = (
        select(func.count())
        .select_from(Correction)
        .where(Correction.meeting_id == Meeting.id, Correction.taken.is_(None))
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Meeting.id,
        Meeting.n,
        Meeting.title,
        Meeting.body,
        Meeting.ended_at,
        Minutes.id,
        Minutes.circulated_at,
        Minutes.sign_by,
        answered,
        corrections,
    )
    connection = db.session.connection()
    found = connection.execute(
        select(*columns)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.estate_id == estate_id,
            Meeting.ended_at.is_not(None),
            or_(Minutes.id.is_(None), Minutes.published_at.is_(None)),
        )
        .order_by(Meeting.ended_at, Meeting.id)
        .limit(MOST)
    ).all()
    taking: dict[int, set[str]] = {r[0]: {r[3]} for r in found}
    if found:
        for meeting_id, body in connection.execute(
            select(MeetingBody.meeting_id, MeetingBody.body).where(
                MeetingBody.meeting_id.in_(taking)
            )
        ):
            taking[meeting_id].add(body)
    return tuple(
        MinutesDue(
            n,
            title,
            body,
            ended_at,
            "out" if circulated else "draft" if minutes_id else "write",
            sign_by if circulated else None,
            max(0, len(taking[meeting_id]) - signed) if circulated else 0,
            waiting,
        )
        for meeting_id, n, title, body, ended_at, minutes_id, circulated, sign_by, signed, waiting in found
    )


def next_of(proposal_ids: Collection[int], now: datetime) -> dict[int, NextMeeting]:
    """Of each proposal the next noticed meeting that has it on the agenda; one query."""
    if not proposal_ids:
        return {}
    rows = db.session.connection().execute(
        select(AgendaItem.proposal_id, Meeting.n, Meeting.title, Meeting.starts_at)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.proposal_id.in_(proposal_ids),
            Meeting.noticed_at.is_not(None),
            Meeting.ended_at.is_(None),
            Meeting.cancelled_at.is_(None),
            Meeting.starts_at >= now,
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    return {p: NextMeeting(n, title, at) for p, n, title, at in rows if p is not None}


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Minutes that are out for signing, of a meeting one was at: corrections are taken until sign_by."""

    meeting_n: int
    title: str
    sign_by: datetime


def to_check(estate_id: int, actor: Actor, now: datetime) -> tuple[ToCheck, ...]:
    """Minutes the actor can still ask to correct, what ends first in front; one query."""
    if actor.account_id is None:
        return ()
    i = Invitee
    own = or_(i.account_id == actor.account_id, i.person_id.in_(actor.persons_in(estate_id)))
    there = (
        select(i.meeting_id).join(Attendance, Attendance.invitee_id == i.id).where(own).distinct()
    )
    said = select(Correction.meeting_id).join(i, i.id == Correction.invitee_id).where(own)
    rows = db.session.connection().execute(
        select(Meeting.n, Meeting.title, Minutes.sign_by)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.estate_id == estate_id,
            Meeting.id.in_(there),
            and_(Minutes.circulated_at.is_not(None), Minutes.published_at.is_(None)),
            Minutes.sign_by > now,
            ~Meeting.id.in_(said),
        )
        .order_by(Minutes.sign_by, Meeting.id)
    )
    return tuple(ToCheck(n, title, by) for n, title, by in rows if by is not None)
