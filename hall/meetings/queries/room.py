"""Who is in the room, who of the actor's is called, and what stands against a seat voting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from hall.db import db
from hall.estates.models import Building
from hall.meetings.models import Meeting
from hall.meetings.queries.rows import (
    DecisionRow,
    InviteeRow,
    MeetingPage,
    SpeechRow,
    StayRow,
)
from hall.meetings.rules import KINDS, Kind, Quorum, Seat, Stay, Turn, present_at, quorum
from hall.people.models import Person
from hall.permissions import Actor
from hall.positions import queries as positions
from hall.roll.models import Title, TitleHolder, Unit


def stay_facts(stays: Iterable[StayRow]) -> list[Stay]:
    """Stays as the rules take them."""
    return [Stay(s.invitee_id, s.in_at, s.out_at) for s in stays]


def in_room(page: MeetingPage, at: datetime) -> frozenset[int]:
    """Ids of the invitees in the room at an instant."""
    return present_at(stay_facts(page.stays), at)


def seats_due(invitees: Iterable[InviteeRow]) -> tuple[Seat, ...]:
    """The seats that count: lapsed posts do not."""
    return tuple(Seat(i.id, i.body) for i in invitees if i.seat and not i.lapsed)


def quorum_at(page: MeetingPage, at: datetime, barred: Iterable[int] = ()) -> Quorum | None:
    """The quorum of the meeting's rule at an instant; None where nothing is decided."""
    rule = KINDS[Kind(page.meeting.kind)].rule
    if rule is None:
        return None
    return quorum(seats_due(page.invitees), barred, in_room(page, at), rule)


def mine(page: MeetingPage, actor: Actor) -> InviteeRow | None:
    """As whom the actor was called: his seat before anything else."""
    persons = actor.persons_in(page.meeting.estate_id)
    own = [
        i
        for i in page.invitees
        if (i.account_id is not None and i.account_id == actor.account_id) or i.person_id in persons
    ]
    return min(own, key=lambda i: (not i.seat, i.lapsed, i.id), default=None)


def turns(speeches: Iterable[SpeechRow], item_id: int) -> tuple[Turn, ...]:
    """The turns on one item as the rules take them."""
    return tuple(
        Turn(s.id, s.invitee_id, s.asked_at, s.started_at, s.ended_at, s.seconds)
        for s in speeches
        if s.item_id == item_id
    )


def open_decision(page: MeetingPage) -> DecisionRow | None:
    """The decision that is being voted on, if any."""
    return next((d for d in page.decisions if d.decided_at is None), None)


def interests(
    proposal_id: int | None, invitees: Iterable[InviteeRow], own_contract: str = ""
) -> tuple[tuple[int, str], ...]:
    """(invitee, reason) of every seat that an interest in the proposal bars.

    own_contract: the reason written where the law bars a body and it has declared nothing.
    """
    if proposal_id is None:
        return ()
    barred = positions.barred(proposal_id)
    found = []
    for i in invitees:
        body = barred.body(i.body) if i.body else None
        person = barred.person([i.person_id]) if i.person_id else None
        why = body or person
        if i.seat and why is not None:
            found.append((i.id, why.text or own_contract))
    return tuple(sorted(found))


def checkin_key(meeting_id: int) -> str:
    """The key in the QR at the door: for who runs the meeting, never for a public page."""
    return (
        db.session.connection()
        .execute(select(Meeting.checkin_key).where(Meeting.id == meeting_id))
        .scalar_one()
    )


def resident(estate_id: int, actor: Actor) -> tuple[int, str, str] | None:
    """(person, name, building as written) of an actor in an estate; None when he is nobody there."""
    persons = actor.persons_in(estate_id)
    if not persons:
        return None
    row = (
        db.session.connection()
        .execute(
            select(Person.id, Person.name, Building.name)
            .outerjoin(TitleHolder, TitleHolder.person_id == Person.id)
            .outerjoin(Title, Title.id == TitleHolder.title_id)
            .outerjoin(Unit, Unit.id == Title.unit_id)
            .outerjoin(Building, Building.id == Unit.building_id)
            .where(Person.id.in_(persons), Person.estate_id == estate_id)
            .order_by(Person.id, Title.from_on.desc(), Title.id)
            .limit(1)
        )
        .first()
    )
    return (row[0], row[1], row[2] or "") if row else None
