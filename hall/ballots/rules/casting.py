"""Why a sheet cannot be cast now, for these entries, with these answers (rules §3.4, model §3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hall.ballots.rules.phase import Phase, Times, lifeless, phase
from hall.counting.figures import Question
from hall.counting.methods import read_marks
from hall.errors import Blocker


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One entry the voter casts for, as the server knows it at this instant.

    entitled: an owner of the entry, a representative, or the proven buyer (E12b). represented:
    the co-owners nominated somebody else (R-2.07). cast_at: receipt time of the sheet that stands.
    """

    label: str
    entitled: bool
    verified: bool = True
    represented: bool = False
    contested: bool = False
    cast_at: datetime | None = None
    cast_channel: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The marks put against one question."""

    question: Question
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CastFacts:
    """An attempt to cast. answers None: only the page is asked for, nothing is submitted yet.

    digest_shown: the ballot digest of the page the answers were given on.
    """

    times: Times
    channels: tuple[str, ...]
    entries: tuple[EntryFacts, ...]
    channel: str = "online"
    replaceable: bool = False
    answers: tuple[Answer, ...] | None = None
    digest_now: str = ""
    digest_shown: str = ""


def why_not_cast(facts: CastFacts, now: datetime) -> tuple[Blocker, ...]:
    """All reasons against this sheet; empty when it counts from the moment it is stored."""
    return (*_window(facts, now), *_entries(facts), *_answers(facts))


def _window(facts: CastFacts, now: datetime) -> Iterator[Blocker]:
    dead = lifeless(facts.times)
    yield from dead
    if not dead:
        at = phase(facts.times, now)
        if at is Phase.NOTICED:
            opening = facts.times.open_at
            yield Blocker("voting_not_open", {"open_at": opening}, None, opening)
        elif at is not Phase.OPEN:
            yield Blocker("voting_closed", {"closed_at": facts.times.close_at})
    if facts.channel not in facts.channels:
        yield Blocker("channel_not_offered", {"channel": facts.channel})


def _entries(facts: CastFacts) -> Iterator[Blocker]:
    if not facts.entries:
        yield Blocker("not_on_roll", {}, "clerk")
    for entry in facts.entries:
        where: dict[str, object] = {"entry": entry.label}
        if not entry.entitled:
            yield Blocker("entry_not_yours", where, "clerk")
        elif entry.represented:
            yield Blocker("entry_represented_by_other", where)
        if not entry.verified:
            yield Blocker("entry_unverified", where, "clerk")
        if entry.contested:
            yield Blocker("entry_contested", where, "co_owners")  # E8
        elif entry.cast_at is not None and not facts.replaceable:
            seen = {**where, "at": entry.cast_at, "channel": entry.cast_channel}
            yield Blocker("already_cast", seen)


def _answers(facts: CastFacts) -> Iterator[Blocker]:
    if facts.answers is None:
        return
    if facts.digest_shown != facts.digest_now:
        yield Blocker("sheet_changed", {})  # model §4.13
    for n, answer in enumerate(facts.answers, 1):
        reading = read_marks(answer.question, answer.marks)
        if reading.invalid == "blank":
            yield Blocker("answer_missing", {"question": n})
        elif reading.invalid:
            yield Blocker("answer_invalid", {"question": n, "reason": reading.invalid})
