"""What the pages of a meeting know of it: frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hall.meetings.rules import State


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting without its people. bodies: who takes part, in the fixed order of every page."""

    id: int
    estate_id: int
    n: int
    kind: str
    body: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    remark: str
    thread_id: int | None
    uid: str
    sequence: int
    created_by: int | None
    created_name: str
    created_at: datetime
    revision: int
    noticed_at: datetime | None
    noticed_name: str
    started_at: datetime | None
    ended_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str
    state: State
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An agenda item. minutes: its time box; starts: when it is planned to begin."""

    id: int
    seq: int
    title: str
    minutes: int
    lead: str
    kind: str
    proposal_id: int | None
    version_n: int | None
    started_at: datetime | None
    ended_at: datetime | None
    conclusion: str
    starts: datetime


@dataclass(frozen=True, slots=True)
class InviteeRow:
    """Somebody called to the meeting. lapsed: his post ended before the day of the meeting."""

    id: int
    kind: str
    body: str | None
    post_id: int | None
    party_id: int | None
    person_id: int | None
    account_id: int | None
    name: str
    title: str
    seat: bool
    rsvp: str
    rsvp_note: str
    rsvp_at: datetime | None
    added_at: datetime
    lapsed: bool


@dataclass(frozen=True, slots=True)
class StayRow:
    """One stay in the room, [in_at, out_at)."""

    id: int
    invitee_id: int
    in_at: datetime
    out_at: datetime | None
    how: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """A turn asked for, and spoken [started_at, ended_at)."""

    id: int
    item_id: int
    invitee_id: int
    asked_at: datetime
    seconds: int
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A member's vote by name. recorded_by: '' when he gave it himself."""

    invitee_id: int
    choice: str
    reason: str
    at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision: figures are None until it is decided. barred: (invitee, reason)."""

    id: int
    item_id: int
    text: str
    rule: str
    opened_at: datetime
    decided_at: datetime | None
    due: int | None
    present: int | None
    votes_for: int | None
    votes_against: int | None
    abstain: int | None
    outcome: str | None
    barred: tuple[tuple[int, str], ...]
    votes: tuple[VoteRow, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with all that is known of it, in a constant number of queries."""

    meeting: MeetingRow
    items: tuple[ItemRow, ...]
    invitees: tuple[InviteeRow, ...]
    stays: tuple[StayRow, ...]
    speeches: tuple[SpeechRow, ...]
    decisions: tuple[DecisionRow, ...]
