"""What follows from a document: its actions with their progress, or the statement that none does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from hall.actions import queries as actions
from hall.actions.queries import ActionRow
from hall.db import db
from hall.resolutions import rules
from hall.resolutions.models import ResolutionAction, ResolutionNone


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
