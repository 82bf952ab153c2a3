"""The roll as a list: every standing unit with its holders, its representative and its last letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, text, union

from hall.db import db
from hall.estates.models import Building
from hall.people.models import AccountPerson, Person
from hall.roll.models import HouseholdCode, Representative, Title, TitleHolder, Unit


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A title holder: share num/den (0/0 joint); claimed when an account has proven to be him."""

    person_id: int
    name: str
    phone: str
    kind: str
    num: int
    den: int
    claimed: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A standing unit (area in cm²), its representatives and their ids side by side. verified: its title is proven; letter: number of the valid code."""

    unit_id: int
    building_id: int
    building: str
    label: str
    area_cm2: int
    area_source: str
    kind: str
    status: str
    verified: bool
    holders: tuple[HolderRow, ...] = ()
    representatives: tuple[str, ...] = ()
    representative_ids: tuple[int, ...] = ()
    letter: str = ""


@dataclass(slots=True)
class _Found:
    holders: dict[int, HolderRow] = field(default_factory=dict)
    representatives: list[tuple[int, str]] = field(default_factory=list)
    letter: str = ""


def units(
    estate_id: int, now: datetime, unit_ids: Iterable[int] | None = None
) -> tuple[UnitRow, ...]:
    """Standing units in their display order; four queries whatever their number."""
    u, t = Unit.__table__.c, Title.__table__.c
    which = [u.estate_id == estate_id, u.retired_at.is_(None)]
    if unit_ids is not None:
        which.append(u.id.in_(list(unit_ids)))
    found: dict[int, _Found] = {}
    _holders(which, found)
    _representatives(which, found, now)
    _letters(which, found, now)
    rows = db.session.connection().execute(
        select(
            u.id.label("unit_id"),
            u.building_id,
            Building.name.label("building"),
            u.label,
            u.area_cm2,
            u.area_source,
            u.kind,
            u.status,
            t.verified,
        )
        .select_from(Unit.__table__)
        .join(Building, Building.id == u.building_id)
        .outerjoin(Title.__table__, and_(t.unit_id == u.id, t.to_on.is_(None)))
        .where(*which)
        .order_by(Building.sort, Building.id, u.sort, u.id)
    )
    out = []
    for row in rows:
        f = found.get(row.unit_id, _Found())
        holders = tuple(f.holders.values())
        proven = bool(row.verified) and bool(holders)
        plain: dict[str, Any] = dict(row._mapping) | {"verified": proven}
        out.append(
            UnitRow(
                **plain,
                holders=holders,
                representatives=tuple(name for _, name in f.representatives),
                representative_ids=tuple(i for i, _ in f.representatives),
                letter=f.letter,
            )
        )
    return tuple(out)


def _holders(which: Sequence[ColumnElement[bool]], found: dict[int, _Found]) -> None:
    u, t, h = Unit.__table__.c, Title.__table__.c, TitleHolder.__table__.c
    p, link = Person.__table__.c, AccountPerson.__table__.c
    rows = db.session.connection().execute(
        select(u.id, p.id, p.name, p.phone, p.kind, h.share_num, h.share_den, link.account_id)
        .select_from(Unit.__table__)
        .join(Title.__table__, and_(t.unit_id == u.id, t.to_on.is_(None)))
        .join(TitleHolder.__table__, h.title_id == t.id)
        .join(Person.__table__, p.id == h.person_id)
        .outerjoin(AccountPerson.__table__, link.person_id == p.id)
        .where(*which)
        .order_by(h.id)
    )
    for unit_id, person_id, name, phone, kind, num, den, account_id in rows:
        row = HolderRow(person_id, name, phone, kind, num, den, account_id is not None)
        found.setdefault(unit_id, _Found()).holders.setdefault(person_id, row)


def _representatives(
    which: Sequence[ColumnElement[bool]], found: dict[int, _Found], now: datetime
) -> None:
    """Nominees of the unit, then guardians and authorised persons of its holders."""
    u, r, t = Unit.__table__.c, Representative.__table__.c, Title.__table__.c
    h = TitleHolder.__table__.c
    runs = and_(r.from_at <= now, or_(r.to_at.is_(None), r.to_at > now))
    nominees = (
        select(u.id, Person.name, r.id)
        .select_from(Unit.__table__)
        .join(Representative.__table__, r.unit_id == u.id)
        .join(Person, Person.id == r.person_id)
        .where(*which, runs)
    )
    others = (
        select(u.id, Person.name, r.id)
        .select_from(Unit.__table__)
        .join(Title.__table__, and_(t.unit_id == u.id, t.to_on.is_(None)))
        .join(TitleHolder.__table__, h.title_id == t.id)
        .join(Representative.__table__, r.for_person_id == h.person_id)
        .join(Person, Person.id == r.person_id)
        .where(*which, runs)
    )
    for unit_id, name, representative_id in db.session.connection().execute(
        union(nominees, others).order_by(text("3"))
    ):
        found.setdefault(unit_id, _Found()).representatives.append((representative_id, name))


def _letters(which: Sequence[ColumnElement[bool]], found: dict[int, _Found], now: datetime) -> None:
    u, c = Unit.__table__.c, HouseholdCode.__table__.c
    rows = db.session.connection().execute(
        select(u.id, c.letter_no)
        .select_from(Unit.__table__)
        .join(HouseholdCode.__table__, c.unit_id == u.id)
        .where(*which, c.revoked_at.is_(None), c.expires_at > now)
        .order_by(c.id)
    )
    for unit_id, letter in rows:
        found.setdefault(unit_id, _Found()).letter = letter
