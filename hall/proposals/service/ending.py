"""The final wording, and how a proposal ends: taken back, or settled by what decided it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, refuse_if
from hall.journal.service import record
from hall.people.queries import acting_post
from hall.permissions import Action, Actor, may, require
from hall.proposals.models import Proposal
from hall.proposals.queries.rows import facts_of
from hall.proposals.rules import steps
from hall.proposals.rules import wording as words
from hall.proposals.service import load
from hall.threads.service.opening import set_window


def make_ready(actor: Actor, estate_id: int, n: int, *, post_id: int, now: datetime) -> int:
    """Fix the newest version as the final one 定稿; gives back its number.

    Raises Forbidden, NotFound, Refused with all of: proposal_wrong_state, round_unsettled,
    round_never, material_unheard.
    """
    with atomic():
        row = load.handed_in(estate_id, n)
        require(actor, Action.RUN_ROUNDS, estate_id)
        post = acting_post(actor, estate_id, post_id, local_date(now))
        versions = load.versions_of(row.id)
        rows = load.round_facts(load.round_rows(row.id))
        refuse_if(steps.ready_blockers(facts_of(row), versions, rows))
        row.ready_at, row.ready_version = now, versions[-1].n
        _note(actor, row, "proposals.ready", now, version=row.ready_version, body=post.body)
        return row.ready_version


def reopen(
    actor: Actor, estate_id: int, n: int, *, reason: str, post_id: int, now: datetime
) -> None:
    """Take a final wording up again, before anything was noticed on it; the reason is public.

    Whether a ballot was noticed is for the caller to see to (I16). Raises Forbidden, NotFound,
    Refused with all of: proposal_wrong_state, reopen_reason_missing, proposal_field_too_long.
    """
    reason = words.clean(reason)
    with atomic():
        row = load.handed_in(estate_id, n)
        require(actor, Action.RUN_ROUNDS, estate_id)
        post = acting_post(actor, estate_id, post_id, local_date(now))
        refuse_if(
            [
                *steps.reopen_blockers(facts_of(row), reason),
                *words.too_much(reason, "reason", words.MOST_REASON),
            ]
        )
        row.ready_at = row.ready_version = None
        _note(actor, row, "proposals.reopened", now, reason=reason, body=post.body)


def withdraw(actor: Actor, estate_id: int, n: int, *, reason: str, now: datetime) -> None:
    """Take it back: the proposer, or who runs the rounds; the reason is public, a draft needs none.

    A round that is open ends now, those that have not begun are struck: nothing is announced that
    will not be.
    Raises Forbidden, NotFound, Refused with all of: proposal_wrong_state, withdraw_reason_missing,
    owners_put_it_on, proposal_field_too_long.
    """
    reason = words.clean(reason)
    with atomic() as session:
        row = load.own_draft(estate_id, n, actor.account_id)
        if row.account_id != actor.account_id and not may(actor, Action.RUN_ROUNDS, estate_id):
            raise Forbidden(Action.RUN_ROUNDS)
        require(actor, Action.PROPOSE, estate_id)
        refuse_if(
            [
                *steps.withdraw_blockers(facts_of(row), reason),
                *words.too_much(reason, "reason", words.MOST_REASON),
            ]
        )
        row.withdrawn_at, row.withdraw_reason = now, reason
        set_window(row.thread_id, opens_at=row.created_at, closes_at=now)
        for one in load.round_rows(row.id):
            if one.opens_at > now:
                session.delete(one)
            elif one.closes_at > now:
                one.closes_at = now
        _note(actor, row, "proposals.withdrawn", now)


def settle(proposal_id: int, how: str, now: datetime) -> None:
    """Mark it settled by a ballot, a meeting or the organisation's decision; once is enough.

    A part for the rooms above, inside their transaction. Raises NotFound, ValueError.
    """
    if how not in steps.HOW_SETTLED:
        raise ValueError(f"no such end: {how}")
    with atomic() as session:
        row = session.scalar(select(Proposal).where(Proposal.id == proposal_id).with_for_update())
        if row is None:
            raise NotFound("proposal")
        if row.settled_at is None:
            row.settled_at, row.settled_how = now, how
            db.session.flush()


def _note(actor: Actor, row: Proposal, action: str, now: datetime, **facts: object) -> None:
    record(actor, action, "proposal", row.id, estate_id=row.estate_id, now=now, n=row.n, **facts)
