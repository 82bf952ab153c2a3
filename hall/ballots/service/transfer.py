"""A flat sold while a ballot runs (E12): the seller's sheet stands, otherwise the buyer casts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.ballots.models import Ballot, Sheet
from hall.db import atomic, db
from hall.permissions import Actor
from hall.roll import service as roll
from hall.roll.models import RollEntry, RollEntryUnit


def follow_transfer(actor: Actor, estate_id: int, unit_id: int, *, now: datetime) -> int:
    """Pass the entry of a sold unit to its buyer in every running ballot without a sheet of it.

    Called inside or right after roll.service.record_transfer; returns how many entries passed.
    Totals and digests of frozen rolls stay as they are (R-3.13).
    """
    passed = 0
    with atomic():
        rows = db.session.execute(
            select(RollEntry.id, Ballot.id)
            .join(RollEntryUnit, RollEntryUnit.entry_id == RollEntry.id)
            .join(Ballot, Ballot.frozen_roll_id == RollEntry.frozen_roll_id)
            .where(
                Ballot.estate_id == estate_id,
                RollEntryUnit.unit_id == unit_id,
                Ballot.close_at > now,
                Ballot.counted_at.is_(None),
                Ballot.voided_at.is_(None),
            )
            .with_for_update(of=Ballot)
        ).all()
        for entry_id, ballot_id in rows:
            cast = db.session.scalar(
                select(Sheet.id).where(
                    Sheet.ballot_id == ballot_id,
                    Sheet.entry_id == entry_id,
                    Sheet.active.is_(True),
                )
            )
            if cast is None and roll.succeed(entry_id, now=now):
                passed += 1
    return passed
