"""Reads of one meeting."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, select

from hall import clock
from hall.bodies.rules import Body
from hall.db import db
from hall.db.query import Query
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
    return _with_bodies(list(_read(statement)))


def _with_bodies(found: list[Any]) -> tuple[MeetingRow, ...]:
    bodies: dict[int, list[str]] = defaultdict(list)
    if found:
        for meeting_id, body in _BODIES.rows(ids=[m.id for m in found]):
            bodies[meeting_id].append(body)
    return tuple(
        MeetingRow(
            **m._asdict(),
            state=state(Times(m.noticed_at, m.started_at, m.ended_at, m.cancelled_at)),
            bodies=tuple(sorted(bodies[m.id], key=lambda b: _ORDER.get(b, 9))),
        )
        for m in found
    )


def get(estate_id: int, n: int) -> MeetingRow:
    """The meeting of this number. Raises NotFound."""
    found = _with_bodies(_BY_NUMBER.named(estate=estate_id, n=n))
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
    found, starts = [], meeting.starts_at
    for row in _ITEMS.named(meeting=meeting.id):
        found.append(ItemRow(**row._asdict(), starts=starts))
        starts += timedelta(minutes=row.minutes)
    return tuple(found)


def invitees(meeting: MeetingRow) -> tuple[InviteeRow, ...]:
    """Everybody called, seats first in the order of the bodies."""
    day = clock.local_date(meeting.starts_at)
    found = [InviteeRow(*row) for row in _INVITEES.rows(meeting=meeting.id, day=day)]
    return tuple(sorted(found, key=lambda r: (_ORDER.get(r.body or "", 9), r.id)))


def stays(meeting_id: int) -> tuple[StayRow, ...]:
    """Every stay in the room, in the order of coming."""
    return tuple(StayRow(*row) for row in _STAYS.rows(meeting=meeting_id))


def speeches(meeting_id: int) -> tuple[SpeechRow, ...]:
    """The turns that were not withdrawn, in the order of asking."""
    return tuple(SpeechRow(*row) for row in _SPEECHES.rows(meeting=meeting_id))


def decisions(meeting_id: int) -> tuple[DecisionRow, ...]:
    """The decisions in the order of opening, with who was barred and who voted what."""
    barred: dict[int, list[tuple[int, str]]] = defaultdict(list)
    votes: dict[int, list[VoteRow]] = defaultdict(list)
    for decision_id, invitee_id, reason in _BARRED.rows(meeting=meeting_id):
        barred[decision_id].append((invitee_id, reason))
    for decision_id, *rest in _VOTES.rows(meeting=meeting_id):
        votes[decision_id].append(VoteRow(*rest))
    return tuple(
        DecisionRow(**row._asdict(), barred=tuple(barred[row.id]), votes=tuple(votes[row.id]))
        for row in _DECISIONS.named(meeting=meeting_id)
    )


# --- the statements; columns named as the rows' fields and in their order ----------------------------

_THIS: Any = bindparam("meeting")
_BY_NUMBER = Query(
    select_meetings().where(Meeting.estate_id == bindparam("estate"), Meeting.n == bindparam("n"))
)
_BODIES = Query(
    select(MeetingBody.meeting_id, MeetingBody.body).where(
        MeetingBody.meeting_id.in_(bindparam("ids", expanding=True))
    )
)
_a, _i, _s, _p = Attendance, Invitee, Speech, AgendaItem
_ITEMS = Query(
    select(
        _p.id, _p.seq, _p.title, _p.minutes, _p.lead, _p.kind, _p.proposal_id, _p.version_n,
        _p.started_at, _p.ended_at, _p.conclusion,
    )
    .where(_p.meeting_id == _THIS)
    .order_by(_p.seq)
)  # fmt: skip
_INVITEES = Query(
    select(
        _i.id, _i.kind, _i.body, _i.post_id, _i.party_id, _i.person_id, _i.account_id, _i.name,
        _i.title, _i.seat, _i.rsvp, _i.rsvp_note, _i.rsvp_at, _i.added_at,
        and_(Post.to_on.is_not(None), Post.to_on <= bindparam("day")).label("lapsed"),
    )
    .outerjoin(Post, Post.id == _i.post_id)
    .where(_i.meeting_id == _THIS)
    .order_by(_i.id)
)  # fmt: skip
_STAYS = Query(
    select(_a.id, _a.invitee_id, _a.in_at, _a.out_at, _a.how, _a.recorded_by)
    .where(_a.meeting_id == _THIS)
    .order_by(_a.in_at, _a.id)
)
_SPEECHES = Query(
    select(_s.id, _s.item_id, _s.invitee_id, _s.asked_at, _s.seconds, _s.started_at, _s.ended_at)
    .where(_s.meeting_id == _THIS, _s.withdrawn_at.is_(None))
    .order_by(_s.asked_at, _s.id)
)
_d, _v, _b = Decision, MemberVote, Barred
_own = select(_d.id).where(_d.meeting_id == _THIS).scalar_subquery()
_BARRED = Query(
    select(_b.decision_id, _b.invitee_id, _b.reason)
    .where(_b.decision_id.in_(_own))
    .order_by(_b.invitee_id)
)
_VOTES = Query(
    select(_v.decision_id, _v.invitee_id, _v.choice, _v.reason, _v.at, _v.recorded_by)
    .where(_v.decision_id.in_(_own))
    .order_by(_v.invitee_id)
)
_DECISIONS = Query(
    select(
        _d.id, _d.item_id, _d.text, _d.rule, _d.opened_at, _d.decided_at, _d.due, _d.present,
        _d.votes_for, _d.votes_against, _d.abstain, _d.outcome,
    )
    .where(_d.meeting_id == _THIS)
    .order_by(_d.opened_at, _d.id)
)  # fmt: skip
