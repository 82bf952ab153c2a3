"""Who has taken part so far, in heads and area, per building; never how (R-3.09)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from hall.ballots.models import Ballot, EntryContest, Sheet
from hall.db import db
from hall.estates.models import Building, Entrance
from hall.roll.models import RollEntry


@dataclass(frozen=True, slots=True)
class BuildingTurnout:
    """Participation shown at one building: heads and area of entries whose head is shown there."""

    building_id: int
    name: str
    entries: int
    heads_total: int
    area_total: int
    sheets: int
    heads: int
    area: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """Participation in one ballot. Areas in cm². contested entries are not in heads and area."""

    heads_total: int
    area_total: int
    heads: int
    area: int
    sheets: int
    contested_heads: int
    contested_area: int
    buildings: tuple[BuildingTurnout, ...]


def of_ballot(ballot_id: int) -> Turnout:
    """Turnout of a noticed ballot; constant number of queries (4, 5 with contests)."""
    roll_id = db.session.scalar(select(Ballot.frozen_roll_id).where(Ballot.id == ballot_id))
    totals = {
        b: (int(n), int(h), int(a))
        for b, n, h, a in db.session.connection().execute(
            select(
                RollEntry.building_id,
                func.count(),
                func.sum(RollEntry.heads),
                func.sum(RollEntry.area_cm2),
            )
            .where(RollEntry.frozen_roll_id == roll_id)
            .group_by(RollEntry.building_id)
        )
    }
    cast = {
        b: (int(n), int(h), int(a))
        for b, n, h, a in db.session.connection().execute(
            select(Sheet.building_id, func.count(), func.sum(Sheet.heads), func.sum(Sheet.area_cm2))
            .where(Sheet.ballot_id == ballot_id, Sheet.active.is_(True))
            .group_by(Sheet.building_id)
        )
    }
    contested: dict[int, tuple[int, int, int]] = {}
    for s in contested_sheets(ballot_id):
        n, h, a = contested.get(s.building_id, (0, 0, 0))
        contested[s.building_id] = (n + 1, h + s.heads, a + s.area_cm2)
    names = (
        db.session.connection()
        .execute(
            select(Building.id, Building.name)
            .where(Building.id.in_(list(totals) or [0]))
            .order_by(Building.sort, Building.id)
        )
        .all()
    )
    rows = []
    for b, name in names:
        n, h, a = totals[b]
        cn, ch, ca = cast.get(b, (0, 0, 0))
        xn, xh, xa = contested.get(b, (0, 0, 0))
        rows.append(BuildingTurnout(b, name, n, h, a, cn - xn, ch - xh, ca - xa))
    return Turnout(
        heads_total=sum(r.heads_total for r in rows),
        area_total=sum(r.area_total for r in rows),
        heads=sum(r.heads for r in rows),
        area=sum(r.area for r in rows),
        sheets=sum(r.sheets for r in rows),
        contested_heads=sum(x[1] for x in contested.values()),
        contested_area=sum(x[2] for x in contested.values()),
        buildings=tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class ContestedSheet:
    """An active sheet that a co-owner contests and nobody has settled (E8)."""

    sheet_id: int
    entry_id: int
    building_id: int
    heads: int
    area_cm2: int


def contested_sheets(ballot_id: int) -> tuple[ContestedSheet, ...]:
    """Active sheets of entries with an open contest; one query, two when there is a contest.

    The few contests first: of a join SQLite may read every sheet to find that none is contested.
    """
    entries = db.session.scalars(
        select(EntryContest.entry_id).where(
            EntryContest.ballot_id == ballot_id, EntryContest.settled_at.is_(None)
        )
    ).all()
    if not entries:
        return ()
    return tuple(
        ContestedSheet(*row)
        for row in db.session.connection().execute(
            select(Sheet.id, Sheet.entry_id, Sheet.building_id, Sheet.heads, Sheet.area_cm2)
            .where(
                Sheet.ballot_id == ballot_id,
                Sheet.entry_id.in_(entries),
                Sheet.active.is_(True),
            )
            .order_by(Sheet.id)
        )
    )


@dataclass(frozen=True, slots=True)
class EntryStatus:
    """One line of the participation list: rooms and area, and whether a sheet is in. Never a choice."""

    entry_id: int
    label: str
    kind: str
    heads: int
    area_cm2: int
    building_id: int
    entrance: str
    taken_part: bool
    channel: str | None


def entry_list(
    ballot_id: int, *, building_id: int | None = None, missing_only: bool = False
) -> tuple[EntryStatus, ...]:
    """Entries in roll order with taken part or not; for the chair, the building's steward, scrutineers."""
    roll_id = db.session.scalar(select(Ballot.frozen_roll_id).where(Ballot.id == ballot_id))
    q = (
        select(
            RollEntry.id,
            RollEntry.label,
            RollEntry.kind,
            RollEntry.heads,
            RollEntry.area_cm2,
            RollEntry.building_id,
            Sheet.id,
            Sheet.channel,
        )
        .outerjoin(
            Sheet,
            and_(
                Sheet.entry_id == RollEntry.id, Sheet.ballot_id == ballot_id, Sheet.active.is_(True)
            ),
        )
        .where(RollEntry.frozen_roll_id == roll_id)
        .order_by(RollEntry.n)
    )
    if building_id is not None:
        q = q.where(RollEntry.building_id == building_id)
    if missing_only:
        q = q.where(Sheet.id.is_(None))
    return tuple(
        EntryStatus(i, label, kind, heads, area, b, "", sheet is not None, channel)
        for i, label, kind, heads, area, b, sheet, channel in db.session.connection().execute(q)
    )


def scope_names(scope: dict[str, list[int]]) -> tuple[str, ...]:
    """Names of the buildings or entrances a scope lists; empty for the whole estate."""
    if ids := scope.get("buildings"):
        return tuple(
            db.session.scalars(
                select(Building.name).where(Building.id.in_(ids)).order_by(Building.sort)
            )
        )
    if ids := scope.get("entrances"):
        rows = db.session.connection().execute(
            select(Building.name, Entrance.name)
            .join(Building, Entrance.building_id == Building.id)
            .where(Entrance.id.in_(ids))
            .order_by(Building.sort, Entrance.sort)
        )
        return tuple(f"{b}{e}" for b, e in rows)
    return ()
