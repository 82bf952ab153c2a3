"""Lists of proposals: the public index with its search, the desk, one's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, or_, select

from hall.db import db
from hall.folding import terms
from hall.proposals.models import CommentRound, CoSponsor, Endorsement, Proposal, ProposalVersion
from hall.proposals.queries.one import _newest
from hall.proposals.queries.rows import Byline, draft_wording, facts_of
from hall.proposals.rules.similar import bigrams, likeness, telling
from hall.proposals.rules.state import Facts, RoundFacts, State, current_round, state

CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal in a list. rounds: its rounds' windows; co_sponsors, endorsements: how many."""

    id: int
    n: int
    thread_id: int
    track: str
    lead_body: str
    title: str
    what: str
    version_n: int
    by: Byline
    facts: Facts
    screen_reason: str
    withdraw_reason: str
    rounds: tuple[RoundFacts, ...]
    co_sponsors: int
    endorsements: int

    @property
    def state(self) -> State:
        """Where it stands."""
        return state(self.facts)

    def round(self, now: datetime) -> RoundFacts | None:
        """The round that matters now."""
        return current_round(self.rounds, now)


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """Something like it that was proposed before; score in thousandths."""

    n: int
    title: str
    what: str
    submitted_at: datetime | None
    facts: Facts
    screen_reason: str
    score: int

    @property
    def state(self) -> State:
        """What became of it."""
        return state(self.facts)


def cards(
    estate_id: int,
    text: str = "",
    *,
    which: str = "all",
    before: int | None = None,
    window: tuple[datetime, datetime] | None = None,
    limit: int = 20,
) -> tuple[ProposalCard, ...]:
    """Proposals that were handed in, newest first; every word must occur in one of its wordings.

    which: all | running | settled | ended (declined or withdrawn). before: number of the last one
    seen (keyset paging); window: [from, until) of its handing in. Two queries whatever the number.
    """
    q = [Proposal.estate_id == estate_id, Proposal.submitted_at.is_not(None), *_which(which)]
    q += [Proposal.search.contains(word, autoescape=True) for word in terms(text)]
    if before is not None:
        q.append(Proposal.n < before)
    if window is not None:
        q += [Proposal.submitted_at >= window[0], Proposal.submitted_at < window[1]]
    return _cards(q, limit)


