"""What follows from a document: its actions with their progress, or the statement that none does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from hall.actions import queries as actions
from hall.actions.models import FollowUp
from hall.actions.queries import ActionRow
from hall.db import db
from hall.resolutions import rules
from hall.resolutions.models import Resolution, ResolutionAction, ResolutionNone

# An action's document, whatever version of it was read when the action was opened.
FOLLOWS_FROM = and_(
    Resolution.estate_id == ResolutionAction.estate_id,
    Resolution.body == ResolutionAction.body,
    Resolution.year == ResolutionAction.year,
    Resolution.seq == ResolutionAction.seq,
    Resolution.version == 1,
)


@dataclass(frozen=True, slots=True)
class FollowRow:
    """An action of a document. item: the decided item it carries out, from 1."""

    item: int | None
    action: ActionRow


@dataclass(frozen=True, slots=True)
class NoneRow:
    """Who said that nothing follows, when and why."""

    reason: str
    name: str
    at: datetime


def follow_ups(estate_id: int, docno: str) -> tuple[FollowRow, ...]:
    """The actions of a document in the order they were opened."""
    found = (
        db.session.connection()
        .execute(
            select(ResolutionAction.follow_up_id, ResolutionAction.item)
            .where(_is(ResolutionAction, estate_id, docno))
            .order_by(ResolutionAction.id)
        )
        .all()
    )
    rows = actions.by_ids([i for i, _ in found])
    return tuple(FollowRow(item, rows[i]) for i, item in found)


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """Enough of a document to link to it."""

    docno: str
    number: str
    title: str


def of_actions(ids: Collection[int]) -> dict[int, DocumentRef]:
    """The document each of these actions follows from, by the action's id; one query."""
    a, r = ResolutionAction, Resolution
    rows = db.session.connection().execute(
        select(a.follow_up_id, r.body, r.year, r.seq, r.number, r.title)
        .join(r, FOLLOWS_FROM)
        .where(a.follow_up_id.in_(ids))
    )
    return {
        i: DocumentRef(rules.docno(body, year, seq), number, title)
        for i, body, year, seq, number, title in rows
    }


@dataclass(frozen=True, slots=True)
class Progress:
    """How many actions follow from a document, and how many of them another body has seen done."""

    done: int
    total: int


def progress(estate_id: int, docnos: Collection[str]) -> dict[str, Progress]:
    """Of each document that has actions how far they are, those dropped left out; one query."""
    wanted = [_is(ResolutionAction, estate_id, docno) for docno in docnos]
    if not wanted:
        return {}
    a = ResolutionAction
    rows = db.session.connection().execute(
        select(a.body, a.year, a.seq, func.count(FollowUp.verified_at), func.count())
        .join(FollowUp, FollowUp.id == a.follow_up_id)
        .where(or_(*wanted), FollowUp.dropped_at.is_(None))
        .group_by(a.body, a.year, a.seq)
    )
    return {
        rules.docno(body, year, seq): Progress(done, total) for body, year, seq, done, total in rows
    }


def none_said(estate_id: int, docno: str) -> NoneRow | None:
    """The statement that nothing follows from a document, or None."""
    row = (
        db.session.connection()
        .execute(
            select(ResolutionNone.reason, ResolutionNone.name, ResolutionNone.at).where(
                _is(ResolutionNone, estate_id, docno)
            )
        )
        .one_or_none()
    )
    return NoneRow(*row) if row else None


def _is(
    table: type[ResolutionAction] | type[ResolutionNone], estate_id: int, docno: str
) -> ColumnElement[bool]:
    body, year, seq = rules.parse_docno(docno) or ("", 0, 0)
    return and_(
        table.estate_id == estate_id, table.body == body, table.year == year, table.seq == seq
    )
