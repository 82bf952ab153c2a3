"""The meeting day: begin, take up the items one by one, end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.meetings.models import AgendaItem, Attendance, Decision, Invitee, Meeting, Speech
from hall.meetings.queries import mine, page
from hall.meetings.rules import why_not_changed, why_not_running, why_not_start
from hall.meetings.service.convening import call_seats
from hall.meetings.service.locking import locked, note, times_of
from hall.permissions import Action, Actor, require

ANSWERS = ("yes", "no")
LONGEST_NOTE = 120


def respond(
    actor: Actor,
    estate_id: int,
    n: int,
    invitee_id: int,
    *,
    answer: str,
    remark: str = "",
    now: datetime,
) -> None:
    """Say whether an invitee comes (yes | no): he himself, or who runs the meeting on his behalf.

    Raises Forbidden, NotFound, Refused: rsvp_missing, meeting_text_too_long, or that the meeting
    is a draft, has begun, is over, was cancelled.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.ATTEND, estate_id)
        own = mine(page(estate_id, n), actor)
        if own is None or own.id != invitee_id:
            require(actor, Action.RUN_MEETING, estate_id)
        remark = remark.strip()
        found = why_not_changed(times_of(meeting))
        if answer not in ANSWERS:
            found.append(Blocker("rsvp_missing"))
        if len(remark) > LONGEST_NOTE:
            found.append(Blocker("meeting_text_too_long", {"most": LONGEST_NOTE, "part": "remark"}))
        refuse_if(found)
        invitee = invitee_of(meeting, invitee_id)
        invitee.rsvp, invitee.rsvp_note, invitee.rsvp_at = answer, remark, now
        note(actor, meeting, "meetings.responded", now, invitee=invitee_id, answer=answer)


def start(actor: Actor, estate_id: int, n: int, *, now: datetime) -> None:
    """Begin the meeting; who took up a seat since the notice is called now.

    Raises Forbidden, Refused: start_too_early, meeting_day_over, or that it is a draft, has begun,
    is over, was cancelled.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.RUN_MEETING, estate_id)
        refuse_if(why_not_start(times_of(meeting), meeting.starts_at, now))
        meeting.started_at = now
        call_seats(meeting, now)
        note(actor, meeting, "meetings.started", now, title=meeting.title)


def end(actor: Actor, estate_id: int, n: int, *, now: datetime) -> None:
    """End the meeting: the item, the turn and every stay end with it.

    Raises Forbidden, Refused: decision_still_open, or that it is not being held.
    """
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.RUN_MEETING, estate_id)
        refuse_if(why_not_running(times_of(meeting)) or why_open_decision(meeting.id))
        _end_item(meeting, now)
        session.execute(
            update(Attendance)
            .where(Attendance.meeting_id == meeting.id, Attendance.out_at.is_(None))
            .values(out_at=now)
        )
        meeting.ended_at = now
        note(actor, meeting, "meetings.ended", now, title=meeting.title)


def start_item(actor: Actor, estate_id: int, n: int, item_id: int, *, now: datetime) -> None:
    """Take up an item; the one that was running ends at the same instant.

    Raises Forbidden, NotFound, Refused: item_already_taken, decision_still_open, or that the
    meeting is not being held.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.RUN_MEETING, estate_id)
        refuse_if(why_not_running(times_of(meeting)))
        item = item_of(meeting, item_id)
        found = why_open_decision(meeting.id)
        if item.started_at is not None:
            found.append(Blocker("item_already_taken", {"item": item.seq}))
        refuse_if(found)
        _end_item(meeting, now)
        item.started_at = now
        note(actor, meeting, "meetings.item_started", now, item=item.seq, title=item.title)


def end_item(actor: Actor, estate_id: int, n: int, item_id: int, *, now: datetime) -> None:
    """End the running item.

    Raises Forbidden, NotFound, Refused: item_not_running, decision_still_open, or that the
    meeting is not being held.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.RUN_MEETING, estate_id)
        refuse_if(why_not_running(times_of(meeting)))
        item = item_of(meeting, item_id)
        found = why_open_decision(meeting.id)
        if item.started_at is None or item.ended_at is not None:
            found.append(Blocker("item_not_running"))
        refuse_if(found)
        _end_item(meeting, now)
        note(actor, meeting, "meetings.item_ended", now, item=item.seq, title=item.title)


def item_of(meeting: Meeting, item_id: int) -> AgendaItem:
    """An item of this meeting. Raises NotFound."""
    item = db.session.scalar(
        select(AgendaItem).where(AgendaItem.id == item_id, AgendaItem.meeting_id == meeting.id)
    )
    if item is None:
        raise NotFound("item")
    return item


def invitee_of(meeting: Meeting, invitee_id: int) -> Invitee:
    """Somebody called to this meeting. Raises NotFound."""
    invitee = db.session.scalar(
        select(Invitee).where(Invitee.id == invitee_id, Invitee.meeting_id == meeting.id)
    )
    if invitee is None:
        raise NotFound("invitee")
    return invitee


def running_item(meeting: Meeting) -> AgendaItem | None:
    """The item that is being talked about, if any."""
    return db.session.scalar(
        select(AgendaItem).where(
            AgendaItem.meeting_id == meeting.id,
            AgendaItem.started_at.is_not(None),
            AgendaItem.ended_at.is_(None),
        )
    )


def why_open_decision(meeting_id: int) -> list[Blocker]:
    """Nothing goes on while a decision is being voted on."""
    text = db.session.scalar(
        select(Decision.text).where(
            Decision.meeting_id == meeting_id, Decision.decided_at.is_(None)
        )
    )
    return [] if text is None else [Blocker("decision_still_open", {"text": text})]


def _end_item(meeting: Meeting, now: datetime) -> None:
    """The running item ends, with the turn that is being spoken; who waited is let go."""
    item = running_item(meeting)
    if item is None:
        return
    item.ended_at = now
    own = (Speech.item_id == item.id, Speech.withdrawn_at.is_(None))
    db.session.execute(
        update(Speech)
        .where(*own, Speech.started_at.is_not(None), Speech.ended_at.is_(None))
        .values(ended_at=now)
    )
    db.session.execute(
        update(Speech).where(*own, Speech.started_at.is_(None)).values(withdrawn_at=now)
    )
