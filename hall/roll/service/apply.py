"""Writing what was read into the roll: a handful of bulk statements, whatever the number of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from hall.clock import local_date
from hall.db import db
from hall.estates.models import Building, Entrance
from hall.people.models import Person
from hall.roll.models import HouseholdCode, Representative, Title, TitleHolder, Unit
from hall.roll.rules.matching import KnownPerson, ReadPerson, match_persons
from hall.roll.rules.naming import natural_key
from hall.roll.rules.preview import Preview, PreviewUnit

# A frozen set of (person id, share num, share den); shares 0/0 when not stated.
Holders = frozenset[tuple[int, int, int]]
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import changed: units added, changed and retired, titles opened on existing units."""

    added: int
    changed: int
    titles: int
    retired: int


@dataclass(slots=True)
class _UnitNow:
    """A unit of the roll as it stands, retired ones too."""

    id: int
    values: dict[str, Any]
    title_id: int | None = None
    verified: bool = False
    holders: Holders = frozenset()


def apply_preview(
    preview: Preview,
    estate_id: int,
    *,
    account_id: int | None,
    evidence: str,
    keep_missing: bool,
    now: datetime,
) -> Applied:
    """Bring the roll to what a preview says. Joins the caller's transaction and its lock."""
    places = _Places(preview, estate_id)
    standing = _standing(estate_id)
    persons = _persons(preview, estate_id, now)
    ids, added, changed = _write_units(preview, estate_id, places, standing)
    wanted = {
        u.label: frozenset((persons[h.person], h.num, h.den) for h in u.holders)
        for u in preview.units
    }
    close, reopen = _titles_to_change(preview.units, standing, wanted)
    missing = [
        s
        for label, s in standing.items()
        if label not in wanted and s.values["retired_at"] is None and not keep_missing
    ]
    close.extend(s for s in missing if s.title_id is not None)
    _close_titles([s.title_id for s in close if s.title_id is not None], now)
    _end_what_hung_on([s.id for s in (*close, *missing)], now)
    _retire([s.id for s in missing], now)
    _open_titles(
        estate_id,
        [(ids[u.label], u, wanted[u.label], u.label in standing) for u in reopen],
        account_id=account_id,
        evidence=evidence,
        now=now,
    )
    opened = sum(u.label in standing for u in reopen)
    return Applied(added, changed, opened, len(missing))


class _Places:
    """Buildings and entrances by name, made where they are new, all in natural order."""

    def __init__(self, preview: Preview, estate_id: int) -> None:
        self.names = {b.n: b.name for b in preview.buildings}
        self.buildings = _ensure(
            Building, {"estate_id": estate_id}, [b.name for b in preview.buildings]
        )
        self.entrances: dict[tuple[int, str], int] = {}
        for b in preview.buildings:
            building_id = self.buildings[b.name]
            key = {"estate_id": estate_id, "building_id": building_id}
            wanted = [e for e in b.entrances if e]
            for name, entrance_id in _ensure(Entrance, key, wanted).items():
                self.entrances[building_id, name] = entrance_id

    def of(self, unit: PreviewUnit) -> tuple[int, int | None]:
        """Ids of a unit's building and entrance."""
        building_id = self.buildings[self.names[unit.building]]
        return building_id, self.entrances.get((building_id, unit.entrance))


def _ensure(
    table: type[Building] | type[Entrance], key: Mapping[str, int], names: Iterable[str]
) -> dict[str, int]:
    """Ids by name of the rows under a key, with the missing ones made and the order renewed."""
    t = table.__table__.c
    within = and_(*(t[column] == value for column, value in key.items()))
    connection = db.session.connection()
    found: dict[str, int] = dict(connection.execute(select(t.name, t.id).where(within)).all())
    new = [n for n in dict.fromkeys(names) if n not in found]
    if not found and not new:
        return {}
    if new:
        connection.execute(insert(table), [{**key, "name": n, "sort": 0} for n in new])
        found = dict(connection.execute(select(t.name, t.id).where(within)).all())
    connection.execute(
        update(table).where(t.id == bindparam("row")).values(sort=bindparam("place")),
        [
            {"row": found[name], "place": place}
            for place, name in enumerate(sorted(found, key=natural_key), start=1)
        ],
    )
    return found


# --- persons -----------------------------------------------------------------------------------


