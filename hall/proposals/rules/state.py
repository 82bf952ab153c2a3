"""Where a proposal stands: derived from what happened to it, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hall import clock

SCREEN_DAYS = 5


class State(StrEnum):
    """The state of a proposal."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    DISCUSSING = "discussing"
    READY = "ready"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({State.WITHDRAWN, State.SETTLED})
# What the public may read: everything that was ever handed in.
PUBLIC = frozenset(State) - {State.DRAFT}


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened to a proposal so far, as instants; None while it has not."""

    submitted_at: datetime | None = None
    screen_by: datetime | None = None
    screened_at: datetime | None = None
    accepted: bool | None = None
    on_agenda_at: datetime | None = None
    ready_at: datetime | None = None
    withdrawn_at: datetime | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round of comment on version version_n, open in [opens_at, closes_at)."""

    n: int
    version_n: int
    opens_at: datetime
    closes_at: datetime
    settled_at: datetime | None = None

    def phase(self, now: datetime) -> str:
        """planned | open | answering (closed, not settled) | settled."""
        if self.settled_at is not None:
            return "settled"
        if now < self.opens_at:
            return "planned"
        return "open" if now < self.closes_at else "answering"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What rooms above know of the proposal: its meetings, ballot, resolution, follow-up; handed in."""

    met: bool = False
    ballot: str = ""  # '' | noticed | open | closed | published
    resolved: bool = False
    actions_open: int = 0
    actions_done: int = 0


NOTHING_BEYOND = Beyond()
# The seven steps of the tracker (ux.md §5): 提出 征集意见 五方会商 定稿公示 投票表决 公布结果 落实跟踪.
STEPS = ("propose", "comment", "bodies", "final", "vote", "result", "follow_up")


def state(facts: Facts) -> State:
    """The state; owners' endorsement past its line counts as acceptance whatever a screener said (R-2.19)."""
    if facts.withdrawn_at is not None:
        return State.WITHDRAWN
    if facts.settled_at is not None:
        return State.SETTLED
    if facts.submitted_at is None:
        return State.DRAFT
    if facts.ready_at is not None:
        return State.READY
    if facts.on_agenda_at is not None or facts.accepted:
        return State.DISCUSSING
    return State.SUBMITTED if facts.accepted is None else State.DECLINED


def screen_deadline(submitted_at: datetime) -> datetime:
    """End of the fifth Shanghai day after the day of submission; that day does not count (CC 201)."""
    return clock.day_start(clock.add_days(clock.local_date(submitted_at), SCREEN_DAYS + 1))


def screening_overdue(facts: Facts, now: datetime) -> bool:
    """Whether nobody has answered within the shown deadline: a public fact (feature 1.11)."""
    return (
        state(facts) is State.SUBMITTED and facts.screen_by is not None and now >= facts.screen_by
    )


def step(facts: Facts, rounds: Sequence[RoundFacts], beyond: Beyond, now: datetime) -> int:
    """Where the seven-step tracker stands, 1 to 7; the furthest that has begun."""
    if beyond.resolved and (beyond.actions_open or beyond.actions_done):
        return 7
    if beyond.resolved or beyond.ballot in ("closed", "published"):
        return 6
    if beyond.ballot in ("noticed", "open"):
        return 5
    at = state(facts)
    if at is State.SETTLED:
        return 6
    if facts.ready_at is not None:  # taken back from there, too
        return 4
    if at in (State.DRAFT, State.SUBMITTED, State.DECLINED, State.WITHDRAWN) and not rounds:
        return 1
    if rounds and all(r.phase(now) == "settled" for r in rounds):
        return 3
    return 2


def current_round(rounds: Sequence[RoundFacts], now: datetime) -> RoundFacts | None:
    """The round that matters now: open, else waiting for its answers, else the next planned one."""
    for wanted in ("open", "answering", "planned"):
        for one in rounds:
            if one.phase(now) == wanted:
                return one
    return None


def whole_days(first: datetime, last: datetime) -> int:
    """Full days of 24 hours in a window."""
    return (last - first) // timedelta(days=1)


def planned_windows(
    lengths: Sequence[int], first_day: date, pause_days: int
) -> tuple[tuple[datetime, datetime], ...]:
    """Windows of whole Shanghai days, the next one pause_days after the one before has closed."""
    found = []
    day = first_day
    for length in lengths:
        end = clock.add_days(day, length)
        found.append((clock.day_start(day), clock.day_start(end)))
        day = clock.add_days(end, pause_days)
    return tuple(found)
