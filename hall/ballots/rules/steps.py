"""Why a ballot cannot be extended, voided, counted or published now: all blockers of each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from hall.ballots.rules.phase import Phase, Times, lifeless, phase
from hall.errors import Blocker
from hall.rulesets.rules import RuleSet

ADVISORY_EXTENSION_DAYS = 30  # a product default, as no rule set binds an advisory poll


@dataclass(frozen=True, slots=True)
class ExtendFacts:
    """A wish to close later. ruleset: the frozen one, None for an advisory poll.

    extended_from: the close before an extension already made. new_close_at None: only asked
    whether an extension is possible at all.
    """

    times: Times
    ruleset: RuleSet | None
    extended_from: datetime | None = None
    new_close_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class VoidFacts:
    """A wish to declare a noticed ballot void. reason None: not asked for yet."""

    times: Times
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CountFacts:
    """The count about to be made. version: the result version that stands, 0 before the first.

    reason: why it is counted again; needed from the second version on.
    """

    times: Times
    version: int = 0
    reason: str | None = None
    unread_sheets: int = 0
    pending_deliveries: int = 0
    roll_digest_frozen: str = ""
    roll_digest_now: str = ""


@dataclass(frozen=True, slots=True)
class PublishFacts:
    """A counted result about to be published. recount_matches: a second count gave the same digest."""

    times: Times
    recount_matches: bool = True
    disputed_sheets: int = 0


def latest_close(facts: ExtendFacts) -> datetime | None:
    """The last lawful close of an extension; None when none is allowed."""
    allowed, days = _extension(facts.ruleset)
    if not allowed or days is None or facts.times.close_at is None:
        return None
    return facts.times.close_at + timedelta(days=days)


def _extension(rules: RuleSet | None) -> tuple[bool, int | None]:
    if rules is None:
        return True, ADVISORY_EXTENSION_DAYS
    return bool(rules.extension_allowed), rules.extension_max_days


def why_not_extend(facts: ExtendFacts, now: datetime) -> tuple[Blocker, ...]:
    """Once, by rule, decided before the close that stands; sheets already cast stay (rules §3.3)."""
    return (*lifeless(facts.times), *_extendable(facts, now), *_new_close(facts))


def _extendable(facts: ExtendFacts, now: datetime) -> Iterator[Blocker]:
    close_at = facts.times.close_at
    if not lifeless(facts.times) and phase(facts.times, now) not in (Phase.NOTICED, Phase.OPEN):
        yield Blocker("voting_closed", {"closed_at": close_at})
    if facts.extended_from is not None:
        yield Blocker("already_extended", {"from": facts.extended_from, "to": close_at})
    allowed, days = _extension(facts.ruleset)
    if not allowed or days is None:
        yield Blocker("extension_not_allowed", {})


def _new_close(facts: ExtendFacts) -> Iterator[Blocker]:
    close_at, last = facts.times.close_at, latest_close(facts)
    if facts.new_close_at is not None and close_at is not None:
        if facts.new_close_at <= close_at:
            yield Blocker("new_close_not_later", {"close_at": close_at})
        elif last is not None and facts.new_close_at > last:
            days = _extension(facts.ruleset)[1]
            yield Blocker("extension_too_long", {"max_days": days, "latest_close": last})
    if facts.reason is not None and not facts.reason.strip():
        yield Blocker("extension_reason_missing", {})


def why_not_void(facts: VoidFacts, now: datetime) -> tuple[Blocker, ...]:
    """A noticed ballot may be void, with a reason, until its result is final (model §3.1)."""
    dead = lifeless(facts.times)
    found = list(dead)
    if not dead and phase(facts.times, now) is Phase.FINAL:
        found.append(Blocker("ballot_final", {"until": facts.times.objections_until}))
    if facts.reason is not None and not facts.reason.strip():
        found.append(Blocker("void_reason_missing", {}))
    return tuple(found)


def why_not_count(facts: CountFacts, now: datetime) -> tuple[Blocker, ...]:
    """After the close, nothing unread, nothing pending, on the very roll that was frozen (model §4.7)."""
    dead = lifeless(facts.times)
    found = list(dead)
    if not dead and phase(facts.times, now) in (Phase.NOTICED, Phase.OPEN):
        close_at = facts.times.close_at
        found.append(Blocker("voting_not_closed", {"close_at": close_at}, None, close_at))
    if facts.version and facts.reason is None:
        found.append(Blocker("already_counted", {"at": facts.times.counted_at}))
    if facts.reason is not None and not facts.reason.strip():
        found.append(Blocker("recount_reason_missing", {}))
    if facts.unread_sheets:
        found.append(Blocker("sheets_unread", {"count": facts.unread_sheets}, "clerk"))
    if facts.pending_deliveries:
        found.append(Blocker("deliveries_pending", {"count": facts.pending_deliveries}, "clerk"))
    if facts.roll_digest_now != facts.roll_digest_frozen:
        found.append(Blocker("roll_digest_differs", {}))
    return tuple(found)


def why_not_publish(facts: PublishFacts, now: datetime) -> tuple[Blocker, ...]:
    """A counted result, checked by a second count, with no decisive sheet in dispute (R-2.37)."""
    dead = lifeless(facts.times)
    found = list(dead)
    at = None if dead else phase(facts.times, now)
    if at in (Phase.NOTICED, Phase.OPEN):
        close_at = facts.times.close_at
        found.append(Blocker("voting_not_closed", {"close_at": close_at}, None, close_at))
    elif at is Phase.CLOSED:
        found.append(Blocker("not_counted", {}, "scrutineer"))
    if facts.times.published_at is not None:
        found.append(Blocker("already_published", {"at": facts.times.published_at}))
    if not facts.recount_matches:
        found.append(Blocker("recount_differs", {}, "scrutineer"))
    if facts.disputed_sheets:
        found.append(Blocker("sheets_disputed", {"count": facts.disputed_sheets}, "scrutineer"))
    return tuple(found)
