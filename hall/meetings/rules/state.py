"""Where a meeting stands, derived from its times; the minutes have states of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """The states of a meeting."""

    DRAFT = "draft"
    NOTICED = "noticed"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Times:
    """The instants that make a meeting's state."""

    noticed_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    cancelled_at: datetime | None = None


def state(times: Times) -> State:
    """The state that these times make."""
    if times.cancelled_at:
        return State.CANCELLED
    if times.ended_at:
        return State.ENDED
    if times.started_at:
        return State.RUNNING
    return State.NOTICED if times.noticed_at else State.DRAFT
