"""What can be recorded about an estate itself."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from hall.clock import local_date
from hall.db import atomic
from hall.errors import Blocker, NotFound, refuse_if
from hall.estates.models import Estate
from hall.journal.service import record
from hall.permissions import Action, Actor, require


def set_legal_reach(
    actor: Actor,
    estate_id: int,
    *,
    must_use_official: bool | None,
    clause: str,
    confirmation: str,
    confirmed_on: date | None,
    now: datetime,
) -> None:
    """Record whether statutory online sheets are lawful here, and on whose word (R-3.02).

    must_use_official: None while the street office has not answered. Ballots already noticed keep
    what was so then. Raises Forbidden, NotFound, Refused: confirmation_without_day,
    confirmation_in_future.
    """
    with atomic() as session:
        row = session.scalar(select(Estate).where(Estate.id == estate_id).with_for_update())
        if row is None:
            raise NotFound("estate")
        require(actor, Action.SET_LEGAL_REACH, estate_id)
        found = []
        if confirmation.strip() and confirmed_on is None:
            found.append(Blocker("confirmation_without_day"))
        if confirmed_on is not None and confirmed_on > local_date(now):
            found.append(Blocker("confirmation_in_future"))
        refuse_if(found)
        row.online_must_use_official = must_use_official
        row.online_clause = clause.strip()
        row.street_confirmation = confirmation.strip()
        row.street_confirmed_on = confirmed_on
        record(
            actor,
            "estates.legal_reach",
            "estate",
            estate_id,
            estate_id=estate_id,
            now=now,
            must_use_official=must_use_official,
            clause=clause.strip(),
            confirmation=confirmation.strip(),
            confirmed_on=confirmed_on.isoformat() if confirmed_on else None,
        )
