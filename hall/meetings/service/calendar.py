"""The address of an account's own calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select, update

from hall.db import atomic
from hall.errors import Forbidden
from hall.journal import service as journal
from hall.meetings.models import CalendarKey
from hall.people.models import Account
from hall.permissions import Action, Actor


def renew_calendar_key(actor: Actor, *, now: datetime) -> str:
    """Make the account a new calendar address and let the old one die; returns the new key.

    The key is all that protects the address: 192 random bits. Raises Forbidden when not signed in.
    """
    if actor.account_id is None:
        raise Forbidden(Action.ATTEND)
    with atomic() as session:
        # Two browsers renewing at once: one after the other, and one address is left.
        session.execute(
            select(Account.id).where(Account.id == actor.account_id).with_for_update()
        ).one()
        session.execute(
            update(CalendarKey)
            .where(CalendarKey.account_id == actor.account_id, CalendarKey.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        key = secrets.token_urlsafe(24)
        session.add(CalendarKey(account_id=actor.account_id, key=key, created_at=now))
        journal.record(
            actor, "meetings.calendar_renewed", "account", actor.account_id, estate_id=None, now=now
        )
        return key
