"""What the register still waits for: decisions nobody published, documents nobody acts on (I17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, select

from hall.db import db
from hall.db.query import Query
from hall.meetings.models import AgendaItem, Decision, Meeting
from hall.proposals.models import Proposal
from hall.resolutions import rules
from hall.resolutions.models import Resolution, ResolutionAction, ResolutionNone

MOST = 100


@dataclass(frozen=True, slots=True)
class UnpublishedRow:
    """A meeting's decision that is not in the register yet."""

    decision_id: int
    meeting_n: int
    meeting_title: str
    item_title: str
    text: str
    outcome: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """A document without an action and without the statement that there is none."""

    docno: str
    number: str
    title: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class AfterItem:
    """An agenda item with what it can lead to. ready: its proposal's wording is final."""

    item_id: int
    item: str
    decision_id: int | None
    docno: str
    proposal_n: int | None
    ready: bool


def after_meeting(meeting_id: int) -> tuple[AfterItem, ...]:
    """The items of a meeting that were decided or carry a final wording, in order; one query."""
    rows = _AFTER.rows(meeting=meeting_id)
    found = []
    for i, title, decision, body, year, seq, n, ready, settled, gone, version in rows:
        goes_on = ready is not None and settled is None and gone is None
        goes_on = goes_on and version in (None, ready)
        if decision is not None or goes_on:
            docno = rules.docno(body, year, seq) if body is not None else ""
            found.append(AfterItem(i, title, decision, docno, n, goes_on))
    return tuple(found)


def unpublished(estate_id: int) -> tuple[UnpublishedRow, ...]:
    """Decisions of ended votes that no document carries yet, oldest first; one query."""
    rows = db.session.connection().execute(
        select(
            Decision.id,
            Meeting.n,
            Meeting.title,
            AgendaItem.title,
            Decision.text,
            Decision.outcome,
            Decision.decided_at,
        )
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .where(
            Meeting.estate_id == estate_id,
            Decision.outcome.in_(("adopted", "not_adopted")),
            ~exists().where(Resolution.decision_id == Decision.id),
        )
        .order_by(Decision.decided_at, Decision.id)
        .limit(MOST)
    )
    return tuple(
        UnpublishedRow(i, n, title, item, text, outcome, at)
        for i, n, title, item, text, outcome, at in rows
        if outcome is not None and at is not None
    )


def open_ends(estate_id: int) -> tuple[OpenEnd, ...]:
    """Documents that say nothing of what follows, oldest first; one query."""
    rows = db.session.connection().execute(
        select(
            Resolution.body,
            Resolution.year,
            Resolution.seq,
            Resolution.number,
            Resolution.title,
            Resolution.published_at,
        )
        .where(
            Resolution.estate_id == estate_id,
            Resolution.version == 1,
            *(~exists().where(_same(t)) for t in (ResolutionAction, ResolutionNone)),
        )
        .order_by(Resolution.id)
        .limit(MOST)
    )
    return tuple(
        OpenEnd(rules.docno(body, year, seq), number, title, at)
        for body, year, seq, number, title, at in rows
    )


def _same(table: type[ResolutionAction] | type[ResolutionNone]) -> ColumnElement[bool]:
    return and_(
        table.estate_id == Resolution.estate_id,
        table.body == Resolution.body,
        table.year == Resolution.year,
        table.seq == Resolution.seq,
    )


_AFTER = Query(
    select(
        AgendaItem.id,
        AgendaItem.title,
        Decision.id,
        Resolution.body,
        Resolution.year,
        Resolution.seq,
        Proposal.n,
        Proposal.ready_version,
        Proposal.settled_at,
        Proposal.withdrawn_at,
        AgendaItem.version_n,
    )
    # An item has one vote with a result at most; those that lost their quorum lead nowhere.
    .outerjoin(
        Decision,
        and_(
            Decision.item_id == AgendaItem.id,
            Decision.outcome.in_(("adopted", "not_adopted")),
        ),
    )
    .outerjoin(Resolution, and_(Resolution.decision_id == Decision.id, Resolution.version == 1))
    .outerjoin(Proposal, Proposal.id == AgendaItem.proposal_id)
    .where(AgendaItem.meeting_id == bindparam("meeting"))
    .order_by(AgendaItem.seq)
)
