"""The speakers' list: who has not spoken on this item yet goes before who has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

TURN = 180
EXTRA = 60
LONGEST_TURN = 1800


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn on an item: asked for, perhaps begun and ended. seconds: how long it may last."""

    id: int
    who: int
    asked_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: int = TURN


def queue(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The waiting turns in the order they come: fewest turns before, then who asked first."""
    all_turns = tuple(turns)
    spoken: dict[int, int] = {}
    for turn in all_turns:
        if turn.started_at is not None:
            spoken[turn.who] = spoken.get(turn.who, 0) + 1
    waiting = [t for t in all_turns if t.started_at is None]
    return tuple(sorted(waiting, key=lambda t: (spoken.get(t.who, 0), t.asked_at, t.id)))


def speaking(turns: Iterable[Turn]) -> Turn | None:
    """The turn that is running, if any."""
    return next((t for t in turns if t.started_at is not None and t.ended_at is None), None)


def left(turn: Turn, now: datetime) -> int:
    """Seconds left of a turn, all of them before it began; negative when over."""
    if turn.started_at is None:
        return turn.seconds
    return turn.seconds - (now - turn.started_at) // timedelta(seconds=1)
