"""Reads of the meetings room."""

from __future__ import annotations

from hall.meetings.queries.archive import MinutesCard, ToSign, search_minutes, to_sign
from hall.meetings.queries.page import by_id, get, page
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

__all__ = [
    "DecisionRow",
    "InviteeRow",
    "ItemRow",
    "MeetingPage",
    "MeetingRow",
    "MinutesCard",
    "SpeechRow",
    "StayRow",
    "ToSign",
    "VoteRow",
    "by_id",
    "get",
    "page",
    "search_minutes",
    "to_sign",
]
