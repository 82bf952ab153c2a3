"""Who is in the room at an instant, and whether that is enough to decide."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hall.bodies.rules import DECISION_RULES, has_quorum

CODE_WINDOW = timedelta(minutes=5)
_DIGITS = 1_000_000


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in the room, [in_at, out_at); out_at None: still there."""

    who: int
    in_at: datetime
    out_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat. body: None for one called by name (representatives, Party members)."""

    who: int
    body: str | None


@dataclass(frozen=True, slots=True)
class Quorum:
    """Seats due (less the barred), of those present; needed: the fewest that suffice."""

    due: int
    present: int
    needed: int
    enough: bool


def present_at(stays: Iterable[Stay], at: datetime) -> frozenset[int]:
    """Who is in the room at an instant."""
    return frozenset(s.who for s in stays if s.in_at <= at and (s.out_at is None or at < s.out_at))


def came(stays: Iterable[Stay]) -> frozenset[int]:
    """Who was in the room at any time."""
    return frozenset(s.who for s in stays)


def quorum(
    seats: Iterable[Seat], barred: Iterable[int], present: frozenset[int], rule: str
) -> Quorum:
    """The quorum of one decision: who is barred leaves both numerator and denominator."""
    out = frozenset(barred)
    due = {s.who for s in seats} - out
    here = len(due & present)
    return Quorum(
        len(due),
        here,
        needed_present(len(due), rule),
        has_quorum(here, len(due), DECISION_RULES[rule]),
    )


def needed_present(due: int, rule: str) -> int:
    """The fewest seats in the room with which the rule's quorum is met."""
    return _fewest(due, DECISION_RULES[rule].quorum)


def needed_for(due: int, present: int, rule: str) -> int:
    """The fewest votes for with which the rule adopts."""
    data = DECISION_RULES[rule]
    return _fewest(due if data.base == "due" else present, data.adopt)


def _fewest(whole: int, line: tuple[int, int, str]) -> int:
    num, den, op = line
    return -(-num * whole // den) if op == "GE" else num * whole // den + 1


def code_at(key: str, at: datetime) -> str:
    """The six digits on the screen in the five minutes that hold this instant."""
    return _code(key, int(at.timestamp()) // int(CODE_WINDOW.total_seconds()))


def code_fits(key: str, code: str, at: datetime) -> bool:
    """Whether the digits are those of this window or the one before (typed slowly)."""
    window = int(at.timestamp()) // int(CODE_WINDOW.total_seconds())
    return any(
        hmac.compare_digest(code.encode(), _code(key, w).encode()) for w in (window, window - 1)
    )


def key_fits(key: str, given: str) -> bool:
    """Whether the key of the QR at the door is the meeting's."""
    return bool(key) and hmac.compare_digest(given.encode(), key.encode())


def _code(key: str, window: int) -> str:
    raw = hmac.new(key.encode(), str(window).encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(raw[:8], 'big') % _DIGITS:06d}"
