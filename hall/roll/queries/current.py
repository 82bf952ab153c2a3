"""The roll as it stands today: units with their open titles, and the entries they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import and_, select

from hall.db import db
from hall.errors import Blocker, Refused
from hall.people.models import Person
from hall.roll.models import Title, TitleHolder, Unit
from hall.roll.rules.entries import Electorate, EntryDraft, UnitFacts, entries, roll_digest

Scope = Mapping[str, Sequence[int]]
ELECTORATES = ("owners", "households", "persons")


@dataclass(frozen=True, slots=True)
class EntryTotals:
    """The two denominators a freeze would have now: heads and area in cm²; digest of the entries."""

    entries: int
    heads: int
    area_cm2: int
    digest: str


@dataclass(frozen=True, slots=True)
class BuildingCount:
    """What a building holds today: units that count, heads shown there, area in cm²."""

    building_id: int
    units: int
    heads: int
    area_cm2: int


def current_entries(
    estate_id: int, electorate: str = "owners", scope: Scope | None = None
) -> tuple[EntryDraft, ...]:
    """The entries of today's roll within a scope ({}, {"buildings": ids} or {"entrances": ids}).

    Two queries whatever the size. Raises Refused(scope_unknown | electorate_unknown).
    """
    if electorate not in ELECTORATES:
        raise Refused(Blocker("electorate_unknown", {"electorate": electorate}))
    kinds = _kinds(estate_id)
    units = unit_facts(estate_id, scope or {})
    if electorate == "persons":  # a company is nobody's neighbour: natural persons only
        units = [_natural_only(u, kinds) for u in units]
    return entries(
        units,
        electorate=cast(Electorate, electorate),
        developers=[i for i, kind in kinds.items() if kind == "developer"],
    )


def developers(estate_id: int) -> list[int]:
    """Ids of the developer's persons in an estate."""
    return [i for i, kind in _kinds(estate_id).items() if kind == "developer"]


def unit_facts(
    estate_id: int, scope: Scope, unit_ids: Iterable[int] | None = None
) -> list[UnitFacts]:
    """The standing units of a scope with the holders of their open titles; one query."""
    u, t, h = Unit.__table__.c, Title.__table__.c, TitleHolder.__table__.c
    q = (
        select(
            u.id,
            u.building_id,
            u.label,
            u.area_cm2,
            u.status,
            u.counts_head,
            u.counts_area,
            t.verified,
            h.person_id,
        )
        .select_from(Unit.__table__)
        .outerjoin(Title.__table__, and_(t.unit_id == u.id, t.to_on.is_(None)))
        .outerjoin(TitleHolder.__table__, h.title_id == t.id)
        .where(u.estate_id == estate_id, u.retired_at.is_(None))
        .order_by(u.id, h.id)
    )
    if unit_ids is not None:
        q = q.where(u.id.in_(list(unit_ids)))
    q = q.where(*_within(scope))
    rows: dict[int, Any] = {}
    holders: dict[int, list[int]] = {}
    for row in db.session.connection().execute(q):
        rows.setdefault(row.id, row)
        if row.person_id is not None:
            holders.setdefault(row.id, []).append(row.person_id)
    return [
        UnitFacts(
            unit_id=r.id,
            building_id=r.building_id,
            label=r.label,
            area_cm2=r.area_cm2,
            status=r.status,
            verified=bool(r.verified),
            holders=tuple(holders.get(r.id, ())),
            counts_head=r.counts_head,
            counts_area=r.counts_area,
        )
        for r in rows.values()
    ]


def entry_totals(
    estate_id: int, electorate: str = "owners", scope: Scope | None = None
) -> EntryTotals:
    """What a freeze of this scope would count now."""
    drafts = current_entries(estate_id, electorate, scope)
    return EntryTotals(
        len(drafts),
        sum(e.heads for e in drafts),
        sum(e.area_cm2 for e in drafts),
        roll_digest(drafts),
    )


def building_counts(estate_id: int) -> tuple[BuildingCount, ...]:
    """Per building the units that count, their area, and the heads shown there, by owner sets."""
    units: dict[int, int] = {}
    heads: dict[int, int] = {}
    area: dict[int, int] = {}
    for entry in current_entries(estate_id):
        heads[entry.building_id] = heads.get(entry.building_id, 0) + entry.heads
        for unit in entry.units:
            units[unit.building_id] = units.get(unit.building_id, 0) + 1
            area[unit.building_id] = area.get(unit.building_id, 0) + unit.area_cm2
    return tuple(BuildingCount(b, n, heads.get(b, 0), area[b]) for b, n in sorted(units.items()))


def _kinds(estate_id: int) -> dict[int, str]:
    """Companies and developers of an estate by id."""
    q = select(Person.id, Person.kind).where(
        Person.estate_id == estate_id, Person.kind != "natural"
    )
    return dict(db.session.connection().execute(q).all())


def _within(scope: Scope) -> list[Any]:
    u = Unit.__table__.c
    unknown = set(scope) - {"buildings", "entrances"}
    if unknown or len(scope) > 1:
        raise Refused(Blocker("scope_unknown", {"scope": "、".join(sorted(scope))}))
    if "buildings" in scope:
        return [u.building_id.in_(list(scope["buildings"]))]
    if "entrances" in scope:
        return [u.entrance_id.in_(list(scope["entrances"]))]
    return []


def _natural_only(unit: UnitFacts, kinds: Mapping[int, str]) -> UnitFacts:
    if not any(h in kinds for h in unit.holders):
        return unit
    return UnitFacts(
        unit.unit_id,
        unit.building_id,
        unit.label,
        unit.area_cm2,
        unit.status,
        unit.verified,
        tuple(h for h in unit.holders if h not in kinds),
        unit.counts_head,
        unit.counts_area,
    )
