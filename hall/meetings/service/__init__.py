"""What can be done with a meeting: one function a verb, each one transaction."""

from __future__ import annotations

from hall.meetings.service.calendar import renew_calendar_key
from hall.meetings.service.convening import cancel, convene, discard, move, notice, revise
from hall.meetings.service.minutes import (
    answer_correction,
    circulate_minutes,
    correct_minutes,
    revise_minutes,
    write_minutes,
)
from hall.meetings.service.signing import append_note, publish_minutes, sign_minutes

__all__ = [
    "answer_correction",
    "append_note",
    "cancel",
    "circulate_minutes",
    "convene",
    "correct_minutes",
    "discard",
    "move",
    "notice",
    "publish_minutes",
    "renew_calendar_key",
    "revise",
    "revise_minutes",
    "sign_minutes",
    "write_minutes",
]
