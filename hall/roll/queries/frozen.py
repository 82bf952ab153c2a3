"""Frozen rolls: their totals, their digest from the rows, and who may cast for which entry now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)

from hall.db import UtcDateTime, db
from hall.errors import NotFound
from hall.people.models import Person
from hall.roll.models import FrozenRoll, Representative, RollEntry, RollEntryHolder, RollEntryUnit
from hall.roll.rules.acting import HolderFacts, Standing, who_acts
from hall.roll.rules.entries import EntryDraft, EntryUnit, roll_digest
from hall.roll.rules.naming import natural_key


@dataclass(frozen=True, slots=True)
class FrozenRollRow:
    """A frozen roll with its denominators: heads, area in cm²; digest over every entry."""

    id: int
    digest: str
    entries: int
    heads: int
    area_cm2: int


@dataclass(frozen=True, slots=True)
class CastableEntry:
    """An entry that one of the asking persons may cast for.

    units: (label, area in cm²) each; current_key: the owner set that casts, the same for two
    entries of one set (E12c); person_id: in whose name; as_who: owner | co_owner | nominee |
    guardian | company | successor.
    """

    entry_id: int
    label: str
    units: tuple[tuple[str, int], ...]
    heads: int
    area_cm2: int
    building_id: int
    current_key: str
    co_owned: bool
    as_who: str
    person_id: int


@dataclass(frozen=True, slots=True)
class ActingRow:
    """A person who may cast for an entry, for staff at the desk."""

    person_id: int
    name: str
    as_who: str


@dataclass(slots=True)
class _Gathered:
    """The rows of one entry while they come in."""

    label: str = ""
    key: str = ""
    electorate: str = ""
    heads: int = 0
    area_cm2: int = 0
    building_id: int = 0
    units: list[tuple[str, int]] = field(default_factory=list)
    holders: list[HolderFacts] = field(default_factory=list)
    stands_for: dict[int, int] = field(default_factory=dict)
    nominee: int | None = None

    @property
    def standing(self) -> Standing:
        return Standing(self.electorate, tuple(self.holders), self.stands_for, self.nominee)


def frozen_roll(frozen_roll_id: int) -> FrozenRollRow:
    """Totals of a frozen roll. Raises NotFound."""
    f = FrozenRoll.__table__.c
    row = db.session.execute(
        select(f.id, f.digest, f.entries, f.heads, f.area_cm2).where(f.id == frozen_roll_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return FrozenRollRow(*row)


def castable_entries(
    frozen_roll_id: int, person_ids: Collection[int], now: datetime
) -> tuple[CastableEntry, ...]:
    """The entries of a frozen roll that these persons may cast for at an instant; one query."""
    if not person_ids:
        return ()
    persons = sorted(person_ids)
    rows = db.session.connection().execute(
        _by_persons(), {"roll": frozen_roll_id, "persons": persons, "now": now}
    )
    castable = []
    for entry_id, found in sorted(_gather(rows).items()):
        acting = who_acts(found.standing)
        person = next((p for p in acting if p in person_ids), None)
        if person is not None:
            castable.append(_castable(entry_id, found, person, acting[person]))
    return tuple(castable)


def who_may_cast(entry_id: int, now: datetime) -> tuple[ActingRow, ...]:
    """Everybody who may cast for an entry at an instant, with names; two queries."""
    rows = db.session.connection().execute(_by_entry(), {"entry": entry_id, "now": now})
    found = _gather(rows).get(entry_id)
    acting = who_acts(found.standing) if found else {}
    if not acting:
        return ()
    names = dict(
        db.session.execute(select(Person.id, Person.name).where(Person.id.in_(list(acting)))).all()
    )
    return tuple(ActingRow(p, names[p], who) for p, who in acting.items())


def recompute_digest(frozen_roll_id: int) -> str:
    """The digest computed anew from the rows as they were frozen; three queries."""
    units: dict[int, list[EntryUnit]] = {}
    u, e, h = RollEntryUnit.__table__.c, RollEntry.__table__.c, RollEntryHolder.__table__.c
    for entry_id, *values in db.session.connection().execute(
        select(u.entry_id, u.unit_id, u.building_id, u.label, u.area_cm2)
        .join(RollEntry.__table__, e.id == u.entry_id)
        .where(e.frozen_roll_id == frozen_roll_id)
    ):
        units.setdefault(entry_id, []).append(EntryUnit(*values))
    holders: dict[int, list[int]] = {}
    for entry_id, person_id in db.session.connection().execute(
        select(h.entry_id, h.person_id)
        .join(RollEntry.__table__, e.id == h.entry_id)
        .where(e.frozen_roll_id == frozen_roll_id, h.from_at.is_(None))
    ):
        holders.setdefault(entry_id, []).append(person_id)
    rows = db.session.connection().execute(
        select(e.id, e.n, e.owner_key, e.kind, e.heads, e.area_cm2, e.building_id, e.label)
        .where(e.frozen_roll_id == frozen_roll_id)
        .order_by(e.n)
    )
    return roll_digest(
        [
            EntryDraft(
                n=r.n,
                owner_key=r.owner_key,
                kind=r.kind,
                heads=r.heads,
                area_cm2=r.area_cm2,
                building_id=r.building_id,
                label=r.label,
                units=tuple(
                    sorted(units.get(r.id, ()), key=lambda x: (natural_key(x.label), x.unit_id))
                ),
                holders=tuple(sorted(holders.get(r.id, ()))),
            )
            for r in rows
        ]
    )


def _castable(entry_id: int, e: _Gathered, person_id: int, as_who: str) -> CastableEntry:
    return CastableEntry(
        entry_id=entry_id,
        label=e.label,
        units=tuple(sorted(e.units, key=lambda x: natural_key(x[0]))),
        heads=e.heads,
        area_cm2=e.area_cm2,
        building_id=e.building_id,
        current_key=e.key,
        co_owned=len(e.holders) > 1 and e.electorate != "persons",
        as_who=as_who,
        person_id=person_id,
    )


# --- one statement for everything about some entries -------------------------------------------

_ENTRY, _UNIT, _HOLDER, _STANDS_FOR, _NOMINEE = range(5)


def _gather(rows: Any) -> dict[int, _Gathered]:
    found: dict[int, _Gathered] = {}
    # Later representatives come after earlier ones: the last recorded counts.
    for tag, entry_id, text1, text2, text3, n1, n2, n3 in sorted(rows, key=lambda r: (r[0], r[7])):
        e = found.setdefault(entry_id, _Gathered())
        if tag == _ENTRY:
            e.label, e.key, e.electorate = text1, text2, text3
            e.heads, e.area_cm2, e.building_id = n1, n2, n3
        elif tag == _UNIT:
            e.units.append((text1, n1))
        elif tag == _HOLDER:
            e.holders.append(HolderFacts(n1, text1, bool(n2)))
        elif tag == _STANDS_FOR:
            e.stands_for[n1] = n2
        else:
            e.nominee = n1
    return found


@cache
def _by_persons() -> CompoundSelect[Any]:
    """Statement over the entries that any of the persons has to do with."""
    e, h = RollEntry.__table__.c, RollEntryHolder.__table__.c
    u, r = RollEntryUnit.__table__.c, Representative.__table__.c
    persons: BindParameter[int] = bindparam("persons", expanding=True)
    in_roll = e.frozen_roll_id == bindparam("roll")
    holding = (
        select(h.entry_id)
        .join(RollEntry.__table__, and_(e.id == h.entry_id, in_roll))
        .where(h.person_id.in_(persons))
    )
    standing_for = (
        select(h.entry_id)
        .select_from(Representative.__table__)
        .join(RollEntryHolder.__table__, h.person_id == r.for_person_id)
        .join(RollEntry.__table__, and_(e.id == h.entry_id, in_roll))
        .where(r.person_id.in_(persons), _runs(r))
    )
    nominated = (
        select(u.entry_id)
        .select_from(Representative.__table__)
        .join(RollEntryUnit.__table__, u.unit_id == r.unit_id)
        .join(RollEntry.__table__, and_(e.id == u.entry_id, in_roll))
        .where(r.person_id.in_(persons), _runs(r))
    )
    return _everything(union(holding, standing_for, nominated).cte("asked"))


@cache
def _by_entry() -> CompoundSelect[Any]:
    """Statement over one entry."""
    entry = select(RollEntry.__table__.c.id.label("entry_id")).where(
        RollEntry.__table__.c.id == bindparam("entry")
    )
    return _everything(entry.cte("asked"))


def _everything(asked: CTE) -> CompoundSelect[Any]:
    e, h, u = RollEntry.__table__.c, RollEntryHolder.__table__.c, RollEntryUnit.__table__.c
    r, p, f = Representative.__table__.c, Person.__table__.c, FrozenRoll.__table__.c
    no_text: ColumnElement[str] = literal("", String)
    holds = and_(
        h.entry_id == asked.c.entry_id,
        or_(h.from_at.is_(None), h.from_at <= _now()),
        or_(h.to_at.is_(None), h.to_at > _now()),
    )
    return union_all(
        select(
            literal(_ENTRY),
            e.id,
            e.label,
            func.coalesce(e.current_key, e.owner_key),
            f.electorate,
            e.heads,
            e.area_cm2,
            e.building_id,
        )
        .join(asked, asked.c.entry_id == e.id)
        .join(FrozenRoll.__table__, f.id == e.frozen_roll_id),
        select(
            literal(_UNIT), u.entry_id, u.label, no_text, no_text, u.area_cm2, literal(0), u.id
        ).join(asked, asked.c.entry_id == u.entry_id),
        select(
            literal(_HOLDER),
            h.entry_id,
            p.kind,
            no_text,
            no_text,
            h.person_id,
            case((h.from_at.is_(None), 0), else_=1),
            h.id,
        )
        .join(asked, holds)
        .join(Person.__table__, p.id == h.person_id),
        select(
            literal(_STANDS_FOR),
            h.entry_id,
            no_text,
            no_text,
            no_text,
            r.for_person_id,
            r.person_id,
            r.id,
        )
        .join(asked, holds)
        .join(Representative.__table__, and_(r.for_person_id == h.person_id, _runs(r))),
        select(
            literal(_NOMINEE),
            u.entry_id,
            no_text,
            no_text,
            no_text,
            r.person_id,
            literal(0),
            r.id,
        )
        .join(asked, asked.c.entry_id == u.entry_id)
        .join(Representative.__table__, and_(r.unit_id == u.unit_id, _runs(r))),
    )


def _runs(r: Any) -> ColumnElement[bool]:
    return and_(r.from_at <= _now(), or_(r.to_at.is_(None), r.to_at > _now()))


def _now() -> ColumnElement[datetime]:
    return bindparam("now", type_=UtcDateTime())
