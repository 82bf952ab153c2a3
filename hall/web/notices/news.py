"""News in words, and where each leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hall.notices.queries import NoticeRow
from hall.web.i18n import gettext
from hall.web.links import address
from hall.web.messages import who
from hall.web.messages.notices import ASKS, NEWS

_PLACES = {
    "proposal": "proposals.show",
    "meeting": "meetings.show",
    "minutes": "meetings.minutes",
    "ballot": "ballots.show",
    "action": "actions.show",
}


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One piece of news in words."""

    id: int
    text: str
    at: datetime
    unread: bool


def in_words(row: NoticeRow) -> NewsLine:
    """What is said of an act: to whom it concerns, or to who may speak for a body."""
    title, asked = row.facts.get("title", ""), row.facts.get("to_body")
    body = who(str(asked or row.facts.get("body", "")))
    text = gettext((ASKS if asked else NEWS)[row.code], title=title, body=body)
    return NewsLine(row.id, text, row.at, row.read_at is None)


def place(row: NoticeRow) -> str:
    """The page a piece of news leads to; '' when there is none."""
    if row.subject == "roll":
        return address("roll.public")
    if row.subject == "resolution":
        return address("resolutions.show", docno=row.subject_n)
    if not row.subject_n.isdigit():
        return ""
    n = int(row.subject_n)
    if row.subject == "comment":
        return address("threads.comment", thread_id=int(row.facts["thread"]), comment_id=n)
    return address(_PLACES[row.subject], n=n)
