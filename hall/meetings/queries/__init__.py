"""Reads of the meetings room."""

from __future__ import annotations

from hall.meetings.queries.archive import (
    MinutesCard,
    ToSign,
    first_published,
    passages,
    search_minutes,
    to_sign,
)
from hall.meetings.queries.calling import notice_blockers, parties, seats
from hall.meetings.queries.lists import (
    calls,
    count_past,
    drafts,
    past,
    places,
    upcoming,
)
from hall.meetings.queries.page import by_id, get, page
from hall.meetings.queries.room import (
    checkin_key,
    in_room,
    interests,
    mine,
    open_decision,
    quorum_at,
    resident,
    seats_due,
    turns,
)
from hall.meetings.queries.rows import (
    DecisionRow,
    InviteeRow,
    ItemRow,
    MeetingPage,
    MeetingRow,
    SpeechRow,
    StayRow,
    VoteRow,
)
from hall.meetings.queries.waiting import (
    MinutesDue,
    NextMeeting,
    ToCheck,
    minutes_due,
    next_of,
    to_check,
)

__all__ = [
    "DecisionRow",
    "InviteeRow",
    "ItemRow",
    "MeetingPage",
    "MeetingRow",
    "MinutesCard",
    "MinutesDue",
    "NextMeeting",
    "SpeechRow",
    "StayRow",
    "ToCheck",
    "ToSign",
    "VoteRow",
    "by_id",
    "calls",
    "checkin_key",
    "count_past",
    "drafts",
    "first_published",
    "get",
    "in_room",
    "interests",
    "mine",
    "minutes_due",
    "next_of",
    "notice_blockers",
    "open_decision",
    "page",
    "parties",
    "passages",
    "past",
    "places",
    "quorum_at",
    "resident",
    "search_minutes",
    "seats",
    "seats_due",
    "to_check",
    "to_sign",
    "turns",
    "upcoming",
]
