"""Freezing copies today's roll into rows that no later change moves; a sale may pass a right on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update

from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.estates.models import Estate
from hall.roll.models import (
    FrozenRoll,
    RollEntry,
    RollEntryHolder,
    RollEntryUnit,
)
from hall.roll.queries.current import Scope, current_entries, developers, unit_facts
from hall.roll.queries.frozen import FrozenRollRow
from hall.roll.rules.entries import EntryDraft, entries, is_proven, roll_digest


def freeze(estate_id: int, *, electorate: str, scope: Scope, now: datetime) -> FrozenRollRow:
    """Copy today's entries of a scope with a digest; joins the caller's transaction.

    The estate's row is locked, so that no import or transfer runs in between. Refused:
    scope_unknown | electorate_unknown | roll_empty.
    """
    with atomic() as session:
        session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        drafts = current_entries(estate_id, electorate, scope)
        refuse_if([] if drafts else [Blocker("roll_empty")])
        totals = {
            "digest": roll_digest(drafts),
            "entries": len(drafts),
            "heads": sum(e.heads for e in drafts),
            "area_cm2": sum(e.area_cm2 for e in drafts),
        }
        frozen_roll_id: int = session.execute(
            insert(FrozenRoll)
            .values(
                estate_id=estate_id,
                electorate=electorate,
                scope=json.dumps({k: sorted(v) for k, v in scope.items()}, separators=(",", ":")),
                frozen_at=now,
                **totals,
            )
            .returning(FrozenRoll.id)
        ).scalar_one()
        _copy(frozen_roll_id, drafts)
    return FrozenRollRow(frozen_roll_id, **totals)  # type: ignore[arg-type]


def succeed(entry_id: int, *, now: datetime) -> bool:
    """Pass a frozen entry's right to cast to whoever holds its unit today; joins the caller's transaction.

    The caller has made sure that the window is open and no sheet of the entry exists (E12b). Heads,
    area and digest stay as frozen; the buyer's key makes two entries of one owner set count one
    head (E12c). False, and nothing changes, when the right cannot pass: an entry of several units
    stays with its frozen owner though one was sold; in a poll of persons each keeps the voice he
    was listed with; nothing passes to an unproven title.
    """
    row = db.session.execute(
        select(RollEntry.id, FrozenRoll.electorate, FrozenRoll.estate_id)
        .join(FrozenRoll, FrozenRoll.id == RollEntry.frozen_roll_id)
        .where(RollEntry.id == entry_id)
        .with_for_update(of=RollEntry)
    ).one_or_none()
    if row is None:
        raise NotFound
    units = db.session.scalars(
        select(RollEntryUnit.unit_id).where(RollEntryUnit.entry_id == entry_id)
    ).all()
    if len(units) != 1 or row.electorate == "persons":
        return False
    facts = unit_facts(row.estate_id, {}, units)
    if not facts or not is_proven(facts[0]):
        return False
    buyers = set(facts[0].holders)
    table = RollEntryHolder
    current = select(table.person_id).where(table.entry_id == entry_id, table.to_at.is_(None))
    if set(db.session.scalars(current)) == buyers:
        return False  # theirs already
    db.session.execute(
        update(table).where(table.entry_id == entry_id, table.to_at.is_(None)).values(to_at=now)
    )
    db.session.execute(
        insert(table),
        [{"entry_id": entry_id, "person_id": p, "from_at": now} for p in sorted(buyers)],
    )
    if row.electorate == "owners":
        # What the unit counts for was settled by the freeze; only whose it is matters here.
        unit = replace(facts[0], counts_head=True)
        (buyer,) = entries([unit], developers=developers(row.estate_id))
        db.session.execute(
            update(RollEntry).where(RollEntry.id == entry_id).values(current_key=buyer.owner_key)
        )
    return True


def _copy(frozen_roll_id: int, drafts: tuple[EntryDraft, ...]) -> None:
    connection = db.session.connection()
    connection.execute(
        insert(RollEntry),
        [
            {
                "frozen_roll_id": frozen_roll_id,
                "n": e.n,
                "owner_key": e.owner_key,
                "kind": e.kind,
                "heads": e.heads,
                "area_cm2": e.area_cm2,
                "building_id": e.building_id,
                "label": e.label,
            }
            for e in drafts
        ],
    )
    ids = dict(
        connection.execute(
            select(RollEntry.n, RollEntry.id).where(RollEntry.frozen_roll_id == frozen_roll_id)
        ).all()
    )
    connection.execute(
        insert(RollEntryUnit),
        [
            {
                "entry_id": ids[e.n],
                "unit_id": u.unit_id,
                "building_id": u.building_id,
                "label": u.label,
                "area_cm2": u.area_cm2,
            }
            for e in drafts
            for u in e.units
        ],
    )
    holders = [{"entry_id": ids[e.n], "person_id": p} for e in drafts for p in e.holders]
    if holders:
        connection.execute(insert(RollEntryHolder), holders)
