"""The published roll: its window for corrections, what was asked and answered, what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from hall.db import db
from hall.people.models import Person
from hall.roll.models import RollCorrection, RollPublication, Unit
from hall.roll.queries.current import entry_totals


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """The newest publication of a roll. Window [published_at, corrections_until); area in cm²."""

    id: int
    version: int
    digest: str
    units: int
    heads: int
    area_cm2: int
    published_at: datetime
    corrections_until: datetime


@dataclass(frozen=True, slots=True)
class PublicationState:
    """What a notice asks of the roll: published, window over, nothing unanswered, nothing changed."""

    version: int
    published_at: datetime | None
    corrections_until: datetime | None
    open_corrections: int
    changed_since_publication: bool
    window_open: bool


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A request to correct the published roll, and its answer."""

    id: int
    unit_label: str
    name: str
    text: str
    raised_at: datetime
    accepted: bool | None
    answer: str
    answered_at: datetime | None


def latest_publication(estate_id: int) -> PublicationRow | None:
    """The newest publication, or None."""
    p = RollPublication.__table__.c
    row = (
        db.session.connection()
        .execute(
            select(
                p.id,
                p.version,
                p.digest,
                p.units,
                p.heads,
                p.area_cm2,
                p.published_at,
                p.corrections_until,
            )
            .where(p.estate_id == estate_id)
            .order_by(p.version.desc())
            .limit(1)
        )
        .one_or_none()
    )
    return PublicationRow(*row) if row else None


def publication_state(estate_id: int, now: datetime) -> PublicationState:
    """Where the publicity of the roll stands at an instant."""
    last = latest_publication(estate_id)
    if last is None:
        return PublicationState(0, None, None, 0, False, False)
    waiting = db.session.scalar(
        select(func.count())
        .select_from(RollCorrection)
        .where(RollCorrection.estate_id == estate_id, RollCorrection.answered_at.is_(None))
    )
    return PublicationState(
        last.version,
        last.published_at,
        last.corrections_until,
        waiting or 0,
        entry_totals(estate_id).digest != last.digest,
        now < last.corrections_until,
    )


def corrections(
    estate_id: int, person_ids: frozenset[int] | None = None
) -> tuple[CorrectionRow, ...]:
    """Requests on an estate's roll, unanswered first; only these persons' own when given."""
    c = RollCorrection
    q = (
        select(
            c.id, Unit.label, Person.name, c.text, c.raised_at, c.accepted, c.answer, c.answered_at
        )
        .join(Person, Person.id == c.person_id)
        .outerjoin(Unit, Unit.id == c.unit_id)
        .where(c.estate_id == estate_id)
        .order_by(c.answered_at.is_not(None), c.id)
    )
    if person_ids is not None:
        q = q.where(c.person_id.in_(person_ids))
    rows: Any = db.session.connection().execute(q)
    return tuple(CorrectionRow(r[0], r[1] or "", *r[2:]) for r in rows)
