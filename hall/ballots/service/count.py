"""The count: after the close, once by itself, again only with a reason; each version immutable."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy import select

from hall.ballots.models import Ballot, Result
from hall.ballots.queries import facts
from hall.ballots.queries import turnout as turnout_of
from hall.ballots.queries.origin import recused_blockers
from hall.ballots.queries.piles import count_piles
from hall.ballots.queries.result import document, outcomes_of, result, totals_of
from hall.ballots.rules import CountFacts, why_not_count
from hall.ballots.service.draft import locked
from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Blocker, refuse_if
from hall.journal import service as journal
from hall.people import queries as people
from hall.permissions import SYSTEM, Action, Actor, require
from hall.roll import queries as roll


def count_blockers(
    estate_id: int, n: int, now: datetime, actor: Actor | None = None
) -> tuple[Blocker, ...]:
    """Why the ballot cannot be counted now, by this actor too."""
    ballot = facts.get(estate_id, n)
    stands = result(ballot.id)
    why = why_not_count(_facts(ballot, stands.version if stands else 0, None), now)
    return (*why, *recused_blockers(actor, ballot, now))


def count(actor: Actor, estate_id: int, n: int, *, now: datetime) -> int:
    """Count a closed ballot; returns the result's version, 1. Time itself does it as SYSTEM.

    Raises Forbidden, NotFound, Refused with all blockers of rules.why_not_count.
    """
    return _count(actor, estate_id, n, None, now)


def recount(actor: Actor, estate_id: int, n: int, reason: str, *, now: datetime) -> int:
    """Count again with a reason; the earlier version stays as it is. Returns the new version.

    Raises Forbidden, NotFound, Refused.
    """
    return _count(actor, estate_id, n, reason, now)


def mark_published(ballot_id: int, at: datetime, objections_until: datetime) -> None:
    """Note when the first version of the resolution came out; only the resolutions room calls it."""
    row = db.session.get_one(Ballot, ballot_id, with_for_update=True)
    if row.published_at is None:
        row.published_at, row.objections_until = at, objections_until


def due_for_count(now: datetime) -> tuple[tuple[int, int], ...]:
    """(estate_id, n) of every ballot whose window is over and that nobody has counted yet."""
    rows = db.session.execute(
        select(Ballot.estate_id, Ballot.n)
        .where(
            Ballot.close_at <= now,
            Ballot.noticed_at.is_not(None),
            Ballot.counted_at.is_(None),
            Ballot.voided_at.is_(None),
        )
        .order_by(Ballot.close_at, Ballot.id)
    )
    return tuple((e, n) for e, n in rows)


def _count(actor: Actor, estate_id: int, n: int, reason: str | None, now: datetime) -> int:
    with atomic():
        row = locked(estate_id, n)
        if actor is not SYSTEM:
            require(actor, Action.COUNT_BALLOT, estate_id)
        ballot = facts.get(estate_id, n)
        before = result(ballot.id)
        version = before.version if before else 0
        why = why_not_count(_facts(ballot, version, reason), now)
        refuse_if([*why, *recused_blockers(actor, ballot, now)])
        doc = document(ballot, count_piles(ballot), turnout_of(ballot.id), now)
        outcomes_of(doc, totals_of(doc))  # the guards of rules §1.6 speak before anything is kept
        body = json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(body.encode()).hexdigest()
        db.session.add(
            Result(
                ballot_id=row.id,
                version=version + 1,
                counted_at=now,
                counted_by="" if actor is SYSTEM else actor.name,
                scrutineers="、".join(_scrutineers(estate_id, now)),
                body=body,
                digest=digest,
                reason=(reason or "").strip(),
            )
        )
        if row.counted_at is None:
            row.counted_at = now
        journal.record(
            actor,
            "ballots.count",
            "ballot",
            row.id,
            estate_id=estate_id,
            now=now,
            n=n,
            version=version + 1,
            digest=digest,
            reason=(reason or "").strip(),
        )
        return version + 1


def _facts(ballot: facts.BallotRow, version: int, reason: str | None) -> CountFacts:
    frozen = ballot.frozen_roll_id
    return CountFacts(
        times=ballot.times,
        version=version,
        reason=reason,
        roll_digest_frozen=ballot.roll_digest,
        roll_digest_now=roll.recompute_digest(frozen) if frozen is not None else "",
    )


def _scrutineers(estate_id: int, now: datetime) -> list[str]:
    posts = people.posts(estate_id, local_date(now))
    return sorted({p.name for p in posts if p.title == "scrutineer"})
