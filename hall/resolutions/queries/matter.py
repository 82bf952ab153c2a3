"""The proposal behind a document: its words and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from hall.db import db
from hall.errors import NotFound
from hall.proposals.models import CommentRound, Proposal, ProposalVersion
from hall.resolutions.rules import MatterFacts


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A proposal with the title of its newest version."""

    id: int
    n: int
    track: str
    matter: int | None
    accepted: bool | None
    ready_version: int | None
    withdrawn_at: datetime | None
    settled_at: datetime | None
    open_round: int | None  # the first comment round that is not settled
    version: int
    title: str

    def facts(self) -> MatterFacts:
        """What the rules of settling look at."""
        return MatterFacts(
            self.track,
            accepted=bool(self.accepted),
            withdrawn=self.withdrawn_at is not None,
            settled=self.settled_at is not None,
            open_round=self.open_round,
        )


def matter(proposal_id: int | None) -> MatterRow | None:
    """A proposal by its id; None for none."""
    if proposal_id is None:
        return None
    row = db.session.connection().execute(_select().where(Proposal.id == proposal_id)).one_or_none()
    return MatterRow(*row) if row else None


def matter_by_n(estate_id: int, n: int) -> MatterRow:
    """A proposal by its number in the estate. Raises NotFound."""
    row = (
        db.session.connection()
        .execute(_select().where(Proposal.estate_id == estate_id, Proposal.n == n))
        .one_or_none()
    )
    if row is None:
        raise NotFound("proposal")
    return MatterRow(*row)


def _select() -> Select[*tuple[Any, ...]]:
    other = aliased(ProposalVersion)
    newest = (
        select(func.max(other.n))
        .where(other.proposal_id == Proposal.id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    unsettled = (
        select(func.min(CommentRound.n))
        .where(CommentRound.proposal_id == Proposal.id, CommentRound.settled_at.is_(None))
        .correlate(Proposal)
        .scalar_subquery()
    )
    return select(
        Proposal.id,
        Proposal.n,
        Proposal.track,
        Proposal.matter,
        Proposal.accepted,
        Proposal.ready_version,
        Proposal.withdrawn_at,
        Proposal.settled_at,
        unsettled,
        ProposalVersion.n,
        ProposalVersion.title,
    ).join(
        ProposalVersion,
        and_(ProposalVersion.proposal_id == Proposal.id, ProposalVersion.n == newest),
    )
