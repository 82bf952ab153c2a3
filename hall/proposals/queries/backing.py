"""Who stands behind a proposal: co-sponsors, endorsing owner sets, and what the viewer did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, union

from hall.db import db
from hall.db.query import Query
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
    rows = _CO_SPONSORS.rows(proposal=proposal_id)
    return tuple(CoSponsorRow(a, Byline(name, place), at) for a, name, place, at in rows)


def support_of(
    proposal_id: int,
    estate_id: int,
    scope: Mapping[str, Any],
    versions: Sequence[VersionFacts],
) -> Support:
    """Both counters on today's roll; three queries whatever the size."""
    given = _ENDORSED.rows(proposal=proposal_id)
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
    given = [n for (n,) in _MY_VERSIONS.rows(proposal=proposal_id, account=actor.account_id)]
    joined = _MY_JOINING.rows(proposal=proposal_id, account=actor.account_id)
    newest = min(given, default=0)
    counts_from = last_material(versions)
    return Mine(
        endorsed=bool(given) and newest >= counts_from,
        waiting=bool(given) and newest < counts_from,
        version_n=newest,
        co_sponsor=bool(joined),
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


# --- the statements -------------------------------------------------------------------------------

_c, _e = CoSponsor, Endorsement
_THIS: Any = bindparam("proposal")
_ME: Any = bindparam("account")
_CO_SPONSORS = Query(
    select(_c.account_id, _c.name, _c.place, _c.at)
    .where(_c.proposal_id == _THIS, _c.left_at.is_(None))
    .order_by(_c.at, _c.id)
)
_ENDORSED = Query(
    select(_e.owner_key, _e.version_n).where(_e.proposal_id == _THIS, _e.withdrawn_at.is_(None))
)
_MY_VERSIONS = Query(
    select(_e.version_n).where(
        _e.proposal_id == _THIS, _e.account_id == _ME, _e.withdrawn_at.is_(None)
    )
)
_MY_JOINING = Query(
    select(_c.id).where(_c.proposal_id == _THIS, _c.account_id == _ME, _c.left_at.is_(None))
)
