"""The paper that minutes are, as frozen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

PARTY, RESIDENT = "party", "resident"


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in the room, [in_at, out_at); out_at None: to the end of the meeting."""

    in_at: datetime
    out_at: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody called or come, with every stay. seat: counts for the quorum."""

    name: str
    title: str
    seat: bool
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one body; party and resident stand for those of no body.

    due: seats called; present: seats that came at any time.
    """

    body: str
    name: str
    due: int
    present: int
    people: tuple[Person, ...]

    @property
    def came(self) -> tuple[Person, ...]:
        """Those who were in the room at any time."""
        return tuple(p for p in self.people if p.stays)

    @property
    def missing(self) -> tuple[Person, ...]:
        """Seats that stayed away."""
        return tuple(p for p in self.people if p.seat and not p.stays)


@dataclass(frozen=True, slots=True)
class Vote:
    """A member's vote by name: for | against | abstain."""

    name: str
    body: str
    title: str
    choice: str
    reason: str


@dataclass(frozen=True, slots=True)
class BarredSeat:
    """A seat that left numerator and denominator, and why."""

    name: str
    body: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with its figures: seats due (less the barred), present, votes."""

    text: str
    rule: str
    due: int
    present: int
    votes_for: int
    votes_against: int
    abstain: int
    outcome: str
    decided_at: datetime
    votes: tuple[Vote, ...]
    barred: tuple[BarredSeat, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda and what was concluded under it.

    decisions: its votes in order; all but the last lost their quorum.
    """

    seq: int
    title: str
    kind: str
    lead: str
    proposal_id: int | None
    version_n: int | None
    conclusion: str
    decisions: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to carry out; item_seq: the item it comes from."""

    text: str
    body: str
    person: str
    due_on: date | None
    external: bool
    agency: str
    check_on: date | None
    item_seq: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """The minutes as they are read, signed and printed. bodies: (code, the estate's own name)."""

    number: str
    estate: str
    kind: str
    title: str
    convener: str
    place: str
    starts_at: datetime
    ends_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    bodies: tuple[tuple[str, str], ...]
    attendance: tuple[Group, ...]
    agenda: tuple[Item, ...]
    text: str
    dissent: str
    tasks: tuple[Task, ...]
    no_tasks: bool

    @property
    def due(self) -> int:
        """All seats called."""
        return sum(g.due for g in self.attendance)

    @property
    def present(self) -> int:
        """All seats that came at any time."""
        return sum(g.present for g in self.attendance)

    def name_of(self, body: str) -> str:
        """What the estate calls a body, or '' when it has no name of its own."""
        return dict(self.bodies).get(body, "")


@dataclass(frozen=True, slots=True)
class Published:
    """Published minutes: the paper, who signed it, who did not, what was corrected."""

    paper: Paper
    paper_digest: str
    circulated_at: datetime
    sign_by: datetime
    published_at: datetime
    published_by: str
    signatures: tuple[Mapping[str, Any], ...] = field(default=())
    corrections: tuple[Mapping[str, Any], ...] = field(default=())