def _persons(preview: Preview, estate_id: int, now: datetime) -> dict[int, int]:
    """Person ids by their number in the preview; numbers and kinds follow the file where it has them."""
    labels: dict[int, set[str]] = {}
    for u in preview.units:
        for h in u.holders:
            labels.setdefault(h.person, set()).add(u.label)
    read = [
        ReadPerson(p.n, p.name, p.phone, p.kind, frozenset(labels.get(p.n, ())))
        for p in preview.persons
    ]
    known = _known_persons(estate_id)
    found = dict(match_persons(read, known.values()))
    connection = db.session.connection()
    renewed = [
        {"row": known[found[p.n]].person_id, "to": p.phone or known[found[p.n]].phone, "as": p.kind}
        for p in read
        if p.n in found
        and (p.phone or known[found[p.n]].phone, p.kind)
        != (known[found[p.n]].phone, known[found[p.n]].kind)
    ]
    if renewed:
        connection.execute(
            update(Person)
            .where(Person.id == bindparam("row"))
            .values(phone=bindparam("to"), kind=bindparam("as")),
            renewed,
        )
    new = [p for p in read if p.n not in found]
    if new:
        found.update(_add_persons(new, estate_id, now))
    return found


def _add_persons(new: list[ReadPerson], estate_id: int, now: datetime) -> dict[int, int]:
    """Write new persons; gives their ids by number. Rows alike in everything may change places."""
    p = Person.__table__.c
    connection = db.session.connection()
    last = connection.execute(select(func.max(p.id))).scalar() or 0
    connection.execute(
        insert(Person),
        [
            {
                "estate_id": estate_id,
                "name": person.name,
                "phone": person.phone,
                "kind": person.kind,
                "created_at": now,
            }
            for person in new
        ],
    )
    ids: dict[tuple[str, str, str], list[int]] = {}
    for row_id, *alike in connection.execute(
        select(p.id, p.name, p.phone, p.kind)
        .where(p.estate_id == estate_id, p.id > last)
        .order_by(p.id.desc())
    ):
        ids.setdefault((alike[0], alike[1], alike[2]), []).append(row_id)
    return {person.n: ids[person.name, person.phone, person.kind].pop() for person in new}


def _known_persons(estate_id: int) -> dict[int, KnownPerson]:
    p, t, h, u = Person.__table__.c, Title.__table__.c, TitleHolder.__table__.c, Unit.__table__.c
    connection = db.session.connection()
    labels: dict[int, set[str]] = {}
    for person_id, label in connection.execute(
        select(h.person_id, u.label)
        .join(Title.__table__, and_(t.id == h.title_id, t.to_on.is_(None)))
        .join(Unit.__table__, u.id == t.unit_id)
        .where(t.estate_id == estate_id)
    ):
        labels.setdefault(person_id, set()).add(label)
    return {
        i: KnownPerson(i, name, phone, kind, frozenset(labels.get(i, ())))
        for i, name, phone, kind in connection.execute(
            select(p.id, p.name, p.phone, p.kind).where(p.estate_id == estate_id)
        )
    }


# --- units -------------------------------------------------------------------------------------


def _standing(estate_id: int) -> dict[str, _UnitNow]:
    """Every unit the estate ever had, by name, with its open title and holders; two queries."""
    connection = db.session.connection()
    found = {
        row["label"]: _UnitNow(row["id"], dict(row))
        for row in connection.execute(
            select(Unit.__table__).where(Unit.estate_id == estate_id)
        ).mappings()
    }
    by_id = {s.id: s for s in found.values()}
    t, h = Title.__table__.c, TitleHolder.__table__.c
    for unit_id, title_id, verified, person_id, num, den in connection.execute(
        select(t.unit_id, t.id, t.verified, h.person_id, h.share_num, h.share_den)
        .select_from(Title.__table__)
        .outerjoin(TitleHolder.__table__, h.title_id == t.id)
        .where(t.estate_id == estate_id, t.to_on.is_(None))
    ):
        s = by_id[unit_id]
        s.title_id, s.verified = title_id, verified
        if person_id is not None:
            s.holders |= {(person_id, num, den)}
    return found


