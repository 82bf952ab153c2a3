"""Frozen rolls: their totals, their digest from the rows, and who may cast for which entry now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select, text

from hall.db import Fixed, UtcDateTime, db
from hall.db.fixed import Rows
from hall.errors import NotFound
from hall.people.models import Person
from hall.roll.models import FrozenRoll, RollEntry, RollEntryHolder, RollEntryUnit
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
    row = (
        db.session.connection()
        .execute(
            select(f.id, f.digest, f.entries, f.heads, f.area_cm2).where(f.id == frozen_roll_id)
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound
    return FrozenRollRow(*row)


def castable_entries(
    frozen_roll_id: int, person_ids: Collection[int], now: datetime
) -> tuple[CastableEntry, ...]:
    """The entries of a frozen roll that these persons may cast for at an instant; two queries."""
    if not person_ids:
        return ()
    asked = _ASKED_FOR.rows(rolls=[frozen_roll_id], persons=sorted(person_ids), now=now)
    return _castable_among([entry_id for entry_id, _ in asked], person_ids, now)


def castable_on(
    frozen_roll_ids: Collection[int], person_ids: Collection[int], now: datetime
) -> dict[int, tuple[int, ...]]:
    """Per frozen roll the ids of the entries these persons may cast for; two queries however many."""
    if not person_ids or not frozen_roll_ids:
        return {}
    asked = _ASKED_FOR.rows(rolls=sorted(frozen_roll_ids), persons=sorted(person_ids), now=now)
    rolls: dict[int, int] = dict(asked)
    by_roll: dict[int, list[int]] = {}
    for entry in _castable_among(list(rolls), person_ids, now):
        by_roll.setdefault(rolls[entry.entry_id], []).append(entry.entry_id)
    return {roll_id: tuple(sorted(entries)) for roll_id, entries in by_roll.items()}


def _castable_among(
    entry_ids: list[int], person_ids: Collection[int], now: datetime
) -> tuple[CastableEntry, ...]:
    if not entry_ids:
        return ()
    castable = []
    rows = _ABOUT.rows(entries=sorted(entry_ids), now=now)
    for entry_id, found in sorted(_gather(rows).items()):
        acting = who_acts(found.standing)
        person = next((p for p in acting if p in person_ids), None)
        if person is not None:
            castable.append(_castable(entry_id, found, person, acting[person]))
    return tuple(castable)


def who_may_cast(entry_id: int, now: datetime) -> tuple[ActingRow, ...]:
    """Everybody who may cast for an entry at an instant, with names; two queries."""
    found = _gather(_ABOUT.rows(entries=[entry_id], now=now)).get(entry_id)
    acting = who_acts(found.standing) if found else {}
    if not acting:
        return ()
    names = dict(
        db.session.connection()
        .execute(select(Person.id, Person.name).where(Person.id.in_(list(acting))))
        .all()
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


# --- two small statements: which entries somebody may be asked for, and everything about those ----

# In SQL itself: they run with every cast. CROSS JOIN keeps SQLite from starting with all entries
# of the roll; to PostgreSQL it says nothing.
_RUNS = "r.from_at <= :now AND (r.to_at IS NULL OR r.to_at > :now)"
_ASKED = f"""
  SELECT h.entry_id, e.frozen_roll_id FROM roll_entry_holder h CROSS JOIN roll_entry e
  WHERE h.person_id IN :persons AND e.id = h.entry_id AND e.frozen_roll_id IN :rolls
UNION
  SELECT h.entry_id, e.frozen_roll_id
  FROM representative r CROSS JOIN roll_entry_holder h CROSS JOIN roll_entry e
  WHERE r.person_id IN :persons AND {_RUNS}
    AND h.person_id = r.for_person_id AND e.id = h.entry_id AND e.frozen_roll_id IN :rolls
UNION
  SELECT u.entry_id, e.frozen_roll_id
  FROM representative r CROSS JOIN roll_entry_unit u CROSS JOIN roll_entry e
  WHERE r.person_id IN :persons AND {_RUNS}
    AND u.unit_id = r.unit_id AND e.id = u.entry_id AND e.frozen_roll_id IN :rolls
"""  # noqa: S608 (our own constants)
_ENTRY, _UNIT, _HOLDER, _STANDS_FOR, _NOMINEE = range(5)
_HOLDS = "(h.from_at IS NULL OR h.from_at <= :now) AND (h.to_at IS NULL OR h.to_at > :now)"
_EVERYTHING = f"""
SELECT 0 AS tag, e.id AS entry_id, e.label AS text1,
       coalesce(e.current_key, e.owner_key) AS text2, f.electorate AS text3,
       e.heads AS n1, e.area_cm2 AS n2, e.building_id AS n3
  FROM roll_entry e CROSS JOIN frozen_roll f WHERE e.id IN :entries AND f.id = e.frozen_roll_id
UNION ALL
SELECT 1, u.entry_id, u.label, '', '', u.area_cm2, 0, u.id
  FROM roll_entry_unit u WHERE u.entry_id IN :entries
UNION ALL
SELECT 2, h.entry_id, p.kind, '', '', h.person_id,
       CASE WHEN h.from_at IS NULL THEN 0 ELSE 1 END, h.id
  FROM roll_entry_holder h CROSS JOIN person p
  WHERE h.entry_id IN :entries AND p.id = h.person_id AND {_HOLDS}
UNION ALL
SELECT 3, h.entry_id, '', '', '', r.for_person_id, r.person_id, r.id
  FROM roll_entry_holder h CROSS JOIN representative r
  WHERE h.entry_id IN :entries AND r.for_person_id = h.person_id AND {_HOLDS} AND {_RUNS}
UNION ALL
SELECT 4, u.entry_id, '', '', '', r.person_id, 0, r.id
  FROM roll_entry_unit u CROSS JOIN representative r
  WHERE u.entry_id IN :entries AND r.unit_id = u.unit_id AND {_RUNS}
"""  # noqa: S608 (our own constants)
_NOW: BindParameter[datetime] = bindparam("now", type_=UtcDateTime())
_ASKED_FOR = Fixed(
    text(_ASKED).bindparams(
        _NOW, bindparam("persons", expanding=True), bindparam("rolls", expanding=True)
    )
)
_ABOUT = Fixed(text(_EVERYTHING).bindparams(_NOW, bindparam("entries", expanding=True)))


def _gather(rows: Rows) -> dict[int, _Gathered]:
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
