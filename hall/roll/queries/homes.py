"""The homes of one visitor: what he or she owns or stands for today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select

from hall.db import db
from hall.roll.models import Representative, Title, TitleHolder, Unit


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A unit of the visitor's own (area in cm²). holders: how many title holders it has.

    own: title is held; False when the visitor only stands for a holder.
    """

    unit_id: int
    building_id: int
    label: str
    area_cm2: int
    area_source: str
    verified: bool
    holders: int
    own: bool


def homes_of(estate_id: int, person_ids: Collection[int], now: datetime) -> tuple[HomeRow, ...]:
    """Standing units with an open title held by one of the persons, or represented; one query."""
    if not person_ids:
        return ()
    ids = list(person_ids)
    u, t, h = Unit.__table__.c, Title.__table__.c, TitleHolder.__table__.c
    r = Representative.__table__.c
    owns = exists().where(h.title_id == t.id, h.person_id.in_(ids))
    of_a_holder = select(h.person_id).where(h.title_id == t.id).correlate(Title.__table__)
    stands = exists().where(
        or_(r.unit_id == u.id, r.for_person_id.in_(of_a_holder)),
        r.person_id.in_(ids),
        r.from_at <= now,
        or_(r.to_at.is_(None), r.to_at > now),
    )
    holders = (
        select(func.count()).select_from(TitleHolder.__table__).where(h.title_id == t.id)
    ).scalar_subquery()
    rows = db.session.connection().execute(
        select(u.id, u.building_id, u.label, u.area_cm2, u.area_source, t.verified, holders, owns)
        .select_from(Unit.__table__)
        .join(Title.__table__, and_(t.unit_id == u.id, t.to_on.is_(None)))
        .where(u.estate_id == estate_id, u.retired_at.is_(None), or_(owns, stands))
        .order_by(u.id)
    )
    return tuple(HomeRow(*row) for row in rows)