def passages(proposal_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What the newest wordings of proposals say, passage by passage; one query."""
    if not proposal_ids:
        return {}
    v = ProposalVersion
    rows = db.session.connection().execute(
        select(Proposal.id, v.what, v.text, v.cost, v.if_not, Proposal.origin_text)
        .join(v, _newest())
        .where(Proposal.id.in_(proposal_ids))
    )
    return {i: tuple(p for p in parts if p) for i, *parts in rows}


def first_submitted(estate_id: int) -> datetime | None:
    """When the first proposal of an estate was handed in."""
    return db.session.scalar(
        select(func.min(Proposal.submitted_at)).where(Proposal.estate_id == estate_id)
    )


def on_desk(estate_id: int, limit: int = 200) -> tuple[ProposalCard, ...]:
    """Everything still under way, newest first."""
    return cards(estate_id, which="running", limit=limit)


def drafts_of(estate_id: int, account_id: int | None) -> tuple[tuple[int, str, datetime], ...]:
    """One's own drafts not handed in: number, title and when it was begun."""
    if account_id is None:
        return ()
    rows = db.session.execute(
        select(Proposal.n, Proposal.draft, Proposal.created_at)
        .where(
            Proposal.estate_id == estate_id,
            Proposal.account_id == account_id,
            Proposal.submitted_at.is_(None),
            Proposal.withdrawn_at.is_(None),
        )
        .order_by(Proposal.n.desc())
        .limit(20)
    )
    return tuple((n, draft_wording(draft)[0].title, at) for n, draft, at in rows)


def overdue(estate_id: int, now: datetime, limit: int = 50) -> tuple[ProposalCard, ...]:
    """Proposals nobody has answered within the shown deadline, oldest first by number."""
    found = _cards(
        [
            Proposal.estate_id == estate_id,
            Proposal.submitted_at.is_not(None),
            Proposal.screened_at.is_(None),
            Proposal.withdrawn_at.is_(None),
            Proposal.on_agenda_at.is_(None),
            Proposal.screen_by <= now,
        ],
        limit,
    )
    return tuple(reversed(found))


def similar(
    estate_id: int, title: str, what: str, *, but: int | None = None, limit: int = 4
) -> tuple[SimilarRow, ...]:
    """What was proposed before and reads alike, most alike first; one query.

    The database finds what shares a telling pair of characters, the order is worked out here.
    """
    pairs = telling(title, what)
    if not pairs:
        return ()
    q = (
        select(Proposal, ProposalVersion.title, ProposalVersion.what)
        .join(ProposalVersion, _newest())
        .where(
            Proposal.estate_id == estate_id,
            Proposal.submitted_at.is_not(None),
            or_(*(Proposal.search.contains(p, autoescape=True) for p in pairs)),
        )
        .order_by(Proposal.id.desc())
        .limit(CANDIDATES)
    )
    if but is not None:
        q = q.where(Proposal.n != but)
    mine = (bigrams(title), bigrams(what))
    found = [
        SimilarRow(
            p.n,
            its_title,
            its_what,
            p.submitted_at,
            facts_of(p),
            p.screen_reason,
            likeness(mine, (bigrams(its_title), bigrams(its_what))),
        )
        for p, its_title, its_what in db.session.execute(q)
    ]
    near = [s for s in found if s.score >= 250]
    return tuple(sorted(near, key=lambda s: (-s.score, -s.n))[:limit])


def _which(which: str) -> list[ColumnElement[bool]]:
    p = Proposal
    ended = or_(
        p.withdrawn_at.is_not(None),
        and_(p.accepted.is_(False), p.on_agenda_at.is_(None)),
    )
    if which == "running":
        return [
            p.withdrawn_at.is_(None),
            p.settled_at.is_(None),
            or_(p.accepted.is_(None), p.accepted.is_(True), p.on_agenda_at.is_not(None)),
        ]
    if which == "settled":
        return [p.settled_at.is_not(None)]
    return [ended] if which == "ended" else []


def _cards(which: list[ColumnElement[bool]], limit: int) -> tuple[ProposalCard, ...]:
    co = (
        select(func.count())
        .select_from(CoSponsor)
        .where(CoSponsor.proposal_id == Proposal.id, CoSponsor.left_at.is_(None))
        .scalar_subquery()
    )
    en = (
        select(func.count())
        .select_from(Endorsement)
        .where(Endorsement.proposal_id == Proposal.id, Endorsement.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Proposal, ProposalVersion.title, ProposalVersion.what, ProposalVersion.n, co, en)
        .join(ProposalVersion, _newest())
        .where(*which)
        .order_by(Proposal.n.desc())
        .limit(limit)
    ).all()
    windows = _rounds(r[0].id for r in rows)
    return tuple(
        ProposalCard(
            id=p.id,
            n=p.n,
            thread_id=p.thread_id,
            track=p.track,
            lead_body=p.lead_body,
            title=title,
            what=what,
            version_n=version_n,
            by=Byline(p.name, p.place, p.standing, p.body, p.title),
            facts=facts_of(p),
            screen_reason=p.screen_reason,
            withdraw_reason=p.withdraw_reason,
            rounds=windows.get(p.id, ()),
            co_sponsors=co_sponsors,
            endorsements=endorsements,
        )
        for p, title, what, version_n, co_sponsors, endorsements in rows
    )


def _rounds(proposal_ids: Iterable[int]) -> dict[int, tuple[RoundFacts, ...]]:
    ids = list(proposal_ids)
    if not ids:
        return {}
    r = CommentRound
    found: dict[int, list[RoundFacts]] = {}
    for proposal_id, *facts in db.session.execute(
        select(r.proposal_id, r.n, r.version_n, r.opens_at, r.closes_at, r.settled_at)
        .where(r.proposal_id.in_(ids))
        .order_by(r.proposal_id, r.n)
    ):
        found.setdefault(proposal_id, []).append(RoundFacts(*cast("Any", facts)))
    return {i: tuple(rounds) for i, rounds in found.items()}
