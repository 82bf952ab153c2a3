"""Who would be called to a meeting, and what keeps its notice from going out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from hall import clock
from hall.bodies.models import InvitedParty
from hall.bodies.rules import SEATS, Body
from hall.db import db
from hall.errors import Blocker
from hall.meetings.queries.page import invitees, items
from hall.meetings.queries.rows import MeetingRow
from hall.meetings.rules import ItemFacts, MeetingDraft, NoticeFacts, Times, why_not_notice
from hall.people import queries as people
from hall.people.models import Person
from hall.people.queries import PostRow


def seats(
    estate_id: int, convener: str, bodies: Iterable[str], starts_at: datetime
) -> tuple[PostRow, ...]:
    """The posts that hold a seat on the Shanghai day of the meeting: one a person.

    Who sits in two of the bodies takes the seat of the convening one, else of the first in the
    fixed order; posts that lapse before the day are left out.
    """
    order = [b.value for b in Body if b.value in set(bodies)]
    order.sort(key=lambda b: b != convener)
    posts = people.posts(estate_id, clock.local_date(starts_at))
    found: dict[int, PostRow] = {}
    for body in order:
        for post in posts:
            if post.body == body and post.title in SEATS[Body(body)]:
                found.setdefault(post.person_id, post)
    place = {b.value: i for i, b in enumerate(Body)}
    return tuple(sorted(found.values(), key=lambda p: (place[p.body], p.id)))


def notice_blockers(meeting: MeetingRow, now: datetime) -> list[Blocker]:
    """Every reason why the notice of this draft cannot go out now: what the service enforces too."""
    return why_not_notice(notice_facts(meeting), now)


def notice_facts(meeting: MeetingRow) -> NoticeFacts:
    """What the notice of a stored meeting says, for the rules."""
    called = seats(meeting.estate_id, meeting.body, meeting.bodies, meeting.starts_at)
    named = [i for i in invitees(meeting) if i.kind == "resident" and i.seat]
    return NoticeFacts(
        kind=meeting.kind,
        body=meeting.body,
        bodies=meeting.bodies,
        title=meeting.title,
        place=meeting.place,
        starts_at=meeting.starts_at,
        items=tuple(ItemFacts(i.title, i.minutes, i.kind, i.lead) for i in items(meeting)),
        seats=len(called) + len(named),
        times=Times(meeting.noticed_at, meeting.started_at, meeting.ended_at, meeting.cancelled_at),
    )


def facts_of_draft(draft: MeetingDraft, body: str) -> NoticeFacts:
    """What a form that was just handed in says, for the rules of shape."""
    return NoticeFacts(
        kind=draft.kind,
        body=body,
        bodies=draft.bodies,
        title=draft.title,
        place=draft.place,
        starts_at=draft.starts_at,
        items=tuple(ItemFacts(i.title, i.minutes, i.kind, i.lead) for i in draft.items),
        names=draft.names,
        remark=draft.remark,
    )


def persons_named(estate_id: int, names: Iterable[str]) -> dict[str, int]:
    """The person of the estate's papers for each name that exactly one person has."""
    found = db.session.connection().execute(
        select(Person.name, func.min(Person.id), func.count())
        .where(Person.estate_id == estate_id, Person.name.in_(list(names)))
        .group_by(Person.name)
    )
    return {name: person_id for name, person_id, n in found if n == 1}


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Somebody outside the five whom the estate invites."""

    id: int
    kind: str
    name: str


def parties(estate_id: int) -> tuple[PartyRow, ...]:
    """The invited parties that are active, in the order they were entered."""
    p = InvitedParty
    found = db.session.connection().execute(
        select(p.id, p.kind, p.name).where(p.estate_id == estate_id, p.active).order_by(p.id)
    )
    return tuple(PartyRow(*row) for row in found)
