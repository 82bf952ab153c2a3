"""Where a ballot stands: derived from frozen facts and the time, never from a click (model §3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hall.errors import Blocker


class Phase(StrEnum):
    """draft → noticed → open → closed → counted → provisional → final; void from any of them."""

    DRAFT = "draft"
    NOTICED = "noticed"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PROVISIONAL = "provisional"
    FINAL = "final"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Times:
    """The instants (UTC) a ballot's phase hangs on. The window is [open_at, close_at).

    close_at is the one in force (after an extension). objections_until ends the objection period
    of the published result; open_objections are those without an answer.
    """

    noticed_at: datetime | None = None
    open_at: datetime | None = None
    close_at: datetime | None = None
    counted_at: datetime | None = None
    published_at: datetime | None = None
    objections_until: datetime | None = None
    open_objections: int = 0
    voided_at: datetime | None = None


def phase(times: Times, now: datetime) -> Phase:
    """The phase at an instant. A noticed ballot has both ends of its window, else ValueError."""
    if times.voided_at is not None:
        return Phase.VOID
    if times.noticed_at is None:
        return Phase.DRAFT
    if times.open_at is None or times.close_at is None:
        raise ValueError("a noticed ballot has a window")
    # A count is after the close whatever the instant asked about: a sheet that arrived in time but
    # waited for the count's lock must not slip in behind it.
    if times.counted_at is None and now < times.close_at:
        return Phase.NOTICED if now < times.open_at else Phase.OPEN
    return _after_close(times, now)


def _after_close(times: Times, now: datetime) -> Phase:
    if times.counted_at is None:
        return Phase.CLOSED
    if times.published_at is None:
        return Phase.COUNTED
    waiting = times.objections_until is not None and now < times.objections_until
    return Phase.PROVISIONAL if waiting or times.open_objections else Phase.FINAL


def lifeless(times: Times) -> tuple[Blocker, ...]:
    """ballot_void or ballot_not_noticed: the two states in which nothing of a voting can happen."""
    if times.voided_at is not None:
        return (Blocker("ballot_void", {"at": times.voided_at}),)
    if times.noticed_at is None:
        return (Blocker("ballot_not_noticed", who="chair"),)
    return ()
