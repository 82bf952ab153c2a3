"""Who stands behind a proposal: co-sponsors, endorsing owner sets, and what the viewer did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, union

from hall.db import db
from hall.permissions import Actor
from hall.proposals.models import CoSponsor, Endorsement, Proposal
from hall.proposals.queries.rows import Byline
from hall.proposals.rules.steps import VersionFacts
from hall.proposals.rules.support import (
    GivenSupport,
    SetFacts,
    Support,
    last_material,
    support,
)
from hall.roll.models import Representative
from hall.roll.queries import current_entries
from hall.roll.rules.entries import EntryDraft


@dataclass(frozen=True, slots=True)
class CoSponsorRow:
    """Somebody who proposes it too."""

    account_id: int
    by: Byline
    at: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    """What the viewer did. endorsed: some owner set of his stands behind the present wording;
    waiting: he endorsed an older wording and is asked again, that version's number in version_n."""

    endorsed: bool = False
    waiting: bool = False
    version_n: int = 0
    co_sponsor: bool = False
    proposer: bool = False


def co_sponsors(proposal_id: int) -> tuple[CoSponsorRow, ...]:
    """Those who have not left, in the order in which they joined; one query."""
    c = CoSponsor
    rows = db.session.execute(
        select(c.account_id, c.name, c.place, c.at)
        .where(c.proposal_id == proposal_id, c.left_at.is_(None))
        .order_by(c.at, c.id)
    )
    return tuple(CoSponsorRow(a, Byline(name, place), at) for a, name, place, at in rows)


def support_of(
    proposal_id: int,
    estate_id: int,
    scope: Mapping[str, Any],
    versions: Sequence[VersionFacts],
) -> Support:
    """Both counters on today's roll; three queries whatever the size."""
    given = db.session.execute(
        select(Endorsement.owner_key, Endorsement.version_n).where(
            Endorsement.proposal_id == proposal_id, Endorsement.withdrawn_at.is_(None)
        )
    )
    return support(
        (
            SetFacts(e.owner_key, e.heads, e.area_cm2)
            for e in current_entries(estate_id, "owners", scope)
        ),
        (GivenSupport(key, version) for key, version in given),
        last_material(versions),
    )


def mine(proposal_id: int, proposer: int, actor: Actor, versions: Sequence[VersionFacts]) -> Mine:
    """What the viewer did to a proposal; two queries, none for nobody."""
    if actor.account_id is None:
        return Mine()
    given = db.session.scalars(
        select(Endorsement.version_n).where(
            Endorsement.proposal_id == proposal_id,
            Endorsement.account_id == actor.account_id,
            Endorsement.withdrawn_at.is_(None),
        )
    ).all()
    joined = db.session.scalar(
        select(CoSponsor.id).where(
            CoSponsor.proposal_id == proposal_id,
            CoSponsor.account_id == actor.account_id,
            CoSponsor.left_at.is_(None),
        )
    )
    newest = min(given, default=0)
    counts_from = last_material(versions)
    return Mine(
        endorsed=bool(given) and newest >= counts_from,
        waiting=bool(given) and newest < counts_from,
        version_n=newest,
        co_sponsor=joined is not None,
        proposer=actor.account_id == proposer,
    )


def sets_of(
    actor: Actor, estate_id: int, scope: Mapping[str, Any], now: datetime
) -> tuple[EntryDraft, ...]:
    """The owner sets of today's roll that the actor belongs to or stands for; three queries."""
    persons = actor.persons_in(estate_id)
    if not persons:
        return ()
    r = Representative
    for_persons, for_units = set(persons), set()
    for unit_id, person_id in db.session.execute(
        select(r.unit_id, r.for_person_id).where(
            r.estate_id == estate_id,
            r.person_id.in_(persons),
            r.from_at <= now,
            or_(r.to_at.is_(None), r.to_at > now),
        )
    ):
        if unit_id is not None:
            for_units.add(unit_id)
        if person_id is not None:
            for_persons.add(person_id)
    return tuple(
        e
        for e in current_entries(estate_id, "owners", scope)
        if for_persons.intersection(e.holders)
        or (e.kind != "developer" and any(u.unit_id in for_units for u in e.units))
    )


def participants(proposal_id: int) -> frozenset[int]:
    """Accounts of the proposer, co-sponsors and endorsers, for telling them once; one query."""
    found = db.session.scalars(
        union(
            select(Proposal.account_id).where(Proposal.id == proposal_id),
            select(CoSponsor.account_id).where(
                CoSponsor.proposal_id == proposal_id, CoSponsor.left_at.is_(None)
            ),
            select(Endorsement.account_id).where(
                Endorsement.proposal_id == proposal_id, Endorsement.withdrawn_at.is_(None)
            ),
        )
    )
    return frozenset(found)
