"""Who has taken part, per entrance of a building; never how, and never so fine that it shows who."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import and_, case, exists, func, select

from hall.ballots.models import Ballot, EntryContest, Sheet
from hall.db import db
from hall.estates.models import Entrance
from hall.roll.models import RollEntry, RollEntryUnit, Unit

# With fewer entries at an entrance, its figures would say which household has taken part.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class EntranceTurnout:
    """Participation at one entrance: entries whose first home of the building lies there; cm²."""

    name: str  # empty: homes without an entrance
    entries: int
    heads_total: int
    area_total: int
    sheets: int
    heads: int
    area: int


def entrance_turnout(ballot_id: int) -> dict[int, tuple[EntranceTurnout, ...]]:
    """Building id -> its entrances in order; one query.

    A building is missing when it has one entrance only, or one with fewer than FEWEST entries:
    the rest and the building's own figures would give those away. Contested entries have not
    taken part, as in the building's figures (E8).
    """
    roll_id = select(Ballot.frozen_roll_id).where(Ballot.id == ballot_id).scalar_subquery()
    first = (
        select(RollEntryUnit.entry_id, func.min(RollEntryUnit.id).label("row"))
        .join(RollEntry, RollEntry.id == RollEntryUnit.entry_id)
        .where(
            RollEntry.frozen_roll_id == roll_id,
            RollEntryUnit.building_id == RollEntry.building_id,
        )
        .group_by(RollEntryUnit.entry_id)
        .subquery()
    )
    contested = exists().where(
        EntryContest.ballot_id == ballot_id,
        EntryContest.entry_id == RollEntry.id,
        EntryContest.settled_at.is_(None),
    )
    part = and_(Sheet.id.is_not(None), ~contested)
    rows = db.session.connection().execute(
        select(
            RollEntry.building_id,
            Entrance.name,
            func.count(),
            func.sum(RollEntry.heads),
            func.sum(RollEntry.area_cm2),
            func.sum(case((part, 1), else_=0)),
            func.sum(case((part, Sheet.heads), else_=0)),
            func.sum(case((part, Sheet.area_cm2), else_=0)),
        )
        .join(first, first.c.entry_id == RollEntry.id)
        .join(RollEntryUnit, RollEntryUnit.id == first.c.row)
        .join(Unit, Unit.id == RollEntryUnit.unit_id)
        .outerjoin(Entrance, Entrance.id == Unit.entrance_id)
        .outerjoin(
            Sheet,
            and_(
                Sheet.entry_id == RollEntry.id, Sheet.ballot_id == ballot_id, Sheet.active.is_(True)
            ),
        )
        .group_by(RollEntry.building_id, Entrance.id, Entrance.name, Entrance.sort)
        .order_by(RollEntry.building_id, Entrance.sort, Entrance.id)
    )
    found: dict[int, list[EntranceTurnout]] = defaultdict(list)
    for building_id, name, *figures in rows:
        found[building_id].append(EntranceTurnout(name or "", *(int(f) for f in figures)))
    return {
        b: tuple(entrances)
        for b, entrances in found.items()
        if len(entrances) > 1 and all(e.entries >= FEWEST for e in entrances)
    }
