"""The speakers' list of the running item."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.meetings.models import AgendaItem, Meeting, Speech
from hall.meetings.queries import in_room, mine, page
from hall.meetings.rules import why_not_running
from hall.meetings.rules.speakers import EXTRA, LONGEST_TURN, TURN
from hall.meetings.service.locking import locked, note, times_of
from hall.meetings.service.running import invitee_of, running_item
from hall.permissions import Action, Actor, require


def ask_to_speak(
    actor: Actor, estate_id: int, n: int, invitee_id: int, *, seconds: int = TURN, now: datetime
) -> int:
    """Put somebody in the room on the speakers' list of the running item: himself, or by who runs it.

    seconds: how long his turn may last. Returns the turn's id. Raises Forbidden, NotFound, Refused:
    item_not_running, speaker_not_present, already_on_list, turn_length_wrong.
    """
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.ATTEND, estate_id)
        everything = page(estate_id, n)
        own = mine(everything, actor)
        if own is None or own.id != invitee_id:
            require(actor, Action.RUN_MEETING, estate_id)
        refuse_if(why_not_running(times_of(meeting)))
        invitee = invitee_of(meeting, invitee_id)
        item = running_item(meeting)
        if item is None:
            raise Refused(Blocker("item_not_running"))
        found = []
        if invitee_id not in in_room(everything, now):
            found.append(Blocker("speaker_not_present"))
        if not 1 <= seconds <= LONGEST_TURN:
            found.append(Blocker("turn_length_wrong", {"most": LONGEST_TURN // 60}))
        if any(
            s.invitee_id == invitee_id and s.item_id == item.id and s.ended_at is None
            for s in everything.speeches
        ):
            found.append(Blocker("already_on_list"))
        refuse_if(found)
        speech = Speech(
            meeting_id=meeting.id,
            item_id=item.id,
            invitee_id=invitee.id,
            asked_at=now,
            seconds=seconds,
        )
        session.add(speech)
        session.flush()
        note(actor, meeting, "meetings.asked_to_speak", now, invitee=invitee_id, item=item.seq)
        return speech.id


def start_speech(actor: Actor, estate_id: int, n: int, speech_id: int, *, now: datetime) -> None:
    """Give somebody the floor; who was speaking ends at the same instant.

    Raises Forbidden, NotFound, Refused: turn_over, item_not_running.
    """
    with atomic():
        meeting, speech = _turn(actor, estate_id, n, speech_id)
        if speech.started_at is not None or speech.withdrawn_at is not None:
            raise Refused(Blocker("turn_over"))
        item = running_item(meeting)
        if item is None or item.id != speech.item_id:
            raise Refused(Blocker("item_not_running"))
        _end_running(item, now)
        speech.started_at = now
        note(actor, meeting, "meetings.speech_started", now, invitee=speech.invitee_id)


def end_speech(actor: Actor, estate_id: int, n: int, speech_id: int, *, now: datetime) -> None:
    """End a running turn. Raises Forbidden, NotFound, Refused: turn_over."""
    with atomic():
        meeting, speech = _turn(actor, estate_id, n, speech_id)
        if speech.started_at is None or speech.ended_at is not None:
            raise Refused(Blocker("turn_over"))
        speech.ended_at = now
        note(actor, meeting, "meetings.speech_ended", now, invitee=speech.invitee_id)


def extend_speech(actor: Actor, estate_id: int, n: int, speech_id: int, *, now: datetime) -> None:
    """Give a running turn one more minute. Raises Forbidden, NotFound, Refused: turn_over."""
    with atomic():
        meeting, speech = _turn(actor, estate_id, n, speech_id)
        if speech.started_at is None or speech.ended_at is not None:
            raise Refused(Blocker("turn_over"))
        if speech.seconds + EXTRA > LONGEST_TURN:
            raise Refused(Blocker("turn_length_wrong", {"most": LONGEST_TURN // 60}))
        speech.seconds += EXTRA
        note(actor, meeting, "meetings.speech_extended", now, invitee=speech.invitee_id)


def withdraw_speech(actor: Actor, estate_id: int, n: int, speech_id: int, *, now: datetime) -> None:
    """Take a waiting turn off the list: one's own, or by who runs the meeting.

    Raises Forbidden, NotFound, Refused: turn_over.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.ATTEND, estate_id)
        speech = _speech(meeting, speech_id)
        own = mine(page(estate_id, n), actor)
        if own is None or own.id != speech.invitee_id:
            require(actor, Action.RUN_MEETING, estate_id)
        if speech.started_at is not None or speech.withdrawn_at is not None:
            raise Refused(Blocker("turn_over"))
        speech.withdrawn_at = now
        note(actor, meeting, "meetings.speech_withdrawn", now, invitee=speech.invitee_id)


def _turn(actor: Actor, estate_id: int, n: int, speech_id: int) -> tuple[Meeting, Speech]:
    meeting = locked(estate_id, n)
    require(actor, Action.RUN_MEETING, estate_id)
    refuse_if(why_not_running(times_of(meeting)))
    return meeting, _speech(meeting, speech_id)


def _speech(meeting: Meeting, speech_id: int) -> Speech:
    speech = db.session.scalar(
        select(Speech).where(Speech.id == speech_id, Speech.meeting_id == meeting.id)
    )
    if speech is None:
        raise NotFound("speech")
    return speech


def _end_running(item: AgendaItem, now: datetime) -> None:
    running = db.session.scalar(
        select(Speech).where(
            Speech.item_id == item.id, Speech.started_at.is_not(None), Speech.ended_at.is_(None)
        )
    )
    if running is not None:
        running.ended_at = now
        db.session.flush()
