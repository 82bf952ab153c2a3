"""Reads of the bodies room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from hall.bodies.models import EstateBody, InvitedParty, PartyGroup
from hall.bodies.rules import Body
from hall.db import db
from hall.db.query import Query
from hall.estates.models import Building


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as one estate calls it."""

    body: Body
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class PartyGroupRow:
    """A rung of the four-level line. building: its name as written, '' above the fourth level."""

    id: int
    level: int
    building_id: int | None
    building: str
    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Somebody outside the five who can attend and speak, never vote."""

    id: int
    kind: str
    name: str
    contact: str
    active: bool


def line(estate_id: int) -> tuple[PartyGroupRow, ...]:
    """The four-level party line of an estate from the street down to the buildings."""
    q = (
        select(
            PartyGroup.id,
            PartyGroup.level,
            PartyGroup.building_id,
            func.coalesce(Building.name, ""),
            PartyGroup.name,
            PartyGroup.contact,
        )
        .outerjoin(Building, Building.id == PartyGroup.building_id)
        .where(PartyGroup.estate_id == estate_id)
        .order_by(PartyGroup.level, Building.sort, PartyGroup.id)
    )
    rows: list[Any] = list(db.session.connection().execute(q))
    return tuple(PartyGroupRow(*r) for r in rows)


def parties(estate_id: int, *, retired: bool = False) -> tuple[PartyRow, ...]:
    """The invited parties of an estate in the order they came; retired ones only when asked for."""
    q = select(
        InvitedParty.id,
        InvitedParty.kind,
        InvitedParty.name,
        InvitedParty.contact,
        InvitedParty.active,
    ).where(InvitedParty.estate_id == estate_id)
    if not retired:
        q = q.where(InvitedParty.active.is_(True))
    rows: list[Any] = list(db.session.connection().execute(q.order_by(InvitedParty.id)))
    return tuple(PartyRow(*r) for r in rows)


def of_estate(estate_id: int) -> tuple[BodyRow, ...]:
    """The bodies an estate has named, in the fixed order of every page."""
    found = {
        body: BodyRow(Body(body), name, phone)
        for body, name, phone in _NAMED.rows(estate=estate_id)
    }
    return tuple(found[b] for b in Body if b in found)


_NAMED = Query(
    select(EstateBody.body, EstateBody.name, EstateBody.phone).where(
        EstateBody.estate_id == bindparam("estate")
    )
)
