"""Convening: a draft that changes, a notice that fixes it, and what may change after."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from hall import clock
from hall.bodies.models import InvitedParty
from hall.bodies.rules import Body
from hall.db import atomic, db
from hall.errors import Blocker, Refused, refuse_if
from hall.estates.models import Estate
from hall.meetings.models import AgendaItem, Invitee, Meeting, MeetingBody
from hall.meetings.queries import calling, get
from hall.meetings.rules import (
    KINDS,
    ItemDraft,
    Kind,
    MeetingDraft,
    State,
    why_not_changed,
    why_not_convene,
    why_not_drafted,
    why_not_move,
)
from hall.meetings.service.locking import locked, note, state_of, times_of
from hall.people import queries as people
from hall.permissions import Action, Actor, require
from hall.proposals.models import Proposal, ProposalVersion


def convene(
    actor: Actor, estate_id: int, draft: MeetingDraft, *, post_id: int, now: datetime
) -> int:
    """Start a draft in the name of the body of a post; returns its number n in the estate.

    Raises Forbidden, Refused with every shape blocker (unknown kind or body, no name, no time …).
    """
    with atomic() as session:
        # The estate's row serialises the running number on PostgreSQL.
        session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        require(actor, Action.CONVENE_MEETING, estate_id)
        post = people.acting_post(actor, estate_id, post_id, clock.local_date(now))
        draft = _tidy(draft)
        starts_at = _checked(estate_id, draft, post.body)
        last = session.scalar(select(func.max(Meeting.n)).where(Meeting.estate_id == estate_id))
        meeting = Meeting(
            estate_id=estate_id,
            n=(last or 0) + 1,
            kind=draft.kind,
            body=post.body,
            title=draft.title,
            place=draft.place,
            remark=draft.remark,
            starts_at=starts_at,
            ends_at=_ends(draft, starts_at),
            uid=str(uuid.uuid4()),
            created_by=actor.account_id,
            created_name=actor.name,
            created_at=now,
        )
        session.add(meeting)
        session.flush()
        _write_parts(meeting, draft, now)
        note(actor, meeting, "meetings.convened", now, title=meeting.title, body=meeting.body)
        return meeting.n


def revise(
    actor: Actor, estate_id: int, n: int, draft: MeetingDraft, *, revision: int, now: datetime
) -> int:
    """Replace a draft; returns its new revision.

    Raises Forbidden, Refused: meeting_already_noticed, meeting_draft_changed (somebody else saved
    since `revision` was read) or the shape blockers.
    """
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.CONVENE_MEETING, estate_id)
        refuse_if(_why_not_draft(meeting))
        if meeting.revision != revision:
            raise Refused(Blocker("meeting_draft_changed", {"revision": meeting.revision}))
        draft = _tidy(draft)
        meeting.starts_at = _checked(estate_id, draft, meeting.body)
        meeting.ends_at = _ends(draft, meeting.starts_at)
        meeting.kind, meeting.title = draft.kind, draft.title
        meeting.place, meeting.remark = draft.place, draft.remark
        meeting.revision += 1
        _clear_parts(meeting.id)
        session.flush()
        _write_parts(meeting, draft, now)
        note(actor, meeting, "meetings.revised", now, revision=meeting.revision)
        return meeting.revision


def discard(actor: Actor, estate_id: int, n: int, *, now: datetime) -> None:
    """Throw a draft away (it was never public). Raises Forbidden, Refused: meeting_already_noticed."""
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.CONVENE_MEETING, estate_id)
        refuse_if(_why_not_draft(meeting))
        note(actor, meeting, "meetings.discarded", now, title=meeting.title)
        _clear_parts(meeting.id)
        session.delete(meeting)


def notice(actor: Actor, estate_id: int, n: int, *, revision: int, now: datetime) -> None:
    """Send the notice: fixes the agenda and its proposals' versions and calls every seat by name.

    revision: of the draft that was looked at. Raises Forbidden, Refused with all blockers
    (rules.notice.why_not_notice), meeting_too_early naming the earliest lawful time.
    """
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.CONVENE_MEETING, estate_id)
        refuse_if(calling.notice_blockers(get(estate_id, n), now))
        if meeting.revision != revision:
            raise Refused(Blocker("meeting_draft_changed", {"revision": meeting.revision}))
        meeting.noticed_at, meeting.noticed_name = now, actor.name
        meeting.checkin_key = secrets.token_urlsafe(24)
        call_seats(meeting, now)
        for item in session.scalars(
            select(AgendaItem).where(
                AgendaItem.meeting_id == meeting.id, AgendaItem.proposal_id.is_not(None)
            )
        ):
            item.version_n = session.scalar(
                select(func.max(ProposalVersion.n)).where(
                    ProposalVersion.proposal_id == item.proposal_id
                )
            )
        note(
            actor,
            meeting,
            "meetings.noticed",
            now,
            title=meeting.title,
            starts_at=clock.iso(meeting.starts_at),
            place=meeting.place,
            bodies=list(_bodies(meeting.id)),
        )


def move(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    place: str,
    starts_at: datetime | None,
    now: datetime,
) -> int:
    """Change place or put the time off after the notice, which goes out again; returns its sequence.

    Raises Forbidden, Refused: move_not_later, move_changes_nothing, or that it has begun, is over,
    or was cancelled.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.CONVENE_MEETING, estate_id)
        place = place.strip()
        found = why_not_move(times_of(meeting), meeting.starts_at, place, starts_at)
        if not found and (place, starts_at) == (meeting.place, meeting.starts_at):
            found.append(Blocker("move_changes_nothing"))
        refuse_if(found)
        begins = starts_at or meeting.starts_at
        meeting.ends_at += begins - meeting.starts_at
        meeting.place, meeting.starts_at = place, begins
        meeting.sequence += 1
        call_seats(meeting, now)
        note(
            actor,
            meeting,
            "meetings.moved",
            now,
            place=place,
            starts_at=clock.iso(meeting.starts_at),
            sequence=meeting.sequence,
        )
        return meeting.sequence


