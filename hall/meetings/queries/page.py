"""Reads of one meeting."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, select

from hall import clock
from hall.bodies.rules import Body
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
    Speech,
)
from hall.meetings.queries.rows import (
    DecisionRow,
    InviteeRow,
    ItemRow,
    MeetingPage,
    MeetingRow,
    SpeechRow,
    StayRow,
    VoteRow,
)
from hall.meetings.rules import Times, state
from hall.people.models import Post

_COLUMNS = (
    Meeting.id,
    Meeting.estate_id,
    Meeting.n,
    Meeting.kind,
    Meeting.body,
    Meeting.title,
    Meeting.place,
    Meeting.starts_at,
    Meeting.ends_at,
    Meeting.remark,
    Meeting.thread_id,
    Meeting.uid,
    Meeting.sequence,
    Meeting.created_by,
    Meeting.created_name,
    Meeting.created_at,
    Meeting.revision,
    Meeting.noticed_at,
    Meeting.noticed_name,
    Meeting.started_at,
    Meeting.ended_at,
    Meeting.cancelled_at,
    Meeting.cancel_reason,
)
_ORDER = {b.value: i for i, b in enumerate(Body)}


def _read(statement: Any) -> Any:
    return db.session.connection().execute(statement)


def select_meetings() -> Any:
    """The columns of a MeetingRow; narrow it and give it to rows()."""
    return select(*_COLUMNS)


def rows(statement: Any) -> tuple[MeetingRow, ...]:
    """The meetings of a statement made from select_meetings(): two queries whatever their number."""
    found = _read(statement).all()
    bodies: dict[int, list[str]] = defaultdict(list)
    if found:
        wanted = MeetingBody.meeting_id.in_([m.id for m in found])
        for meeting_id, body in _read(
            select(MeetingBody.meeting_id, MeetingBody.body).where(wanted)
        ):
            bodies[meeting_id].append(body)
    return tuple(
        MeetingRow(
            **m._mapping,
            state=state(Times(m.noticed_at, m.started_at, m.ended_at, m.cancelled_at)),
            bodies=tuple(sorted(bodies[m.id], key=lambda b: _ORDER.get(b, 9))),
        )
        for m in found
    )


def get(estate_id: int, n: int) -> MeetingRow:
    """The meeting of this number. Raises NotFound."""
    found = rows(select_meetings().where(Meeting.estate_id == estate_id, Meeting.n == n))
    if not found:
        raise NotFound("meeting")
    return found[0]


def by_id(meeting_id: int) -> MeetingRow:
    """The meeting of this id, for rows of other rooms that point to it. Raises NotFound."""
    found = rows(select_meetings().where(Meeting.id == meeting_id))
    if not found:
        raise NotFound("meeting")
    return found[0]


def page(estate_id: int, n: int) -> MeetingPage:
    """The meeting with its agenda, people, stays, speeches and decisions. Raises NotFound."""
    meeting = get(estate_id, n)
    return MeetingPage(
        meeting,
        items(meeting),
        invitees(meeting),
        stays(meeting.id),
        speeches(meeting.id),
        decisions(meeting.id),
    )


def items(meeting: MeetingRow) -> tuple[ItemRow, ...]:
    """The agenda in its order, each item with the clock time its box begins at."""
    a = AgendaItem
    columns = (
        a.id,
        a.seq,
        a.title,
        a.minutes,
        a.lead,
        a.kind,
        a.proposal_id,
        a.version_n,
        a.started_at,
        a.ended_at,
        a.conclusion,
    )
    statement = select(*columns).where(a.meeting_id == meeting.id).order_by(a.seq)
    found, starts = [], meeting.starts_at
    for row in _read(statement):
        found.append(ItemRow(**row._mapping, starts=starts))
        starts += timedelta(minutes=row.minutes)
    return tuple(found)


def invitees(meeting: MeetingRow) -> tuple[InviteeRow, ...]:
    """Everybody called, seats first in the order of the bodies."""
    i = Invitee
    columns = (
        i.id,
        i.kind,
        i.body,
        i.post_id,
        i.party_id,
        i.person_id,
        i.account_id,
        i.name,
        i.title,
        i.seat,
        i.rsvp,
        i.rsvp_note,
        i.rsvp_at,
        i.added_at,
    )
    day = clock.local_date(meeting.starts_at)
    statement = (
        select(*columns, and_(Post.to_on.is_not(None), Post.to_on <= day).label("lapsed"))
        .outerjoin(Post, Post.id == i.post_id)
        .where(i.meeting_id == meeting.id)
        .order_by(i.id)
    )
    found = [InviteeRow(**row._mapping) for row in _read(statement)]
    return tuple(sorted(found, key=lambda r: (_ORDER.get(r.body or "", 9), r.id)))


def stays(meeting_id: int) -> tuple[StayRow, ...]:
    """Every stay in the room, in the order of coming."""
    a = Attendance
    statement = (
        select(a.id, a.invitee_id, a.in_at, a.out_at, a.how, a.recorded_by)
        .where(a.meeting_id == meeting_id)
        .order_by(a.in_at, a.id)
    )
    return tuple(StayRow(*row) for row in _read(statement))


def speeches(meeting_id: int) -> tuple[SpeechRow, ...]:
    """The turns that were not withdrawn, in the order of asking."""
    s = Speech
    columns = (s.id, s.item_id, s.invitee_id, s.asked_at, s.seconds, s.started_at, s.ended_at)
    statement = (
        select(*columns)
        .where(s.meeting_id == meeting_id, s.withdrawn_at.is_(None))
        .order_by(s.asked_at, s.id)
    )
    return tuple(SpeechRow(*row) for row in _read(statement))


def decisions(meeting_id: int) -> tuple[DecisionRow, ...]:
    """The decisions in the order of opening, with who was barred and who voted what."""
    d, v, b = Decision, MemberVote, Barred
    barred: dict[int, list[tuple[int, str]]] = defaultdict(list)
    votes: dict[int, list[VoteRow]] = defaultdict(list)
    own = select(d.id).where(d.meeting_id == meeting_id).scalar_subquery()
    for decision_id, invitee_id, reason in _read(
        select(b.decision_id, b.invitee_id, b.reason)
        .where(b.decision_id.in_(own))
        .order_by(b.invitee_id)
    ):
        barred[decision_id].append((invitee_id, reason))
    for decision_id, *rest in _read(
        select(v.decision_id, v.invitee_id, v.choice, v.reason, v.at, v.recorded_by)
        .where(v.decision_id.in_(own))
        .order_by(v.invitee_id)
    ):
        votes[decision_id].append(VoteRow(*rest))
    columns = (
        d.id,
        d.item_id,
        d.text,
        d.rule,
        d.opened_at,
        d.decided_at,
        d.due,
        d.present,
        d.votes_for,
        d.votes_against,
        d.abstain,
        d.outcome,
    )
    statement = select(*columns).where(d.meeting_id == meeting_id).order_by(d.opened_at, d.id)
    return tuple(
        DecisionRow(**row._mapping, barred=tuple(barred[row.id]), votes=tuple(votes[row.id]))
        for row in _read(statement)
    )
