"""The row on which every rule of a meeting hangs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.db import db
from hall.errors import NotFound
from hall.journal.service import record
from hall.meetings.models import Meeting
from hall.meetings.rules import State, Times, state
from hall.permissions import Actor


def locked(estate_id: int, n: int) -> Meeting:
    """The meeting's row, locked until the transaction ends. Raises NotFound."""
    meeting = db.session.scalar(
        select(Meeting)
        .where(Meeting.estate_id == estate_id, Meeting.n == n)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if meeting is None:
        raise NotFound("meeting")
    return meeting


def times_of(meeting: Meeting) -> Times:
    """The times of a locked row, for the rules."""
    return Times(meeting.noticed_at, meeting.started_at, meeting.ended_at, meeting.cancelled_at)


def state_of(meeting: Meeting) -> State:
    """The state of a locked row."""
    return state(times_of(meeting))


def note(actor: Actor, meeting: Meeting, act: str, now: datetime, **facts: object) -> None:
    """One line of the journal about a meeting, with its number."""
    record(
        actor,
        act,
        "meeting",
        meeting.id,
        estate_id=meeting.estate_id,
        now=now,
        n=meeting.n,
        **facts,
    )
