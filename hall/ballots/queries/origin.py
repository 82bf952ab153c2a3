"""A ballot's proposal, its meeting, and the officials who are recused from running it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from hall.ballots.models import Ballot
from hall.ballots.queries.facts import BallotRow
from hall.ballots.rules.origin import OriginFacts, Recused, why_recused
from hall.clock import local_date
from hall.db import db
from hall.errors import Blocker
from hall.meetings.models import AgendaItem, Meeting
from hall.people import queries as people
from hall.permissions import SYSTEM, Actor
from hall.positions import queries as positions
from hall.proposals.models import Proposal, ProposalVersion
from hall.proposals.rules.procedures import procedure


@dataclass(frozen=True, slots=True)
class OriginRow:
    """Where a ballot came from, for links; meeting_n None when no meeting sent it."""

    proposal_id: int
    proposal_n: int
    title: str
    version: int
    meeting_n: int | None
    meeting_title: str
    item_seq: int | None


def origin(ballot: BallotRow) -> OriginRow | None:
    """The proposal and the agenda item a ballot came from; None when it has none. One query."""
    if ballot.proposal_id is None or ballot.proposal_version is None:
        return None
    row = (
        db.session.connection()
        .execute(
            select(Proposal.n, ProposalVersion.title, Meeting.n, Meeting.title, AgendaItem.seq)
            .join(ProposalVersion, ProposalVersion.proposal_id == Proposal.id)
            .outerjoin(AgendaItem, AgendaItem.id == ballot.agenda_item_id)
            .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(Proposal.id == ballot.proposal_id, ProposalVersion.n == ballot.proposal_version)
        )
        .one_or_none()
    )
    if row is None:
        return None
    n, title, meeting_n, meeting_title, seq = row
    return OriginRow(
        ballot.proposal_id, n, title, ballot.proposal_version, meeting_n, meeting_title or "", seq
    )


def origin_facts(ballot: BallotRow) -> OriginFacts | None:
    """What the rules ask of a ballot's wording; None for a ballot without a proposal."""
    if ballot.proposal_id is None or ballot.proposal_version is None:
        return None
    connection = db.session.connection()
    ready, since, code, withdrawn, settled = connection.execute(
        select(
            Proposal.ready_version,
            Proposal.ready_at,
            Proposal.procedure,
            Proposal.withdrawn_at,
            Proposal.settled_at,
        ).where(Proposal.id == ballot.proposal_id)
    ).one()
    how = procedure(code) if code else None
    text = connection.execute(
        select(ProposalVersion.text).where(
            ProposalVersion.proposal_id == ballot.proposal_id,
            ProposalVersion.n == ballot.proposal_version,
        )
    ).scalar_one_or_none()
    newer = connection.execute(
        select(func.min(ProposalVersion.n)).where(
            ProposalVersion.proposal_id == ballot.proposal_id,
            ProposalVersion.n > ballot.proposal_version,
            ProposalVersion.material,
        )
    ).scalar_one_or_none()
    return OriginFacts(
        ballot.proposal_version,
        ready,
        ended=withdrawn is not None or settled is not None,
        material_after=newer,
        same_text=text is not None and _plain(text) == _plain(ballot.details),
        asks_only=ballot.kind == "advisory",
        final_since=since,
        publicity_days=how.publicity_days if how else 0,
    )


def recused(ballot: BallotRow) -> tuple[Recused, ...]:
    """Who has a declared interest in the ballot's matter, whole bodies first; two or three queries."""
    if ballot.proposal_id is None:
        return ()
    who = positions.barred(ballot.proposal_id)
    names = {
        i.person_id: i.name
        for i in positions.interests(ballot.proposal_id)
        if i.person_id is not None
    }
    return (
        *(Recused(b.body, "", b.kind, b.text) for b in who.bodies),
        *(
            Recused(p.body, names.get(p.person_id, ""), p.kind, p.text, p.person_id)
            for p in who.persons
        ),
    )


def recused_blockers(actor: Actor | None, ballot: BallotRow, now: datetime) -> tuple[Blocker, ...]:
    """Why this official may not notice, count, extend or void the ballot; time itself always may."""
    if actor is None or actor is SYSTEM or not actor.signed_in:
        return ()
    found = recused(ballot)
    if not found:
        return ()
    held = people.posts_of(actor, ballot.estate_id, local_date(now))
    persons = tuple(actor.persons_in(ballot.estate_id))
    return tuple(why_recused(found, [p.body for p in held], persons))


def ballots_of(proposal_ids: Sequence[int]) -> dict[int, tuple[tuple[int, str], ...]]:
    """(number, title) of the noticed ballots on each proposal, oldest first; one query."""
    found: dict[int, list[tuple[int, str]]] = {}
    rows = db.session.connection().execute(
        select(Ballot.proposal_id, Ballot.n, Ballot.title)
        .where(Ballot.proposal_id.in_(proposal_ids), Ballot.noticed_at.is_not(None))
        .order_by(Ballot.id)
    )
    for proposal_id, n, title in rows:
        if proposal_id is not None:
            found.setdefault(proposal_id, []).append((n, title))
    return {p: tuple(v) for p, v in found.items()}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
