"""What can be done with a meeting: one function a verb, each one transaction."""

from __future__ import annotations

from hall.meetings.service.attendance import add_guest, admit, check_in, leave
from hall.meetings.service.calendar import renew_calendar_key
from hall.meetings.service.convening import cancel, convene, discard, move, notice, revise
from hall.meetings.service.minutes import (
    answer_correction,
    circulate_minutes,
    correct_minutes,
    revise_minutes,
    write_minutes,
)
from hall.meetings.service.running import end, end_item, respond, start, start_item
from hall.meetings.service.signing import append_note, publish_minutes, sign_minutes
from hall.meetings.service.speakers import (
    ask_to_speak,
    end_speech,
    extend_speech,
    start_speech,
    withdraw_speech,
)
from hall.meetings.service.voting import (
    Hand,
    bar,
    close_decision,
    drop_decision,
    open_decision,
    read_hands,
    unbar,
    vote,
)

__all__ = [
    "Hand",
    "add_guest",
    "admit",
    "answer_correction",
    "append_note",
    "ask_to_speak",
    "bar",
    "cancel",
    "check_in",
    "circulate_minutes",
    "close_decision",
    "convene",
    "correct_minutes",
    "discard",
    "drop_decision",
    "end",
    "end_item",
    "end_speech",
    "extend_speech",
    "leave",
    "move",
    "notice",
    "open_decision",
    "publish_minutes",
    "read_hands",
    "renew_calendar_key",
    "respond",
    "revise",
    "revise_minutes",
    "sign_minutes",
    "start",
    "start_item",
    "start_speech",
    "unbar",
    "vote",
    "withdraw_speech",
    "write_minutes",
]
