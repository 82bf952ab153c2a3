"""Reads of the bodies room."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from hall.bodies.models import EstateBody
from hall.bodies.rules import Body
from hall.db import db


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as one estate calls it."""

    body: Body
    name: str
    phone: str


def of_estate(estate_id: int) -> tuple[BodyRow, ...]:
    """The bodies an estate has named, in the fixed order of every page."""
    found = {
        body: BodyRow(Body(body), name, phone)
        for body, name, phone in db.session.connection().execute(
            select(EstateBody.body, EstateBody.name, EstateBody.phone).where(
                EstateBody.estate_id == estate_id
            )
        )
    }
    return tuple(found[b] for b in Body if b in found)
