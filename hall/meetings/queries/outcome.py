"""A meeting's decision as the register of resolutions publishes it: figures, names, who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from hall.db import db
from hall.errors import NotFound
from hall.meetings.models import (
    AgendaItem,
    Attendance,
    Barred,
    Decision,
    Invitee,
    Meeting,
    MeetingBody,
    MemberVote,
    Minutes,
)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody of a meeting. body: None for a resident or an invited party; seat: counted."""

    invitee_id: int
    kind: str
    body: str | None
    name: str
    title: str
    seat: bool


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A member's vote by name: for | against | abstain."""

    who: PersonLine
    choice: str
    reason: str


@dataclass(frozen=True, slots=True)
class BarredLine:
    """A seat that left numerator and denominator, and why."""

    who: PersonLine
    reason: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One decision with its meeting. due, present and votes are None while it is open."""

    decision_id: int
    text: str
    rule: str
    decided_at: datetime | None
    due: int | None
    present: int | None
    votes_for: int | None
    votes_against: int | None
    abstain: int | None
    outcome: str | None
    item_id: int
    item_seq: int
    item_title: str
    proposal_id: int | None
    version_n: int | None
    meeting_id: int
    meeting_n: int
    meeting_kind: str
    meeting_body: str
    meeting_title: str
    place: str
    starts_at: datetime
    bodies: tuple[str, ...]
    minutes_at: datetime | None
    attended: tuple[PersonLine, ...]
    votes: tuple[VoteLine, ...]
    barred: tuple[BarredLine, ...]


# The columns of outcome()'s first query, as the row calls them.
_HEAD = tuple(OutcomeRow.__dataclass_fields__)[:22]


def outcome(estate_id: int, decision_id: int) -> OutcomeRow:
    """A decision with who was in the room when it was taken; five queries. Raises NotFound."""
    connection = db.session.connection()
    head = connection.execute(
        select(
            Decision.id,
            Decision.text,
            Decision.rule,
            Decision.decided_at,
            Decision.due,
            Decision.present,
            Decision.votes_for,
            Decision.votes_against,
            Decision.abstain,
            Decision.outcome,
            AgendaItem.id,
            AgendaItem.seq,
            AgendaItem.title,
            AgendaItem.proposal_id,
            AgendaItem.version_n,
            Meeting.id,
            Meeting.n,
            Meeting.kind,
            Meeting.body,
            Meeting.title,
            Meeting.place,
            Meeting.starts_at,
            Minutes.published_at,
        )
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Meeting.estate_id == estate_id, Decision.id == decision_id)
    ).one_or_none()
    if head is None:
        raise NotFound("decision")
    meeting_id, decided_at = head[15], head[3]
    bodies = connection.execute(
        select(MeetingBody.body).where(MeetingBody.meeting_id == meeting_id)
    ).scalars()
    people = _people(meeting_id)
    votes = connection.execute(
        select(MemberVote.invitee_id, MemberVote.choice, MemberVote.reason)
        .where(MemberVote.decision_id == decision_id)
        .order_by(MemberVote.invitee_id)
    )
    barred = connection.execute(
        select(Barred.invitee_id, Barred.reason)
        .where(Barred.decision_id == decision_id)
        .order_by(Barred.invitee_id)
    )
    facts: dict[str, Any] = dict(zip(_HEAD, head[:22], strict=True))
    return OutcomeRow(
        **facts,
        bodies=tuple(sorted({head[18], *bodies})),
        minutes_at=head[22],
        attended=_attended(meeting_id, decided_at),
        votes=tuple(VoteLine(people[i], choice, why) for i, choice, why in votes),
        barred=tuple(BarredLine(people[i], why) for i, why in barred),
    )


_PERSON = (Invitee.id, Invitee.kind, Invitee.body, Invitee.name, Invitee.title, Invitee.seat)


def _people(meeting_id: int) -> dict[int, PersonLine]:
    rows = db.session.connection().execute(
        select(*_PERSON).where(Invitee.meeting_id == meeting_id).order_by(Invitee.id)
    )
    return {r[0]: PersonLine(*r) for r in rows}


def _attended(meeting_id: int, at: datetime | None) -> tuple[PersonLine, ...]:
    """Who was in the room at an instant (who ever was, while the decision is open)."""
    present = (
        and_(
            Attendance.in_at <= at,
            or_(Attendance.out_at.is_(None), Attendance.out_at > at),
        )
        if at is not None
        else Attendance.in_at.is_not(None)
    )
    rows = db.session.connection().execute(
        select(*_PERSON)
        .join(Attendance, Attendance.invitee_id == Invitee.id)
        .where(Attendance.meeting_id == meeting_id, present)
        .distinct()
        .order_by(Invitee.id)
    )
    return tuple(PersonLine(*r) for r in rows)
