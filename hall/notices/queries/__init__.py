"""Reads of one's own inbox, as frozen rows; each is explained where it stands."""

from hall.notices.queries.mine import (
    Appealable,
    CorrectionRow,
    Mine,
    appealable,
    minutes_corrections,
    spoke_last,
    waiting_for_others,
)
from hall.notices.queries.news import NoticeRow, inbox, one, unread

__all__ = [
    "Appealable",
    "CorrectionRow",
    "Mine",
    "NoticeRow",
    "appealable",
    "inbox",
    "minutes_corrections",
    "one",
    "spoke_last",
    "unread",
    "waiting_for_others",
]
