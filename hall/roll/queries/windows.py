"""Where each home stands in its building, for the drawing of the street: places, never people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from hall.db import db
from hall.estates.models import Building, Entrance
from hall.roll.models import Unit


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A home's place: building and entrance in display order, floor if stated, room number."""

    unit_id: int
    building_id: int
    building: str
    entrance: int
    floor: int | None
    room: str
    label: str


def windows(estate_id: int) -> tuple[WindowRow, ...]:
    """Every standing home of an estate in display order; one query."""
    u = Unit.__table__.c
    rows = db.session.connection().execute(
        select(
            u.id,
            u.building_id,
            Building.name,
            func.coalesce(Entrance.sort, 0),
            u.floor,
            u.room,
            u.label,
        )
        .select_from(Unit.__table__)
        .join(Building, Building.id == u.building_id)
        .outerjoin(Entrance, Entrance.id == u.entrance_id)
        .where(u.estate_id == estate_id, u.retired_at.is_(None), u.kind == "home")
        .order_by(Building.sort, Building.id, func.coalesce(Entrance.sort, 0), u.id)
    )
    return tuple(WindowRow(*r) for r in rows)
