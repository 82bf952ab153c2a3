"""Reads of the estates room, as frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from hall.db import Fixed, db
from hall.estates.models import Building, Community, Entrance, Estate, Street


@dataclass(frozen=True, slots=True)
class EstateRow:
    """What every page of an estate needs of it."""

    id: int
    slug: str
    name: str
    short_name: str
    community: str
    street: str
    theme: str
    policy: str
    households: int
    site_area_cm2: int | None
    built_year: int | None
    phone: str
    has_committee: bool
    organizer: str
    organizer_basis: str
    profile: str
    demo: bool
    online_must_use_official: bool | None
    online_clause: str
    street_confirmation: str
    street_confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """A building and its entrances' names, in display order."""

    id: int
    name: str
    sort: int
    entrances: tuple[tuple[int, str], ...]


_SELECT = (
    select(
        Estate.id,
        Estate.slug,
        Estate.name,
        Estate.short_name,
        Community.name.label("community"),
        Street.name.label("street"),
        Estate.theme,
        Estate.policy,
        Estate.households,
        Estate.site_area_cm2,
        Estate.built_year,
        Estate.phone,
        Estate.has_committee,
        Estate.organizer,
        Estate.organizer_basis,
        Estate.profile,
        Estate.demo,
        Estate.online_must_use_official,
        Estate.online_clause,
        Estate.street_confirmation,
        Estate.street_confirmed_on,
    )
    .join(Community, Estate.community_id == Community.id)
    .join(Street, Community.street_id == Street.id)
)


_BY_SLUG = Fixed(_SELECT.where(Estate.slug == bindparam("slug")))  # asked by every page


def find_by_slug(slug: str) -> EstateRow | None:
    """The estate of a URL, or None."""
    rows = _BY_SLUG.rows(slug=slug)
    return EstateRow(*rows[0]) if rows else None


def get(estate_id: int) -> EstateRow:
    """The estate of an id. Raises NoResultFound."""
    return EstateRow(
        *tuple(db.session.connection().execute(_SELECT.where(Estate.id == estate_id)).one())
    )


def every() -> tuple[EstateRow, ...]:
    """All estates by name, for the front door."""
    return tuple(
        EstateRow(*tuple(r)) for r in db.session.connection().execute(_SELECT.order_by(Estate.id))
    )


def buildings(estate_id: int) -> tuple[BuildingRow, ...]:
    """Buildings with their entrances, in display order."""
    doors: dict[int, list[tuple[int, str]]] = {}
    for b, i, n in db.session.connection().execute(
        select(Entrance.building_id, Entrance.id, Entrance.name)
        .where(Entrance.estate_id == estate_id)
        .order_by(Entrance.sort, Entrance.id)
    ):
        doors.setdefault(b, []).append((i, n))
    return tuple(
        BuildingRow(b.id, b.name, b.sort, tuple(doors.get(b.id, ())))
        for b in db.session.connection().execute(
            select(Building.id, Building.name, Building.sort)
            .where(Building.estate_id == estate_id)
            .order_by(Building.sort, Building.id)
        )
    )
