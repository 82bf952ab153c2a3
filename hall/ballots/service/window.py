"""Extending and voiding: the only two things a noticed ballot may still suffer before its close."""

from __future__ import annotations

from datetime import datetime

from hall.ballots.queries import facts
from hall.ballots.queries.origin import recused_blockers
from hall.ballots.rules import ExtendFacts, VoidFacts, why_not_extend, why_not_void
from hall.ballots.service.draft import locked
from hall.clock import iso
from hall.db import atomic
from hall.errors import Blocker, refuse_if
from hall.journal import service as journal
from hall.permissions import Action, Actor, require


def extend_blockers(estate_id: int, n: int, now: datetime) -> tuple[Blocker, ...]:
    """Why the window cannot be extended at all now; empty when it may (rules §3.3)."""
    ballot = facts.get(estate_id, n)
    return why_not_extend(ExtendFacts(ballot.times, ballot.ruleset, ballot.extended_from), now)


def extend(
    actor: Actor, estate_id: int, n: int, close_at: datetime, reason: str, *, now: datetime
) -> None:
    """Close later, once, decided before the close that stands; sheets already cast stay.

    Raises Forbidden, NotFound, Refused with all blockers.
    """
    with atomic():
        row = locked(estate_id, n)
        require(actor, Action.EXTEND_BALLOT, estate_id)
        ballot = facts.get(estate_id, n)
        wish = ExtendFacts(ballot.times, ballot.ruleset, ballot.extended_from, close_at, reason)
        refuse_if([*why_not_extend(wish, now), *recused_blockers(actor, ballot, now)])
        row.extended_from, row.extended_at = row.close_at, now
        row.extension_reason = reason.strip()
        row.close_at = close_at
        journal.record(
            actor,
            "ballots.extend",
            "ballot",
            row.id,
            estate_id=estate_id,
            now=now,
            close=iso(close_at),
            reason=reason.strip(),
        )


def void_blockers(estate_id: int, n: int, now: datetime) -> tuple[Blocker, ...]:
    """Why the ballot cannot be declared void now."""
    return why_not_void(VoidFacts(facts.get(estate_id, n).times), now)


def void(actor: Actor, estate_id: int, n: int, reason: str, *, now: datetime) -> None:
    """Declare a noticed ballot void, with a reason everybody can read; nothing is deleted.

    Raises Forbidden, NotFound, Refused with all blockers.
    """
    with atomic():
        row = locked(estate_id, n)
        require(actor, Action.VOID_BALLOT, estate_id)
        ballot = facts.get(estate_id, n)
        why = why_not_void(VoidFacts(ballot.times, reason), now)
        refuse_if([*why, *recused_blockers(actor, ballot, now)])
        row.voided_at, row.voided_by, row.void_reason = now, actor.account_id, reason.strip()
        journal.record(
            actor,
            "ballots.void",
            "ballot",
            row.id,
            estate_id=estate_id,
            now=now,
            reason=reason.strip(),
        )
