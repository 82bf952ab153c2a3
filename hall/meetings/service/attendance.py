"""Coming and going: by the QR at the door, by the code on the screen, by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.meetings.models import Attendance, Invitee, Meeting, Speech
from hall.meetings.queries import checkin_key as key_of
from hall.meetings.queries import get, mine, page, resident
from hall.meetings.rules import code_fits, key_fits, why_not_come
from hall.meetings.service.locking import locked, note, times_of
from hall.meetings.service.running import invitee_of
from hall.people.service import throttle
from hall.permissions import Action, Actor, require

TRIES = 10
WINDOW = timedelta(minutes=10)
LONGEST_NAME = 60
MOST_PEOPLE = 1000


def check_in(
    actor: Actor, estate_id: int, n: int, *, key: str = "", code: str = "", now: datetime
) -> int:
    """Come into the room oneself; a resident who was not called is added. Returns the invitee's id.

    key: of the QR at the door; code: the six digits on the screen. A second time changes nothing.
    Raises Forbidden, NotFound, Refused: checkin_key_wrong, checkin_code_wrong, throttled,
    checkin_not_open, or that the meeting is over or was cancelled.
    """
    require(actor, Action.ATTEND, estate_id)
    if not key:
        throttle(
            f"meeting:{get(estate_id, n).id}:{actor.account_id}",
            limit=TRIES,
            window=WINDOW,
            now=now,
        )
    with atomic():
        meeting = locked(estate_id, n)
        refuse_if(why_not_come(times_of(meeting), meeting.starts_at, now))
        if key and not key_fits(key_of(meeting.id), key):
            raise Refused(Blocker("checkin_key_wrong"))
        if not key and not code_fits(key_of(meeting.id), code.strip(), now):
            raise Refused(Blocker("checkin_code_wrong"))
        own = mine(page(estate_id, n), actor)
        invitee_id = own.id if own else _add_self(meeting, actor, now)
        _come(meeting, invitee_id, "qr" if key else "code", "", now)
        note(actor, meeting, "meetings.checked_in", now, invitee=invitee_id)
        return invitee_id


def admit(
    actor: Actor, estate_id: int, n: int, invitee_ids: tuple[int, ...], *, now: datetime
) -> None:
    """Enter by hand that these people came in. Raises Forbidden, NotFound, Refused as check_in."""
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.RUN_MEETING, estate_id)
        found = why_not_come(times_of(meeting), meeting.starts_at, now)
        if not invitee_ids:
            found.append(Blocker("nobody_chosen"))
        refuse_if(found)
        for invitee_id in invitee_ids:
            _come(meeting, invitee_of(meeting, invitee_id).id, "hand", actor.name, now)
        note(actor, meeting, "meetings.admitted", now, invitees=list(invitee_ids))


def add_guest(
    actor: Actor, estate_id: int, n: int, *, name: str, place: str = "", now: datetime
) -> int:
    """Enter a resident who was not called and stands in the room; he holds no seat.

    Returns the invitee's id. Raises Forbidden, Refused: guest_name_missing, meeting_text_too_long
    or as check_in.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.RUN_MEETING, estate_id)
        name, place = " ".join(name.split()), place.strip()
        found = why_not_come(times_of(meeting), meeting.starts_at, now)
        if not name:
            found.append(Blocker("guest_name_missing"))
        if len(name) > LONGEST_NAME or len(place) > 40:
            found.append(Blocker("meeting_text_too_long", {"most": LONGEST_NAME, "part": "name"}))
        refuse_if(found)
        invitee = _add(meeting, name=name, title=place, now=now)
        _come(meeting, invitee.id, "hand", actor.name, now)
        note(actor, meeting, "meetings.guest_added", now, invitee=invitee.id)
        return invitee.id


def leave(actor: Actor, estate_id: int, n: int, invitee_id: int, *, now: datetime) -> None:
    """Go out of the room: oneself, or entered by who runs the meeting. A waiting turn is dropped.

    Raises Forbidden, NotFound, Refused: not_in_room.
    """
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.ATTEND, estate_id)
        own = mine(page(estate_id, n), actor)
        if own is None or own.id != invitee_id:
            require(actor, Action.RUN_MEETING, estate_id)
        stay = _open_stay(invitee_of(meeting, invitee_id).id)
        if stay is None:
            raise Refused(Blocker("not_in_room"))
        stay.out_at = now
        for speech in session.scalars(
            select(Speech).where(
                Speech.invitee_id == invitee_id,
                Speech.ended_at.is_(None),
                Speech.withdrawn_at.is_(None),
            )
        ):
            if speech.started_at is None:
                speech.withdrawn_at = now
            else:
                speech.ended_at = now
        note(actor, meeting, "meetings.left", now, invitee=invitee_id)


def _come(meeting: Meeting, invitee_id: int, how: str, by: str, now: datetime) -> None:
    """A stay begins unless one is running: two helpers at the door enter somebody once."""
    if _open_stay(invitee_id) is None:
        db.session.add(
            Attendance(
                meeting_id=meeting.id, invitee_id=invitee_id, in_at=now, how=how, recorded_by=by
            )
        )
        db.session.flush()


def _open_stay(invitee_id: int) -> Attendance | None:
    return db.session.scalar(
        select(Attendance).where(Attendance.invitee_id == invitee_id, Attendance.out_at.is_(None))
    )


def _add_self(meeting: Meeting, actor: Actor, now: datetime) -> int:
    known = resident(meeting.estate_id, actor)
    if known is None:
        raise NotFound("person")
    person_id, name, place = known
    return _add(
        meeting, name=name, title=place, now=now, person_id=person_id, account_id=actor.account_id
    ).id


def _add(
    meeting: Meeting,
    *,
    name: str,
    title: str,
    now: datetime,
    person_id: int | None = None,
    account_id: int | None = None,
) -> Invitee:
    invitee = Invitee(
        meeting_id=meeting.id,
        kind="resident",
        name=name,
        title=title[:40],
        person_id=person_id,
        account_id=account_id,
        seat=False,
        added_at=now,
    )
    db.session.add(invitee)
    db.session.flush()
    return invitee
