"""The row on which every rule of a meeting hangs."""

from __future__ import annotations

from sqlalchemy import select

from hall.db import db
from hall.errors import NotFound
from hall.meetings.models import Meeting
from hall.meetings.rules import State, Times, state


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


def state_of(meeting: Meeting) -> State:
    """The state of a locked row."""
    return state(
        Times(meeting.noticed_at, meeting.started_at, meeting.ended_at, meeting.cancelled_at)
    )