def cancel(actor: Actor, estate_id: int, n: int, *, reason: str, now: datetime) -> None:
    """Call a noticed meeting off, with a reason everybody reads.

    Raises Forbidden, Refused: cancel_reason_missing, or that it has begun, is over, is a draft.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.CONVENE_MEETING, estate_id)
        reason = reason.strip()
        found = why_not_changed(times_of(meeting))
        if not reason:
            found.append(Blocker("cancel_reason_missing"))
        if len(reason) > 500:
            found.append(Blocker("meeting_text_too_long", {"most": 500, "part": "reason"}))
        refuse_if(found)
        meeting.cancelled_at, meeting.cancel_reason = now, reason
        meeting.sequence += 1
        note(actor, meeting, "meetings.cancelled", now, title=meeting.title, reason=reason)


def call_seats(meeting: Meeting, now: datetime) -> None:
    """Call whoever holds a seat on the day of the meeting and was not called yet."""
    called = set(
        db.session.scalars(
            select(Invitee.person_id).where(
                Invitee.meeting_id == meeting.id, Invitee.kind == "seat"
            )
        )
    )
    bodies = _bodies(meeting.id)
    for post in calling.seats(meeting.estate_id, meeting.body, bodies, meeting.starts_at):
        if post.person_id in called:
            continue
        db.session.add(
            Invitee(
                meeting_id=meeting.id,
                kind="seat",
                body=post.body,
                post_id=post.id,
                person_id=post.person_id,
                name=post.name,
                title=post.title,
                seat=True,
                added_at=now,
            )
        )
    db.session.flush()


def _bodies(meeting_id: int) -> tuple[str, ...]:
    found = set(
        db.session.scalars(select(MeetingBody.body).where(MeetingBody.meeting_id == meeting_id))
    )
    return tuple(b.value for b in Body if b in found)


def _tidy(draft: MeetingDraft) -> MeetingDraft:
    names = dict.fromkeys(n for n in (" ".join(x.split()) for x in draft.names) if n)
    items = tuple(
        replace(i, title=i.title.strip(), lead=i.lead.strip())
        for i in draft.items
        if i.title.strip() or i.lead.strip() or i.proposal_id
    )
    return replace(
        draft,
        title=draft.title.strip(),
        place=draft.place.strip(),
        remark=draft.remark.strip(),
        items=items,
        names=tuple(names),
        bodies=tuple(b for b in dict.fromkeys(draft.bodies) if b),
        party_ids=tuple(dict.fromkeys(draft.party_ids)),
    )


def _checked(estate_id: int, draft: MeetingDraft, body: str) -> datetime:
    """The start of a draft whose shape is right; raises Refused with every blocker otherwise."""
    found = why_not_drafted(calling.facts_of_draft(draft, body))
    if draft.kind in KINDS and not any(b.code == "body_unknown" for b in found):
        found += why_not_convene(draft.kind, body, draft.bodies)
    found += _unknown(estate_id, draft)
    refuse_if(found)
    if draft.starts_at is None:  # pragma: no cover  (why_not_drafted has refused it)
        raise Refused(Blocker("meeting_time_missing"))
    return draft.starts_at


def _unknown(estate_id: int, draft: MeetingDraft) -> list[Blocker]:
    """Parties and proposals that are not of this estate."""
    parties = set(
        db.session.scalars(
            select(InvitedParty.id).where(
                InvitedParty.estate_id == estate_id, InvitedParty.id.in_(draft.party_ids)
            )
        )
    )
    wanted = {i.proposal_id for i in draft.items if i.proposal_id}
    proposals = set(
        db.session.scalars(
            select(Proposal.id).where(Proposal.estate_id == estate_id, Proposal.id.in_(wanted))
        )
    )
    found = []
    if set(draft.party_ids) - parties:
        found.append(Blocker("party_unknown"))
    if wanted - proposals:
        found.append(Blocker("proposal_unknown"))
    return found


def _ends(draft: MeetingDraft, starts_at: datetime) -> datetime:
    """The start and all time boxes; an hour where there are none yet."""
    return starts_at + timedelta(minutes=sum(i.minutes or 0 for i in draft.items) or 60)


def _write_parts(meeting: Meeting, draft: MeetingDraft, now: datetime) -> None:
    add = db.session.add
    for body in draft.bodies:
        add(MeetingBody(meeting_id=meeting.id, body=body))
    for seq, item in enumerate(draft.items, 1):
        add(_item(meeting.id, seq, item))
    for party in db.session.scalars(
        select(InvitedParty).where(InvitedParty.id.in_(draft.party_ids)).order_by(InvitedParty.id)
    ):
        add(
            Invitee(
                meeting_id=meeting.id,
                kind="party",
                party_id=party.id,
                name=party.name,
                added_at=now,
            )
        )
    seats = KINDS[Kind(draft.kind)].named_seats
    persons = calling.persons_named(meeting.estate_id, draft.names)
    for name in draft.names:
        add(
            Invitee(
                meeting_id=meeting.id,
                kind="resident",
                person_id=persons.get(name),
                name=name,
                seat=seats,
                added_at=now,
            )
        )
    db.session.flush()


def _item(meeting_id: int, seq: int, item: ItemDraft) -> AgendaItem:
    return AgendaItem(
        meeting_id=meeting_id,
        seq=seq,
        title=item.title,
        minutes=item.minutes,
        lead=item.lead,
        kind=item.kind,
        proposal_id=item.proposal_id,
    )


def _clear_parts(meeting_id: int) -> None:
    for table in (AgendaItem, MeetingBody, Invitee):
        db.session.execute(delete(table).where(table.meeting_id == meeting_id))


def _why_not_draft(meeting: Meeting) -> list[Blocker]:
    if state_of(meeting) is State.DRAFT:
        return []
    return [Blocker("meeting_already_noticed", {"at": meeting.noticed_at})]
