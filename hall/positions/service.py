"""Stating a body's position, declaring an interest, ending one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, refuse_if
from hall.journal.service import record
from hall.people.queries import PostRow, acting_post
from hall.permissions import Action, Actor, require
from hall.positions import queries, rules
from hall.positions.models import Interest, Position
from hall.positions.queries import InterestRow, PositionRow
from hall.positions.rules import DeclaredInterest
from hall.proposals import queries as proposals
from hall.proposals.models import Proposal
from hall.proposals.queries import ProposalRow
from hall.proposals.rules.state import PUBLIC


def take(
    actor: Actor,
    estate_id: int,
    proposal_id: int,
    *,
    post_id: int,
    stance: str,
    reason: str,
    meeting_n: int | None = None,
    now: datetime,
) -> PositionRow:
    """State what a body says in the round that is open or was last. A later word stands beside it.

    The very same word again in the same round and meeting adds nothing and gives back the first.
    Raises Forbidden, NotFound, Refused with every blocker of rules.take_blockers.
    """
    reason = reason.strip()
    with atomic():
        proposal = _locked(estate_id, proposal_id)
        post = _speaker(actor, Action.TAKE_POSITION, estate_id, post_id, now)
        who = queries.barred(proposal_id)
        persons = actor.persons_in(estate_id) | {post.person_id}
        refuse_if(rules.take_blockers(proposal.state, who, post.body, persons, stance, reason))
        round_n = queries.current_round(proposal_id, now)
        said = [p for p in queries.history(proposal_id) if p.body == post.body]
        new = (round_n, proposal.version_n, stance, reason, meeting_n)
        if said:
            last = said[0]
            if (last.round_n, last.version_n, last.stance, last.reason, last.meeting_n) == new:
                return last
        row = Position(
            estate_id=estate_id,
            proposal_id=proposal_id,
            round_n=round_n,
            version_n=proposal.version_n,
            body=post.body,
            stance=stance,
            reason=reason,
            title=post.title,
            post_id=post.id,
            name=post.name,
            account_id=actor.account_id,
            meeting_n=meeting_n,
            at=now,
        )
        db.session.add(row)
        db.session.flush()
        record(
            actor,
            "positions.taken",
            "position",
            row.id,
            estate_id=estate_id,
            now=now,
            proposal_id=proposal_id,
            n=proposal.n,
            title=proposal.title,
            body=post.body,
            stance=stance,
            round=round_n,
        )
        return queries.history(proposal_id)[0]


def declare(
    actor: Actor,
    estate_id: int,
    proposal_id: int,
    *,
    post_id: int,
    whole_body: bool,
    kind: str,
    text: str,
    now: datetime,
) -> InterestRow:
    """Declare an interest in public: of one's whole body, or of oneself.

    Who is barred leaves both numerator and denominator of the body's vote on the proposal.
    Raises Forbidden, NotFound, Refused with every blocker of rules.declare_blockers.
    """
    text = text.strip()
    with atomic():
        proposal = _locked(estate_id, proposal_id)
        post = _speaker(actor, Action.DECLARE_INTEREST, estate_id, post_id, now)
        person_id = None if whole_body else post.person_id
        held = [
            DeclaredInterest(i.body, i.person_id, i.kind, i.text)
            for i in queries.interests(proposal_id)
        ]
        wanted = DeclaredInterest(post.body, person_id, kind, text)
        refuse_if(rules.declare_blockers(proposal.state, held, wanted))
        row = Interest(
            estate_id=estate_id,
            proposal_id=proposal_id,
            body=post.body,
            person_id=person_id,
            name="" if whole_body else post.name,
            kind=kind,
            text=text,
            declared_at=now,
            declared_by=post.name,
            account_id=actor.account_id,
        )
        db.session.add(row)
        db.session.flush()
        record(
            actor,
            "positions.interest_declared",
            "interest",
            row.id,
            estate_id=estate_id,
            now=now,
            proposal_id=proposal_id,
            n=proposal.n,
            title=proposal.title,
            body=post.body,
            whole_body=whole_body,
            kind=kind,
        )
        return queries.interests(proposal_id)[-1]


def end_interest(
    actor: Actor, estate_id: int, interest_id: int, *, post_id: int, reason: str, now: datetime
) -> InterestRow:
    """Say, for another body and with the reason in public, that an interest no longer stands.

    Raises Forbidden, NotFound, Refused: interest_ended, interest_of_own_body,
    interest_end_reason_missing, text_too_long.
    """
    reason = reason.strip()
    with atomic():
        row = db.session.scalar(
            select(Interest)
            .where(Interest.id == interest_id, Interest.estate_id == estate_id)
            .with_for_update()
        )
        if row is None:
            raise NotFound("interest")
        post = _speaker(actor, Action.DECLARE_INTEREST, estate_id, post_id, now)
        refuse_if(rules.end_blockers(row.ended_at, row.body, post.body, reason))
        row.ended_at, row.ended_reason = now, reason
        db.session.flush()
        proposal = proposals.by_id(row.proposal_id)
        record(
            actor,
            "positions.interest_ended",
            "interest",
            row.id,
            estate_id=estate_id,
            now=now,
            proposal_id=row.proposal_id,
            n=proposal.n,
            title=proposal.title,
            body=row.body,
            by_body=post.body,
        )
        every = queries.interests(row.proposal_id, ended=True)
        return next(i for i in every if i.id == interest_id)


def _locked(estate_id: int, proposal_id: int) -> ProposalRow:
    """The proposal, its row locked; what was never handed in is not there."""
    held = db.session.scalar(
        select(Proposal.id)
        .where(Proposal.id == proposal_id, Proposal.estate_id == estate_id)
        .with_for_update()
    )
    if held is None:
        raise NotFound("proposal")
    proposal = proposals.by_id(proposal_id)
    if proposal.state not in PUBLIC:
        raise NotFound("proposal")
    return proposal


def _speaker(actor: Actor, action: Action, estate_id: int, post_id: int, now: datetime) -> PostRow:
    """The post acted under, one whose title speaks for its body."""
    require(actor, action, estate_id)
    post = acting_post(actor, estate_id, post_id, local_date(now))
    if not rules.may_speak(post.body, post.title):
        raise Forbidden(action)
    return post