def _write_units(
    preview: Preview, estate_id: int, places: _Places, standing: Mapping[str, _UnitNow]
) -> tuple[dict[str, int], int, int]:
    """Insert new units and update changed ones; gives ids by name, how many new, how many changed."""
    order = sorted((u.label for u in preview.units), key=natural_key)
    place = {label: n for n, label in enumerate(order, start=1)}
    new: list[dict[str, Any]] = []
    updates: list[dict[str, Any]] = []
    changed = 0
    for u in preview.units:
        building_id, entrance_id = places.of(u)
        values = {
            "building_id": building_id,
            "entrance_id": entrance_id,
            "room": u.room,
            "floor": u.floor,
            "area_cm2": u.area_cm2,
            "area_source": u.area_source,
            "kind": u.kind,
            "status": u.status,
            "counts_head": u.counts_head,
            "counts_area": u.counts_area,
            "retired_at": None,
        }
        before = standing.get(u.label)
        if before is None:
            new.append({"estate_id": estate_id, "label": u.label, "sort": place[u.label], **values})
            continue
        differs = any(before.values[k] != v for k, v in values.items())
        changed += differs
        if differs or before.values["sort"] != place[u.label]:
            moved = {f"to_{k}": v for k, v in values.items()}
            updates.append({"row": before.id, "to_sort": place[u.label], **moved})
    connection = db.session.connection()
    ids = {label: s.id for label, s in standing.items()}
    if new:
        connection.execute(insert(Unit), new)
        q = select(Unit.label, Unit.id).where(Unit.estate_id == estate_id)
        ids = dict(connection.execute(q).all())
    if updates:
        columns = [k.removeprefix("to_") for k in updates[0] if k != "row"]
        connection.execute(
            update(Unit)
            .where(Unit.id == bindparam("row"))
            .values({c: bindparam(f"to_{c}") for c in columns}),
            updates,
        )
    return ids, len(new), changed


def _retire(unit_ids: list[int], now: datetime) -> None:
    for some in _batches(unit_ids):
        db.session.connection().execute(
            update(Unit).where(Unit.id.in_(some)).values(retired_at=now)
        )


# --- titles ------------------------------------------------------------------------------------


def _titles_to_change(
    units: Iterable[PreviewUnit],
    standing: Mapping[str, _UnitNow],
    wanted: Mapping[str, Holders],
) -> tuple[list[_UnitNow], list[PreviewUnit]]:
    """Units whose open title ends, and units that get a new one."""
    close: list[_UnitNow] = []
    reopen: list[PreviewUnit] = []
    for u in units:
        before = standing.get(u.label)
        if before is None or before.title_id is None:
            reopen.append(u)
        elif not _same_title(before, u, wanted[u.label]):
            close.append(before)
            reopen.append(u)
    return close, reopen


def _same_title(before: _UnitNow, unit: PreviewUnit, wanted: Holders) -> bool:
    """Whether the title stands: same persons, same proof, and no share the file states otherwise."""
    if before.verified != unit.verified:
        return False
    now = {person: (num, den) for person, num, den in before.holders}
    then = {person: (num, den) for person, num, den in wanted}
    stated = {person: share for person, share in then.items() if share[1]}
    return now.keys() == then.keys() and all(now[p] == share for p, share in stated.items())


def _close_titles(title_ids: list[int], now: datetime) -> None:
    today = local_date(now)
    for some in _batches(title_ids):
        db.session.connection().execute(
            update(Title).where(Title.id.in_(some)).values(to_on=today, closed_at=now)
        )


def _end_what_hung_on(unit_ids: list[int], now: datetime) -> None:
    """Whoever the former owners had named, and letters addressed to them, are of no use any more."""
    for some in _batches(unit_ids):
        for table, column in (
            (Representative, Representative.to_at),
            (HouseholdCode, HouseholdCode.revoked_at),
        ):
            db.session.connection().execute(
                update(table)
                .where(table.unit_id.in_(some), column.is_(None))
                .values({column.key: now})
            )


def _open_titles(
    estate_id: int,
    titles: list[tuple[int, PreviewUnit, Holders, bool]],
    *,
    account_id: int | None,
    evidence: str,
    now: datetime,
) -> None:
    """Open titles in bulk. Since when a first import's owners hold theirs, no file says."""
    if not titles:
        return
    today = local_date(now)
    connection = db.session.connection()
    connection.execute(
        insert(Title),
        [
            {
                "estate_id": estate_id,
                "unit_id": unit_id,
                "from_on": today if known else None,
                "verified": u.verified,
                "evidence": evidence,
                "recorded_at": now,
                "recorded_by": account_id,
            }
            for unit_id, u, _, known in titles
        ],
    )
    # At most one title of a unit is open, so the unit finds it.
    ids = dict(
        connection.execute(
            select(Title.unit_id, Title.id).where(
                Title.estate_id == estate_id, Title.to_on.is_(None)
            )
        ).all()
    )
    holders = [
        {"title_id": ids[unit_id], "person_id": person, "share_num": num, "share_den": den}
        for unit_id, _, wanted, _ in titles
        for person, num, den in sorted(wanted)
    ]
    if holders:
        connection.execute(insert(TitleHolder), holders)


def _batches(ids: list[int]) -> Iterable[list[int]]:
    return (ids[i : i + _BATCH] for i in range(0, len(ids), _BATCH))
